"""A list of the case as cards, one below the other; one of them is open for editing."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from her2board.gui.base.labels import Label
from her2board.gui.base.words import cell_words
from her2board.gui.form.around import Around
from her2board.gui.form.card_editor import CardEditor
from her2board.gui.form.card_face import CardFace
from her2board.gui.form.table_model import EntryTableModel
from her2board.gui.form.tables import writes

AS_CARDS = ("tumour.specimens",)
"""Lists with so many columns of few entries each that a table would hide most of them."""
Index = QModelIndex | QPersistentModelIndex
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class EntryCards(QFrame):
    """Answers like the table of entries does; Tab reaches the current card, or the controls of the open one."""

    typed = Signal()
    paste_asked = Signal()
    entry_begun = Signal(int, str)
    """A letter was typed while there is no entry: its key, and what it writes."""
    place_changed = Signal()
    """The keyboard came to another entry or column."""

    def __init__(self, label: str, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = around
        self._model: EntryTableModel | None = None
        self._editor: CardEditor | None = None
        self._faces: list[CardFace] = []
        self._row, self._column = 0, 0
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._empty = Label(self)
        self._empty.setWordWrap(True)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumHeight(2 * self._empty.sizeHint().height() + 20)
        self._column_of_cards = QVBoxLayout(self)
        self._column_of_cards.setContentsMargins(0, 0, 0, 0)
        self._column_of_cards.setSpacing(6)
        self._column_of_cards.addWidget(self._empty)

    @property
    def empty_words(self) -> str:
        """What to do while there is no entry."""
        return self._empty.text()

    @empty_words.setter
    def empty_words(self, words: str) -> None:
        self._empty.setText(words)

    def take_model(self, model: EntryTableModel) -> None:
        """Show a model, and follow it."""
        self._model = model
        for changed in (model.dataChanged, model.headerDataChanged, model.modelReset):
            changed.connect(lambda *_: self._follow())
        for changed in (model.rowsInserted, model.rowsRemoved):
            changed.connect(lambda *_: self._follow())
        self._follow()

    def _known(self) -> EntryTableModel:
        assert self._model is not None
        return self._model

    def _follow(self) -> None:
        """Have as many cards as there are entries, each with its words."""
        count = self._known().rowCount()
        if self._editor is not None and self._editor.row >= count:
            self._close()
        while len(self._faces) > count:
            self._remove_face()
        while len(self._faces) < count:
            self._add_face()
        for number, face in enumerate(self._faces):
            face.show_entry(str(self._known().headerData(number, Qt.Orientation.Vertical)), self._words(number))
        if self._editor is not None and self._editor.row >= 0:
            self._editor.refresh()
        self._row = min(self._row, max(count - 1, 0))
        self._empty.setVisible(not count)
        self._place_keyboard()

    def _words(self, row: int) -> dict[str, str]:
        """Return what is recorded in an entry, or written and not read, by column."""
        found = {}
        for place, column in enumerate(self._known().columns):
            index = self._known().index(row, place)
            value = index.data(Qt.ItemDataRole.EditRole)
            if attempt := self._known().attempt(index):
                found[column.path] = f"⚠ {attempt}"
            elif value is not None:
                found[column.path] = cell_words(column, value)
        return found

    def _add_face(self) -> None:
        face = CardFace(self._known().columns, self)
        face.clicked.connect(lambda: self._open(self._faces.index(face), face.column))
        self._faces.append(face)
        self._column_of_cards.addWidget(face)
        QWidget.setTabOrder(self, face)
        face.show()  # a layout shows it only after the next events

    def _remove_face(self) -> None:
        face = self._faces.pop()
        if face.hasFocus():
            (self._faces[-1] if self._faces else self).setFocus()
        face.hide()
        face.deleteLater()

    def _open(self, row: int, column: int) -> None:
        if self._editor is None:
            self._editor = CardEditor(self._known(), self._around, self)
            self._editor.typed.connect(self.typed)
            self._editor.table_pasted.connect(self.paste_asked)
            self._editor.closed.connect(self._leave)
            self._editor.column_entered.connect(self._enter_column)
        if self._editor.row != row:
            self._close()
            self._column_of_cards.insertWidget(self._column_of_cards.indexOf(self._faces[row]), self._editor)
            self._editor.open(row)
            self._faces[row].hide()
        self._row, self._column = row, column
        self._place_keyboard()
        self._editor.focus(column)
        self.place_changed.emit()

    def _close(self) -> None:
        """Close the open card; the keyboard, if it is there, stays at the entry."""
        if self._editor is None or self._editor.row < 0:
            return
        self._editor.take()
        row, self._editor.row = self._editor.row, -1
        inside = self._editor.isAncestorOf(self.focusWidget() or self)
        if row < len(self._faces):
            self._faces[row].show()
            if inside:
                self._faces[row].setFocus()
        self._editor.hide()
        self._place_keyboard()

    def _leave(self) -> None:
        self._close()
        if self._row < len(self._faces):
            self._faces[self._row].setFocus()

    def _enter_column(self, column: int) -> None:
        self._column = column
        self.place_changed.emit()

    def _place_keyboard(self) -> None:
        """Let Tab reach the current card alone."""
        editing = self._editor is not None and self._editor.row >= 0
        for number, face in enumerate(self._faces):
            reached = number == self._row and not editing
            face.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reached else Qt.FocusPolicy.ClickFocus)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802  # reason: Qt's name
        """Take the keyboard to the open entry, else to the current one."""
        if self._editor is not None and self._editor.row >= 0:
            self._editor.focus(self._column)
        elif self._faces:
            self._faces[self._row].setFocus(reason)
        else:
            super().setFocus(reason)

    def currentIndex(self) -> QModelIndex:  # noqa: N802  # reason: what a table calls it
        """Return entry and column the keyboard is or was in."""
        model = self._known()
        return model.index(self._row, self._column) if self._row < model.rowCount() else QModelIndex()

    def setCurrentIndex(self, index: Index) -> None:  # noqa: N802  # reason: what a table calls it
        """Make an entry the current one."""
        if not index.isValid():
            return
        if self._editor is not None and self._editor.row not in (-1, index.row()):
            self._close()
        had = any(face.hasFocus() for face in self._faces)
        self._row, self._column = index.row(), index.column()
        self._place_keyboard()
        if had:
            self._faces[self._row].setFocus()
        self.place_changed.emit()

    def show_cell(self, index: Index) -> None:
        """Open an entry at one of its columns."""
        self._open(index.row(), index.column())

    def edit(self, index: Index) -> None:
        """Open an entry and start typing in one of its columns."""
        self._open(index.row(), index.column())

    def scrollTo(self, index: Index) -> None:  # noqa: N802  # reason: what a table calls it
        """All cards are in sight as far as their page is."""

    def open_cell(self) -> tuple[int, int, str] | None:
        """Return row, column and text of the line being typed in, once something was typed."""
        return self._editor.open_cell() if self._editor is not None else None

    def finish_editing(self) -> None:
        """Take over what is being typed."""
        if self._editor is not None:
            self._editor.take()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Make the card below the mouse the current one, which is what the menu of the form is about."""
        under = next((n for n, face in enumerate(self._faces) if face.geometry().contains(event.pos())), None)
        if under is not None and event.reason() == QContextMenuEvent.Reason.Mouse:
            self.setCurrentIndex(self._known().index(under, self._column))
            self._faces[under].setFocus()
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Pass the keyboard on to where it works: the key of the label brings it here."""
        super().focusInEvent(event)
        if self._faces:
            self.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Go from card to card, paste, or begin the first entry."""
        row = self._row + _STEPS.get(Qt.Key(event.key()), 0)
        if row != self._row and 0 <= row < len(self._faces) and not event.modifiers():
            self.setCurrentIndex(self._known().index(row, self._column))
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif not self._faces and writes(event):
            self.entry_begun.emit(event.key(), event.text())
        else:
            super().keyPressEvent(event)
