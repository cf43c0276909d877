"""One row of the form: label, control, unit, reading, reason for absence, and what is to be said about it."""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from her2board.case.fields import CaseField
from her2board.gui import shown, theme
from her2board.gui.absence import AbsenceBar, AbsenceButton
from her2board.gui.binding import FieldBinding
from her2board.gui.document import CaseDocument
from her2board.gui.fields import ChoiceControl, Control, FlagControl, LineControl, make_control
from her2board.gui.typed_dates import show_date
from her2board.wording import tr

LABEL_WIDTH = 168
BUTTON_WIDTH = 92
_WIDTHS = {"integer": 84, "number": 84, "date": 132, "count": 132, "choice": 240, "choices": 260}
"""Widest a control grows, in pixels; others take the room there is."""


class FormRow(QObject):
    """Shows one field of the case and lets it be changed."""

    entered = Signal(object)
    """The keyboard came to this row."""

    def __init__(self, document: CaseDocument, field: CaseField, grid: QGridLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.path = field.path
        self._document = document
        self._remark = ""
        self._bar: AbsenceBar | None = None
        self._bar_problem = ""
        label = tr(field.info.label)
        self.control = make_control(field, parent)
        self._name_control(label)
        self.binding = FieldBinding(document, field, self.control)
        self.binding.told.connect(self._tell)
        self._reading = QLabel(parent)
        self.button = AbsenceButton(field.info.level, label, parent)
        self.button.reason_chosen.connect(self._choose_reason)
        self.note = QLabel(parent)
        self._lay_out(grid, label, parent)

    def _name_control(self, label: str) -> None:
        self.control.setAccessibleName(label)
        self.control.setToolTip(tr(self.field.info.why))
        if width := _WIDTHS.get(self.field.kind):
            self.control.setMaximumWidth(width)
        if isinstance(self.control, LineControl | ChoiceControl):
            self.control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _lay_out(self, grid: QGridLayout, label: str, parent: QWidget) -> None:
        line = grid.rowCount()
        self.label = QLabel(label, parent)
        self.label.setBuddy(self.control)
        self.label.setWordWrap(True)
        self.label.setToolTip(tr(self.field.info.why))
        top = Qt.AlignmentFlag.AlignTop
        self.label.setContentsMargins(0, 4, 0, 0)
        box = QHBoxLayout()
        box.setSpacing(6)
        box.addWidget(self.control)
        if unit := shown.unit(self.field):
            box.addWidget(QLabel(unit, parent))
        self._reading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._reading.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        box.addWidget(self._reading, 1 if self.field.kind in _WIDTHS else 0)
        grid.addWidget(self.label, line, 0, top)
        grid.addLayout(box, line, 1, top)
        grid.addWidget(self.button, line, 2, top)
        self.note.setWordWrap(True)
        self.note.hide()
        grid.addWidget(self.note, line + 1, 1, 1, 2)
        grid.setRowMinimumHeight(line + 2, 0)  # keeps the line for the reason for absence
        self._grid, self._bar_line = grid, line + 2

    def refresh(self) -> None:
        """Show what the case holds for this field."""
        self.binding.refresh()
        absence = self._document.absence(self.path)
        recorded = self._document.value(self.path) is not None
        self.button.show_state(recorded=recorded, absence=absence)
        if absence is not None and self._bar is None:
            self._make_bar()
        if self._bar is not None:
            self._bar.show_absence(absence)
        self._tell()

    def _make_bar(self) -> None:
        parent = self.label.parentWidget()
        assert parent is not None
        label, asks = tr(self.field.info.label), tr(self.field.info.asks)
        self._bar = AbsenceBar(self._document, self.path, label, asks, parent)
        self._bar.problem_changed.connect(self._take_bar_problem)
        QWidget.setTabOrder(self.control, self._bar.owner)
        QWidget.setTabOrder(self._bar.owner, self._bar.due)
        QWidget.setTabOrder(self._bar.due, self._bar.note)
        self._grid.addWidget(self._bar, self._bar_line, 1, 1, 2)

    def _take_bar_problem(self, problem: str) -> None:
        self._bar_problem = problem
        self._tell()

    def remark(self, words: str) -> None:
        """Show what the assessment says about the recorded value; nothing clears it."""
        if words != self._remark:
            self._remark = words
            self._tell()

    def focus(self) -> None:
        """Put the keyboard into the control."""
        self.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(self.control, LineControl):
            self.control.selectAll()

    def choose_reason(self) -> None:
        """Offer the reasons for absence, where there is no value."""
        if self.button.isVisible():
            self.button.choose()

    def _choose_reason(self, reason: str | None) -> None:
        before = self._document.absence(self.path)
        details = before.model_dump(mode="json", exclude_none=True) if before else {}
        self._document.set_absence(self.path, {**details, "reason": reason} if reason else None)
        if self._bar is not None and reason == "pending":
            self._bar.owner.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        """Say the reading beside the control and the most pressing matter below it."""
        reading = self.binding.hint or (f"= {self.binding.reading}" if self.binding.reading else self._dated())
        self._reading.setText(reading)
        self._reading.setToolTip(reading)
        problem = self.binding.problem or self._bar_problem or self._remark
        self.note.setText(f"⚠ {problem}" if problem else "")
        self.note.setVisible(bool(problem))
        palette = self.note.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.current().problem))
        self.note.setPalette(palette)
        _describe(self.control, problem or self.binding.hint or tr(self.field.info.why))

    def _dated(self) -> str:
        """Return the date the value carries, for values that age."""
        path = self.field.info.dated_by
        if not path or self._document.value(self.path) is None:
            return ""
        day: Any = self._document.value(path)
        return show_date(day) if day else tr("no date recorded")


def _describe(control: Control, text: str) -> None:
    control.setAccessibleDescription(text)
    if isinstance(control, FlagControl):
        control.describe(text)
