"""Lines of lists as far apart as those of the list of a meeting."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

_AROUND = 8
"""Pixels above and below the words of a line."""


class _Roomy(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the size of the words with room around them."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + _AROUND)


def space_lines(view: QAbstractItemView) -> None:
    """Draw the lines of a list further apart than the style does."""
    view.setItemDelegate(_Roomy(view))
