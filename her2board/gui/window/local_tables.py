"""A table to type entries into: a row for each, columns of text or of a choice, rows added and removed by key."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from her2board.gui.base.empty import say
from her2board.gui.base.labels import Label
from her2board.wording import tr

_HIDDEN = Qt.ItemDataRole.UserRole


class Column(Struct, frozen=True):
    """One column: its title, how wide it is of the whole, and the choices where it is none of text."""

    title: str
    share: int
    choices: tuple[tuple[str, str], ...] = ()
    """Key and words of each."""
    editable: bool = True


class EntryTable(QWidget):
    """Entries as rows; what of an entry has no column stays with its row."""

    def __init__(self, title: str, hint: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self.table = _Table(0, len(columns), self)
        self.table.setAccessibleName(title)
        self.table.setHorizontalHeaderLabels([column.title for column in columns])
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)  # Tab leaves the table; the arrow keys move in it
        self.table.setItemDelegate(_Choices(self._columns, self.table))
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(columns):
            head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self.table.setColumnWidth(place, column.share)
        head.setStretchLastSection(True)
        self.add = QPushButton(tr("&Add a row"), self)
        self.remove = QPushButton(tr("Re&move the row"), self)
        self.add.clicked.connect(lambda: self.add_row((), None, edit=True))
        self.remove.clicked.connect(self.remove_row)
        self.table.row_wanted.connect(self.add.click)
        self.table.row_unwanted.connect(self.remove_row)
        self._lay_out(hint)

    def _lay_out(self, hint: str) -> None:
        words = Label(hint, self)
        words.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch()
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def clear(self) -> None:
        """Remove every row."""
        self.table.setRowCount(0)

    def add_row(self, values: Sequence[str], entry: object, *, edit: bool = False) -> None:
        """Add a row with these values, one for each column, and what of the entry has no column."""
        row = self.table.rowCount()
        self.table.insertRow(row)
        padded = (*values, *("" for _ in range(len(self._columns) - len(values))))
        first = QTableWidgetItem()
        for place, (column, value) in enumerate(zip(self._columns, padded, strict=True)):
            shown = dict(column.choices).get(value, "") if column.choices else value
            item = QTableWidgetItem(shown) if place else first
            item.setText(shown)
            if not column.editable:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(row, place, item)
        first.setData(_HIDDEN, entry)
        self.table.resizeRowToContents(row)
        if edit:
            self.table.setCurrentCell(row, 0)
            self.table.setFocus()
            self.table.editItem(first)

    def remove_row(self) -> None:
        """Remove the row that is chosen."""
        row = self.table.currentRow()
        if row >= 0:
            self.table.removeRow(row)

    def rows(self) -> list[tuple[tuple[str, ...], object]]:
        """Return the values of every row that has any, a choice by its key, and what was kept with it."""
        found = []
        for row in range(self.table.rowCount()):
            values = tuple(self._value(row, place) for place in range(len(self._columns)))
            if any(value for value, column in zip(values, self._columns, strict=True) if column.editable):
                found.append((values, self.table.model().index(row, 0).data(_HIDDEN)))
        return found

    def _value(self, row: int, place: int) -> str:
        item = self.table.item(row, place)
        text = item.text().strip() if item is not None else ""
        keys = {words: key for key, words in self._columns[place].choices}
        return keys.get(text, "") if keys else text


class _Table(QTableWidget):
    """Asks for a row on Insert and to remove one on Delete."""

    row_wanted = Signal()
    row_unwanted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Say how to begin where nothing is yet."""
        super().paintEvent(event)
        if not self.rowCount():
            say(self, tr("Nothing yet. Insert, or the button below, adds a row."))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Add and remove rows; Return edits the cell. An editor keeps its keys."""
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Insert:
            self.row_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.row_unwanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (item := self.currentItem()) is not None:
            self.editItem(item)
        else:
            super().keyPressEvent(event)


class _Choices(QStyledItemDelegate):
    """Edits a column of choices with a box of them."""

    def __init__(self, columns: tuple[Column, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns

    def createEditor(  # noqa: N802  # reason: Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a box for choices, a line for text."""
        choices = self._columns[index.column()].choices
        if not choices:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.addItems([words for _, words in choices])
        box.setAccessibleName(self._columns[index.column()].title)
        return box

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802  # reason: Qt's name
        """Show what the cell says."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data() or ""))
        else:
            super().setEditorData(editor, index)

    def setModelData(  # noqa: N802  # reason: Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Write what was chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)
