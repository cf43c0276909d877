"""The text of a source with the places marked that carry facts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from her2board.capture.proposal import TextSpan
from her2board.gui.base import theme
from her2board.wording import tr


class SourceText(QPlainTextEdit):
    """Typed or pasted text; once read, it shows its marks and takes no typing."""

    place_chosen = Signal(int)
    """The character that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Text of the report"))
        self.setPlaceholderText(tr("Paste the text of a report here."))
        self.setTabChangesFocus(True)

    def mark(self, spans: Sequence[TextSpan], current: Sequence[TextSpan]) -> None:
        """Underline the places that carry facts; show the current ones in the colours of a selection."""
        colours = theme.current()
        found = [self._marked(span, colours.accent) for span in dict.fromkeys(spans) if span not in current]
        found += [self._marked(span, colours.accent_text, colours.accent) for span in current]
        self.setExtraSelections(found)

    def show_place(self, span: TextSpan) -> None:
        """Scroll to a place."""
        cursor = self.textCursor()
        cursor.setPosition(_in_qt(self.toPlainText(), span.start))
        self.setTextCursor(cursor)
        self.centerCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Tell which character was clicked."""
        super().mouseReleaseEvent(event)
        if self.isReadOnly():
            place = self.cursorForPosition(event.position().toPoint()).position()
            self.place_chosen.emit(_in_python(self.toPlainText(), place))

    def _marked(self, span: TextSpan, colour: str, behind: str = "") -> QTextEdit.ExtraSelection:
        text = self.toPlainText()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_in_qt(text, span.start))
        cursor.setPosition(_in_qt(text, span.end), QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        if behind:
            form.setBackground(QColor(behind))
            form.setForeground(QColor(colour))
        else:
            form.setFontUnderline(True)
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            form.setUnderlineColor(QColor(colour))
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format = form
        return selection


def _in_qt(text: str, place: int) -> int:
    """Return a place counted as Qt does, in units of UTF-16."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def _in_python(text: str, place: int) -> int:
    """Return a place counted in characters."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "replace"))
