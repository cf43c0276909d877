"""What the texts of a record name is declared on their fields, and found in a document however broken it is."""

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel, Discriminator, Tag

NamedKind = Literal["reference", "trial", "cohort", "option", "statement", "fact", "drug", "drug or class", "field"]
Place = tuple[Any, ...]
"""Keys and positions that lead to a part of a document."""


class Names(Struct, frozen=True):
    """Marks a text as the id of something else."""

    kind: NamedKind


Part = tuple[Place, type[BaseModel] | Names, Any]
"""Where something is, what it should be, and the value that is there."""


def parts(shape: Any, data: Any, place: Place = ()) -> Iterator[Part]:
    """Yield the parts of a document that should be records, and its texts that name something, each with its place.

    ``shape`` is a record or annotation; what is not of that shape is passed over.
    """
    kind = get_origin(shape)
    if kind is Annotated:
        yield from _marked(shape, data, place)
    elif kind in (Union, UnionType):
        for one in get_args(shape):
            yield from parts(one, data, place)
    elif kind is tuple and isinstance(data, tuple):
        for index, entry in enumerate(data):
            yield from parts(get_args(shape)[0], entry, (*place, index))
    elif isinstance(shape, type) and issubclass(shape, BaseModel) and isinstance(data, dict):
        yield place, shape, data
        for key, inner in _fields(shape).items():
            if key in data:
                yield from parts(inner, data[key], (*place, key))


@cache
def _fields(model: type[BaseModel]) -> dict[str, Any]:
    """Return the fields that hold records or name something, by key, each with its annotation."""
    model.model_rebuild()
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        marks = [mark for mark in field.metadata if isinstance(mark, Names | Discriminator)]
        shape = Annotated[field.annotation, *marks] if marks else field.annotation
        if _holds_parts(shape):
            found[field.alias or name] = shape
    return found


def _holds_parts(shape: Any) -> bool:
    if isinstance(shape, Names) or (isinstance(shape, type) and issubclass(shape, BaseModel)):
        return True
    return any(map(_holds_parts, get_args(shape)))


def _marked(shape: Any, data: Any, place: Place) -> Iterator[Part]:
    inner, *marks = get_args(shape)
    for mark in marks:
        if isinstance(mark, Names):
            yield place, mark, data
        if isinstance(mark, Discriminator):
            inner = _chosen(inner, mark, data)
    yield from parts(inner, data, place)


def _chosen(union: Any, choice: Discriminator, data: Any) -> Any:
    """Return the form of a union that a document has."""
    assert callable(choice.discriminator)
    tag = choice.discriminator(data)
    return next(form for form in get_args(union) if Tag(str(tag)) in get_args(form))
