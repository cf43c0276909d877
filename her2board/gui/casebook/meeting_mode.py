"""Steps through the cases of a meeting: the page large, the outcome beside it, a clock; no dialogs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from her2board.briefing.meeting.comes_back import comes_back
from her2board.briefing.meeting.gathered import OnList, for_its_meeting
from her2board.casebook import meeting_edits as edits
from her2board.casebook.model import BoardMeeting, Listing
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.casebook.around import Around, button, let_key
from her2board.gui.casebook.attendance import AttendanceForm
from her2board.gui.casebook.case_page import CasePage
from her2board.gui.casebook.discussion import Discussion
from her2board.gui.casebook.home import meeting_words
from her2board.gui.casebook.outcome_form import OutcomeForm
from her2board.gui.casebook.rows import Last, last_decision
from her2board.gui.casebook.session import BookSession
from her2board.wording import tr

_TICK_MS = 1000
_GLANCE = 5
"""Seconds below which nobody discussed anything."""
_WIDTHS = (790, 450)


class MeetingMode(QWidget):
    """Shows one case at a time and stores what is said of it when the next one is shown."""

    left = Signal()
    open_asked = Signal(str)
    reported = Signal(str, bool)

    def __init__(self, session: BookSession, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.discussion = Discussion(session)
        self._version = 0
        self._last: Last | None = None
        self.title = Heading("", self, 1.3)
        self.clock = Heading("", self, 1.3)
        self.about = Label(self)
        self.about.setWordWrap(True)
        self.page = CasePage(around, self)
        self.form = OutcomeForm(session.today(), self)
        self.form.entered.connect(self.discussion.say)
        self.form.refused.connect(lambda words: self.reported.emit(words, True))
        self.form.last.answered.connect(self._answer)
        self.attendance = AttendanceForm(self)
        self.attendance.entered.connect(self._attend)
        self._elapsed = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_clock)
        self._lay_out()
        session.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        self.back = button(tr("&Previous"), partial(self.step, -1), self)
        self.next = button(tr("&Next"), partial(self.step, 1), self, leading=True)
        self.open_button = button(tr("&Open in the editor"), lambda: self.open_asked.emit(self.case_id), self)
        self.leave_button = button(tr("To the &list"), self.leave, self)
        for part, keys in ((self.back, "Ctrl+PgUp"), (self.next, "Ctrl+PgDown"), (self.leave_button, "Esc")):
            let_key(keys, part, self)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.clock)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.form, tr("&Outcome"))
        self.tabs.addTab(self.attendance, tr("&Attendance"))
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Outcome and attendance"))
        bottom = QHBoxLayout()
        for part in (self.leave_button, self.open_button):
            bottom.addWidget(part)
        bottom.addStretch(1)
        for part in (self.back, self.next):
            bottom.addWidget(part)
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.tabs, 1)
        column.addLayout(bottom)
        split = QSplitter(self)
        split.addWidget(self.page)
        split.addWidget(side)
        split.setSizes(list(_WIDTHS))
        split.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(split)

    @property
    def case_id(self) -> str:
        """Id of the case that is shown; empty before the first."""
        return self.discussion.case_id

    @property
    def cases(self) -> tuple[Listing, ...]:
        """The cases that are discussed, in their order; those that are only named are not stepped through."""
        kept = self._session.meeting
        return tuple(one for one in kept.value.listings if not one.list_only) if kept else ()

    def begin(self, case_id: str) -> None:
        """Show a case of the meeting, the first one where it is not discussed there."""
        self.discussion.end()  # what could not be stored when the page was left
        ids = [one.case_id for one in self.cases]
        if ids:
            self._show(case_id if case_id in ids else ids[0])
            self.form.to_decision()

    def step(self, by: int) -> None:
        """Show the case after or before."""
        ids = [one.case_id for one in self.cases]
        place = ids.index(self.case_id) + by if self.case_id in ids else 0
        if not 0 <= place < len(ids):
            self.reported.emit(tr("This is the last case") if by > 0 else tr("This is the first case"), False)
            return
        if self.commit():
            self._show(ids[place])
            self.form.to_decision()

    def leave(self) -> None:
        """Go back to the list."""
        if self.commit():
            self.left.emit()

    def commit(self) -> bool:
        """Store what was said and how long it took; return False where it could not be, and still waits."""
        self.form.commit()
        seconds = self._elapsed.elapsed() // 1000 if self._elapsed.isValid() else 0
        done = self.discussion.end(int(seconds) if seconds >= _GLANCE else 0)
        if done and self._elapsed.isValid():
            self._elapsed.restart()
        return done

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Stop the clock when another page is shown."""
        super().hideEvent(event)
        if self._elapsed.isValid() and self._session.is_open:
            self.commit()
        self._elapsed.invalidate()
        self._tick.stop()

    def _show(self, case_id: str) -> None:
        self.discussion.case_id, self._version = case_id, 0
        self._elapsed.start()
        self._tick.start()
        self._refresh(anew=True)

    def refresh(self) -> None:
        """Show what is stored of the case now."""
        if self.isVisible() and self.case_id:
            self._refresh(anew=False)

    def _refresh(self, *, anew: bool) -> None:
        kept, found = self._session.meeting, self._session.summaries([self.case_id]).get(self.case_id)
        listing = self.discussion.listing
        if kept is None or found is None or listing is None:
            self.left.emit()
            return
        self._last = last_decision(self.case_id, found.value, kept.value.day, self._session.meetings())
        self.form.last.show_last(self._last)
        self.form.show_listing(listing, anew=anew)
        self.attendance.show_meeting(kept.value)
        ids = [one.case_id for one in self.cases]
        place = ids.index(self.case_id) + 1 if self.case_id in ids else 0
        self.title.setText(f"{place}/{len(ids)}  {found.value.code}")
        self.about.setText("\n".join(filter(None, (found.value.question, listing.reason))))
        self.back.setEnabled(place > 1)
        self.next.setEnabled(place < len(ids))
        self.setAccessibleName(meeting_words(kept.value))
        self._show_clock()
        if found.version != self._version:
            self._version = found.version
            self._show_page(kept.value, listing)

    def _show_page(self, meeting: BoardMeeting, listing: Listing) -> None:
        """Show the page of the case as it is made for this meeting."""
        case = self._session.book.case(self.case_id).value
        last = comes_back(self.case_id, (one.value for one in self._session.meetings()), meeting.day)
        on_list = OnList(listing, case, case.code, last=last)
        self.page.show_case(for_its_meeting(on_list, meeting) or case, meeting.day)

    def _show_clock(self) -> None:
        listing = self.discussion.listing
        seconds = (listing.seconds or 0) if listing else 0
        if self._elapsed.isValid():
            seconds += self._elapsed.elapsed() // 1000
        self.clock.setText(f"{seconds // 60}:{seconds % 60:02d}")
        self.clock.setAccessibleName(tr("Time discussed"))
        if typing := self.form.entries.typing():
            self.discussion.keep(typing)

    def _answer(self, name: str, value: object) -> None:
        if self._last is not None and self._last.meeting_id:
            self._session.answer_last(self.case_id, self._last, name, value)

    def _attend(self, discipline: object, present: object) -> None:
        self._session.edit(lambda meeting: edits.with_attendance(meeting, discipline, present))  # type: ignore[arg-type]  # reason: a signal carries both as objects
