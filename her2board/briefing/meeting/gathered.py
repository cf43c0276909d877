"""A meeting with the cases on its list, as all its papers need it."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.meeting.comes_back import ComesBack, comes_back, last_decision_words, still_of_before
from her2board.briefing.meeting.into_case import with_outcome
from her2board.briefing.packet import Listed, MeetingHead
from her2board.briefing.slips import is_decided
from her2board.case.dates import PartialDate
from her2board.case.identity import cleaner_of
from her2board.case.identity_review import Found, look_through_texts
from her2board.case.model import Case
from her2board.casebook.book import Casebook, Kept
from her2board.casebook.model import Attendance, BoardMeeting, CaseSummary, Listing, Outcome, Owed
from her2board.wording import Marked, day_words, tr

TEXTS: dict[str, Marked] = {
    "reason": "Reason for listing",
    "not_ready_because": "Why not ready",
    "minutes": "Minutes",
}
"""Typed texts of a listing, with their labels: a name in them is looked for before they leave."""
OUTCOME_TEXTS: dict[str, Marked] = {
    "decision": "Decision",
    "dissent": "Dissent",
    "fallback": "Fallback",
    "owner": "Owner of the decision",
    "tells_patient": "Who tells the patient",
    "deferral_reason": "Reason for deferral",
    "carried_out_note": "What of it was carried out, or why it was not",
}
"""Typed texts of an outcome, likewise."""


class OnList(Struct, frozen=True):
    """A case on the list of a meeting."""

    listing: Listing
    case: Case | None
    """None where it is no longer in the casebook."""
    code: str = ""
    preparer: str = ""
    owed: tuple[Owed, ...] = ()
    urgent: bool | None = None
    last: ComesBack | None = None
    found: tuple[Found, ...] = ()
    """What of the list's texts a person looks at before they leave without names."""


class Gathered(Struct, frozen=True):
    """A meeting and everything on its list: what is discussed in order, what is not ready, what is only named."""

    meeting: BoardMeeting
    version: int
    cases: tuple[OnList, ...]

    @property
    def head(self) -> MeetingHead:
        """The meeting as papers name it."""
        meeting = self.meeting
        return MeetingHead(day_words(meeting.day), meeting.board, meeting.place, meeting.attendance)


def gathered(book: Casebook, meeting_id: str) -> Gathered:
    """Return a meeting with its cases. Raises KeyError where there is no such meeting."""
    kept = book.meeting(meeting_id)
    meetings = [one.value for one in book.meetings()]
    sums = book.some_summaries([listing.case_id for listing in kept.value.listings])
    found = []
    for listing in kept.value.listings:
        last = comes_back(listing.case_id, meetings, kept.value.day)
        summary = sums.get(listing.case_id)
        found.append(OnList(listing, None, last=last) if summary is None else _on_list(book, listing, summary, last))
    return Gathered(kept.value, kept.version, tuple(sorted(found, key=_group)))


def _on_list(book: Casebook, listing: Listing, summary: Kept[CaseSummary], last: ComesBack | None) -> OnList:
    case = book.case(listing.case_id).value
    summed = summary.value
    return OnList(listing, case, case.code, case.meeting.preparer or "", summed.owed, summed.urgent, last)


def _group(one: OnList) -> int:
    """Return the part of the agenda a case belongs to; within one the order of the list stays."""
    return 2 if one.listing.list_only else 1 if one.listing.not_ready_because else 0


def for_its_meeting(one: OnList, meeting: BoardMeeting) -> Case | None:
    """Return the case as its page for this meeting is made, with what the casebook alone knows.

    That is the day where the case has none, what this meeting decided, and what was decided last; each only where the
    case says nothing itself. A case that is still as it was for an earlier discussion is left as it is.
    """
    case = one.case
    if case is None or still_of_before(case, one.last):
        return case
    changes: dict[str, object] = {}
    if case.meeting.date is None:
        changes["date"] = PartialDate.from_day(meeting.day)
    before = case.meeting
    if one.last and not (before.last_decision or before.last_decision_carried_out or before.last_decision_note):
        outcome = one.last.outcome
        changes |= {
            "last_discussed": before.last_discussed or PartialDate.from_day(one.last.day),
            "last_decision": outcome.decision or None,
            "last_decision_carried_out": outcome.carried_out,
            "last_decision_note": outcome.carried_out_note or None,
        }
    if changes:
        case = case.model_copy(update={"meeting": before.model_copy(update=changes)})
    decided = is_decided(one.listing.outcome) and case.board.decision is None
    return with_outcome(case, one.listing.outcome, meeting.day).case if decided else case


def leaving(found: Gathered, known: frozenset[str], identified: bool) -> Gathered:
    """Return a meeting whose texts may leave: without patients' names and record numbers unless ``identified``.

    ``known``: folded words of the names of drugs. The cases themselves are left to whatever exports them.
    """
    if identified:
        return found
    return replace(found, cases=tuple(_without_names(one, known) for one in found.cases))


def _without_names(one: OnList, known: frozenset[str]) -> OnList:
    if one.case is None:  # nobody knows any more whose name to look for
        last = one.last and replace(one.last, outcome=_outcome(one.last.outcome, lambda _: ""))
        return replace(one, listing=with_texts(one.listing, lambda _: ""), last=last)
    clean = cleaner_of(one.case, known)
    last = one.last and replace(one.last, outcome=_outcome(one.last.outcome, clean))
    texts = {tr(label): getattr(one.listing, name) for name, label in TEXTS.items()}
    texts |= {tr(label): getattr(one.listing.outcome, name) for name, label in OUTCOME_TEXTS.items()}
    return replace(
        one,
        listing=with_texts(one.listing, clean),
        code=clean(one.code),
        owed=tuple(owed.model_copy(update={"what": clean(owed.what), "by": clean(owed.by)}) for owed in one.owed),
        preparer=clean(one.preparer),
        last=last,
        found=look_through_texts(texts, one.case, known),
    )


def with_texts(listing: Listing, change: Callable[[str], str]) -> Listing:
    """Return a listing with every typed text changed."""
    changed = {name: change(getattr(listing, name)) for name in TEXTS}
    return listing.model_copy(update={**changed, "outcome": _outcome(listing.outcome, change)})


def _outcome(outcome: Outcome, change: Callable[[str], str]) -> Outcome:
    return outcome.model_copy(update={name: change(getattr(outcome, name)) for name in OUTCOME_TEXTS})


def listed(one: OnList, drawable: Callable[[str], str] = str) -> Listed:
    """Return what the list says of a case; ``drawable`` names what a font of the paper cannot draw."""
    listing = with_texts(one.listing, drawable)
    last = one.last and replace(one.last, outcome=_outcome(one.last.outcome, drawable))
    stale = one.case is not None and still_of_before(one.case, one.last)
    return Listed(
        status=tr(listing.status.label),
        reason=listing.reason,
        preparer=drawable(one.preparer),
        named_only=listing.list_only,
        not_ready=bool(listing.not_ready_because),
        not_ready_because=listing.not_ready_because,
        before=last_decision_words(last) if last else (),
        still_of=day_words(one.last.day) if stale and one.last else "",
        minutes=listing.minutes,
        outcome=listing.outcome,
    )


def attended(several: tuple[Attendance, ...], drawable: Callable[[str], str]) -> tuple[Attendance, ...]:
    """Return who attended, with names that a paper can draw."""
    return tuple(
        one.model_copy(update={"names": drawable(one.names), "discipline_name": drawable(one.discipline_name)})
        for one in several
    )
