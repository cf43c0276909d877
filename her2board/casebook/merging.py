"""Brings two changed versions of one case together, field by field: what one side alone changed is taken from it."""

import json
from typing import Any, TypeVar

from msgspec import Struct
from pydantic import ValidationError

from her2board.case.fields import CaseField, case_fields
from her2board.case.kept import sentences_about, without_outdated
from her2board.case.model import Case, KeptSentence, KeptText
from her2board.case.model.kept import MOST_TEXTS

Json = dict[str, Any]
KeptT = TypeVar("KeptT", KeptSentence, KeptText)


class Clash(Struct, frozen=True):
    """A field that both sides changed, each in its own way; plain JSON, None is not recorded."""

    field: CaseField
    before: Any
    ours: Any
    theirs: Any
    absence: bool = False
    """The values are reasons for absence."""
    sentences: tuple[KeptSentence, ...] = ()
    """What their value was read from."""


class Merged(Struct, frozen=True):
    """Both sides brought together; where they clash, ours."""

    case: Case
    clashes: tuple[Clash, ...]
    taken: tuple[CaseField, ...]
    """Fields that come from them."""


def merged(before: Case | None, ours: Case, theirs: Case) -> Merged:
    """Return ours with everything that only they changed since ``before``; without it every difference clashes."""
    was, here, there = (_plain(case) for case in (before, ours, theirs))
    clashes: list[Clash] = []
    taken: list[CaseField] = []
    made = _plain(ours)
    for field in case_fields():
        for absence in (False, True):
            values = tuple(_at(body, field.path, absence) for body in (was, here, there))
            if values[1] == values[2] or (before is not None and values[0] == values[2]):
                continue
            if before is None or values[0] != values[1]:
                said = () if absence else sentences_about(theirs, field.path)
                clashes.append(Clash(field, values[0], values[1], values[2], absence, said))
            else:
                taken.append(field)
                _set(made, field.path, values[2], absence)
    kept = {
        "sentences": _together(before.sentences if before else (), ours.sentences, theirs.sentences),
        "texts": _together(before.texts if before else (), ours.texts, theirs.texts)[:MOST_TEXTS],
    }
    try:
        case = without_outdated(_case(made).model_copy(update=kept))
        return Merged(case, tuple(clashes), tuple(dict.fromkeys(taken)))
    except ValidationError:  # each side by itself is sound, both together are not: nothing is taken
        apart = (
            Clash(
                field,
                _at(was, field.path, absence),
                _at(here, field.path, absence),
                _at(there, field.path, absence),
                absence,
                () if absence else sentences_about(theirs, field.path),
            )
            for field in case_fields()
            for absence in (False, True)
        )
        return Merged(ours, tuple(one for one in apart if one.ours != one.theirs), ())


def with_theirs(case: Case, clash: Clash) -> Case:
    """Return ``case`` with their value of a field that clashes; ValidationError where it cannot be beside the rest."""
    body = _plain(case)
    _set(body, clash.field.path, clash.theirs, clash.absence)
    case = _case(body)
    theirs = tuple(one for one in clash.sentences if one not in case.sentences)
    return without_outdated(case.model_copy(update={"sentences": (*case.sentences, *theirs)}), clash.field.path)


def _together(before: tuple[KeptT, ...], ours: tuple[KeptT, ...], theirs: tuple[KeptT, ...]) -> tuple[KeptT, ...]:
    """Return what either side keeps, without what one of them removed since ``before``."""
    added = tuple(one for one in theirs if one not in ours and one not in before)
    return tuple(one for one in ours if one in theirs or one not in before) + added


def _case(body: Json) -> Case:
    return Case.model_validate_json(json.dumps(body))


def _plain(case: Case | None) -> Json:
    return case.model_dump(mode="json", exclude_none=True) if case is not None else {}


def _at(body: Json, path: str, absence: bool) -> Any:
    if absence:
        return body.get("absences", {}).get(path)
    value: Any = body
    for name in path.split("."):
        value = value.get(name) if value is not None else None
    return value


def _set(body: Json, path: str, value: Any, absence: bool) -> None:
    *parents, name = ("absences", path) if absence else path.split(".")
    place = body
    for parent in parents:
        place = place.setdefault(parent, {})
    if value is None:
        place.pop(name, None)
    else:
        place[name] = value
