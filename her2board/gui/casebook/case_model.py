"""The cases of a list as a table: an item model over frozen lines, and the dots of the disciplines."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from her2board.gui.base import theme
from her2board.gui.base.labels import plain_tip
from her2board.gui.casebook import rows as lines
from her2board.gui.casebook.rows import Row
from her2board.wording import Marked, tr

NUMBER, CODE, QUESTION, DOTS, OWED, URGENT, STATUS, DECISION = range(8)
_HEADINGS: tuple[Marked, ...] = ("No.", "Case", "Question", "Disciplines", "Owed", "Urgency", "Status", "Decision")
_ROW = "application/x-her2board-row"
Index = QModelIndex | QPersistentModelIndex
More = Callable[[Sequence[Row]], tuple[Sequence[Row], "More | None"]]
"""Given the lines shown, returns those after them, and what is asked next; None where these are the last."""
_TEXTS: dict[int, Callable[[Row], str]] = {
    CODE: lambda row: row.summary.code,
    QUESTION: lambda row: row.summary.question,
    OWED: lines.owed_words,
    URGENT: lambda row: lines.urgency_words(row.summary),
    STATUS: lines.status_words,
    DECISION: lines.decision_words,
}


class CaseModel(QAbstractTableModel):
    """Lines of cases; a line that is dragged asks to be moved and moves nothing itself."""

    move_asked = Signal(int, int)
    """A line was dragged: where from, and the line it was dropped before."""

    grown = Signal()
    """Lines that follow were asked for."""

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.rows: tuple[Row, ...] = ()
        self._more: More | None = None
        self.can_move = False

    def show_rows(self, rows: Sequence[Row], more: More | None = None) -> None:
        """Show other lines; ``more`` is asked for those after them once somebody gets there."""
        self.beginResetModel()
        self.rows, self._more = tuple(rows), more
        self.endResetModel()

    def let_follow(self, more: More | None) -> None:
        """Name anew what is asked for the lines after those shown."""
        self._more = more

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  # reason: Qt's name
        """Return whether lines may follow."""
        return not parent.isValid() and self._more is not None

    def fetchMore(self, parent: Index) -> None:  # noqa: N802  # reason: Qt's name
        """Add the lines that follow."""
        if self._more is None:
            return
        rows, self._more = self._more(self.rows)
        if rows:
            self.beginInsertRows(parent, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += tuple(rows)
            self.endInsertRows()
        self.grown.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  # reason: Qt's name and default
        """Return the number of cases."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  # reason: Qt's name and default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802  # reason: Qt's name
        """Return the headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(_HEADINGS[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Return what a cell shows and says."""
        row, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._tip(row, column))
            case Qt.ItemDataRole.AccessibleTextRole:
                return lines.dots_words(row.summary) if column == DOTS else self._text(row, column)
            case Qt.ItemDataRole.ForegroundRole:
                return self._ink(row, column)
            case Qt.ItemDataRole.FontRole if column == CODE or (column == URGENT and row.summary.urgent):
                font = QFont()
                font.setBold(True)
                return font
        return None

    def _text(self, row: Row, column: int) -> str:
        if column == NUMBER:
            return str(row.number or "")
        return _TEXTS[column](row).replace("\n", " ") if column in _TEXTS else ""

    def _tip(self, row: Row, column: int) -> str:
        if column == DOTS:
            return lines.dots_words(row.summary)
        if column == OWED:
            return lines.owed_lines(row, self._today())
        return _TEXTS[column](row) if column in _TEXTS else ""

    def _ink(self, row: Row, column: int) -> QBrush | None:
        colours = theme.current()
        if column == URGENT and row.summary.urgent:
            return QBrush(QColor(colours.problem))
        if column == OWED and row.late:
            return QBrush(QColor(colours.problem))
        quiet = (column == URGENT and row.summary.urgent is None) or (column == DECISION and not row.decision)
        return QBrush(QColor(colours.muted)) if quiet or (row.listing and row.listing.list_only) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let lines be dragged where the list has an order."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.can_move:
            flags |= Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802  # reason: Qt's name
        """Return that lines are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802  # reason: Qt's name
        """Return what a dragged line is; nothing outside the program can take it."""
        return [_ROW]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802  # reason: Qt's name
        """Return which line is dragged: its number, and nothing of the case."""
        data = QMimeData()
        data.setData(_ROW, str(indexes[0].row()).encode("ascii"))
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, _: int, parent: Index) -> bool:  # noqa: N802  # reason: Qt's name
        """Ask for the line to be moved; what is stored decides what is shown."""
        if action == Qt.DropAction.MoveAction and data.hasFormat(_ROW) and self.can_move:
            place = row if row >= 0 else parent.row() if parent.isValid() else len(self.rows)
            self.move_asked.emit(int(bytes(data.data(_ROW).data())), place)
        return False


class DotsDelegate(QStyledItemDelegate):
    """Draws a sign for each discipline; the shape says as much as the colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the cell, then the signs."""
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, CaseModel)
        selected = bool(option.state & option.state.State_Selected)
        colours = theme.current()
        height = option.fontMetrics.height()
        radius = height * 0.3
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (_, state) in enumerate(lines.dots(model.rows[index.row()].summary)):
            colour = colours.accent_text if selected else ink_of(state, colours)
            middle = QPointF(rect.left() + height * (0.7 + 0.95 * place), rect.center().y() + 1)
            draw_state(painter, state, middle, radius, QColor(colour))
        painter.restore()


def ink_of(state: str, colours: theme.Theme) -> str:
    """Return the colour of the sign of a discipline."""
    return colours.supports if state == "heard" else colours.open


def draw_state(painter: QPainter, state: str, middle: QPointF, radius: float, colour: QColor) -> None:
    """Draw heard as a disc, asked as half a disc, not available as a cross, not needed as a dash, else a ring."""
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    across, up = QPointF(radius, 0), QPointF(0, radius)
    if state == "unavailable":
        slope = (across + up) * 0.75
        back = (across - up) * 0.75
        painter.drawLine(middle - slope, middle + slope)
        painter.drawLine(middle - back, middle + back)
        return
    if state == "not_needed":
        painter.drawLine(middle - across, middle + across)
        return
    if state == "heard":
        painter.setBrush(colour)
    painter.drawEllipse(middle, radius, radius)
    if state == "pending":
        painter.setBrush(colour)
        side = 2 * radius
        painter.drawPie(
            round(middle.x() - radius), round(middle.y() - radius), round(side), round(side), 90 * 16, 180 * 16
        )
