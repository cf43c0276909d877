"""What the list keeps of the case the keyboard is on: status, reason, what it waits for, and its last decision."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from her2board.case.terms import CarriedOut
from her2board.casebook.model import Status
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.casebook import entries as made
from her2board.gui.casebook.clashes import FIELDS
from her2board.gui.casebook.entries import Entries
from her2board.gui.casebook.rows import Last, Row
from her2board.gui.form.controls import ChoiceControl
from her2board.wording import day_words, tr


class LastDecision(QFrame):
    """The last decision about a case that comes back, and whether it was carried out."""

    answered = Signal(str, object)
    """Name in the outcome of the earlier meeting, and its value."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = Label(self)
        self.words.setWordWrap(True)
        self.words.allow_copying()
        self.entries = Entries(self)
        self.entries.entered.connect(self.answered)
        form = QFormLayout()
        choices = [(tr(one.label), one) for one in CarriedOut]
        self.entries.add("carried_out", tr("Was it carried out?"), ChoiceControl(choices, self), form)
        self.entries.add("carried_out_note", tr("What of it, or why not"), made.line(self), form)
        self._asks = QWidget(self)
        self._asks.setLayout(form)
        form.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.addWidget(self.words)
        column.addWidget(self._asks)

    def show_last(self, last: Last | None) -> None:
        """Show a decision, or nothing; what only the case records is answered in the case."""
        self.setVisible(last is not None)
        if last is None:
            return
        day = day_words(last.day) if last.day else tr("last discussion")
        words = tr("Last decision, {day}: {decision}").format(day=day, decision=last.decision)
        if not last.meeting_id:
            done = tr(last.carried_out.label) if last.carried_out else tr("carried out or not: not recorded")
            words = f"{words} ({done})"
        self.words.setText(words)
        self._asks.setVisible(bool(last.meeting_id))
        self.entries.show_values({"carried_out": last.carried_out, "carried_out_note": last.note})


class CaseDetail(QFrame):
    """Fields of one listing beside each other."""

    entered = Signal(str, object)
    answered = Signal(str, object)
    left = Signal()
    """The keyboard goes back to the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = Heading("", self, 1.1)
        self.question = Label(self)
        self.question.setWordWrap(True)
        self.last = LastDecision(self)
        self.last.answered.connect(self.answered)
        self.entries = Entries(self)
        self.entries.entered.connect(self.entered)
        self._id = ""
        left, right = QFormLayout(), QFormLayout()
        for form in (left, right):
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
            form.setHorizontalSpacing(10)
            form.setVerticalSpacing(8)
            form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)  # a longer language goes below its label
        status = ChoiceControl([(tr(one.label), one) for one in Status], self, empty=False)
        discussed = ChoiceControl([(tr("discussed"), False), (tr("list only"), True)], self, empty=False)
        before = ChoiceControl([(tr("yes"), True), (tr("no"), False)], self)
        self.entries.add("status", tr(FIELDS["status"]), status, left)
        self.entries.add("list_only", tr("At the meeting"), discussed, left)
        self.entries.add("prospective", tr(FIELDS["prospective"]), before, left)
        self.entries.add("reason", tr(FIELDS["reason"]), made.line(self), right)
        self.entries.add("not_ready_because", tr(FIELDS["not_ready_because"]), made.line(self), right)
        became = ChoiceControl([(tr(one.label), one) for one in CarriedOut], self)
        self.entries.add("carried_out", tr("Decision of this meeting"), became, right)
        self.entries.add("carried_out_note", tr("What of it, or why not"), made.line(self), right)
        head = QVBoxLayout()
        for part in (self.title, self.question, self.last):
            head.addWidget(part)
        head.addStretch()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.addLayout(head, 0, 0)
        grid.addLayout(left, 0, 1)
        grid.addLayout(right, 0, 2)
        for column, share in enumerate((4, 3, 4)):
            grid.setColumnStretch(column, share)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_row(self, row: Row | None, *, of_meeting: bool) -> None:
        """Show what is kept of a case; the fields only where it is on the list of the meeting shown."""
        self.setVisible(row is not None)
        if row is None:
            return
        self.title.setText(row.summary.code)
        self.question.setText(row.summary.question or tr("Question for the board: not recorded"))
        self.last.show_last(row.last)
        values: dict[str, Any] = {**dict(row.listing), **dict(row.listing.outcome)} if row.listing else {}
        (self.entries.show_values if row.case_id == self._id else self.entries.show_anew)(values)
        self._id = row.case_id
        self.entries.enable(of_meeting and row.listing is not None)
        for name in ("carried_out", "carried_out_note"):
            self.entries.controls[name].setEnabled(bool(row.decision))

    def enter(self, name: str) -> None:
        """Put the keyboard into a field."""
        self.entries.controls[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Go back to the list by Escape or Return."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def commit(self) -> None:
        """Store what is typed."""
        self.entries.commit()
        self.last.entries.commit()
