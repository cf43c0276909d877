"""The list of a meeting: one line per case in order, what is owed and late, status and decision; all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from her2board.briefing.meeting.papers import PAPERS
from her2board.case.terms import CarriedOut
from her2board.casebook import meeting_edits as edits
from her2board.casebook.model import BoardMeeting, Listing, Status
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.casebook.around import button, let_key
from her2board.gui.casebook.case_table import CaseTable
from her2board.gui.casebook.detail import CaseDetail
from her2board.gui.casebook.dot_legend import DotLegend
from her2board.gui.casebook.new_meeting import NewMeeting
from her2board.gui.casebook.rows import Last, Row, meeting_rows
from her2board.gui.casebook.session import BookSession
from her2board.wording import Marked, day_words, tr, trn

_FILTER = "casebook/filter"
_PLACES: dict[str, Callable[[int], int]] = {
    "up": lambda place: place - 1,
    "down": lambda place: place + 1,
    "top": lambda _: 0,
    "bottom": lambda _: 1_000_000,
}
_BECAME = ("carried_out", "carried_out_note")
_FIELDS = {"not_ready": "not_ready_because", "reason": "reason", "what_became": "carried_out"}
FILTERS: dict[str, tuple[Marked, Callable[[Row], bool]]] = {
    "all": ("All cases", lambda _: True),
    "waiting": ("Not ready", lambda row: row.status in (Status.LISTED, Status.COLLECTING)),
    "late": ("Something late", lambda row: row.late > 0),
    "urgent": ("Urgent", lambda row: row.summary.urgent is True),
    "undecided": ("Without decision", lambda row: not row.decision),
}


class HomePage(QWidget):
    """Shows one meeting of the casebook and changes it."""

    open_asked = Signal(str)
    page_asked = Signal(str)
    """Another page of the casebook: 'cases', 'mode', 'history'."""
    paper_asked = Signal(str)
    take_in_asked = Signal()
    reported = Signal(str, bool)

    def __init__(self, session: BookSession, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self.chooser = QComboBox(self)
        self.chooser.setAccessibleName(tr("Meeting"))
        self.chooser.activated.connect(lambda _: self._choose())
        self.filter = QComboBox(self)
        self.filter.setAccessibleName(tr("Which cases are shown"))
        for name, (words, _) in FILTERS.items():
            self.filter.addItem(tr(words), name)
        self.filter.setCurrentIndex(max(self.filter.findData(str(settings.value(_FILTER, "all"))), 0))
        self.filter.currentIndexChanged.connect(lambda _: self._filter())
        self.count = Label(self)
        self.new_meeting = NewMeeting(session, self)
        self.new_meeting.added.connect(self.enter)
        empty: Marked = "No case is listed. Add cases, or take in a folder of case files."
        self.table = CaseTable(tr("Cases of the meeting"), session.today, empty, self)
        self.table.asked.connect(self.do)
        self.table.status_asked.connect(self.set_status)
        self.table.move_asked.connect(self._drop)
        self.table.row_changed.connect(self._show_detail)
        self.detail = CaseDetail(self)
        self.detail.entered.connect(self._enter)
        self.detail.answered.connect(self._answer)
        self.detail.left.connect(self.enter)
        self._lay_out()
        session.changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        self.new_button = button(tr("&New meeting…"), self.new_meeting.ask, self)
        self.mode_button = button(tr("&Meeting mode"), partial(self.page_asked.emit, "mode"), self, leading=True)
        self.mode_button.setToolTip(plain_tip(tr("Step through the cases and take decisions")))
        let_key("Ctrl+Return", self.mode_button, self)
        for part in (self.chooser, self.new_button, self.filter, self.count):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self.mode_button)
        self.chooser.setMinimumContentsLength(30)
        bottom = QHBoxLayout()
        self.papers = button(tr("&Papers"), lambda: None, self)
        menu = QMenu(self.papers)
        for name, kind in PAPERS.items():
            menu.addAction(tr(kind.label)).triggered.connect(partial(self._ask_paper, name))
        self.papers.setMenu(menu)
        self.add_button = button(tr("&Add cases…"), partial(self.page_asked.emit, "cases"), self)
        self.folder_button = button(tr("Ta&ke in a folder…"), self.take_in_asked.emit, self)
        keys = Label(
            tr("Return opens, Alt+Up and Alt+Down move, 1 to 6 set the status, L list only, N not ready"), self
        )
        keys.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the tips name the keys too
        keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for part in (self.add_button, self.folder_button, self.papers):
            bottom.addWidget(part)
        bottom.addWidget(keys, 1)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.new_meeting)
        column.addWidget(self.table, 1)
        column.addWidget(DotLegend(self))
        column.addWidget(self.detail)
        column.addLayout(bottom)

    def _ask_paper(self, name: str, _: object = None) -> None:
        self.commit()
        self.paper_asked.emit(name)

    def refresh(self) -> None:
        """Show the meeting as it is stored now."""
        self._show_meetings()
        kept = self._session.meeting
        rows: tuple[Row, ...] = ()
        if kept is not None:
            summaries = self._session.summaries(one.case_id for one in kept.value.listings)
            rows = meeting_rows(kept.value, summaries, self._session.meetings(), self._session.today())
        shown = [row for row in rows if FILTERS[str(self.filter.currentData())][1](row)]
        self.table.let_order(len(shown) == len(rows))
        self.table.show_rows(shown)
        self._show_detail()
        self.count.setText(self._counted(rows, len(shown)))
        self.papers.setEnabled(bool(rows))
        self.mode_button.setEnabled(any(row.listing and not row.listing.list_only for row in rows))
        self.add_button.setEnabled(kept is not None)

    def _counted(self, rows: Sequence[Row], shown: int) -> str:
        words = [trn("{n} case", "{n} cases", len(rows)).format(n=len(rows))]
        ready = sum(row.status not in (Status.LISTED, Status.COLLECTING) for row in rows)
        if rows:
            words.append(tr("{n} ready").format(n=ready))
        if (late := sum(row.late for row in rows)) > 0:
            words.append(trn("{n} item late", "{n} items late", late).format(n=late))
        if shown < len(rows):
            words.append(tr("{n} shown").format(n=shown))
        return ", ".join(words)

    def _show_meetings(self) -> None:
        today = self._session.today()
        coming = [kept for kept in self._session.meetings() if kept.value.day >= today]
        past = [kept for kept in self._session.meetings() if kept.value.day < today]
        self.chooser.blockSignals(True)
        self.chooser.clear()
        for kept in (*reversed(coming), *past):
            self.chooser.addItem(meeting_words(kept.value), kept.key)
        self.chooser.setCurrentIndex(self.chooser.findData(self._session.meeting_id))
        self.chooser.blockSignals(False)
        self.new_meeting.offer(bool(self._session.meetings()))

    def _choose(self) -> None:
        self.commit()
        self._session.choose_meeting(str(self.chooser.currentData()))

    def _filter(self) -> None:
        self._settings.setValue(_FILTER, self.filter.currentData())
        self.refresh()

    def _show_detail(self) -> None:
        self.detail.show_row(self.table.current, of_meeting=True)

    def do(self, name: str) -> None:
        """Do something to the case the keyboard is on."""
        row = self.table.current
        if row is None or row.listing is None:
            return
        if name in _PLACES:
            self.move_case(row.case_id, _PLACES[name](row.number - 1))
        elif name in _FIELDS:
            self.detail.enter(_FIELDS[name])
        else:
            self._do(name, row, row.listing)

    def _do(self, name: str, row: Row, listing: Listing) -> None:
        match name:
            case "open":
                self.commit()
                self.open_asked.emit(row.case_id)
            case "list_only":
                self._session.edit_listing(row.case_id, list_only=not listing.list_only)
            case "carried_out":
                self._answer_own("carried_out", CarriedOut.YES)
            case "take_off":
                self._session.edit(lambda meeting: edits.without_case(meeting, row.case_id))
            case "history":
                self.page_asked.emit("history")

    def move_case(self, case_id: str, place: int) -> None:
        """Move a case to another place of the list, counted from 0."""
        self._session.edit(lambda meeting: edits.moved(meeting, case_id, place))

    def _drop(self, source: int, before: int) -> None:
        row = self.table.cases.rows[source]
        self.move_case(row.case_id, before - 1 if before > source else before)

    def set_status(self, status: Status) -> None:
        """Set how far the case is that the keyboard is on."""
        if row := self.table.current:
            self._session.edit_listing(row.case_id, status=status)

    def _enter(self, name: str, value: object) -> None:
        row = self.table.current
        if name in _BECAME:
            self._answer_own(name, value)
        elif row is not None:
            self._session.edit_listing(row.case_id, **{name: value})

    def _answer_own(self, name: str, value: object) -> None:
        """Say what became of the decision of the meeting that is shown."""
        row, kept = self.table.current, self._session.meeting
        if row is None or row.listing is None or kept is None:
            return
        out = row.listing.outcome
        if not out.decision:
            self.reported.emit(tr("{code}: no decision is recorded").format(code=row.summary.code), False)
            return
        own = Last(kept.value.day, out.decision, out.carried_out, kept.key, out.carried_out_note)
        self._session.answer_last(row.case_id, own, name, value)

    def _answer(self, name: str, value: object) -> None:
        row = self.table.current
        if row and row.last and row.last.meeting_id:
            self._session.answer_last(row.case_id, row.last, name, value)

    def commit(self) -> None:
        """Store what is typed below the list."""
        self.detail.commit()

    def enter(self) -> None:
        """Put the keyboard on the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def meeting_words(meeting: BoardMeeting) -> str:
    """Return day and board of a meeting."""
    return ", ".join(filter(None, (day_words(meeting.day), meeting.board)))
