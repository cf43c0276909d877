"""What differs between two cases, field by field and entry by entry."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from msgspec import Struct

from her2board.case.fields import CaseField, case_fields
from her2board.case.kept import place_of, text_words
from her2board.case.model import Case
from her2board.case.terms import Info

Json = dict[str, Any]


class Difference(Struct, frozen=True):
    """One field, or one entry of its list, that is not the same; values are plain JSON, None is not recorded."""

    field: CaseField
    before: Any
    after: Any
    entry: int | None = None
    """Number of the entry in its list, from 1; None for the field itself and for how complete a list is."""
    absence: bool = False
    """The values are reasons for absence."""
    sentences: bool = False
    """The values are the sentences it was read from."""


TEXTS = CaseField("texts", "texts", Info("Texts kept with the case"))
"""The whole texts of reports, which no field of the form holds; the values name them."""


def differences(before: Case, after: Case) -> tuple[Difference, ...]:
    """Return everything that differs, in the order of the form."""
    old, new = (case.model_dump(mode="json", exclude_none=True) for case in (before, after))
    found = [one for field in case_fields() for one in _differences(field, old, new)]
    if before.texts != after.texts:
        was, is_ = (list(map(text_words, case.texts)) or None for case in (before, after))
        found.append(Difference(TEXTS, was, is_))
    return tuple(found)


def _differences(field: CaseField, old: Json, new: Json) -> Iterator[Difference]:
    before, after = _at(old, field.path), _at(new, field.path)
    if before != after:
        yield from _entries(field, before, after) if field.kind == "table" else (Difference(field, before, after),)
    reason_before, reason_after = (case.get("absences", {}).get(field.path) for case in (old, new))
    if reason_before != reason_after:
        yield Difference(field, reason_before, reason_after, absence=True)
    said_before, said_after = (_sentences(case, field) for case in (old, new))
    if said_before != said_after:
        yield Difference(field, said_before, said_after, sentences=True)


def _sentences(case: Json, field: CaseField) -> list[str] | None:
    kept = case.get("sentences", ())
    found = (one["sentence"] for one in kept if (place := place_of(one["field"])) and place.home == field)
    return list(found) or None


def _entries(field: CaseField, before: Any, after: Any) -> Iterator[Difference]:
    (said_before, listed_before), (said_after, listed_after) = _parted(before), _parted(after)
    if said_before != said_after:
        yield Difference(field, said_before, said_after)
    for number, (old, new) in enumerate(zip_longest(listed_before, listed_after), 1):
        if old != new:
            yield Difference(field, old, new, entry=number)


def _parted(value: Any) -> tuple[Json | None, list[Json]]:
    """Return what a list says of itself, and its entries."""
    if not isinstance(value, dict):
        return None, value or []
    return {name: part for name, part in value.items() if name != "items"}, value["items"]


def _at(body: Json, path: str) -> Any:
    value: Any = body
    for name in path.split("."):
        value = value.get(name) if value is not None else None
    return value
