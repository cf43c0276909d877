"""Figures of one endpoint kind as a table with interval plots. Sorting never leaves the kind."""

from __future__ import annotations

from html import escape
from math import inf, log10
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from her2board.briefing.comparison import COLUMNS, Figure, Sheet, cells, details
from her2board.briefing.formats import interval_words, suffix
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.terms import Unit
from her2board.gui.base import theme
from her2board.wording import tr

Index = QModelIndex | QPersistentModelIndex
PLOT = 5
"""Place of the plot among the columns."""
NEUTRAL = -1
"""In place of a column: rows in the neutral order of the release."""
_VALUE = 4
_SIZE = 2
FIGURE_ROLE = Qt.ItemDataRole.UserRole
AXIS_ROLE = Qt.ItemDataRole.UserRole + 1
_PLOT_WIDTH = 190
_CELL_EDGES = 8
_RATIO_ENDS = (0.1, 10.0)


class Axis(Struct, frozen=True):
    """One axis for every figure of a sheet."""

    low: float
    high: float
    unit: Unit

    @property
    def logarithmic(self) -> bool:
        """Ratios are drawn on a logarithmic axis."""
        return self.unit is Unit.RATIO

    def place(self, value: float) -> float:
        """Return where a value lies between 0 and 1; what lies outside is drawn at the end."""
        if self.logarithmic:
            share = log10(max(value, self.low) / self.low) / log10(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return min(max(share, 0.0), 1.0)

    def words(self) -> str:
        """Return the ends of the axis in words."""
        return f"{self.low:g}\N{EN DASH}{self.high:g}{suffix(self.unit)}"


_NO_AXIS = Axis(0, 1, Unit.RATIO)
"""Where there is nothing to draw."""


def axis_of(sheet: Sheet) -> Axis:
    """Return an axis that holds every value and interval of a sheet."""
    if sheet.unit is Unit.PERCENT:
        return Axis(0, 100, Unit.PERCENT)
    if sheet.unit is Unit.RATIO:
        return Axis(*_RATIO_ENDS, Unit.RATIO)
    ends = [end for figure in sheet.figures for end in _numbers(figure)]
    low, high = min([0.0, *ends]), max([1.0, *ends])
    step = 10 if high > 10 else 1
    return Axis(-(-low // step) * step if low < 0 else 0, -(-high // step) * step, sheet.unit)


def _numbers(figure: Figure) -> list[float]:
    end = figure.endpoint
    found = [end.value] if end.value is not None else []
    if end.interval is not None:
        found += [edge for edge in (end.interval.low, end.interval.high) if edge is not None]
    return found


class FigureModel(QAbstractTableModel):
    """The figures of one sheet, in neutral order until asked otherwise."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: EvidenceLibrary | None = None
        self._neutral: tuple[Figure, ...] = ()
        self.figures: list[Figure] = []
        self._cells: dict[int, tuple[str, ...]] = {}
        self._axis = _NO_AXIS

    def show_sheet(self, sheet: Sheet | None, library: EvidenceLibrary) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self._library = library
        self._neutral = sheet.figures if sheet else ()
        self._cells = {id(figure): _with_plot(cells(library, figure)) for figure in self._neutral}
        self._axis = axis_of(sheet) if sheet else _NO_AXIS
        self.figures = list(self._neutral)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column or ``NEUTRAL``. Rows without a value come last."""
        self.layoutAboutToBeChanged.emit()
        self.figures = list(self._neutral)
        if column != NEUTRAL:
            with_value = [figure for figure in self.figures if self._key(figure, column) not in (inf, "")]
            without = [figure for figure in self.figures if self._key(figure, column) in (inf, "")]
            backwards = order == Qt.SortOrder.DescendingOrder
            with_value.sort(key=lambda figure: self._key(figure, column), reverse=backwards)
            self.figures = with_value + without
        self.layoutChanged.emit()

    def _key(self, figure: Figure, column: int) -> Any:
        if column in (_VALUE, PLOT):
            return inf if figure.endpoint.value is None else float(figure.endpoint.value)
        if column == _SIZE:
            return figure.cohort.n.value if figure.cohort.n else inf
        return self._cells[id(figure)][column].casefold()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # reason: Qt's signature
        """Return the number of figures."""
        return 0 if parent.isValid() else len(self.figures)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # reason: Qt's signature
        """Return the number of columns, the plot included."""
        return 0 if parent.isValid() else len(COLUMNS) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802  # reason: Qt's name
        """Return the heading of a column; that of the plot names its axis."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self.headings()[section]

    def headings(self) -> tuple[str, ...]:
        """Return the headings, in order."""
        return _with_plot(tuple(map(tr, COLUMNS)), tr("Interval, {axis}").format(axis=self._axis.words()))

    def row_words(self, figure: Figure) -> tuple[str, ...]:
        """Return the cells of a row as text; the plot is its interval in words."""
        return self._cells[id(figure)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, the figure, or everything known about it."""
        figure = self.figures[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole if index.column() != PLOT:
                return self._cells[id(figure)][index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                words = _spoken_interval(figure) if index.column() == PLOT else self._cells[id(figure)][index.column()]
                return words or tr("nothing")
            case Qt.ItemDataRole.ToolTipRole:
                assert self._library is not None
                pairs = details(self._library, figure)
                rows = "".join(
                    f"<tr><td><b>{escape(label)}</b></td><td>{escape(words)}</td></tr>" for label, words in pairs
                )
                return f"<table cellpadding='2'>{rows}</table>"
            case Qt.ItemDataRole.UserRole:
                return figure
        if role == AXIS_ROLE:
            return self._axis
        return None


def _with_plot(words: tuple[str, ...], plot: str = "") -> tuple[str, ...]:
    return (*words[:PLOT], plot, *words[PLOT:])


def _spoken_interval(figure: Figure) -> str:
    interval = figure.endpoint.interval
    return interval_words(interval) if interval else tr("no interval read")


class CellDelegate(QStyledItemDelegate):
    """Leaves room above and below the words of a cell."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the room for the words."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + _CELL_EDGES)


class PlotDelegate(QStyledItemDelegate):
    """Draws value and interval on the axis of the sheet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the size a plot needs."""
        return QSize(_PLOT_WIDTH, super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw axis, interval and value: a line, its ends, a square."""
        super().paint(painter, option, index)
        figure, axis = index.data(FIGURE_ROLE), index.data(AXIS_ROLE)
        chosen = bool(option.state.value & 0x8000)  # State_Selected
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        ink, quiet = option.palette.color(role), QColor(theme.current().line)
        room = QRectF(option.rect).adjusted(10, 3, -10, -3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_axis(painter, room, axis, ink if chosen else quiet)
        _draw_figure(painter, room, axis, figure, ink)
        painter.restore()


def _draw_axis(painter: QPainter, room: QRectF, axis: Axis, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1))
    y = room.bottom()
    painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
    middle = 1.0 if axis.logarithmic else (axis.low + axis.high) / 2
    for value in (axis.low, middle, axis.high):
        x = room.left() + axis.place(value) * room.width()
        top = room.top() if axis.logarithmic and value == middle else y - 4
        painter.drawLine(QPointF(x, top), QPointF(x, y))


def _draw_figure(painter: QPainter, room: QRectF, axis: Axis, figure: Figure, ink: QColor) -> None:
    end = figure.endpoint
    y = room.center().y() - 1

    def x(value: float) -> float:
        return room.left() + axis.place(value) * room.width()

    painter.setPen(QPen(ink, 1.6))
    if end.interval is not None:
        low = room.left() if end.interval.low is None else x(end.interval.low)
        high = room.right() if end.interval.high is None else x(end.interval.high)
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        if end.interval.low is not None:
            painter.drawLine(QPointF(low, y - 4), QPointF(low, y + 4))
        if end.interval.high is not None:
            painter.drawLine(QPointF(high, y - 4), QPointF(high, y + 4))
        else:  # an end that was not reached: an arrow
            painter.drawPolyline([QPointF(high - 5, y - 4), QPointF(high, y), QPointF(high - 5, y + 4)])
    if end.value is not None:
        box = QRectF(x(end.value) - 3.5, y - 3.5, 7, 7)
        painter.setBrush(ink if end.interval is not None else Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
