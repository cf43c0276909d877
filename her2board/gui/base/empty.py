"""Words in the middle of a list in which nothing is shown: what to do there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractScrollArea

from her2board.gui.base import theme

_EDGE = 12


def say(view: QAbstractScrollArea, words: str) -> None:
    """Draw words in a list, inside its paint event."""
    painter = QPainter(view.viewport())
    painter.setPen(QColor(theme.current().muted))
    room = view.viewport().rect().adjusted(_EDGE, 4, -_EDGE, -4)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
