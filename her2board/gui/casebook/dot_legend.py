"""One line below a list of cases: what the sign of each discipline means, and in which order they come."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from her2board.gui.base import theme
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.casebook.case_model import draw_state, ink_of
from her2board.gui.casebook.rows import DISCIPLINES, STATES
from her2board.wording import tr

_GAP, _BETWEEN = 6, 16
"""Pixels between a sign and its words, and to the next sign."""


class DotLegend(Label):
    """Shows each sign with its meaning; the order of the disciplines on hover."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._signs = [(state, tr(words)) for state, words in STATES.items()]
        order = ", ".join(tr(one.label) for one in DISCIPLINES)
        self.setToolTip(plain_tip(tr("In this order: {disciplines}").format(disciplines=order)))
        self.setAccessibleName(tr("What the signs of the disciplines mean"))
        self.setAccessibleDescription("; ".join((*(words for _, words in self._signs), self.toolTip())))

    def sizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the size of all signs with their words in one line."""
        height = self.fontMetrics().height()
        words = sum(self.fontMetrics().horizontalAdvance(word) for _, word in self._signs)
        return QSize(words + len(self._signs) * (height + _GAP + _BETWEEN), height + _GAP)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the height alone: where the list is narrow, the end is cut."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the signs with their words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, colours = self.fontMetrics().height(), theme.current()
        left, middle = 0.0, self.height() / 2
        for state, words in self._signs:
            draw_state(painter, state, QPointF(left + height / 2, middle), height * 0.3, QColor(ink_of(state, colours)))
            left += height + _GAP
            width = self.fontMetrics().horizontalAdvance(words)
            painter.setPen(QColor(colours.muted))
            painter.drawText(round(left), 0, width + 1, self.height(), Qt.AlignmentFlag.AlignVCenter, words)
            left += width + _BETWEEN
        painter.end()
