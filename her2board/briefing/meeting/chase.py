"""What is owed across the cases of meetings, by who owes it: late first."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from her2board.briefing.meeting.comes_back import discussed
from her2board.briefing.requests import DEPARTMENTS
from her2board.casebook.model import BoardMeeting, CaseSummary, Listing, Status
from her2board.wording import tr

Kind = Literal["needed", "decision"]
"""Something a case still needs before its meeting, or a decision that is to be carried out after it."""
_FAR = date.max


class Chased(Struct, frozen=True):
    """One thing that somebody owes for one case."""

    case_id: str
    code: str
    kind: Kind
    what: str
    meeting_id: str
    meeting_day: date
    due: date | None
    days_late: int
    """Days after the day it is due; 0 where it is not late or has no day."""
    urgent: bool | None
    field: str
    """Address of the field it goes to; empty for what has none."""


class Owing(Struct, frozen=True):
    """Everything one person or department owes."""

    by: str
    """As it is recorded; empty where no one is assigned."""
    department: bool
    """Whether that is a department, which the program names, and no person."""
    owed: tuple[Chased, ...]

    @property
    def name(self) -> str:
        """Words for who owes it."""
        return self.by or tr("no one assigned")

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(one.days_late > 0 for one in self.owed)


def chase(summaries: Mapping[str, CaseSummary], meetings: Iterable[BoardMeeting], today: date) -> tuple[Owing, ...]:
    """Return what is owed for the cases of ``meetings``, by who owes it.

    Those with what is late longest come first, then by the earliest day due; within one, likewise, then in the order
    of the meetings. A case on several lists is asked for once, for the first of them.
    """
    groups: dict[str, list[tuple[str, Chased]]] = {}
    for by, one in _every(summaries, sorted(meetings, key=lambda meeting: (meeting.day, meeting.id)), today):
        groups.setdefault(" ".join(by.split()).casefold(), []).append((by.strip(), one))
    found = []
    for key, several in groups.items():
        several.sort(key=lambda pair: _urgency_of_chasing(pair[1]))
        found.append(Owing(several[0][0], key in DEPARTMENTS, tuple(one for _, one in several)))
    return tuple(sorted(found, key=lambda one: (*_urgency_of_chasing(one.owed[0]), one.name.casefold())))


def _urgency_of_chasing(one: Chased) -> tuple[int, date]:
    return -one.days_late, one.due or _FAR


def _every(
    summaries: Mapping[str, CaseSummary], meetings: Iterable[BoardMeeting], today: date
) -> Iterator[tuple[str, Chased]]:
    asked: set[str] = set()
    for meeting in meetings:
        for listing in meeting.listings:
            summary = summaries.get(listing.case_id)
            if summary is None:
                continue
            yield from _decision(summary, listing, meeting, today)
            waits = not (meeting.closed or listing.list_only or discussed(listing) or listing.status == Status.CLOSED)
            if waits and listing.case_id not in asked:
                asked.add(listing.case_id)
                yield from _needed(summary, listing, meeting, today)


def _needed(summary: CaseSummary, listing: Listing, meeting: BoardMeeting, today: date) -> Iterator[tuple[str, Chased]]:
    for owed in summary.owed:
        yield (
            owed.by,
            Chased(
                case_id=listing.case_id,
                code=summary.code,
                kind="needed",
                what=owed.what,
                meeting_id=meeting.id,
                meeting_day=meeting.day,
                due=owed.due,
                days_late=days_late(owed.due, today),
                urgent=summary.urgent,
                field=owed.field,
            ),
        )


def _decision(
    summary: CaseSummary, listing: Listing, meeting: BoardMeeting, today: date
) -> Iterator[tuple[str, Chased]]:
    """Yield a decision of which nobody has said that it was carried out, once its day has come or where it has none."""
    outcome = listing.outcome
    if not outcome.decision or outcome.carried_out is not None or listing.status == Status.CLOSED:
        return
    if (outcome.due or meeting.day) > today:
        return
    yield (
        outcome.owner,
        Chased(
            case_id=listing.case_id,
            code=summary.code,
            kind="decision",
            what=tr("Carried out? {decision}").format(decision=outcome.decision),
            meeting_id=meeting.id,
            meeting_day=meeting.day,
            due=outcome.due,
            days_late=days_late(outcome.due, today),
            urgent=summary.urgent,
            field="",
        ),
    )


def days_late(due: date | None, today: date) -> int:
    """Return how many days after its day due something is; 0 on that day, before it, and where no day is named."""
    return max((today - due).days, 0) if due else 0
