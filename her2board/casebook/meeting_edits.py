"""Changes of a meeting as functions of its frozen value, and how two people's changes are brought together."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from her2board.case import terms as t
from her2board.casebook.model import Attendance, BoardMeeting, Listing, Outcome

_OUTCOME = "outcome"
_ORDER = "order"


class Clash(Struct, frozen=True):
    """One thing of a meeting that two people changed differently."""

    case_id: str
    """Empty for what concerns the whole meeting."""
    field: str
    """Name in the listing, 'outcome.' and a name in its outcome, or a name in the meeting; 'order' of its cases. Empty
    where one side took the case off the list."""
    ours: Any
    theirs: Any


def with_listing(meeting: BoardMeeting, case_id: str, **changes: Any) -> BoardMeeting:
    """Return the meeting with changes to the listing of one case; ValidationError for what it cannot hold."""
    return _replaced(meeting, case_id, lambda one: Listing.model_validate({**dict(one), **changes}))


def with_outcome(meeting: BoardMeeting, case_id: str, **changes: Any) -> BoardMeeting:
    """Return the meeting with changes to the outcome of one case; ValidationError for what it cannot hold."""

    def change(one: Listing) -> Listing:
        return one.model_copy(update={_OUTCOME: Outcome.model_validate({**dict(one.outcome), **changes})})

    return _replaced(meeting, case_id, change)


def moved(meeting: BoardMeeting, case_id: str, place: int) -> BoardMeeting:
    """Return the meeting with one case at another place, counted from 0; beyond the ends it goes to the end."""
    others = [one for one in meeting.listings if one.case_id != case_id]
    mine = [one for one in meeting.listings if one.case_id == case_id]
    place = min(max(place, 0), len(others))
    return _listed(meeting, (*others[:place], *mine, *others[place:]))


def with_cases(meeting: BoardMeeting, case_ids: Iterable[str]) -> BoardMeeting:
    """Return the meeting with cases added at its end; those listed already stay where they are."""
    new = [case_id for case_id in dict.fromkeys(case_ids) if meeting.listing(case_id) is None]
    return _listed(meeting, (*meeting.listings, *(Listing(case_id=case_id) for case_id in new)))


def without_case(meeting: BoardMeeting, case_id: str) -> BoardMeeting:
    """Return the meeting without a case."""
    return _listed(meeting, [one for one in meeting.listings if one.case_id != case_id])


def with_attendance(meeting: BoardMeeting, discipline: t.Discipline, present: bool | None) -> BoardMeeting:
    """Return the meeting with whether one discipline was there; names are kept."""
    known = next((one for one in meeting.attendance if one.discipline == discipline), Attendance(discipline=discipline))
    others = [one for one in meeting.attendance if one.discipline != discipline]
    order = list(t.Discipline)
    changed = sorted(
        (*others, known.model_copy(update={"present": present})), key=lambda one: order.index(one.discipline)
    )
    return meeting.model_copy(update={"attendance": tuple(changed)})


def _listed(meeting: BoardMeeting, listings: Iterable[Listing]) -> BoardMeeting:
    return meeting.model_copy(update={"listings": tuple(listings)})


def _replaced(meeting: BoardMeeting, case_id: str, change: Callable[[Listing], Listing]) -> BoardMeeting:
    return _listed(meeting, [change(one) if one.case_id == case_id else one for one in meeting.listings])


def merged(base: BoardMeeting, ours: BoardMeeting, theirs: BoardMeeting) -> tuple[BoardMeeting, tuple[Clash, ...]]:
    """Return both sides' changes of a meeting in one, and what both changed differently, which stays as theirs."""
    clashes: list[Clash] = []
    names = [name for name in BoardMeeting.model_fields if name not in ("listings", "attendance")]
    top = _three_way("", names, base, ours, theirs, clashes)
    attended = _attendance(base, ours, theirs, clashes)
    listings = _listings(base, ours, theirs, clashes)
    return theirs.model_copy(update={**top, "attendance": attended, "listings": listings}), tuple(clashes)


def settled(meeting: BoardMeeting, clashes: Sequence[Clash]) -> BoardMeeting:
    """Return a merged meeting with our side of these clashes."""
    for clash in clashes:
        if clash.field == _ORDER:
            meeting = _listed(meeting, sorted(meeting.listings, key=partial(_place, clash.ours)))
        elif not clash.case_id:
            meeting = meeting.model_copy(update={clash.field: clash.ours})
        elif clash.field.startswith(f"{_OUTCOME}."):
            meeting = with_outcome(meeting, clash.case_id, **{clash.field.partition(".")[2]: clash.ours})
        elif clash.field:
            meeting = with_listing(meeting, clash.case_id, **{clash.field: clash.ours})
        elif clash.ours is None:
            meeting = without_case(meeting, clash.case_id)
        elif meeting.listing(clash.case_id) is None:
            meeting = _listed(meeting, (*meeting.listings, clash.ours))
    return meeting


def _place(order: Sequence[str], one: Listing) -> int:
    return order.index(one.case_id) if one.case_id in order else len(order)


def _three_way(
    case_id: str, names: Iterable[str], base: Any, ours: Any, theirs: Any, clashes: list[Clash], prefix: str = ""
) -> dict[str, Any]:
    """Return by name what the merged value holds; what both changed differently is noted and stays theirs."""
    found = {}
    for name in names:
        before, mine, other = (getattr(side, name) for side in (base, ours, theirs))
        found[name] = mine if other == before else other
        if mine not in (before, other) and other != before:
            clashes.append(Clash(case_id, prefix + name, mine, other))
    return found


def _attendance(
    base: BoardMeeting, ours: BoardMeeting, theirs: BoardMeeting, clashes: list[Clash]
) -> tuple[Attendance, ...]:
    def by_key(meeting: BoardMeeting) -> dict[tuple[str, str], Attendance]:
        return {(one.discipline, one.discipline_name): one for one in meeting.attendance}

    before, mine, other = by_key(base), by_key(ours), by_key(theirs)
    found = dict(other)
    for key in {**before, **mine}:
        if mine.get(key) == before.get(key):
            continue
        if other.get(key) not in (before.get(key), mine.get(key)):
            clashes.append(Clash("", "attendance", ours.attendance, theirs.attendance))
        elif key in mine:
            found[key] = mine[key]
        else:
            found.pop(key, None)
    return tuple(found.values())


def _listings(
    base: BoardMeeting, ours: BoardMeeting, theirs: BoardMeeting, clashes: list[Clash]
) -> tuple[Listing, ...]:
    before, mine, other = ({one.case_id: one for one in side.listings} for side in (base, ours, theirs))
    found: dict[str, Listing] = {}
    for key in {**other, **mine}:
        if key in mine and key in other:
            found[key] = _listing(before.get(key, Listing(case_id=key)), mine[key], other[key], clashes)
        elif key in before:
            kept = other.get(key) or mine.get(key)  # one side took it off the list
            assert kept is not None
            if kept != before[key]:
                clashes.append(Clash(key, "", mine.get(key), other.get(key)))
                if key in other:
                    found[key] = kept
        else:
            found[key] = mine.get(key) or other[key]
    order = _order(list(before), list(mine), list(other), clashes)
    return tuple(found[key] for key in order if key in found)


def _listing(base: Listing, ours: Listing, theirs: Listing, clashes: list[Clash]) -> Listing:
    names = [name for name in Listing.model_fields if name not in ("case_id", _OUTCOME)]
    own = _three_way(base.case_id, names, base, ours, theirs, clashes)
    outcome = _three_way(
        base.case_id, Outcome.model_fields, base.outcome, ours.outcome, theirs.outcome, clashes, f"{_OUTCOME}."
    )
    return theirs.model_copy(update={**own, _OUTCOME: theirs.outcome.model_copy(update=outcome)})


def _order(before: list[str], mine: list[str], other: list[str], clashes: list[Clash]) -> list[str]:
    """Return the order of the list: that of the side which moved a case, the other's further ones where they were."""

    def of_before(side: list[str]) -> list[str]:
        return [key for key in side if key in before and key in mine and key in other]

    base, ours, theirs = of_before(before), of_before(mine), of_before(other)
    if ours not in (base, theirs) and theirs != base:
        clashes.append(Clash("", _ORDER, tuple(mine), tuple(other)))
    first, second = (mine, other) if theirs == base else (other, mine)
    order = list(first)
    for place, key in enumerate(second):
        if key not in order:  # what was listed before stays behind the case it followed; what is new comes last
            after = order.index(second[place - 1]) + 1 if place else 0
            order.insert(after if key in before else len(order), key)
    return order
