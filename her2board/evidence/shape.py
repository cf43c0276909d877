"""What is wrong with the shape of a document, in words: each place once, without what only follows."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from her2board.evidence.naming import Place

_LONGEST = 80
"""Letters of a value that is shown with its problem."""


def shape_problems(error: ValidationError, document: Any) -> Iterator[tuple[Place, str]]:
    """Yield place and message of everything pydantic complains of in a document."""
    details = error.errors(include_url=False)
    placed = sorted(((_place(detail, document), detail) for detail in details), key=lambda pair: str(pair[0]))
    places = {place for place, _ in placed}
    for place, group in groupby(placed, key=lambda pair: pair[0]):
        found = [detail for _, detail in group]
        detail = found[0]
        if detail["type"] == "too_short" and any(other != place and other[: len(place)] == place for other in places):
            continue  # a list counts as too short once its entry is refused
        message = detail["msg"] if len(found) == 1 else "fits none of the forms it may have"
        yield place, _words(place, message, detail["input"])


def _place(detail: ErrorDetails, document: Any) -> Place:
    """Return where a problem is, without the names of the forms that pydantic tried: keys and positions only."""
    place: list[Any] = []
    for step in detail["loc"]:
        if step in document if isinstance(document, dict) else isinstance(document, tuple) and isinstance(step, int):
            document = document[step]
            place.append(step)
    missing = detail["loc"][-1:] if detail["type"] == "missing" else ()
    return (*place, *missing)


def _words(place: Place, message: str, value: Any) -> str:
    words, name = message.removeprefix("Value error, "), ".".join(map(str, place)) or "the document"
    if value is None:
        return f"{name}: empty, to be filled in: {words}"
    said = repr(value)
    said = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 2]}…'"
    shown = "" if isinstance(value, dict | tuple) else f" (found: {said})"
    return f"{name}: {words}{shown}"
