"""Everything a case records, value by value and in words, whatever fields the model has."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from her2board.case.fields import CaseField, case_fields, field_by_path, item_fields, value_at
from her2board.case.lesions import count_words
from her2board.case.model import Absence, Case, Count, DatedSize, Listed
from her2board.case.terms import Term, spoken
from her2board.wording import tr


class Recorded(Struct, frozen=True):
    """One value that is recorded: where, the label of its field, and its words."""

    path: str
    """As in 'brain.lesions[0].site'."""
    label: str
    """Of the field; in a list, with the number of the entry."""
    column: str
    """Of the value within an entry; empty for a field of its own."""
    words: tuple[str, ...]
    """More than one where the value is a list of texts or choices."""
    plain: tuple[str, ...]
    """The same with a number without its unit, and a choice by its key."""
    kind: str
    """As ``CaseField.kind`` has it; 'list' for how complete a list is, 'reason' for why something is not recorded."""
    field: CaseField | None
    """That of the form; None for a reason why something is not recorded."""


def recorded(case: Case) -> Iterator[Recorded]:
    """Yield every value that differs from 'not recorded', in the order of the form, then the reasons for absence."""
    for field in case_fields():
        value = value_at(case, field.path)
        if value != _default(Case, field.path):
            yield from _Writer(field).values(field, value, field.path, tr(field.info.label))
    for path, absence in case.absences.items():
        known = field_by_path().get(path)
        label = tr("{label}: not recorded").format(label=tr(known.info.label) if known else path)
        for name in Absence.model_fields:
            if (value := getattr(absence, name)) is not None:
                kind, words = _OF_AN_ABSENCE[name], (_plain(value),)
                yield Recorded(f"absences.{path}.{name}", label, spoken(name), words, words, kind, None)


_OF_AN_ABSENCE = {"reason": "reason", "owner": "text", "due": "date", "note": "text"}
"""Kinds of what an absence says."""


@cache
def _default(model: type[BaseModel], path: str) -> Any:
    """Return the value of a field nobody has filled, to compare with; of one that must be filled, what none equals."""
    for name in path.split(".")[:-1]:
        model = model.model_fields[name].annotation  # type: ignore[assignment]  # reason: sections are models
    return model.model_fields[path.rpartition(".")[2]].get_default(call_default_factory=True)


class _Writer(Struct, frozen=True):
    """Yields what one field of the form holds."""

    of: CaseField

    def values(self, field: CaseField, value: Any, path: str, label: str, column: str = "") -> Iterator[Recorded]:
        """Yield a value; of a table or mapping, those of its entries."""
        if field.kind == "table":
            yield from self._list(value, path, label)
        elif field.kind == "sizes":
            yield from self._sizes(value, path, label)
        elif isinstance(value, dict):
            for key, entry in value.items():
                yield from self._keyed(key, entry, f"{path}[{key}]", label)
        else:
            entries = value if isinstance(value, tuple) else (value,)
            unit = f" {tr(field.info.unit)}" if field.info.unit and isinstance(value, int | float) else ""
            words = tuple(_chosen(field, entry) + unit for entry in entries) or (tr("none"),)
            plain = tuple(_plain(entry) for entry in entries) or words
            yield Recorded(path, label, column, words, plain, field.kind, self.of)

    def _sizes(self, sizes: Sequence[DatedSize], path: str, label: str) -> Iterator[Recorded]:
        for number, size in enumerate(sizes):
            if size.mm is not None:
                name, words = tr("Earlier size {n}").format(n=number + 1), (size.mm.shown(),)
                yield Recorded(f"{path}[{number}].mm", label, name, words, words, "size", self.of)
            if size.day is not None:
                name, words = tr("day of earlier size {n}").format(n=number + 1), (size.day.shown(),)
                yield Recorded(f"{path}[{number}].day", label, name, words, words, "date", self.of)

    def _keyed(self, key: str, entry: Any, path: str, label: str) -> Iterator[Recorded]:
        if isinstance(entry, BaseModel):
            yield Recorded(path, label, "", (key,), (key,), "text", self.of)
            yield from self._entry(entry, path, f"{label}, {key}")
        else:
            words = (_plain(entry),)
            yield Recorded(path, label, key, words, words, "flag" if isinstance(entry, bool) else "number", self.of)

    def _list(self, value: Any, path: str, label: str) -> Iterator[Recorded]:
        entries: Sequence[BaseModel] = value.items if isinstance(value, Listed) else value
        if isinstance(value, Listed):
            if value.completeness != "not_asked":
                said = {"partial": tr("not complete"), "complete": tr("complete") if entries else tr("none")}
                words = (said[value.completeness],)
                yield Recorded(f"{path}.completeness", label, tr("how complete"), words, words, "list", self.of)
            yield from self._entry(value, path, label)
        for number, entry in enumerate(entries):
            name = tr("{label}, entry {n}").format(label=label, n=number + 1)
            yield from self._entry(entry, f"{path}[{number}]", name)

    def _entry(self, entry: BaseModel, path: str, label: str) -> Iterator[Recorded]:
        """Yield what one entry of a list, or the list itself, says column by column."""
        model = type(entry)
        for field in item_fields(model):
            value = getattr(entry, field.path)
            if value != _default(model, field.path):
                yield from self.values(field, value, f"{path}.{field.path}", label, tr(field.info.label))


def _chosen(field: CaseField, value: Any) -> str:
    return tr(field.words(value)) if value in field.choices else _plain(value)


def _plain(value: Any) -> str:
    """Return a value in words, whatever its kind."""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, Count):
        return count_words(value)
    if hasattr(value, "shown"):
        return str(value.shown())
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return spoken(value) if isinstance(value, Term) else str(value)
