"""A bar for every count of a year: answers one behind the other, what is not recorded hatched at the end."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from her2board.briefing.meeting.counts import Counts, Measure, Tone
from her2board.gui.base import theme

_BAR = 0.9
"""Height of a bar in lines of text."""
_GAP = 0.55


def brush(tone: Tone) -> QBrush:
    """Return how a part is filled; what is not recorded has a pattern, so that it is apart without colour too."""
    colours = theme.current()
    inks = {"yes": colours.supports, "part": colours.cautions, "no": colours.against, "later": colours.line}
    if tone == "unknown":
        return QBrush(QColor(colours.muted), Qt.BrushStyle.BDiagPattern)
    return QBrush(QColor(inks.get(tone, colours.raised)))  # a kind has its name on its bar


class CountsPlot(QWidget):
    """Draws the bars, each below its words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._counts: Counts | None = None

    def show_counts(self, found: Counts) -> None:
        """Show the counts of a year."""
        self._counts = found
        words = "\n".join(f"{one.label}: {one.words}" for one in found.measures)
        self.setAccessibleDescription(words)
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the height of all bars."""
        measures = self._counts.measures if self._counts else ()
        return QSize(400, round(sum(self._height(one) for one in measures)) + 8)

    def _line(self) -> float:
        return float(self.fontMetrics().lineSpacing())

    def _bars(self, measure: Measure) -> int:
        return 1 if measure.stacked else len(measure.parts)

    def _height(self, measure: Measure) -> float:
        return self._line() * (2.1 + (_BAR + 0.2) * self._bars(measure) + _GAP)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw every measure."""
        if self._counts is None:
            return
        painter = QPainter(self)
        top = 0.0
        for measure in self._counts.measures:
            self._draw(painter, measure, top)
            top += self._height(measure)
        painter.end()

    def _draw(self, painter: QPainter, measure: Measure, top: float) -> None:
        colours, line, width = theme.current(), self._line(), self.width() - 2.0
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(QRectF(0, top, width, line), Qt.AlignmentFlag.AlignLeft, measure.label)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(colours.muted))
        words = self.fontMetrics().elidedText(measure.words, Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(QRectF(0, top + line, width, line), Qt.AlignmentFlag.AlignLeft, words)
        painter.setPen(QPen(QColor(colours.line)))
        for row, segment in enumerate(measure.segments()):
            y = top + line * (2.05 + (0 if measure.stacked else row * (_BAR + 0.2)))
            if segment.part.n:
                painter.setBrush(brush(segment.part.tone))
                painter.drawRect(QRectF(segment.start * width, y, segment.share * width, line * _BAR))
            if not measure.stacked:
                painter.setPen(QColor(colours.text))
                painter.drawText(QRectF(4, y, width, line * _BAR), Qt.AlignmentFlag.AlignVCenter, segment.part.label)
                painter.setPen(QPen(QColor(colours.line)))
