"""Draws one line of a result: sign, word, wrapped text, reason below in a muted colour."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from her2board.gui.base import theme
from her2board.gui.results.signs import SIGN_SIZE, draw_sign, sign_colour

Index = QModelIndex | QPersistentModelIndex
_GAP = 6
_MARGIN = 4
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class NodeDelegate(QStyledItemDelegate):
    """Draws nodes at the width of the view."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def _width(self, index: Index) -> int:
        depth = 1
        above = index.parent()
        while above.isValid():
            depth += 1
            above = above.parent()
        return max(self._view.viewport().width() - depth * self._view.indentation() - 2 * _MARGIN, 60)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the size of the wrapped text."""
        node = index.data(Qt.ItemDataRole.UserRole)
        width = self._width(index)
        title, detail = self._boxes(node, option.font, QRect(0, 0, width, 10_000))
        return QSize(width, max(title.bottom(), detail.bottom(), SIGN_SIZE) + 2 * _MARGIN)

    def _boxes(self, node: Any, font: QFont, room: QRect) -> tuple[QRect, QRect]:
        """Return the places of title and detail inside ``room``."""
        left = room.adjusted(0 if node.mark == "heading" else SIGN_SIZE + _GAP, 0, 0, 0)  # lines without a sign too
        title = QFontMetrics(_title_font(node, font)).boundingRect(left, _WRAP, _words(node))
        below = left.adjusted(0, title.height() + 1, 0, 0)
        detail = (
            QFontMetrics(font).boundingRect(below, _WRAP, node.detail)
            if node.detail
            else QRect(below.topLeft(), QSize())
        )
        return title, detail

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line."""
        node = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        chosen = self._view.selectionModel().isSelected(index)  # naming the state would make all of QStyle
        if chosen:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
        room = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, 0)
        room.setWidth(self._width(index))
        title, detail = self._boxes(node, option.font, QRect(room.topLeft(), QSize(room.width(), 10_000)))
        colours = theme.current()
        ink = QColor(colours.accent_text if chosen else colours.text)
        if node.mark not in ("none", "heading"):
            sign = QColor(colours.accent_text) if chosen else sign_colour(node.mark, colours)
            draw_sign(painter, node.mark, QRectF(room.left(), room.top() + 2, SIGN_SIZE, SIGN_SIZE), sign)
        painter.setPen(ink)
        painter.setFont(_title_font(node, option.font))
        painter.drawText(title, _WRAP, _words(node))
        if node.detail:
            painter.setPen(ink if chosen else QColor(colours.muted))
            painter.setFont(option.font)
            painter.drawText(detail, _WRAP, node.detail)
        painter.restore()


def first_line(font: QFont) -> int:
    """Return the height of the first line of a node, its margins included."""
    return QFontMetrics(font).height() + 2 * _MARGIN


def _words(node: Any) -> str:
    return f"{node.word}: {node.title}" if node.word else str(node.title)


def _title_font(node: Any, font: QFont) -> QFont:
    bold = QFont(font)
    outer = node.parent is None or node.parent.mark == "heading"
    bold.setBold(node.mark == "heading" or (outer and bool(node.children)))
    return bold
