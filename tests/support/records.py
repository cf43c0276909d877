"""Records of the evidence, taken apart."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

_HOLDS_RECORDS = (BaseModel, tuple)


def walk(part: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every record inside ``part`` with its place."""
    if isinstance(part, BaseModel):
        yield place, part
        for name, value in vars(part).items():
            if isinstance(value, _HOLDS_RECORDS):
                yield from walk(value, (*place, name))
    else:
        for index, entry in enumerate(part):
            if isinstance(entry, _HOLDS_RECORDS):
                yield from walk(entry, (*place, index))
