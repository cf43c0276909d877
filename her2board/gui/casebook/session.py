"""The unlocked casebook as the screen uses it: what is chosen, what changed meanwhile, and every write in one place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer, Signal

from her2board.briefing.meeting.comes_back import brought_again, comes_back, with_carried_out
from her2board.briefing.meeting.into_book import store_meeting
from her2board.case.checks import CaseError, problems_from
from her2board.case.dates import PartialDate
from her2board.case.edit import with_value
from her2board.case.terms import CarriedOut
from her2board.casebook import meeting_edits as edits
from her2board.casebook.book import Casebook, ConflictError, Kept
from her2board.casebook.drafts import Drafts
from her2board.casebook.errors import CasebookError
from her2board.casebook.model import BoardMeeting, CaseSummary
from her2board.gui.casebook.clashes import MeetingClash
from her2board.gui.casebook.rows import Last
from her2board.wording import tr

_LOOK_EVERY_MS = 3000
"""How often others' changes are looked for."""
_TRIES = 5
_KEPT = 1_000
"""Summaries kept in memory, each of some 20 kB: those of what is shown, not of everything that was searched."""
DoneT = TypeVar("DoneT")
Change = Callable[[BoardMeeting], BoardMeeting]


class BookSession(QObject):
    """Reads and changes one casebook; whoever shows something of it follows ``changed``."""

    changed = Signal()
    """Something of the book is not as it was, here or by somebody else."""
    meeting_chosen = Signal()
    reported = Signal(str, bool)
    clashed = Signal(object)
    """Somebody else changed the same of a meeting: a MeetingClash."""

    def __init__(
        self,
        book: Casebook,
        path: Path,
        today: Callable[[], date],
        parent: QObject | None = None,
        *,
        server: str = "",
        drafts: Drafts | None = None,
    ) -> None:
        super().__init__(parent)
        self.book = book
        self.path = path
        self.server = server
        """Its name in the settings where it is on a server; ``path`` then is of no file."""
        self.drafts = drafts
        """Where unsaved work is kept against a crash; None where there is no such place."""
        self.today = today
        self.meeting_id = ""
        self.is_open = True
        self._seen = book.newest()
        self._summaries: dict[str, Kept[CaseSummary]] = {}
        self._meetings: Sequence[Kept[BoardMeeting]] | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_EVERY_MS)
        self._look.timeout.connect(self.look)
        self._look.start()
        self.meeting_id = self._next_meeting()

    def summaries(self, ids: Iterable[str]) -> Mapping[str, Kept[CaseSummary]]:
        """Return what a list shows of some cases, by id; those that are not there any more are left out."""
        wanted = list(dict.fromkeys(ids))
        if missing := [key for key in wanted if key not in self._summaries]:
            if len(self._summaries) + len(missing) > _KEPT:
                self._summaries = {key: self._summaries[key] for key in wanted if key in self._summaries}
            self._summaries.update(self.book.some_summaries(missing))
        return {key: self._summaries[key] for key in wanted if key in self._summaries}

    def meetings(self) -> Sequence[Kept[BoardMeeting]]:
        """Return every meeting, the latest day first."""
        if self._meetings is None:
            self._meetings = self.book.meetings()
        return self._meetings

    @property
    def meeting(self) -> Kept[BoardMeeting] | None:
        """The meeting that is shown."""
        return next((kept for kept in self.meetings() if kept.key == self.meeting_id), None)

    def code(self, case_id: str) -> str:
        """Return the code of a case; empty for one that is not there."""
        kept = self.summaries([case_id]).get(case_id)
        return kept.value.code if kept else ""

    def _next_meeting(self) -> str:
        """Return the meeting to begin with: the next one, else the latest."""
        coming = [kept for kept in self.meetings() if kept.value.day >= self.today()]
        first = (coming[-1:] or list(self.meetings())[:1]) if self.meetings() else []
        return first[0].key if first else ""

    def choose_meeting(self, meeting_id: str) -> None:
        """Show another meeting."""
        if meeting_id != self.meeting_id:
            self.meeting_id = meeting_id
            self.meeting_chosen.emit()
            self.changed.emit()

    def look(self) -> None:
        """Take up what others changed."""
        if self._take_up():
            self.changed.emit()

    def _take_up(self) -> bool:
        """Forget what is not as it was; return whether anything is not."""
        self._seen, ids = self.book.changed_since(self._seen)
        for key in ids:
            self._summaries.pop(key, None)
        if ids:
            self._meetings = None
            if self.meeting is None:
                self.meeting_id = self._next_meeting()
        return bool(ids)

    def attempt(self, work: Callable[[], DoneT]) -> DoneT | None:
        """Do something to the book and take up what changed; report what it refuses, and return None then."""
        try:
            done = work()
        except ValidationError as error:
            self.reported.emit("; ".join(problem.message for problem in problems_from(error)), True)
            return None
        except CasebookError as error:
            self.reported.emit(str(error), True)
            return None
        self.look()
        return done

    def add_meeting(self, day: date, board: str) -> None:
        """Add a meeting and show it."""
        if (kept := self.attempt(lambda: self.book.add_meeting(day, board))) is not None:
            self.choose_meeting(kept.key)

    def edit(self, change: Change, meeting_id: str = "") -> bool:
        """Change a meeting, the one shown unless named; others' changes of other things are kept beside it."""
        return self.attempt(lambda: self._edited(change, meeting_id or self.meeting_id)) is True

    def _edited(self, change: Change, meeting_id: str) -> bool:
        kept = next((one for one in self.meetings() if one.key == meeting_id), None)
        if kept is None:
            return False
        base, ours = kept.value, change(kept.value)
        return ours == base or self.put(base, ours, kept.version)

    def put(self, base: BoardMeeting, ours: BoardMeeting, version: int) -> bool:
        """Store a meeting changed from ``base``; where somebody was first, bring both together or show both sides."""
        for _ in range(_TRIES):
            try:
                stored = store_meeting(self.book, base, ours, version)
            except ConflictError as error:
                theirs = error.theirs
                if theirs is None or not isinstance(theirs.value, BoardMeeting):
                    self.reported.emit(tr("The meeting was removed by somebody else"), True)
                    return False
                both, clashes = edits.merged(base, ours, theirs.value)
                if clashes:
                    self.clashed.emit(MeetingClash(theirs.value, both, clashes, theirs.version, theirs.by, theirs.at))
                    return False
                base, ours, version = theirs.value, both, theirs.version
            else:
                if stored.known:
                    self.reported.emit("\n".join(one.words() for one in stored.known), True)
                return True
        self.reported.emit(tr("The meeting is being changed by somebody else; try again"), True)
        return False

    def forget_said(self) -> None:
        """Keep nothing any more of what was said at a meeting: somebody has chosen between both sides."""
        for said in tuple(self.drafts.said()) if self.drafts is not None else ():
            assert self.drafts is not None
            self.drafts.clear_said(said.listing.case_id)

    def edit_listing(self, case_id: str, **changes: object) -> bool:
        """Change the listing of a case in the meeting shown."""
        return self.edit(lambda meeting: edits.with_listing(meeting, case_id, **changes))

    def edit_outcome(self, case_id: str, meeting_id: str = "", **changes: object) -> bool:
        """Change what a meeting decided about a case, or what became of it."""
        return self.edit(lambda meeting: edits.with_outcome(meeting, case_id, **changes), meeting_id)

    def answer_last(self, case_id: str, last: Last, name: str, value: object) -> bool:
        """Say what became of the decision of an earlier meeting: 'carried_out', or 'carried_out_note'."""
        done = value if name == "carried_out" else last.carried_out
        note = str(value) if name == "carried_out_note" else last.note
        on = self.today() if done == CarriedOut.YES else None

        def change(meeting: BoardMeeting) -> BoardMeeting:
            known = meeting.listing(case_id)
            day = known.outcome.carried_out_on if known and known.outcome.carried_out == done else on
            return with_carried_out(meeting, case_id, done, day, note)  # type: ignore[arg-type]  # reason: a signal carries the answer as an object

        return self.edit(change, last.meeting_id)

    def list_cases(self, case_ids: Sequence[str], meeting_id: str = "") -> bool:
        """Put cases on the list of a meeting, the one shown unless named; one discussed before is presented again."""
        wanted = meeting_id or self.meeting_id
        kept = next((one for one in self.meetings() if one.key == wanted), None)
        if kept is None:
            return False
        new = [key for key in case_ids if kept.value.listing(key) is None]
        for key in new:
            self.attempt(lambda key=key: self._prepare(key, kept.value))  # type: ignore[misc]  # reason: mypy cannot type a lambda's default
        return self.edit(lambda meeting: edits.with_cases(meeting, new), wanted)

    def _prepare(self, case_id: str, meeting: BoardMeeting) -> bool:
        """Date the case for a meeting; carry over the decision of an earlier one. Return whether that changed it."""
        stored = self.book.case(case_id)
        case, words = stored.value, tr("Listed for the meeting of {day}")
        before = comes_back(case_id, (kept.value for kept in self.meetings()), meeting.day)
        if before is not None:
            case, words = brought_again(case, before, meeting.day), tr("Presented again on {day}")
        day = PartialDate.from_day(meeting.day)
        case = with_value(case, "meeting.date", str(day))
        if case == stored.value:
            return False
        try:
            self.book.save(case_id, case, stored.version, changed=words.format(day=day.shown()))
        except (ConflictError, CaseError):
            return False  # somebody edits it now: it is listed all the same
        return True

    def close(self) -> None:
        """Forget the book and lock it."""
        self._look.stop()
        self.is_open = False
        self._summaries, self._meetings = {}, None
        self.book.lock()
