"""Text that people typed is shown as they typed it: never as markup, which could name files and addresses to load."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_PLAIN = 0
"""Qt.TextFormat.PlainText, by its number: naming it makes every enumeration of Qt before the first paint."""


class Label(QLabel):
    """A label whose text is plain, whatever is in it."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.setProperty("textFormat", _PLAIN)


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
