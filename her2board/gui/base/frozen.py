"""A table whose first column, which names the entry, stays in sight while the others are scrolled sideways."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from her2board.gui.base import theme

Index = QModelIndex | QPersistentModelIndex
_WIDEST = 0.6
"""A first column wider than this part of the table would leave no room for the others, and scrolls with them."""


class FrozenTable(QTableView):
    """Draws its first column over the others once they are scrolled, and answers there for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        heading = _FrozenHeading(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(heading)
        heading.setSectionsClickable(True)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._draw_again())

    @property
    def frozen_width(self) -> int:
        """Pixels on the left that belong to the first column whatever is scrolled; 0 while nothing is."""
        width = self.columnWidth(0) if self.horizontalScrollBar().value() > 0 else 0
        return width if width <= _WIDEST * self.viewport().width() else 0

    def _draw_again(self) -> None:
        """Draw all, where Qt would move what is drawn."""
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def visualRect(self, index: Index) -> QRect:  # noqa: N802  # reason: Qt's name
        """Return where a cell is seen."""
        seen = super().visualRect(index)
        if index.column() == 0 and self.frozen_width:
            seen.moveLeft(0)
        return seen

    def indexAt(self, place: QPoint) -> QModelIndex:  # noqa: N802  # reason: Qt's name
        """Return the cell seen at a place."""
        if 0 <= place.x() < self.frozen_width:
            return self.model().index(self.rowAt(place.y()), 0)
        return super().indexAt(place)

    def scrollTo(  # noqa: N802  # reason: Qt's name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, beside the first column and not below it."""
        super().scrollTo(index, hint)
        covered = self.frozen_width - super().visualRect(index).left()
        if index.column() and self.frozen_width and covered > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - covered)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the cells, then those of the first column on top."""
        super().paintEvent(event)
        width, model = self.frozen_width, self.model()
        if not width:
            return
        painter = QPainter(self.viewport())
        line = QColor(theme.current().line)
        for row in range(model.rowCount()):
            box = QRect(0, self.rowViewportPosition(row), width, self.rowHeight(row))
            if event.rect().intersects(box):
                painter.fillRect(box, self.palette().base())
                self._draw_cell(painter, box.adjusted(0, 0, -1, -1), model.index(row, 0))
                painter.setPen(line)
                painter.drawLine(box.bottomLeft(), box.bottomRight())
                painter.drawLine(box.topRight(), box.bottomRight())
        painter.end()

    def _draw_cell(self, painter: QPainter, box: QRect, index: QModelIndex) -> None:
        option: Any = QStyleOptionViewItem()  # the stub knows none of what it holds
        self.initViewItemOption(option)
        option.rect = box
        if self.selectionModel().isSelected(index):
            option.state |= QStyle.StateFlag.State_Selected
        if index == self.currentIndex() and self.hasFocus():
            option.state |= QStyle.StateFlag.State_HasFocus
        self.itemDelegateForIndex(index).paint(painter, option, index)


class _FrozenHeading(QHeaderView):
    """Draws the heading of the first column over the others once they are scrolled."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the headings, then the first on top."""
        super().paintEvent(event)
        table = self.parent()
        if isinstance(table, FrozenTable) and (width := table.frozen_width):
            painter = QPainter(self.viewport())
            box = QRect(0, 0, width, self.height())
            painter.fillRect(box, self.palette().window())
            self.paintSection(painter, box, 0)
            painter.end()
