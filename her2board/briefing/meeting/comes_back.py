"""A case that comes back to the board: what was decided last, and whether anybody has said that it was carried out."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from her2board.briefing.formats import typed
from her2board.briefing.model import Run, Words
from her2board.briefing.slips import carried_out_words
from her2board.case.again import presented_again
from her2board.case.dates import PartialDate
from her2board.case.model import Case
from her2board.case.terms import CarriedOut
from her2board.casebook.model import BoardMeeting, Listing, Outcome, Status
from her2board.wording import day_words, tr

DECIDED = (Status.DISCUSSED, Status.CARRIED_OUT, Status.CLOSED)
"""Status of a case that was discussed."""


class ComesBack(Struct, frozen=True):
    """The last discussion of a case, at an earlier meeting."""

    meeting_id: str
    day: date
    board: str
    outcome: Outcome
    times: int
    """At how many earlier meetings it was discussed."""

    @property
    def asks(self) -> bool:
        """Whether something was decided of which nobody has said yet whether it was carried out."""
        return bool(self.outcome.decision) and self.outcome.carried_out is None


def discussed(listing: Listing) -> bool:
    """Return whether a case was discussed: by its status, or because a decision or a deferral is recorded."""
    outcome = listing.outcome
    return not listing.list_only and (listing.status in DECIDED or bool(outcome.decision) or outcome.deferred is True)


def comes_back(case_id: str, meetings: Iterable[BoardMeeting], before: date) -> ComesBack | None:
    """Return the last discussion of a case before a day; None where there was none."""
    found = [
        (meeting, listing)
        for meeting in meetings
        if meeting.day < before and (listing := meeting.listing(case_id)) is not None and discussed(listing)
    ]
    if not found:
        return None
    meeting, listing = max(found, key=lambda one: one[0].day)
    return ComesBack(meeting.id, meeting.day, meeting.board, listing.outcome, len(found))


def last_decision_words(last: ComesBack) -> Words:
    """Return 'Last decision, 12 Nov 2026. Radiosurgery – carried out in part (two of three)'; the question if open."""
    outcome = last.outcome
    head = Run(tr("Last decision, {day}. ").format(day=day_words(last.day)), "bold")
    if not outcome.decision:
        deferred = (Run(tr("deferred")),) if outcome.deferred else ()
        why = (Run(": "), *typed("", outcome.deferral_reason)) if deferred and outcome.deferral_reason else ()
        return (head, *(deferred or (Run(tr("not recorded"), "italic"),)), *why)
    return (head, *typed("", outcome.decision.rstrip(".")), Run(" \N{EN DASH} "), *carried_out_words(outcome))


def brought_again(case: Case, last: ComesBack, day: date) -> Case:
    """Return the case for its discussion on ``day``: what was decided last is asked about, and nothing of it is left.

    What the meeting recorded goes before what the case itself holds of its last decision.
    """
    again = presented_again(case)
    outcome = last.outcome
    meeting = {
        "date": PartialDate.from_day(day),
        "last_discussed": PartialDate.from_day(last.day),
        "last_decision": outcome.decision or again.meeting.last_decision,
        "last_decision_carried_out": outcome.carried_out,
        "last_decision_note": outcome.carried_out_note or None,
    }
    return again.model_copy(update={"meeting": again.meeting.model_copy(update=meeting)})


def still_of_before(case: Case, last: ComesBack | None) -> bool:
    """Return whether a case still is as it was discussed last: its decision would read as that of this meeting."""
    day = case.meeting.date.span.high if case.meeting.date else None
    return last is not None and day is not None and day <= last.day


def with_carried_out(
    meeting: BoardMeeting, case_id: str, carried_out: CarriedOut | None, on: date | None = None, note: str = ""
) -> BoardMeeting:
    """Return the meeting that decided with what became of its decision; None takes the answer back.

    Raises KeyError where the case is not on its list.
    """
    if meeting.listing(case_id) is None:
        raise KeyError(case_id)
    return meeting.model_copy(
        update={
            "listings": tuple(
                _answered(listing, carried_out, on, note) if listing.case_id == case_id else listing
                for listing in meeting.listings
            )
        }
    )


def _answered(listing: Listing, carried_out: CarriedOut | None, on: date | None, note: str) -> Listing:
    outcome = listing.outcome.model_copy(
        update={"carried_out": carried_out, "carried_out_on": on, "carried_out_note": note}
    )
    status = listing.status
    if carried_out == CarriedOut.YES and status == Status.DISCUSSED:
        status = Status.CARRIED_OUT
    elif carried_out != CarriedOut.YES and status == Status.CARRIED_OUT:
        status = Status.DISCUSSED
    return listing.model_copy(update={"outcome": outcome, "status": status})
