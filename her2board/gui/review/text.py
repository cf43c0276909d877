"""The text of a source with the places marked that carry facts."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from her2board.capture.proposal import TextSpan
from her2board.gui.base import theme
from her2board.wording import tr

_TWICE = re.compile(r"[\U00010000-\U0010ffff]")
"""Characters that are two units of UTF-16."""


class SourceText(QPlainTextEdit):
    """Typed or pasted text; once read, it shows its marks and takes no typing."""

    place_chosen = Signal(int)
    """The character that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Text of the report"))
        self.setPlaceholderText(tr("Paste the text of a report here."))
        self.setTabChangesFocus(True)
        self._marks: dict[tuple[TextSpan, str, str], QTextEdit.ExtraSelection] = {}
        """Marks made already: of hundreds, one key changes a few."""
        self._wide: list[int] | None = None
        """Places of the characters that Qt counts twice, in characters; None until they are looked for."""
        self.textChanged.connect(self._forget)

    def mark(self, spans: Sequence[TextSpan], current: Sequence[TextSpan]) -> None:
        """Underline the places that carry facts; show the current ones in the colours of a selection."""
        colours = theme.current()
        now = frozenset(current)
        found = [self._marked(span, colours.accent) for span in dict.fromkeys(spans) if span not in now]
        found += [self._marked(span, colours.accent_text, colours.accent) for span in current]
        self.setExtraSelections(found)

    def show_place(self, span: TextSpan) -> None:
        """Scroll to a place."""
        cursor = self.textCursor()
        cursor.setPosition(self._in_qt(span.start))
        self.setTextCursor(cursor)
        self.centerCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Tell which character was clicked."""
        super().mouseReleaseEvent(event)
        if self.isReadOnly():
            place = self.cursorForPosition(event.position().toPoint()).position()
            self.place_chosen.emit(self._in_python(place))

    def _marked(self, span: TextSpan, colour: str, behind: str = "") -> QTextEdit.ExtraSelection:
        key = (span, colour, behind)
        if key not in self._marks:
            self._marks[key] = self._made(span, colour, behind)
        return self._marks[key]

    def _made(self, span: TextSpan, colour: str, behind: str) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._in_qt(span.start))
        cursor.setPosition(self._in_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
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

    def _forget(self) -> None:
        self._wide = None
        self._marks.clear()

    def _twice(self) -> list[int]:
        if self._wide is None:
            self._wide = [found.start() for found in _TWICE.finditer(self.toPlainText())]
        return self._wide

    def _in_qt(self, place: int) -> int:
        """Return a place counted as Qt does, in units of UTF-16."""
        return place + bisect_left(self._twice(), place)

    def _in_python(self, place: int) -> int:
        """Return a place counted in characters."""
        return place - sum(1 for number, wide in enumerate(self._twice()) if wide + number < place)
