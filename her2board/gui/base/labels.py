"""Text that people typed is shown as they typed it: never as markup, which could name files and addresses to load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_PLAIN = 0
"""Qt.TextFormat.PlainText, by its number: naming it makes every enumeration of Qt before the first paint."""
_LONGEST_WORD = 30
"""Letters after which a word may break: a longer one would make its label, and with it the window, as wide."""
_BREAK = "\N{ZERO WIDTH SPACE}"
_ENDLESS = re.compile(rf"\S{{{_LONGEST_WORD}}}(?=\w)")


class Label(QLabel):
    """A label whose text is plain, whatever is in it; a word without end breaks where its line does."""

    _copied = False
    """Whether the text can be marked and copied."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.setProperty("textFormat", _PLAIN)
        if arguments and isinstance(arguments[0], str):
            self.setText(arguments[0])

    def setText(self, text: str) -> None:  # noqa: N802  # reason: Qt's name
        """Show a text."""
        super().setText(text if self._copied or len(text) <= _LONGEST_WORD else _ENDLESS.sub(rf"\g<0>{_BREAK}", text))

    def text(self) -> str:
        """Return the text as it was given."""
        return super().text().replace(_BREAK, "")

    def allow_copying(self) -> None:
        """Let the text be marked and copied as it is: a word without end is cut off then, and makes nothing wider."""
        from PySide6.QtCore import Qt  # makes hundreds of enumerations, so not before the first paint

        self._copied = True
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumWidth(1)


class OneLine(Label):
    """A label that ends in an ellipsis where it has no room for all of its text."""

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw as much of the text as there is room for."""
        from PySide6.QtCore import Qt  # makes hundreds of enumerations, so not before the first paint
        from PySide6.QtGui import QPainter

        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def plain_tip(text: str) -> str:
    """Return a tool tip that shows ``text`` as it is; Qt would read what begins like markup as such."""
    if "<" not in text:
        return text
    from html import escape  # with a table of two thousand names, which no text before the first paint needs

    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>"
