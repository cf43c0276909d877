"""One small control per kind of fact. Each shows plain JSON, reads what a person enters, and can be empty."""

from collections.abc import Callable, Sequence
from functools import partial
from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from her2board.capture.typed import Typed
from her2board.gui.base import shown
from her2board.gui.base.context import pop_up_in_text
from her2board.gui.base.keys import taken
from her2board.wording import tr

Read = Callable[[str], Typed]
Show = Callable[[Any], str]
_LONG_LINES = (3, 9)
_CHOICE_LENGTHS = (10, 16)
"""Letters a choice has room for: where its words are short, and where they are long."""


def goes_on(event: QKeyEvent) -> bool:
    """Return whether a letter is pressed with Shift: it answers, and the keyboard goes on to the next field."""
    return event.modifiers() == Qt.KeyboardModifier.ShiftModifier and event.text().isalpha()


class LineControl(QLineEdit):
    """A line of text that is read as a value; empty is not recorded."""

    edited = Signal(object)
    finished = Signal()

    def __init__(self, read: Read, show: Show, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.read = read
        """Reads a text as a value."""
        self._show = show
        self.setPlaceholderText(tr(shown.NOT_RECORDED))
        self.textEdited.connect(lambda _: self.edited.emit(self.typed()))
        self.editingFinished.connect(self.finished)

    def typed(self) -> Typed:
        """Return what is entered here as it is read."""
        return self.read(self.text())

    def show_value(self, value: Any) -> None:
        """Show a recorded value, or nothing."""
        text = "" if value is None else self._show(value)
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Offer what is done with the text, and what with its field."""
        pop_up_in_text(self, event.globalPos(), self.createStandardContextMenu())

    def event(self, event: QEvent) -> bool:
        """Leave the keys of the window to it, undo and redo to the document."""
        if (answer := taken(self, event)) is not None:
            event.setAccepted(answer)
            return answer
        return super().event(event)


class LongTextControl(QPlainTextEdit):
    """Text that grows with its content; Tab leaves it. A list begins as one line and has no paragraphs."""

    edited = Signal(object)
    finished = Signal()

    def __init__(self, read: Read, show: Show, parent: QWidget | None = None, *, one_line: bool = False) -> None:
        super().__init__(parent)
        self._read = read
        self._show = show
        self._one_line = one_line
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._grow_soon = QTimer(self)
        self._grow_soon.setSingleShot(True)
        self._grow_soon.setInterval(0)
        self._grow_soon.timeout.connect(self._grow)
        self.setPlaceholderText(tr(shown.NOT_RECORDED))
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())
        self.textChanged.connect(lambda: self.edited.emit(self.typed()))
        self._grow()

    def typed(self) -> Typed:
        """Return what is entered here as it is read."""
        return self._read(self.toPlainText())

    def show_value(self, value: Any) -> None:
        """Show a recorded value, or nothing."""
        text = "" if value is None else self._show(value)
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            self._grow()

    def _grow(self) -> None:
        least = 1 if self._one_line else _LONG_LINES[0]
        lines = min(max(int(self.document().size().height()), least), _LONG_LINES[1])
        bar = Qt.ScrollBarPolicy  # in some fonts a line is a little higher than its spacing: nothing to scroll yet
        self.setVerticalScrollBarPolicy(bar.ScrollBarAsNeeded if lines == _LONG_LINES[1] else bar.ScrollBarAlwaysOff)
        edge = 2 * (self.frameWidth() + int(self.document().documentMargin()) + 1)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + edge)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Count the lines anew at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow_soon.start()  # not at once: a layout that is under way would not see the new height

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Let Return begin no paragraph in a list: the commas in one would no longer separate it."""
        if self._one_line and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: Any) -> None:  # noqa: N802  # reason: Qt's name
        """Report that the text is finished."""
        super().focusOutEvent(event)
        self.finished.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Offer what is done with the text, and what with its field."""
        pop_up_in_text(self, event.globalPos(), self.createStandardContextMenu())

    def event(self, event: QEvent) -> bool:
        """Leave the keys of the window to it, undo and redo to the document."""
        if (answer := taken(self, event)) is not None:
            event.setAccepted(answer)
            return answer
        return super().event(event)


class ChoiceControl(QComboBox):
    """A choice from a closed list. The wheel scrolls the form and never changes a fact."""

    edited = Signal(object)
    finished = Signal()

    def __init__(
        self, choices: Sequence[tuple[str, Any]], parent: QWidget | None = None, *, empty: bool = True
    ) -> None:
        super().__init__(parent)
        self.moves = True
        """Whether there is a next field to go on to; in a table there is a next cell."""
        self._values = [None] * empty + [value for _, value in choices]
        if empty:
            self.addItem(tr(shown.NOT_RECORDED).capitalize())
        self.addItems([words for words, _ in choices])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        words = [self.itemText(number) for number in range(self.count())]
        letters = ceil(
            max(map(self.fontMetrics().horizontalAdvance, words)) / self.fontMetrics().horizontalAdvance("X")
        )
        self.setMinimumContentsLength(min(max(letters, _CHOICE_LENGTHS[0]), _CHOICE_LENGTHS[1]))
        self.activated.connect(lambda _: self.edited.emit(self.typed()))

    def typed(self) -> Typed:
        """Return the chosen value."""
        return Typed(self._values[self.currentIndex()])

    def show_value(self, value: Any) -> None:
        """Show a recorded value, or that there is none."""
        wanted = sorted(value) if isinstance(value, list) else value
        self.setCurrentIndex(self._values.index(wanted) if wanted in self._values else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Let the form scroll."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Make the fact not recorded on Delete."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._values[0] is None:
            self.setCurrentIndex(0)
            self.edited.emit(self.typed())
        elif self.moves and goes_on(event) and (only := self._only(event.text())) is not None:
            self.setCurrentIndex(only)
            self.edited.emit(self.typed())
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _only(self, letter: str) -> int | None:
        """Return the place of the one choice that begins with a letter; None of several."""
        words = enumerate(self.itemText(number).casefold() for number in range(self.count()))
        found = [number for number, text in words if text.startswith(letter.casefold()) and letter]
        return found[0] if len(found) == 1 else None


class FlagControl(QWidget):
    """Yes, no or not recorded, all visible; Y, N and Delete choose."""

    edited = Signal(object)
    finished = Signal()
    _KEYS: tuple[tuple[Qt.Key, bool | None], ...] = (
        (Qt.Key.Key_Y, True),
        (Qt.Key.Key_N, False),
        (Qt.Key.Key_Delete, None),
        (Qt.Key.Key_Backspace, None),
    )

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[bool | None, QRadioButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for value, words in ((True, tr("Yes")), (False, tr("No")), (None, tr("Not recorded"))):
            button = QRadioButton(words, self)
            button.setAccessibleName(f"{label}: {words}")
            button.clicked.connect(partial(self._choose, value))
            self._group.addButton(button)
            self._buttons[value] = button
            layout.addWidget(button)
        layout.addStretch()
        self._buttons[None].setChecked(True)

    def typed(self) -> Typed:
        """Return the chosen value."""
        return Typed(next(value for value, button in self._buttons.items() if button.isChecked()))

    def show_value(self, value: Any) -> None:
        """Show yes, no, or that there is no answer."""
        button = self._buttons[value]
        if not button.isChecked():
            button.setChecked(True)
        self.setFocusProxy(button)

    def buttons(self) -> Sequence[QRadioButton]:
        """Return the buttons of the answers."""
        return tuple(self._buttons.values())

    def describe(self, text: str) -> None:
        """Give every answer the same description for assistive technology."""
        for button in self._buttons.values():
            button.setAccessibleDescription(text)

    def _choose(self, value: bool | None) -> None:
        self.setFocusProxy(self._buttons[value])
        self.edited.emit(Typed(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Choose by letter."""
        for key, value in self._KEYS:
            if event.key() == key:
                self._buttons[value].setChecked(True)
                self._buttons[value].setFocus(Qt.FocusReason.ShortcutFocusReason)
                self._choose(value)
                if goes_on(event):
                    self.focusNextChild()
                return
        super().keyPressEvent(event)


Control = LineControl | LongTextControl | ChoiceControl | FlagControl
