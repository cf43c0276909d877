"""Stores a meeting, and what it decided, or what became of it, in its cases, each as a new version: in one step."""

from collections.abc import Container, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.meeting.comes_back import ComesBack, comes_back, still_of_before
from her2board.briefing.meeting.into_case import Moved, Replaced, with_outcome
from her2board.briefing.slips import is_decided
from her2board.case.dates import PartialDate
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.casebook.book import Casebook, CaseEdit, ConflictError, Kept
from her2board.casebook.changed_words import changed_words
from her2board.casebook.model import BoardMeeting, Listing, Outcome
from her2board.wording import day_words, tr

_TRIES = 5


class Written(Struct, frozen=True):
    """What a person has to know of a case an outcome was to be written into."""

    code: str
    replaced: tuple[Replaced, ...] = ()
    refused: str = ""
    """Why nothing was written; empty where it was."""

    def words(self) -> str:
        """Return it line by line: what was there before, or why the case is as it was."""
        if self.refused:
            words = tr("{code}: the outcome is recorded for the meeting, and not in the case: {why}")
            return words.format(code=self.code, why=self.refused)
        form = tr("{code}: replaced in the case: {label}. Before, and still in its history: {was}")
        labels = {one.path: tr(field_by_path()[one.path].info.label) for one in self.replaced}
        return "\n".join(form.format(code=self.code, label=labels[one.path], was=one.was) for one in self.replaced)


class StoredMeeting(Struct, frozen=True):
    """A meeting as it was stored, and what a person has to know of its cases."""

    kept: Kept[BoardMeeting]
    known: tuple[Written, ...]


def store_meeting(book: Casebook, before: BoardMeeting, after: BoardMeeting, expected: int) -> StoredMeeting:
    """Store ``after`` and, in its case, every outcome it has otherwise than ``before``: all of it or nothing.

    ConflictError where the meeting moved on; a case that moved on is read again.
    """
    for _ in range(_TRIES):
        cases, known = case_edits(book, before, after)
        try:
            return StoredMeeting(book.save_meeting(after, expected, cases), known)
        except ConflictError as error:
            if error.key == after.id:
                raise
    codes = (one.case.code for one in case_edits(book, before, after)[0])
    known = tuple(Written(code, refused=tr("somebody else is changing it")) for code in codes)
    return StoredMeeting(book.save_meeting(after, expected), known)  # rather than lose what was decided


def case_edits(
    book: Casebook, before: BoardMeeting, after: BoardMeeting, leave: Container[str] = ()
) -> tuple[tuple[CaseEdit, ...], tuple[Written, ...]]:
    """Return the next versions of the cases whose outcome is not as in ``before``, and what a person has to know.

    A case that is no longer in the casebook is left out, and those named in ``leave``.
    """
    edits, known = [], []
    for listing, was in _changed(before, after):
        if listing.case_id in leave or not book.some_summaries([listing.case_id]):
            continue
        kept = book.case(listing.case_id)
        meetings = [one.value for one in book.meetings() if one.key != after.id]
        moved = case_with_outcome(kept.value, after, listing, was, [*meetings, after])
        if moved.case == kept.value:
            continue
        head = tr("from the meeting of {day}").format(day=day_words(after.day))
        words = f"{head}\n{changed_words(kept.value, moved.case)}"
        edits.append(CaseEdit(kept.key, moved.case, kept.version, words))
        if moved.replaced:
            known.append(Written(kept.value.code, moved.replaced))
    return tuple(edits), tuple(known)


def decided_elsewhere(
    book: Casebook, before: BoardMeeting, after: BoardMeeting, leave: Container[str]
) -> tuple[tuple[CaseEdit, ...], tuple[str, ...]]:
    """Return what ``case_edits`` does of a meeting that comes in from elsewhere, and what to know in words."""
    cases, known = case_edits(book, before, after, leave)
    return cases, tuple(one.words() for one in known)


def _changed(before: BoardMeeting, after: BoardMeeting) -> Iterator[tuple[Listing, Outcome]]:
    """Yield each discussed case whose outcome is not as before, with the outcome it had."""
    for listing in after.listings:
        known = before.listing(listing.case_id)
        was = known.outcome if known else Outcome()
        if listing.outcome != was and not listing.list_only:
            yield listing, was


def case_with_outcome(
    case: Case, meeting: BoardMeeting, listing: Listing, was: Outcome, meetings: Sequence[BoardMeeting]
) -> Moved:
    """Return the case with an outcome of a meeting, which was ``was`` before: as its decision, or as its last one.

    It is the last one where the case is already prepared for a later meeting.
    """
    held = case.meeting.date.span.low if case.meeting.date else None
    if held is not None and held > meeting.day:
        return _as_last(case, was, meeting, comes_back(listing.case_id, meetings, held))
    last = comes_back(listing.case_id, meetings, meeting.day)
    if last is not None and still_of_before(case, last):
        if not is_decided(listing.outcome):
            return Moved(case)
        return with_outcome(_dated(case, meeting, last), listing.outcome, meeting.day, last.outcome)
    moved = with_outcome(case, listing.outcome, meeting.day, was)
    if held is not None or not is_decided(listing.outcome):
        return moved
    date = {"date": PartialDate.from_day(meeting.day)}  # without one it would read as a decision of the next meeting
    return replace(moved, case=moved.case.model_copy(update={"meeting": moved.case.meeting.model_copy(update=date)}))


def _dated(case: Case, meeting: BoardMeeting, last: ComesBack) -> Case:
    """Return a case still as for an earlier discussion with the day of this one; what it decided becomes the last."""
    update = {"date": PartialDate.from_day(meeting.day), **_last_fields(last)}
    if case.board.decision:
        update["last_decision"] = last.outcome.decision or case.board.decision
    return case.model_copy(update={"meeting": case.meeting.model_copy(update=update)})


def _last_fields(last: ComesBack | None) -> dict[str, object]:
    outcome = last.outcome if last else Outcome()
    return {
        "last_discussed": PartialDate.from_day(last.day) if last else None,
        "last_decision": outcome.decision or None,
        "last_decision_carried_out": outcome.carried_out,
        "last_decision_note": outcome.carried_out_note or None,
    }


def _as_last(case: Case, was: Outcome, meeting: BoardMeeting, last: ComesBack | None) -> Moved:
    """Return a case prepared for a later meeting with the outcome of this one as its last decision.

    Nothing changes where another meeting came between, or what the case says is not of this one.
    """
    known, day = case.meeting, PartialDate.from_day(meeting.day)
    here = last is not None and last.meeting_id == meeting.id
    taken_back = not here and known.last_discussed == day and (known.last_decision or "") == was.decision
    if not (here or taken_back) or (known.last_discussed not in (None, day)):
        return Moved(case)
    fields = {name: value for name, value in _last_fields(last).items() if value != getattr(known, name)}
    if not fields:
        return Moved(case)
    mine = {"last_decision": was.decision or None, "last_decision_note": was.carried_out_note or None}
    replaced = tuple(
        Replaced(f"meeting.{name}", str(there), str(fields[name] or ""))
        for name in mine
        if name in fields and (there := getattr(known, name)) and there != mine[name]
    )
    return Moved(case.model_copy(update={"meeting": known.model_copy(update=fields)}), replaced)
