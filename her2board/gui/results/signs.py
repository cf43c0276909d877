"""The four signs of a result, each with one meaning, and the legend that says so."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from her2board.gui.base import theme
from her2board.gui.base.labels import Label, plain_tip
from her2board.wording import Marked, tr

Mark = Literal["supports", "cautions", "open", "against", "heading", "none"]
SIGN_SIZE = 13
_GAP = 5
_BETWEEN = 16
_EDGE = 6
_MEANINGS: tuple[tuple[Mark, Marked, Marked], ...] = (
    ("supports", "supports", "tick: what is recorded meets it, or a statement that applies supports it"),
    ("cautions", "cautions", "triangle: to be heeded here, or a statement that applies cautions"),
    ("open", "open", "ring: needs something that is not recorded or answered"),
    ("against", "against", "cross: what is recorded differs, or a statement that applies speaks against it"),
)


def sign_colour(mark: str, colours: theme.Theme) -> QColor:
    """Return the colour of a sign."""
    return QColor(theme.roles(colours)[mark])


def sign_word(mark: Mark) -> str:
    """Return the meaning of a sign as the legend says it; empty where there is none."""
    return next((tr(word) for sign, word, _ in _MEANINGS if sign == mark), "")


def draw_sign(painter: QPainter, mark: str, box: QRectF, colour: QColor) -> None:
    """Draw a tick, a triangle, an open ring or a cross: distinguished by shape alone."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = box.adjusted(2, 2, -2, -2)
    match mark:
        case "supports":
            painter.drawPolyline([_at(inner, 0, 0.55), _at(inner, 0.35, 0.95), _at(inner, 1, 0.05)])
        case "cautions":
            painter.drawPolygon([_at(inner, 0.5, 0), _at(inner, 1, 1), _at(inner, 0, 1)])
        case "open":
            painter.drawEllipse(inner)
        case _:
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


class SignLegend(Label):
    """One line below a result: each sign with its meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs = [(mark, tr(word)) for mark, word, _ in _MEANINGS]
        meanings = [f"{tr(word)}: {tr(more)}" for _, word, more in _MEANINGS]
        self.setAccessibleName(tr("What the signs mean"))
        self.setAccessibleDescription("; ".join(meanings))
        self.setToolTip(plain_tip("\n".join(meanings)))

    def sizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the size of all signs with their words in one line."""
        words = sum(self.fontMetrics().horizontalAdvance(word) for _, word in self._signs)
        width = 2 * _EDGE + words + len(self._signs) * (SIGN_SIZE + _GAP + _BETWEEN)
        return QSize(width, max(self.fontMetrics().height(), SIGN_SIZE) + 2 * _EDGE)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the height alone: where the pane is narrow, the end is cut."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the signs with their words."""
        painter = QPainter(self)
        colours = theme.current()
        left, middle = _EDGE, self.height() / 2
        for mark, word in self._signs:
            draw_sign(
                painter, mark, QRectF(left, middle - SIGN_SIZE / 2, SIGN_SIZE, SIGN_SIZE), sign_colour(mark, colours)
            )
            left += SIGN_SIZE + _GAP
            width = self.fontMetrics().horizontalAdvance(word)
            painter.setPen(QColor(colours.muted))
            painter.drawText(left, 0, width + 1, self.height(), Qt.AlignmentFlag.AlignVCenter, word)
            left += width + _BETWEEN
