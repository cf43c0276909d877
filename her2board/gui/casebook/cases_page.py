"""Every case of the casebook: found as one types, narrowed by filters, opened or put on the list of the meeting."""

from collections.abc import Sequence
from functools import partial
from typing import get_args

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from her2board.case.terms import CnsClass, spoken
from her2board.casebook.book import Wanted
from her2board.casebook.model import Status
from her2board.gui.base.brief_button import BriefButton
from her2board.gui.base.keys import SearchLine
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.casebook.around import Around, button, let_key
from her2board.gui.casebook.case_model import NUMBER, More
from her2board.gui.casebook.case_table import CaseTable
from her2board.gui.casebook.dot_legend import DotLegend
from her2board.gui.casebook.home import meeting_words
from her2board.gui.casebook.rows import Row, book_rows
from her2board.gui.casebook.session import BookSession
from her2board.wording import Marked, tr, trn

_FIRST, _FURTHER = 60, 200
"""Lines read at once: as many as a screen shows, and those after them when somebody scrolls there."""
_ASKED_FOR_OWNERS = 300
"""The latest cases, whose owners and drugs the filters offer."""
OUTCOMES: dict[str, Marked] = {
    "all_met": "every criterion met",
    "differs": "at least one differs",
    "cannot_tell": "cannot be determined yet",
}
_NAMES: dict[str, Marked] = {
    "status": "Status",
    "meeting": "Meeting",
    "owner": "Owed by",
    "cns_class": "CNS disease status",
    "exposure": "Drug given",
    "cohort": "Cohort",
    "outcome": "Outcome for that cohort",
}


class CasesPage(QWidget):
    """Searches the casebook."""

    open_asked = Signal(str)
    history_asked = Signal(str)
    listed = Signal()
    """Cases were put on the list of the meeting."""

    def __init__(self, session: BookSession, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._around = around
        self.search = SearchLine(self)
        self.search.setPlaceholderText(tr("Code, drug, name or any word of a case"))
        self.search.setAccessibleName(tr("Find a case in the casebook"))
        self.search.textChanged.connect(lambda _: self.refresh())
        self.search.returnPressed.connect(self._to_table)
        self.filters = {name: QComboBox(self) for name in _NAMES}
        self.count = Label(self)
        empty: Marked = "No case has these words and filters. Esc clears the words."
        self.table = CaseTable(tr("Cases found"), session.today, empty, self)
        self.table.of_meeting = False
        self.table.let_order(False)
        self.table.hideColumn(NUMBER)
        self.table.asked.connect(self.do)
        self.table.row_changed.connect(self._name_button)
        self.table.cases.grown.connect(self._count)
        self._shown = Wanted()
        self.open_button = button(tr("&Open"), partial(self.do, "open"), self)
        self.list_button = BriefButton(self)
        self.list_button.setProperty("leading", True)
        self.list_button.clicked.connect(lambda _: self.put_on_list())
        self.list_button.setToolTip(plain_tip(tr("Put the case on the list")))
        let_key("Ins", self.list_button, self)
        self.clear_button = button(tr("Clear filte&rs"), self.clear, self)
        self._lay_out()
        session.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.addWidget(self.search, 0, 0, 1, 4)
        for place, (name, words) in enumerate(_NAMES.items()):
            label = Label(tr(words), self)
            box = self.filters[name]
            label.setBuddy(box)
            box.setAccessibleName(tr(words))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            box.currentIndexChanged.connect(lambda _: self.refresh())
            line, column = divmod(place, 4)
            grid.addWidget(label, 1 + 2 * line, column)
            grid.addWidget(box, 2 + 2 * line, column)
        grid.addWidget(self.clear_button, 4, 3)
        bottom = QHBoxLayout()
        bottom.addWidget(self.count, 1)
        for part in (self.open_button, self.list_button):
            bottom.addWidget(part)
        around = QVBoxLayout(self)
        around.addLayout(grid)
        around.addWidget(self.table, 1)
        around.addWidget(DotLegend(self))
        around.addLayout(bottom)

    def enter(self) -> None:
        """Offer what there is to filter by, and put the keyboard into the search."""
        self._fill_filters()
        self.refresh()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _fill_filters(self) -> None:
        latest = self._session.book.find(Wanted(), _ASKED_FOR_OWNERS)
        kept = list(self._session.summaries(latest).values())
        owners = sorted({owed.by for one in kept for owed in one.value.owed if owed.by}, key=str.casefold)
        given = {drug for one in kept for drug in one.value.exposures}
        library = self._around.library()
        drugs = sorted((library.vocabulary.label(one) if library else one, one) for one in given)
        cohorts = (
            [(f"{trial.name}, {cohort.label}", f"{trial.id}/{cohort.id}") for trial, cohort in library.cohorts()]
            if library
            else []
        )
        offered = {
            "status": [(tr(one.label), str(one)) for one in Status],
            "meeting": [(meeting_words(one.value), one.key) for one in self._session.meetings()],
            "owner": [(tr(one), one) for one in owners],
            "cns_class": [(tr(spoken(one)), one) for one in get_args(CnsClass)],
            "exposure": drugs,
            "cohort": cohorts,
            "outcome": [(tr(words), one) for one, words in OUTCOMES.items()],
        }
        for name, choices in offered.items():
            box = self.filters[name]
            before = box.currentData()
            box.blockSignals(True)
            box.clear()
            box.addItem(tr("any"), "")
            for words, value in choices:
                box.addItem(words, value)
            box.setCurrentIndex(max(box.findData(before), 0))
            box.blockSignals(False)

    def wanted(self) -> Wanted:
        """Return what is looked for."""
        chosen = {name: str(box.currentData() or "") for name, box in self.filters.items()}
        cohort, outcome = chosen["cohort"], chosen["outcome"]
        self.filters["outcome"].setEnabled(bool(cohort))
        return Wanted(
            words=self.search.text(),
            status=frozenset({chosen["status"]} - {""}),
            meeting=chosen["meeting"],
            owner=chosen["owner"],
            cns_class=chosen["cns_class"],
            exposure=chosen["exposure"],
            cohort=(cohort, outcome) if cohort and outcome else ("", ""),
        )

    def refresh(self) -> None:
        """Show what is found now."""
        if not self.isVisible():
            return
        wanted = self.wanted()
        number = max(_FIRST, len(self.table.cases.rows)) if wanted == self._shown else _FIRST
        self._shown = wanted
        ids = self._session.book.find(wanted, number)
        self.table.show_rows(self._rows(ids), self._further if len(ids) == number else None)
        self._count()
        self._name_button()

    def _rows(self, ids: Sequence[str]) -> tuple[Row, ...]:
        return book_rows(ids, self._session.summaries(ids), self._session.meetings(), self._session.today())

    def _further(self, shown: Sequence[Row]) -> tuple[Sequence[Row], More | None]:
        """Return the lines after those shown; what was saved meanwhile comes before them and is not repeated."""
        number = len(shown) + _FURTHER
        ids = self._session.book.find(self._shown, number)
        known = {row.case_id for row in shown}
        rows = self._rows([key for key in ids if key not in known])
        return rows, self._further if len(ids) == number else None

    def _count(self) -> None:
        n = len(self.table.cases.rows)
        words = trn("{n} case found", "{n} cases found", n).format(n=n)
        if self.table.cases.canFetchMore(QModelIndex()):
            words = tr("the latest {n} cases are shown; more follow as one scrolls, more words find fewer").format(n=n)
        self.count.setText(words)

    def _name_button(self) -> None:
        kept, row = self._session.meeting, self.table.current
        brief, words = tr("&Put on the list"), tr("&Put on the list of {meeting}")
        meeting = meeting_words(kept.value).replace("&", "&&") if kept else ""
        self.list_button.say(words.format(meeting=meeting) if meeting else brief, brief)
        self.list_button.setVisible(kept is not None)
        self.list_button.setEnabled(bool(kept and row and kept.value.listing(row.case_id) is None))
        self.open_button.setEnabled(row is not None)

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Look for every case again."""
        for box in self.filters.values():
            box.setCurrentIndex(0)
        self.search.clear()

    def do(self, name: str) -> None:
        """Open the case the keyboard is on, or show its history."""
        row = self.table.current
        if row is not None and name in ("open", "history"):
            (self.open_asked if name == "open" else self.history_asked).emit(row.case_id)

    def put_on_list(self) -> None:
        """Put the case on the list of the meeting; the keyboard goes to the next one."""
        row = self.table.current
        if row is None or not self.list_button.isEnabled():
            return
        place = self.table.currentIndex().row()
        if self._session.list_cases([row.case_id]):
            self.table.go(min(place + 1, len(self.table.cases.rows) - 1))
            self.listed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Go from the search into the list by the arrow."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self._to_table()
        else:
            super().keyPressEvent(event)
