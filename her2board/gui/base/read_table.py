"""Tables that are only read: whole rows chosen, no grid, headings over their words, the tip of a cell its words."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTableWidget, QTableWidgetItem, QWidget

from her2board.gui.base.labels import plain_tip

_AROUND = 12
"""Pixels above and below the words of a line together."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def for_reading(view: QTableView, name: str) -> None:
    """Set a table up to be read by people and, by its name, aloud."""
    view.setAccessibleName(name)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setTabKeyNavigation(False)  # Tab leaves the table; the arrow keys move in it
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setDefaultAlignment(_LEFT)
    view.horizontalHeader().setHighlightSections(False)
    space_rows(view)


def space_rows(view: QTableView) -> None:
    """Give the rows the height of a line of the present text size, with room around it."""
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + _AROUND)


class WordTable(QTableWidget):
    """Rows of words; one column takes the width that the others leave."""

    def __init__(self, name: str, stretched: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stretched = stretched
        for_reading(self, name)

    def show_rows(self, heads: Sequence[str], rows: Iterable[Sequence[str]], figures: Collection[int] = ()) -> None:
        """Show rows below their headings; the columns in ``figures`` go to the right."""
        found = tuple(rows)
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setRowCount(len(found))
        space_rows(self)
        for number, row in enumerate(found):
            for column, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setToolTip(plain_tip(words))
                item.setTextAlignment(_RIGHT if column in figures else _LEFT)
                self.setItem(number, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(self._stretched, QHeaderView.ResizeMode.Stretch)
