"""The self-audit beside the counts: off until it is switched on; figures with n, and why some are not computable."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from her2board.briefing.meeting.self_audit import SelfAudit, audit_table, self_audit, switch, switched_on
from her2board.case.storage import write_export
from her2board.case.writing import reason
from her2board.gui.base import shown
from her2board.gui.base.labels import Label
from her2board.gui.base.read_table import WordTable
from her2board.gui.casebook.around import Around, button
from her2board.gui.casebook.session import BookSession
from her2board.wording import day_words, tr

_WORK = "self-audit"


class SelfAuditPanel(QWidget):
    """Computes when it is shown and switched on, in the background."""

    reported = Signal(str, bool)
    written = Signal(str, object)
    stepped = Signal(int, int)
    """Meetings read of how many; from the thread that reads, Qt carries it over."""

    def __init__(self, session: BookSession, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._around = around
        self._found: SelfAudit | None = None
        self._number = 0
        """Of the reading that counts; one with another number stops."""
        self.stepped.connect(self._step)
        around.worker.closing.connect(self._stop)
        self.switch = QCheckBox(tr("Count how cases are prepared, in this casebook, from today on"), self)
        self.switch.toggled.connect(self._switched)
        self.lead = Label(self)
        self.lead.setWordWrap(True)
        self.table = WordTable(tr("Self-audit"), 2, self)
        self.save_button = button(tr("Save the self-audit as text…"), self._ask_where, self)
        bottom = QHBoxLayout()
        bottom.addWidget(
            Label(tr("Figures of the clinic itself: no names, no codes, nothing of one patient."), self), 1
        )
        bottom.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.switch)
        column.addWidget(self.lead)
        column.addWidget(self.table, 1)
        column.addStretch()  # takes the place of the table where there is none
        column.addLayout(bottom)

    def enter(self) -> None:
        """Show whether it is on, and the figures if it is."""
        since = switched_on(self._session.book)
        self.switch.blockSignals(True)
        self.switch.setChecked(since is not None)
        self.switch.blockSignals(False)
        self._show(None)
        if since is None:
            self.lead.setText(
                tr(
                    "Off. It reads times, missing items, disciplines heard and decisions carried out from what this "
                    "casebook keeps anyway; nothing leaves it."
                )
            )
            return
        library = self._around.library()
        if library is None:
            self.lead.setText(tr(shown.NO_EVIDENCE))
            return
        self.lead.setText(tr("Counting since {day} …").format(day=day_words(since)))
        self._stop()
        step = partial(self._go_on, self._number)
        work = partial(self_audit, self._session.book, library, since, self._session.today(), _local_day, step)
        self._around.worker.ask(_WORK, work, self._show, self._fail)

    def _stop(self) -> None:
        """Read no further meeting."""
        self._number += 1

    def _go_on(self, number: int, done: int, of: int) -> bool:
        """Report how far the reading is; return whether it still counts. On the thread that reads."""
        if number == self._number and done:
            self.stepped.emit(done, of)
        return number == self._number

    def _step(self, done: int, of: int) -> None:
        if self._found is None:
            self.lead.setText(tr("Reading meetings: {n} of {all}").format(n=done, all=of))

    def _switched(self, on: bool) -> None:
        switch(self._session.book, self._session.today() if on else None)
        self.enter()

    def _show(self, found: SelfAudit | None) -> None:
        self._found = found
        self.save_button.setEnabled(found is not None)
        self.table.setVisible(found is not None)
        if found is None:
            return
        self.lead.setText(found.lead)
        heads = (tr("Measure"), tr("Value"), tr("Not computable, and why"))
        self.table.show_rows(heads, ((one.label, one.words, one.without_words) for one in found.figures))

    def _fail(self, error: Exception) -> None:
        self.lead.setText(tr("The self-audit could not be made"))
        self.reported.emit(str(error) or type(error).__name__, True)

    def _ask_where(self) -> None:
        suggested = str(Path.home() / f"{tr('self-audit')}-{self._session.today().isoformat()}.csv")
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the self-audit"), suggested, "(*.csv)")
        if chosen and (path := self._around.questions().with_suffix(Path(chosen), ".csv")) is not None:
            self.write_to(path)

    def write_to(self, path: Path) -> None:
        """Write the figures as comma-separated text."""
        assert self._found is not None
        services = self._around.services.papers
        assert services is not None
        try:
            write_export(path, services.table_file(audit_table(self._found)), ())
        except OSError as error:
            self.reported.emit(tr("{path}: {why}").format(path=path, why=reason(error, path)), True)
            return
        self._session.book.record("exported", "", "self-audit")
        self.written.emit(tr("Wrote {path}.").format(path=path), path)


def _local_day(at: datetime) -> date:
    return at.astimezone().date()
