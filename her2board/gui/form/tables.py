"""The table itself: cells are edited in place with the controls of the form."""

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from her2board.capture.tables.cells import cells_of
from her2board.capture.tables.entries import read_typed
from her2board.capture.typed import Typed
from her2board.gui.base import shown
from her2board.gui.base.empty import say
from her2board.gui.base.frozen import FrozenTable
from her2board.gui.form.around import Around
from her2board.gui.form.controls import ChoiceControl, Control, FlagControl, LineControl, LongTextControl
from her2board.gui.form.drug_names import DrugCompleter
from her2board.gui.form.fields import make_control, reader
from her2board.gui.form.table_model import EntryTableModel

Index = QModelIndex | QPersistentModelIndex
_ROWS_SEEN = (2, 8)
_COLUMN_WIDTH = {
    "date": 104,
    "flag": 96,
    "number": 96,
    "size": 96,
    "sizes": 190,
    "integer": 80,
    "choice": 132,
    "texts": 190,
    "text": 132,
}
_NOTE_WIDTH = 280
_DRUG_LINE = 460
"""Pixels of a line in which drugs are typed."""
_CELL_EDGES = 6
"""Pixels above and below the words of a cell."""


_LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _pastes(event: QEvent) -> bool:
    """Return whether the event is the paste keys."""
    pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
    return pressed and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste)


def pastes_table(event: QEvent) -> bool:
    """Return whether the event is the paste keys while a table was copied."""
    if not _pastes(event):
        return False
    cells = cells_of(QApplication.clipboard().text())
    return len(cells) > 1 or len(cells[:1][0] if cells else ()) > 1


def writes(event: QKeyEvent) -> bool:
    """Return whether a key writes something."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return not held and event.text().isprintable() and bool(event.text().strip())


def _leaves(event: QEvent) -> bool:
    """Return whether the event is a key that ends editing a cell."""
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _LEAVING


class DrugLine(LineControl):
    """A line with the drug list below it; Tab and Return take the name that is marked there, and leave the cell."""

    def take_marked(self) -> bool:
        """Close the list and take the name marked in it; return whether the list was open."""
        completer = self.completer()
        popup = completer.popup() if completer else None
        if completer is None or popup is None or not popup.isVisible():
            return False
        if popup.currentIndex().isValid():
            self.setText(completer.pathFromIndex(popup.currentIndex()))
            self.setModified(True)
        popup.hide()
        return True

    def event(self, event: QEvent) -> bool:
        """Send a key on its usual way again that came here by way of the open list."""
        if isinstance(event, QKeyEvent) and _leaves(event) and self.take_marked():
            again = QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
            QApplication.postEvent(self, again)
            return True
        return super().event(event)


class EntryDelegate(QStyledItemDelegate):
    """Edits a cell with the same controls as the form."""

    typed = Signal()
    """Text was typed in a cell."""
    table_pasted = Signal()
    """A table was pasted into a cell."""

    def __init__(self, around: Around, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._open: tuple[LineControl, QPersistentModelIndex] | None = None

    def open_cell(self) -> tuple[int, int, str] | None:
        """Return row, column and text of the cell being typed in, once something was typed."""
        if self._open is None or not self._open[0].isModified():
            return None
        editor, index = self._open
        return (index.row(), index.column(), editor.text()) if index.isValid() else None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002, N802  # reason: Qt's name
        """Return the control of the column."""
        column = _model(index).columns[index.column()]
        if column.path in ("drugs", "drug"):
            line = DrugLine(*reader(column), parent)
            line.setCompleter(DrugCompleter(self._around.drugs, line))
            control: Control = line
        else:
            control = make_control(column, parent, in_table=True)
        control.setAccessibleName(shown.heading(column))
        if isinstance(control, LineControl):
            control.setFrame(False)
            control.edited.connect(lambda _: self.typed.emit())
            self._open = (control, QPersistentModelIndex(index))
        elif isinstance(control, ChoiceControl):
            control.moves = False
            control.edited.connect(lambda _: self.commitData.emit(control))
        return control

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802  # reason: Qt's name
        """Let the line for drugs reach over the cells after it: the list below is as wide, and says what names mean."""
        super().updateEditorGeometry(editor, option, index)
        if isinstance(editor, DrugLine) and (around := editor.parentWidget()) is not None:
            room = around.width() - editor.x()
            editor.resize(min(max(editor.width(), _DRUG_LINE), room), editor.height())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802  # reason: Qt's name
        """Forget the cell that was typed in."""
        if self._open is not None and self._open[0] is editor:
            self._open = None
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802  # reason: Qt's name
        """Close the list of drugs before a key leaves the cell."""
        if isinstance(editor, DrugLine) and _leaves(event):
            editor.take_marked()
        if pastes_table(event):
            self.table_pasted.emit()  # a cell would make one line of it
            return True
        return super().eventFilter(editor, event)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802  # reason: Qt's name
        """Show the recorded value, or the invalid text."""
        assert isinstance(editor, LineControl | ChoiceControl | FlagControl | LongTextControl)
        attempt = _model(index).attempt(index)
        if attempt and isinstance(editor, LineControl):
            editor.setText(attempt)
        else:
            editor.show_value(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: ARG002, N802  # reason: Qt's name
        """Hand over what was entered."""
        assert isinstance(editor, LineControl | ChoiceControl | FlagControl | LongTextControl)
        if not isinstance(editor, LineControl):
            _model(index).enter(index, editor.typed(), "")
        elif editor.isModified():
            found = read_typed(_model(index).columns, index.column(), editor.text(), self._around.context())
            _model(index).enter_reading(index, found, editor.text())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # reason: Qt's name
        """Leave space for the controls."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + 8, max(size.height() + _CELL_EDGES, 26))


def _model(index: Index) -> EntryTableModel:
    model = index.model()
    assert isinstance(model, EntryTableModel)
    return model


class EntryTable(FrozenTable):
    """The table itself; Tab leaves it when no cell is being edited."""

    paste_asked = Signal()
    entry_begun = Signal(int, str)
    """A letter was typed into the empty table: its key, and what it writes."""

    typed = Signal()
    """Text was typed in a cell."""
    place_changed = Signal()
    """The keyboard came to another cell."""

    def __init__(self, label: str, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self.empty_words = ""
        """What to do while there is no entry."""
        self._delegate = EntryDelegate(around, self)
        self._delegate.typed.connect(self.typed)
        self._delegate.table_pasted.connect(self.paste_asked)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(label)
        self.setTabKeyNavigation(False)
        self.setCornerWidget(QWidget(self))  # else the corner of the scroll bars has the colour of the edges
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def take_model(self, model: EntryTableModel) -> None:
        """Show a model, each column as wide as its kind needs."""
        self.setModel(model)
        self.selectionModel().currentChanged.connect(lambda *_: self.place_changed.emit())
        metrics = self.horizontalHeader().fontMetrics()
        for number, column in enumerate(model.columns):
            heading = metrics.horizontalAdvance(shown.heading(column)) + 20
            width = _NOTE_WIDTH if column.path in ("note", "view", "result") else _COLUMN_WIDTH[column.kind]
            words = (word for choice in column.choices for word in shown.term(choice).split())
            longest = max(map(metrics.horizontalAdvance, words), default=0) + 16
            self.setColumnWidth(number, max(width, heading, longest))
        model.modelReset.connect(self.fit)
        model.rowsInserted.connect(lambda *_: self.fit())
        model.rowsRemoved.connect(lambda *_: self.fit())
        self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Say how to begin where there is no entry."""
        super().paintEvent(event)
        if not self.model().rowCount():
            say(self, self.empty_words)

    def fit(self) -> None:
        """Take the height of the entries, within limits."""
        model = self.model()
        rows = min(max(model.rowCount(), _ROWS_SEEN[0]), _ROWS_SEEN[1])
        height = sum(max(self.sizeHintForRow(row), 26) for row in range(min(rows, model.rowCount())))
        height += 26 * max(0, rows - model.rowCount())
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + height + bar + 2 * self.frameWidth() + 2)

    def moveCursor(  # noqa: N802  # reason: Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Stop at the ends of the table: from the last cell Tab leads nowhere, and not into the first entry."""
        index = super().moveCursor(action, modifiers)
        here, step = self.currentIndex(), QAbstractItemView.CursorAction
        wraps = (action == step.MoveNext and index < here) or (action == step.MovePrevious and here < index)
        return QModelIndex() if wraps else index

    def show_cell(self, index: Index) -> None:
        """Choose a cell."""
        self.setCurrentIndex(index)

    def open_cell(self) -> tuple[int, int, str] | None:
        """Return row, column and text of the cell being typed in, once something was typed."""
        return self._delegate.open_cell()

    def finish_editing(self) -> None:
        """Take over what is being typed in a cell."""
        if self.state() == QAbstractItemView.State.EditingState:
            self.setFocus()

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802  # reason: Qt's name
        """Clear a cell on Delete; edit it on Return."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and not event.modifiers() and index.isValid():
            _model(index).enter(index, Typed(), "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and index.isValid():
            if self.state() != QAbstractItemView.State.EditingState:  # else the key ends what is typed, and comes by
                self.edit(index)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif not self.model().rowCount() and writes(event):
            self.entry_begun.emit(event.key(), event.text())
        else:
            super().keyPressEvent(event)
