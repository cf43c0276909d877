"""Proposals beside what a case records already: nothing that is recorded is replaced unless a person lists it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from her2board.capture.never import why_never
from her2board.case.accepting import with_accepted
from her2board.case.checks import CaseError, CaseProblem
from her2board.case.edit import with_value
from her2board.case.fields import item_fields
from her2board.case.kept import Place, entry_of_value, place_of
from her2board.case.model import Case
from her2board.case.plain import plain_at
from her2board.case.table_rows import Row, entries_of
from her2board.exchange.review import Accepted, Numbered
from her2board.wording import tr

State = Literal["new", "same", "differs"]


class Beside(Struct, frozen=True):
    """What a case records where a proposal would: nothing, the same, or something else."""

    state: State
    recorded: Any = None
    """As the case file holds it; of a list, the entries like the one that is read."""


def beside(case: Case, listed: Iterable[Numbered]) -> dict[str, Beside]:
    """Return what a case records beside each proposal, by the number of the proposal."""
    return {one.id: recorded_beside(case, one.proposal.field, one.proposal.values) for one in listed}


def recorded_beside(case: Case, path: str, values: Sequence[Any]) -> Beside:
    """Return what a case records where one of ``values`` would be."""
    place = place_of(path)
    assert place is not None
    if place.is_entry:
        return _beside_entries(case, path, values)
    now, absence = plain_at(case, path), case.absences.get(place.home.path)
    if now in (None, "not_asked"):
        if absence is None or absence.reason == "pending":
            return Beside("new")
        return Beside("differs", {"absence": absence.reason})
    return Beside("same" if any(as_held(path, value) == now for value in values) else "differs", now)


def as_held(path: str, value: Any) -> Any:
    """Return a value, or of a list an entry, as a case holds it: a count of 3 as from 3 to 3; else as it is."""
    return json.loads(_as_held(path, json.dumps(value)))


@lru_cache(maxsize=4096)
def _as_held(path: str, written: str) -> str:
    """Return it as JSON: a review compares the same values with every key."""
    place, value = place_of(path), json.loads(written)
    assert place is not None
    name = place.field.path
    try:
        if not place.is_entry:
            return json.dumps(plain_at(with_value(Case(code="x"), name, value), name))
        entries, said = entries_of(place.field), entry_of_value(place, value)
        rows = entries.rows(plain_at(with_value(Case(code="x"), name, entries.value([dict(said)], None)), name))
        held = next((row for row in rows if not place.drug or row.get("drug") == place.drug), {})
        return json.dumps({key: held.get(key, part) for key, part in said.items()})
    except CaseError:
        return json.dumps(entry_of_value(place, value) if place.is_entry else value)


def _beside_entries(case: Case, path: str, values: Sequence[Any]) -> Beside:
    place = place_of(path)
    assert place is not None
    same, like = entries_like(case, path, values)
    if same:
        return Beside("same", same[0])
    if like:
        return Beside("differs", like)
    recorded = plain_at(case, place.field.path)
    rows = () if place.drug else entries_of(place.field).rows(recorded)
    closed = isinstance(recorded, dict) and recorded.get("completeness") == "complete"
    return Beside("differs", {"entries": len(rows)}) if rows or closed else Beside("new")


def entries_like(case: Case, path: str, values: Sequence[Any]) -> tuple[list[Row], list[Row]]:
    """Return the entries that say all that one of ``values`` says, and others that may be about the same."""
    place = place_of(path)
    assert place is not None
    rows = [
        row
        for row in entries_of(place.field).rows(plain_at(case, place.field.path))
        if not place.drug or row.get("drug") == place.drug
    ]
    said = [as_held(path, value) for value in values]
    telling = () if place.drug else _telling(place)
    same = [row for row in rows if any(_holds(row, one) for one in said)]
    like = [row for row in rows if row not in same and any(_alike(row, one, telling) for one in said)]
    return same, like


def _telling(place: Place) -> tuple[str, ...]:
    """Return the columns by which an entry is known: its days, its drugs, its site."""
    columns = item_fields(place.field.item) if place.field.item is not None else ()
    return tuple(column.path for column in columns if column.kind in ("date", "texts") or column.path == "site")


def _holds(row: Row, said: Mapping[str, Any]) -> bool:
    return bool(said) and all(row.get(name) == value for name, value in said.items())


def _alike(row: Row, said: Mapping[str, Any], telling: Sequence[str]) -> bool:
    """Return whether a row agrees in a telling column; of a drug, which is one row, whether it says something else."""
    if not telling:
        return any(row.get(name, value) != value for name, value in said.items())
    return any(name in said and row.get(name) == said[name] for name in telling)


def filling(accepted: Iterable[Accepted], found: Mapping[str, Beside]) -> tuple[Accepted, ...]:
    """Return of what was accepted together that which fills a field in which nothing is recorded."""
    return tuple(one for one in accepted if found[one.id].state == "new")


def taken_into(case: Case, accepted: Iterable[Accepted]) -> tuple[Case, tuple[str, ...]]:
    """Return a case with what a person listed, and what each changed: 'patient.ecog: 2 -> 1'. Raises CaseError.

    What is recorded already is left as it is.
    """
    after, problems, changes = case, list[CaseProblem](), list[str]()
    taken: dict[str, Accepted] = {}
    for one in accepted:
        place = place_of(one.field)
        assert place is not None
        if why := why_never(one.field):
            problems.append(CaseProblem(one.field, tr("{id} is never taken over: {why}").format(id=one.id, why=why)))
            continue
        first = one if place.is_entry else taken.setdefault(one.field, one)
        if first.value != one.value:
            words = tr("{first} and {second} say different things; accept one of them")
            problems.append(CaseProblem(one.field, words.format(first=first.id, second=one.id)))
            continue
        # entries of one record that say the same are two, as two courses of one kind are; one in the case is there
        now = recorded_beside(case if place.is_entry else after, one.field, (one.value,))
        if now.state == "same":
            continue
        try:
            after = with_accepted(after, one.field, one.value, one.said)
        except CaseError as error:
            problems += error.problems
            continue
        changes.append(one.field if place.is_entry else f"{one.field}: {_short(now.recorded)} -> {_short(one.value)}")
    if problems:
        raise CaseError(tuple(problems))
    return after, tuple(changes)


def case_of(code: str, accepted: Iterable[Accepted]) -> Case:
    """Return a case of what was accepted. Lists are partial: what is not in them is not known. Raises CaseError."""
    return taken_into(Case(code=code), accepted)[0]


def unseen(case: Case, accepted: Iterable[Accepted]) -> tuple[str, ...]:
    """Return why what was accepted in a file of proposals would replace a value that nobody saw beside it."""
    found = []
    for one in accepted:
        now = recorded_beside(case, one.field, (one.value,))
        if now.state == "same" or (one.seen is ... and now.state == "new") or one.seen == now.recorded:
            continue
        words = tr("{id}: {field} is recorded as {value}, which was not beside it when it was accepted")
        found.append(words.format(id=one.id, field=one.field, value=_short(now.recorded)))
    return tuple(found)


def _short(value: Any) -> str:
    return tr("not recorded") if value is None else str(value)
