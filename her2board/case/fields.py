"""Every field of a case, read off the model: path, label, kind, level, choices."""

import re
import types
import typing
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from typing import Any, Literal

from msgspec import Struct
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from her2board.case.dates import PartialDate
from her2board.case.model import Case, Count, DatedSize, Millimetres
from her2board.case.terms import Info, Term, spoken

Kind = Literal[
    "flag",
    "choice",
    "choices",
    "integer",
    "number",
    "date",
    "text",
    "texts",
    "count",
    "size",
    "sizes",
    "table",
    "mapping",
]


class CaseField(Struct, frozen=True):
    """One field: where it is recorded, how it is entered and what is said about it."""

    path: str
    kind: Kind
    info: Info
    choices: tuple[str, ...] = ()
    item: type[BaseModel] | None = None
    """For tables and mappings: the model of an entry."""

    @property
    def section(self) -> str:
        """First part of the path; empty for fields of the case itself."""
        return self.path.rpartition(".")[0]

    @property
    def names(self) -> frozenset[str]:
        """What a copied table may call a column, in lower case."""
        aliases = self.info.aliases.split(", ") if self.info.aliases else ()
        return frozenset((spoken(self.path), self.info.label.casefold(), *aliases))

    def words(self, key: str) -> str:
        """Return one of the choices in words, by its key; untranslated."""
        entry = next((choice for choice in self.choices if choice == key), key)
        return entry.label if isinstance(entry, Term) else spoken(key)


@cache
def case_fields() -> tuple[CaseField, ...]:
    """Return all fields in the order of the model."""
    return tuple(_walk(Case, ""))


@cache
def field_by_path() -> dict[str, CaseField]:
    """Return the fields by path."""
    return {field.path: field for field in case_fields()}


@cache
def field_places() -> dict[str, int]:
    """Return the place of each field in the form by path, 0 first."""
    return {path: place for place, path in enumerate(field_by_path())}


def field_path(path: str) -> str:
    """Return the path of a field without the entry in it: of 'systemic.lines[2]', 'systemic.lines'."""
    return path.partition("[")[0]


def entry_of(path: str) -> tuple[int, str] | None:
    """Return the number of the entry a path names and what in it: of 'systemic.lines[2].stop', 2 and 'stop'.

    None where it names a field alone.
    """
    number, closed, rest = path.partition("[")[2].partition("]")
    return (int(number), rest.removeprefix(".")) if closed and number.isdecimal() else None


_getter = cache(attrgetter)


def value_at(case: Case, path: str) -> Any:
    """Return the value at a dotted path of fields."""
    return _getter(path)(case)


def past_days(entry: BaseModel) -> Iterator[tuple[CaseField, PartialDate]]:
    """Yield the days of something done that an entry of a list records, with their columns."""
    for column in item_fields(type(entry)):
        value = getattr(entry, column.path)
        if column.kind == "date" and column.info.past and value is not None:
            yield column, value
        elif column.kind == "sizes":
            yield from ((column, size.day) for size in value or () if size.day is not None)


@cache
def item_fields(model: type[BaseModel]) -> tuple[CaseField, ...]:
    """Return the columns of a table entry, and what a list says of itself beside its completeness."""
    labelled = ((name, field, _info(field)) for name, field in model.model_fields.items())
    return tuple(_field(name, field, info) for name, field, info in labelled if info)


def _walk(model: type[BaseModel], prefix: str) -> Iterator[CaseField]:
    for name, field in model.model_fields.items():
        info = _info(field)
        if info is not None:
            yield _field(f"{prefix}{name}", field, info)
        elif isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _walk(field.annotation, f"{prefix}{name}.")


def _info(field: FieldInfo) -> Info | None:
    return next((entry for entry in field.metadata if isinstance(entry, Info)), None)


def _field(path: str, field: FieldInfo, info: Info) -> CaseField:
    bare = _without_none(field.annotation)
    origin, arguments = typing.get_origin(bare), typing.get_args(bare)
    if origin is Literal:
        return CaseField(path, "choice", info, arguments)
    if isinstance(bare, type) and issubclass(bare, Term):
        return CaseField(path, "choice", info, tuple(bare))
    if origin is dict:
        item = arguments[1] if isinstance(arguments[1], type) and issubclass(arguments[1], BaseModel) else None
        return CaseField(path, "mapping", info, item=item)
    if origin is tuple:
        return _tuple_field(path, info, _without_annotation(arguments[0]))
    if isinstance(bare, type) and issubclass(bare, BaseModel) and bare is not Count:
        item = typing.get_args(bare.model_fields["items"].annotation)[0]
        return CaseField(path, "table", info, item=item)
    kinds: dict[Any, Kind] = {
        bool: "flag",
        int: "integer",
        float: "number",
        str: "text",
        PartialDate: "date",
        Count: "count",
        Millimetres: "size",
    }
    return CaseField(path, kinds[bare], info)


def _tuple_field(path: str, info: Info, item: Any) -> CaseField:
    if typing.get_origin(item) is Literal:
        return CaseField(path, "choices", info, typing.get_args(item))
    if item is DatedSize:
        return CaseField(path, "sizes", info)
    if isinstance(item, type) and issubclass(item, BaseModel):
        return CaseField(path, "table", info, item=item)
    return CaseField(path, "texts", info)


def _without_annotation(annotation: Any) -> Any:
    return typing.get_args(annotation)[0] if typing.get_origin(annotation) is typing.Annotated else annotation


def _without_none(annotation: Any) -> Any:
    """Strip ``| None`` and ``Annotated`` from an annotation."""
    annotation = _without_annotation(annotation)
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        annotation = next(part for part in typing.get_args(annotation) if part is not type(None))
    return _without_annotation(annotation)


def named_path(path: str) -> str:
    """Return the path of a problem as far as the model names it: keys that a file holds may be names of people."""
    if path.startswith("absences."):
        return f"absences.{named_path(path.removeprefix('absences.'))}".removesuffix(".")
    fields = [field for field in case_fields() if re.match(rf"{re.escape(field.path)}(?![^.\[])", path)]
    if not fields:
        sections = (field.section for field in case_fields() if path.startswith(f"{field.section}."))
        return next(filter(None, sections), "")
    field = fields[-1]
    entry = re.match(r"(?:\.items)?(?:\[\d+\])?", path[len(field.path) :])
    if field.kind == "mapping" or field.item is None or entry is None:
        return field.path
    column = path[len(field.path) + entry.end() :].removeprefix(".").partition(".")[0]
    known = f".{column}" if column in {known.path for known in item_fields(field.item)} else ""
    return f"{field.path}{entry[0]}{known}"
