"""Figures of one endpoint kind in a table, with everything that must be read beside the chosen one."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from her2board.briefing.comparison import Figure, Sheet, details
from her2board.briefing.trial_card import Line, Part
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base.frozen import FrozenTable
from her2board.gui.base.labels import Label
from her2board.gui.base.mnemonics import without_mnemonic
from her2board.gui.base.read_table import for_reading
from her2board.gui.evidence.evidence_table import FIGURE_ROLE, NEUTRAL, PLOT, CellDelegate, FigureModel, PlotDelegate
from her2board.gui.evidence.reader import make_reader, parts_html
from her2board.wording import tr

_SORTED = (0, 2, 3, 4, 6)
"""Columns the figures can be sorted by."""
_LARGEST_FIRST = (2, 4)
_COLUMN_WIDTHS = (140, 170, 44, 80, 130, 180, 150, 190, 120)
_CELL_EDGES = 10


class ComparePane(QWidget):
    """Figures of one endpoint kind; details of the chosen one below."""

    card_asked = Signal(str)
    """The address of the figure whose card is wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._library: EvidenceLibrary | None = None
        self._sheets: dict[str, Sheet] = {}
        self.kind = QComboBox(self)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.figures = FigureModel(self)
        self.order = QComboBox(self)
        self.order.addItem(tr("Neutral order"), NEUTRAL)
        for column in _SORTED:
            self.order.addItem(self.figures.headings()[column], column)
        self.note = Label(self)
        self.note.setWordWrap(True)
        self.table = FrozenTable(self)
        self.details = make_reader(tr("The chosen figure"), self)
        self._lay_out()
        self.kind.currentIndexChanged.connect(lambda _: self._show_kind())
        self.order.currentIndexChanged.connect(lambda _: self._sort())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_details())
        self.table.activated.connect(lambda _: self._ask_card())

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for words, control, stretch in ((tr("End&point"), self.kind, 1), (tr("&Sort by"), self.order, 0)):
            label = Label(words, self)
            label.setBuddy(control)
            control.setAccessibleName(without_mnemonic(words))
            line.addWidget(label)
            line.addWidget(control, stretch)
        self._prepare_table()
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.addWidget(self.table)
        parts.addWidget(self.details)
        parts.setSizes([420, 150])
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.addLayout(line)
        column.addWidget(self.note)
        column.addWidget(parts, 1)

    def _prepare_table(self) -> None:
        self.table.setModel(self.figures)
        self.table.setItemDelegate(CellDelegate(self.table))
        self.table.setItemDelegateForColumn(PLOT, PlotDelegate(self.table))
        for_reading(self.table, tr("Figures of one kind"))
        self.table.setShowGrid(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setCornerWidget(QWidget(self.table))  # else the corner has the colour of the edges
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setWordWrap(True)
        self.table.horizontalHeader().setStretchLastSection(True)

    def show_sheets(self, found: Iterable[Sheet], library: EvidenceLibrary) -> None:
        """Offer other sheets; the kind shown stays where it is still there."""
        self._library = library
        chosen = self.kind.currentData()
        self._sheets = {sheet.id: sheet for sheet in found}
        self.kind.blockSignals(True)
        self.kind.clear()
        for sheet in self._sheets.values():
            self.kind.addItem(f"{sheet.name}: {len(sheet.figures)}", sheet.id)
        place = self.kind.findData(chosen)
        self.kind.setCurrentIndex(max(place, 0 if self._sheets else -1))
        self.kind.blockSignals(False)
        self._show_kind()

    def _show_kind(self) -> None:
        assert self._library is not None
        sheet = self._sheets.get(str(self.kind.currentData()))
        self.figures.show_sheet(sheet, self._library)
        self._sort()
        for column, width in enumerate(_COLUMN_WIDTHS):
            self.table.setColumnWidth(column, max(width, self._longest_word(column)))
        self.table.resizeRowsToContents()
        if self.figures.figures:
            self.table.setCurrentIndex(self.figures.index(0, 0))
        self._show_details()

    def _longest_word(self, column: int) -> int:
        """Return the width that the longest word of a column needs: a line breaks between words only."""
        cells = [self.figures.row_words(figure)[column] for figure in self.figures.figures]
        words = " ".join((self.figures.headings()[column] if column != PLOT else "", *cells)).split()
        return max(map(self.table.fontMetrics().horizontalAdvance, words), default=0) + _CELL_EDGES

    def _sort(self) -> None:
        column = int(self.order.currentData())
        order = Qt.SortOrder.DescendingOrder if column in _LARGEST_FIRST else Qt.SortOrder.AscendingOrder
        self.figures.sort(column, order)
        self.table.resizeRowsToContents()
        alike = sum(bool(figure.alike) for figure in self.figures.figures)
        words = tr(
            "Different patients, and mostly measured differently: rows are read one by one and are no ranking. "
            "{alike} of {all} were measured alike."
        ).format(alike=alike, all=len(self.figures.figures))
        self.note.setText(words)

    def _show_details(self) -> None:
        figure = self._current()
        if figure is None or self._library is None:
            self.details.clear()
            return
        lines = tuple(Line(label, words) for label, words in details(self._library, figure))
        self.details.setHtml(parts_html([Part("", lines)]))

    def _ask_card(self) -> None:
        if figure := self._current():
            self.card_asked.emit(figure.address)

    def _current(self) -> Figure | None:
        index = self.table.currentIndex()
        figure = index.data(FIGURE_ROLE) if index.isValid() else None
        return figure if isinstance(figure, Figure) else None

    def _chosen(self) -> list[Figure]:
        """Return the chosen figures when there are several, else all."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.figures.figures[row] for row in rows] if len(rows) > 1 else self.figures.figures

    def as_text(self) -> str:
        """Return the figures with everything that must be read beside them."""
        assert self._library is not None
        blocks = ("\n".join(f"{label}: {words}" for label, words in details(self._library, f)) for f in self._chosen())
        return "\n\n".join((self.kind.currentText(), self.note.text(), *blocks))

    def as_tsv(self) -> str:
        """Return the figures as a table, headings first, the source in one column."""
        rows = [self.figures.headings(), *(self.figures.row_words(figure) for figure in self._chosen())]
        kept = ([cell for place, cell in enumerate(row) if place != PLOT] for row in rows)
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in kept)
