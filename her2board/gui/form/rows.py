"""One row of the form: label, control, unit, reading, reason for absence, and a message."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from her2board.capture.date_readings import show_date
from her2board.case.dates import PartialDate
from her2board.case.fields import CaseField
from her2board.case.kept import quoted
from her2board.case.terms import URGENT_SIGNS
from her2board.gui.base.labels import Label, OneLine, plain_tip
from her2board.gui.document.document import empty_case
from her2board.gui.document.unfinished import Unfinished
from her2board.gui.form.absence import AbsenceBar
from her2board.gui.form.around import Around
from her2board.gui.form.binding import FieldBinding
from her2board.gui.form.block import FieldBlock
from her2board.gui.form.controls import ChoiceControl, Control, FlagControl, LineControl, LongTextControl
from her2board.gui.form.field_help import spoken_help
from her2board.gui.form.fields import make_control
from her2board.gui.form.question_bar import QuestionBar, with_keys
from her2board.wording import tr, trn

LABEL_WIDTH = 168
BUTTON_WIDTH = 92
_WIDTHS = {"integer": 84, "number": 84, "size": 84, "date": 132, "count": 132, "choice": 240, "choices": 260}
"""Widest a control grows, in pixels; others take the room there is."""
_LINE_EDGES = 16
_LABORATORY = ("organs.liver", "organs.renal", "organs.blood_counts")
_SIGNS = tuple(f"urgency.{sign}" for sign in URGENT_SIGNS)


class FormRow(FieldBlock):
    """Shows one field of the case in a row of the form."""

    control: Control

    def __init__(self, around: Around, field: CaseField, grid: QGridLayout, parent: QWidget) -> None:
        super().__init__(around.document, field, parent)
        self.control = make_control(field, parent, day=around.day)
        self._name_control(tr(field.info.label))
        self.binding = FieldBinding(around.document, field, self.control, around.day)
        self.binding.message_changed.connect(self._show_message)
        self.control.edited.connect(lambda _: self.typed.emit())
        self.question = QuestionBar(tr(field.info.label), parent)
        self.question.chosen.connect(self.binding.choose)
        self._reading = OneLine(parent)
        self._age = Label(parent)
        self._age.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._age.setContentsMargins(0, 4, 0, 0)
        self._lay_out(grid, parent)

    def _name_control(self, label: str) -> None:
        self.control.setAccessibleName(label)
        self.control.setToolTip(plain_tip(spoken_help(self.field)))
        if width := _WIDTHS.get(self.field.kind):
            if isinstance(self.control, LineControl):  # 'not recorded' is longer in some languages
                empty = self.control.fontMetrics().horizontalAdvance(self.control.placeholderText())
                width = max(width, empty + _LINE_EDGES)
            self.control.setMaximumWidth(width)
        if isinstance(self.control, LineControl | ChoiceControl):
            self.control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _lay_out(self, grid: QGridLayout, parent: QWidget) -> None:
        line = grid.rowCount()
        self.label.setBuddy(self.control)
        self.label.setWordWrap(True)
        top = Qt.AlignmentFlag.AlignTop
        self.label.setContentsMargins(0, 4, 0, 0)
        box = QHBoxLayout()
        box.setSpacing(6)
        box.addWidget(self.control)
        if unit := self.field.info.unit:
            box.addWidget(Label(tr(unit), parent))
        self._reading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._reading.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        box.addWidget(self._reading, 1 if self.field.kind in _WIDTHS else 0)
        grid.addWidget(self.label, line, 0, top)
        grid.addLayout(box, line, 1, top)
        grid.addWidget(self.button, line, 2, top)
        grid.addWidget(self._age, line, 2, top | Qt.AlignmentFlag.AlignHCenter)  # where the button was, once recorded
        grid.addWidget(self.note, line + 1, 1, 1, 2)
        grid.addWidget(self.question, line + 2, 1, 1, 2)
        grid.setRowMinimumHeight(line + 3, 0)  # keeps the line for the reason for absence
        self._grid, self._bar_line = grid, line + 3

    def refresh(self) -> None:
        """Show what the case holds for this field."""
        self.binding.refresh()
        filled = bool(self._document.from_list(self.path)) and self._document.absence(self.path) is None
        self._show_absence(recorded=filled or self._document.value(self.path) is not None)
        self._show_message()

    def _entered(self) -> Sequence[QWidget]:
        """Return the control, or the buttons that stand for it."""
        return self.control.buttons() if isinstance(self.control, FlagControl) else (self.control,)

    def _place_bar(self, bar: AbsenceBar) -> None:
        QWidget.setTabOrder(self.control, bar.owner)
        QWidget.setTabOrder(bar.owner, bar.due)
        QWidget.setTabOrder(bar.due, bar.note)
        self._grid.addWidget(bar, self._bar_line, 0, 1, 3)

    @property
    def pending(self) -> bool:
        """Return whether something is entered here that the case does not hold."""
        return super().pending or self.binding.pending

    def unfinished(self) -> Sequence[Unfinished]:
        """Return the invalid text."""
        found = super().unfinished()
        match self.control:
            case LineControl() if self.binding.pending:
                return (Unfinished(path=self.path, text=self.control.text()), *found)
            case LongTextControl() if self.binding.pending:
                return (Unfinished(path=self.path, text=self.control.toPlainText()), *found)
        return found

    def put_back(self, entry: Unfinished) -> bool:
        """Enter an invalid text again; return whether there is a place for it."""
        if entry.of_reason:
            return super().put_back(entry)
        match self.control:
            case QLineEdit():
                self.control.setText(entry.text)
                self.control.textEdited.emit(entry.text)
                return True
            case QPlainTextEdit():
                self.control.setPlainText(entry.text)
                return True
        return False

    def revert(self) -> None:
        """Show what the case holds and discard invalid text."""
        super().revert()
        self.binding.revert()

    def commit(self) -> None:
        """Record the day that was written behind a value."""
        self.binding.commit()

    def focus(self) -> None:
        """Put the keyboard into the control."""
        super().focus()
        if isinstance(self.control, LineControl):
            if self.path != "code" or self._document.value("code") == empty_case().code:
                self.control.selectAll()
            else:
                self.control.end(False)  # the next key would take the code of a case that has one away

    def record_none(self) -> bool:
        """Record 'none' of a list of words; of all signs 'no', of all tests 'in range', where not recorded."""
        if self.path in _SIGNS:
            open_signs = [path for path in _SIGNS if self._document.value(path) is None]
            self._document.set_values(dict.fromkeys(open_signs, False), tr("None of the signs of urgency"))
            return True
        if self.path in _LABORATORY:
            open_tests = [path for path in _LABORATORY if self._document.value(path) is None]
            self._document.set_values(dict.fromkeys(open_tests, "in_range"), tr("No laboratory value out of range"))
            return True
        if self.field.kind == "texts":
            self._document.set_value(self.path, [])
            return True
        return False

    def _show_message(self) -> None:
        """Show the reading beside the control and the most important message below it."""
        asked = self.binding.candidates
        hint = f"{self.binding.hint} {with_keys(asked)}" if self.binding.hint and asked else self.binding.hint
        reading = hint or (f"= {self.binding.reading}" if self.binding.reading else self._from_list())
        self._reading.setText(reading)
        self._reading.setToolTip(plain_tip(reading))
        short, full = self._dated()
        self._age.setText(short)
        self._age.setToolTip(plain_tip(full))
        self._age.setVisible(bool(short))
        problem = self.binding.problem or self._bar_problem or self._remark
        self._show_note(problem)
        if not asked and self._remark and not self.binding.pending:
            asked = self.control.typed().candidates  # a recorded value that is doubted is asked like a typed one
        self.question.offer(asked, visible=not self.binding.hint)
        read_from = (
            tr("Read from {words}").format(words=quoted(one)) for one in self._document.read_from(self.path)[:1]
        )
        about = (full, self._from_list(), *read_from, spoken_help(self.field))
        _describe(self.control, problem or self.binding.hint or ". ".join(filter(None, about)))

    def _from_list(self) -> str:
        """Return what the list says while nothing is recorded here."""
        words = self._document.from_list(self.path)
        return tr("{words}, from the list").format(words=words) if words else ""

    def _dated(self) -> tuple[str, str]:
        """Return how old a value that ages is, short and with its day; the day alone where its age is not known."""
        path = self.field.info.dated_by
        if not path or self._document.value(self.path) is None:
            return "", ""
        iso, meeting = (self._document.value(name) for name in (path, "meeting.date"))
        if iso is None:
            return tr("undated"), tr("no date recorded")
        day, held = (PartialDate.parse(text).exact if text else None for text in (iso, meeting))
        days = (held - day).days if day and held else -1
        if days < 0:
            return show_date(iso), show_date(iso)
        short = trn("{n} day old", "{n} days old", days).format(n=days)
        words = trn("{day}, {n} day before the meeting", "{day}, {n} days before the meeting", days)
        return short, words.format(day=show_date(iso), n=days)


def _describe(control: Control, text: str) -> None:
    control.setAccessibleDescription(text)
    if isinstance(control, FlagControl):
        control.describe(text)
