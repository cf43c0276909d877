"""An entry of a list, opened: every column with the control of the form, main results first."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from her2board.capture.tables.entries import read_typed
from her2board.case.fields import CaseField
from her2board.gui.base import shown
from her2board.gui.base.labels import Label
from her2board.gui.form.around import Around
from her2board.gui.form.card_face import HEAD, RESULTS, draw_card
from her2board.gui.form.controls import ChoiceControl, Control, LineControl
from her2board.gui.form.fields import make_control
from her2board.gui.form.table_model import EntryTableModel
from her2board.gui.form.tables import pastes_table
from her2board.wording import tr

_PER_LINE = 3
_PLACES = 6
"""Columns of the grid; most take two of them."""
_LINE_GAP = 5
_LETTERS = 6
"""Letters that a choice has room for at least; a card has three beside one another."""


class CardEditor(QFrame):
    """Edits one entry at a time, whose number is ``row``; -1 while none is open."""

    typed = Signal()
    table_pasted = Signal()
    closed = Signal()
    """Return or Escape was pressed."""
    column_entered = Signal(int)

    def __init__(self, model: EntryTableModel, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = -1
        self._model, self._around = model, around
        self._head = Label(self)
        bold = self._head.font()
        bold.setBold(True)
        self._head.setFont(bold)
        self._places = {column.path: number for number, column in enumerate(model.columns)}
        self.controls: dict[int, Control] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 10)
        box.setSpacing(6)
        box.addWidget(self._head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        for place in range(_PLACES):
            grid.setColumnStretch(place, 1)
        for line in _lines(model.columns):
            self._add_line(grid, line)
        box.addLayout(grid)
        for before, after in pairwise((parent, *self.controls.values())):
            QWidget.setTabOrder(before, after)
        self.hide()

    def _add_line(self, grid: QGridLayout, paths: Sequence[str]) -> None:
        row = grid.rowCount()
        wide = {HEAD[0]: 4, "note": _PLACES}
        place = 0
        for path in paths:
            number = self._places[path]
            control = self._control(number, self._model.columns[number])
            caption = Label(shown.heading(self._model.columns[number]), self)
            caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            caption.setBuddy(control)
            span = wide.get(path, _PLACES // _PER_LINE)
            grid.addWidget(caption, row, place, 1, span)
            grid.addWidget(control, row + 1, place, 1, span)
            place += span
        grid.setRowMinimumHeight(row + 2, _LINE_GAP)

    def _control(self, number: int, column: CaseField) -> Control:
        control = make_control(column, self, in_table=True, day=self._around.day)
        control.setAccessibleName(shown.heading(column))
        control.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        control.setMinimumSize(QSize(control.fontMetrics().averageCharWidth() * (_LETTERS + 4), 0))
        if isinstance(control, ChoiceControl):
            control.edited.connect(lambda typed: self._model.enter(self._index(number), typed, ""))
        elif isinstance(control, LineControl):
            control.edited.connect(lambda _: self.typed.emit())
            control.finished.connect(lambda: self._take_line(number))
        control.installEventFilter(self)
        self.controls[number] = control
        return control

    def _index(self, number: int) -> QModelIndex:
        return self._model.index(self.row, number)

    def open(self, row: int) -> None:
        """Show an entry."""
        self.row = row
        self.refresh()
        self.show()

    def refresh(self) -> None:
        """Show what is recorded, or the invalid text; what is being typed stays."""
        if not 0 <= self.row < self._model.rowCount():
            return
        number = self._model.headerData(self.row, Qt.Orientation.Vertical)
        self._head.setText(tr("Entry {n}").format(n=number))
        for place, control in self.controls.items():
            index = self._index(place)
            attempt = self._model.attempt(index)
            if isinstance(control, LineControl) and (attempt or control.isModified()):
                if attempt and not control.isModified() and control.text() != attempt:
                    control.setText(attempt)
            else:
                control.show_value(index.data(Qt.ItemDataRole.EditRole))

    def _take_line(self, number: int) -> None:
        control = self.controls[number]
        if isinstance(control, LineControl) and control.isModified() and self.row >= 0:
            control.setModified(False)
            found = read_typed(self._model.columns, number, control.text(), self._around.context())
            self._model.enter_reading(self._index(number), found, control.text())

    def take(self) -> None:
        """Take what is being typed into the case."""
        for number in self.controls:
            self._take_line(number)

    def open_cell(self) -> tuple[int, int, str] | None:
        """Return row, column and text of the line being typed in, once something was typed."""
        for number, control in self.controls.items():
            if self.row >= 0 and isinstance(control, LineControl) and control.isModified():
                return self.row, number, control.text()
        return None

    def focus(self, number: int) -> None:
        """Put the keyboard into a column."""
        control = self.controls[number]
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(control, LineControl):
            control.selectAll()

    def eventFilter(self, control: QObject, event: QEvent) -> bool:  # noqa: N802  # reason: Qt's name
        """Report the column the keyboard comes to, and a table that is pasted: a line would make one text of it."""
        if event.type() == QEvent.Type.FocusIn:
            self.column_entered.emit(next(number for number, known in self.controls.items() if known is control))
        elif pastes_table(event):
            self.table_pasted.emit()
            return True
        return super().eventFilter(control, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Close on Return, and on Escape without what is being typed."""
        if event.key() == Qt.Key.Key_Escape:
            for control in self.controls.values():
                if isinstance(control, LineControl):
                    control.setModified(False)
            self.refresh()
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the ground and the edge of the card."""
        draw_card(self, focused=True)


def _lines(columns: Sequence[CaseField]) -> Iterator[Sequence[str]]:
    """Return the columns line by line: of what, the main results, the others three by three, the note alone."""
    placed = [HEAD, *RESULTS.values()]
    yield from placed
    done = {path for line in placed for path in line}
    others = [column.path for column in columns if column.path not in done and column.path != "note"]
    for first in range(0, len(others), _PER_LINE):
        yield others[first : first + _PER_LINE]
    if any(column.path == "note" for column in columns):
        yield ("note",)
