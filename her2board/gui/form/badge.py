"""How much an empty field matters, as a badge at the field; a press opens what can be said of it."""

from typing import Literal

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QToolButton, QWidget

from her2board.gui.base import theme

Look = Literal["needed", "helpful", "optional", "reason"]
_EDGE = 6
"""Pixels between words and end of the badge."""
_ARROW = 7
_ROLES: dict[Look, tuple[str, str]] = {
    "needed": ("problem", "problem"),
    "helpful": ("text", "line"),
    "optional": ("muted", ""),
    "reason": ("text", "line"),
}
"""By look: the roles of its words and of its edge; none for no edge."""


class Badge(QToolButton):
    """Words in a rounded edge, with an arrow, as a press opens a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: Look = "optional"

    def show_look(self, look: Look, words: str) -> None:
        """Show words in one of the looks."""
        self._look = look
        font = self.font()
        font.setBold(look == "needed")
        self.setFont(font)
        self.setText(words)

    def sizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the room for words, arrow and edge."""
        words = self.fontMetrics().boundingRect(self.text()).size()
        return QSize(words.width() + 2 * _EDGE + _ARROW + 4, words.height() + 8)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the badge as wide as its words, in the middle of its place."""
        colours = theme.current()
        ink, edge = _ROLES[self._look]
        size = self.sizeHint()
        box = QRectF((self.width() - size.width()) / 2 + 0.5, 2.5, size.width() - 1, size.height() - 5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(getattr(colours, edge))) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.raised if self.underMouse() or self.isDown() else colours.base))
        if edge or self.underMouse():
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(QColor(getattr(colours, ink)))
        words = box.adjusted(_EDGE, 0, -_EDGE - _ARROW, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setBrush(QColor(getattr(colours, ink)))
        painter.setPen(Qt.PenStyle.NoPen)
        tip = QPoint(round(box.right()) - _EDGE - 3, round(box.center().y()) + 2)
        painter.drawPolygon(QPolygon([tip, tip + QPoint(-3, -3), tip + QPoint(3, -3)]))
        painter.end()
