"""The counts of a year as a table and a plot: what was recorded, and how often nothing was."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from her2board.briefing.meeting.counts import Counts, counts_table, years
from her2board.case.storage import write_export
from her2board.case.writing import reason
from her2board.gui.base import shown
from her2board.gui.base.labels import Label
from her2board.gui.base.read_table import WordTable
from her2board.gui.casebook.around import Around, button
from her2board.gui.casebook.counts_plot import CountsPlot
from her2board.gui.casebook.self_audit_panel import SelfAuditPanel
from her2board.gui.casebook.session import BookSession
from her2board.wording import tr

_WORK, _FILE = "counts", "counts file"
_SHOWN = (1, 2, 3, 4, 5, 7)
"""Columns of the table that the screen shows: measure, answer, number, not recorded, of all, percent."""
_FIGURES = range(2, len(_SHOWN))
"""Those of them that hold figures."""
_SUFFIXES = (".pdf", ".xlsx", ".csv")


class CountsPage(QWidget):
    """Counts when it is shown, in the background."""

    reported = Signal(str, bool)
    written = Signal(str, object)

    def __init__(self, session: BookSession, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._around = around
        self._counts: Counts | None = None
        self.year = QComboBox(self)
        self.year.setAccessibleName(tr("Year"))
        self.year.currentIndexChanged.connect(lambda _: self.refresh())
        self.lead = Label(self)
        self.table = WordTable(tr("Counts of the year"), 1, self)
        self.plot = CountsPlot(self)
        self.plot.setAccessibleName(tr("Plot of the counts"))
        self.save_button = button(tr("&Save as PDF, Excel or text…"), self._ask_where, self)
        self.self_audit = SelfAuditPanel(session, around, self)
        self.self_audit.reported.connect(self.reported)
        self.self_audit.written.connect(self.written)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)  # on the ground of the page, as elsewhere
        self._lay_out()

    def _lay_out(self) -> None:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.plot)
        split = QSplitter(self)
        split.addWidget(self.table)
        split.addWidget(scroll)
        split.setSizes([800, 440])
        split.setChildrenCollapsible(False)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.year)
        top.addWidget(self.lead, 1)
        bottom.addWidget(Label(tr("'Not recorded' is never a no; shares are of those recorded."), self), 1)
        bottom.addWidget(self.save_button)
        of_year = QWidget(self)
        column = QVBoxLayout(of_year)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(top)
        column.addWidget(split, 1)
        column.addLayout(bottom)
        self.tabs.addTab(of_year, tr("Counts of the year"))
        self.tabs.addTab(self.self_audit, tr("Self-audit"))
        self.tabs.currentChanged.connect(lambda _: self._enter_tab())
        QVBoxLayout(self).addWidget(self.tabs)

    def _enter_tab(self) -> None:
        if self.tabs.currentWidget() is self.self_audit:
            self.self_audit.enter()

    def enter(self) -> None:
        """Offer the years there are, and count; the self-audit when it is in sight."""
        self._enter_tab()
        before = self.year.currentData()
        self.year.blockSignals(True)
        self.year.clear()
        for year in years(kept.value for kept in self._session.meetings()):
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(max(self.year.findData(before), 0))
        self.year.blockSignals(False)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Count the year that is chosen."""
        year, library, services = self.year.currentData(), self._around.library(), self._around.services.papers
        self.save_button.setEnabled(False)
        if year is None or services is None:
            self.lead.setText(tr("No meeting was held yet"))
            return
        if library is None:
            self.lead.setText(tr(shown.NO_EVIDENCE))
            return
        self.lead.setText(tr("Counting …"))
        work = partial(services.counts, self._session.book, year, self._session.today(), library)
        self._around.worker.ask(_WORK, work, self._take, self._fail)

    def _take(self, found: Counts) -> None:
        self._counts = found
        self.lead.setText(found.lead)
        self.save_button.setEnabled(True)
        table = counts_table(found)
        heads = [table.columns[place] for place in _SHOWN]
        rows = [["" if row[place] is None else str(row[place]) for place in _SHOWN] for row in table.rows]
        measures = [row[0] for row in rows]
        for row, before in zip(rows, ["", *measures], strict=False):
            row[0] = "" if row[0] == before else row[0]
        self.table.show_rows(heads, rows, figures=_FIGURES)
        self.plot.show_counts(found)

    def _fail(self, error: Exception) -> None:
        self.lead.setText(tr("The counts could not be made"))
        self.reported.emit(str(error) or type(error).__name__, True)

    def _ask_where(self) -> None:
        suggested = str(Path.home() / f"{tr('counts')}-{self.year.currentData()}.pdf")
        kinds = ";;".join(f"(*{suffix})" for suffix in _SUFFIXES)
        chosen, kind = QFileDialog.getSaveFileName(self, tr("Save the counts"), suggested, kinds)
        if chosen:
            suffix = Path(chosen).suffix if Path(chosen).suffix in _SUFFIXES else kind.strip("(*)") or _SUFFIXES[0]
            path = self._around.questions().with_suffix(Path(chosen), suffix)
            if path is not None:
                self.write_to(path)

    def write_to(self, path: Path) -> None:
        """Write the counts to a file of the kind its ending names."""
        services = self._around.services.papers
        assert services is not None
        assert self._counts is not None
        work = partial(services.counts_file, self._counts, path.suffix, self._around.paper())
        self._around.worker.ask(_FILE, work, partial(self._write, path), self._fail)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_export(path, data, ())
        except OSError as error:
            self.reported.emit(tr("{path}: {why}").format(path=path, why=reason(error, path)), True)
            return
        self._session.book.record("exported", "", path.name)
        self.written.emit(tr("Wrote {path}.").format(path=path), path)
