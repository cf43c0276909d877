"""Keys of a window: they come before what a line of text would do with them, and need no menu."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

_OF_DOCUMENT = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_OF_TEXT = (QKeySequence.StandardKey.DeleteEndOfWord,)
"""Keys that remove an entry where a list has the keyboard, and a word where text is typed."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def taken(widget: QWidget, event: QEvent, *, undo: bool = False) -> bool | None:
    """Return whether text takes keys, where it is asked before an action of its window; None leaves it to the text.

    Undo and redo are of the document, but where a text is none of its (``undo``). On some desktops Ctrl+E and Ctrl+K
    move and delete in text, and the action would never be reached.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return None
    if any(event.matches(key) for key in _OF_DOCUMENT):
        return undo
    if any(event.matches(key) for key in _OF_TEXT):
        return True
    if not event.modifiers() & _HELD and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
        return None
    pressed = QKeySequence(event.keyCombination())
    mine = any(action.isEnabled() and pressed in action.shortcuts() for action in widget.window().actions())
    return False if mine else None


class SearchLine(QLineEdit):
    """A line to search in, with a button that clears it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)

    def event(self, event: QEvent) -> bool:
        """Leave the keys of the window to it, but undo what is typed here."""
        if (answer := taken(self, event, undo=True)) is not None:
            event.setAccepted(answer)
            return answer
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Clear on Escape; where nothing is typed it is for whoever is around."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def take_keys(window: QWidget, *pairs: tuple[QKeySequence | QKeySequence.StandardKey, Callable[[], object]]) -> None:
    """Let keys anywhere in a window do what is named beside them."""
    for keys, act in pairs:
        action = QAction(window)
        action.setShortcuts([QKeySequence(keys)])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _=False, act=act: act())
        window.addAction(action)
