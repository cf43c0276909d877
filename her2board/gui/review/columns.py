"""Asks once what the columns of a project's tables hold; the answer is kept and used for every export."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from her2board.exchange.sources import Table
from her2board.exchange.tables.mapping import Column, TableMap
from her2board.gui.base import theme
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.base.roomy import space_lines
from her2board.gui.review.column_choices import distinct, examples, target_words
from her2board.gui.review.column_panel import ColumnPanel
from her2board.gui.review.picker import Picker
from her2board.wording import Marked, tr

_SIZE = QSize(1040, 640)
_SHARES = (600, 360)
_WIDTHS = (160, 130)
"""Of the heading and of the values."""
_ORDERS: tuple[tuple[str, Marked], ...] = (
    ("", "as the dates show"),
    ("dmy", "day, month, year"),
    ("mdy", "month, day, year"),
)


class ColumnsDialog(QDialog):
    """The columns of one table: what each holds for a case, with what the headings propose to begin with."""

    file_asked = Signal(str)
    """A map file is to be read ('read') or written ('write')."""

    def __init__(self, table: Table, found: TableMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What the columns hold"))
        self.resize(_SIZE)
        self.table = table
        self.without = False
        """Whether the table is read by its headings alone, and each value needs an eye."""
        self._columns: dict[str, Column] = {}
        about = tr(
            "Each column holds one fact of the case, or nothing for it. What you say here is kept for every export "
            "with these columns. A column that nobody looked at may be a wrong fact."
        )
        self._about = Label(f"{table.sheet.label}\n{about}", self)
        self._about.setWordWrap(True)
        self.said = Label(self)
        self.said.hide()
        self.record = Picker(tr("Column that says which patient a row is of"), self)
        self.record.addItem(tr("choose the column"), None)
        self.record.addItem(tr("none: all rows are of one patient"), "")
        for heading in dict.fromkeys(filter(None, table.sheet.headings)):
            self.record.addItem(heading, heading)
        self.order = Picker(tr("Order of day and month"), self)
        for key, words in _ORDERS:
            self.order.addItem(tr(words), key)
        self.list = _list(self)
        self.panel = ColumnPanel(table, self)
        self.panel.changed.connect(self._take)
        self._items = {heading: self._row(heading) for heading in dict.fromkeys(filter(None, table.sheet.headings))}
        self.list.currentItemChanged.connect(self._follow)
        self._lay_out()
        self.show_map(found)
        self.list.setFocus()

    def _lay_out(self) -> None:
        top = QFormLayout()
        top.addRow(tr("Which &patient"), self.record)
        top.addRow(tr("&Dates"), self.order)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.list)
        split.addWidget(self.panel)
        split.setChildrenCollapsible(False)
        split.setSizes(_SHARES)
        self.use = self._button(tr("&Keep and read"))
        self.use.setDefault(True)
        self.use.clicked.connect(self._keep)
        self.skip = self._button(tr("&By headings only"))
        self.skip.setToolTip(tr("Nothing is kept, and each value asks whether its column was understood."))
        self.skip.clicked.connect(self._skip)
        self.take = self._button(tr("Use a map &file…"))
        self.take.clicked.connect(lambda *_: self.file_asked.emit("read"))
        self.give = self._button(tr("&Save as a map file…"))
        self.give.clicked.connect(lambda *_: self.file_asked.emit("write"))
        cancel = self._button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        bottom = QHBoxLayout()
        for part in (self.take, self.give):
            bottom.addWidget(part)
        bottom.addStretch(1)
        for part in (self.skip, self.use, cancel):
            bottom.addWidget(part)
        lines = QVBoxLayout(self)
        lines.addWidget(self._about)
        lines.addLayout(top)
        lines.addWidget(self.said)
        lines.addWidget(split, 1)
        lines.addLayout(bottom)
        theme.shape(self)

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        return button

    def _row(self, heading: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.list, [heading, "", examples(distinct(self.table, heading))])
        question = self.table.dictionary.of(heading)
        item.setToolTip(0, plain_tip(question.label if question else heading))
        item.setToolTip(2, plain_tip(item.text(2)))
        return item

    def show_map(self, found: TableMap) -> None:
        """Show what a map says; columns it does not know hold nothing yet."""
        self._columns = {heading: column for heading, column in found.columns.items() if heading in self._items}
        unsaid = not found.record and found.drafted and len(self.table.sheet.rows) > 1
        self.record.setCurrentIndex(0 if unsaid else max(0, self.record.findData(found.record)))
        self.order.setCurrentIndex(max(0, self.order.findData(found.date_order)))
        for heading in self._items:
            self._show(heading)
        self.list.setCurrentItem(next(iter(self._items.values())))
        self._follow()

    def found(self) -> TableMap:
        """Return what was said of the columns; nobody has to look at it again."""
        read = {heading: self._columns[heading] for heading in self._items if heading in self._columns}
        record = self.record.currentData() or ""
        return TableMap(
            record=record,
            date_order=self.order.currentData(),
            columns=read,
            ignored=tuple(heading for heading in self._items if heading not in read and heading != record),
            labels=self.table.labels,
        )

    def accept(self) -> None:
        """Close where it is said which patient a row is of: rows of several patients are never one case."""
        if self.record.currentData() is None:
            self.said.setText(tr("Say first which column names the patient, or that all rows are of one patient."))
            self.said.show()
            self.record.setFocus()
            return
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Let Return keep the map from the list only: in a field it ends what is typed, on a button it presses that."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(at := self.focusWidget(), QPushButton):
            at.click()
        elif at is self.list:
            self._keep()

    def draft(self) -> TableMap:
        """Return what the headings propose, with the patient's column and the order of dates as they were said."""
        said = {"record": self.record.currentData() or "", "date_order": self.order.currentData()}
        return self.table.draft().model_copy(update=said)

    def _keep(self) -> None:
        self.without = False
        self.accept()

    def _skip(self) -> None:
        self.without = True
        self.accept()

    def _show(self, heading: str) -> None:
        column = self._columns.get(heading)
        words = target_words(column.field) if column else ""
        if column and (more := column.ticked or column.entry or column.unit):
            words = f"{words} ({more})"
        self._items[heading].setText(1, words)
        self._items[heading].setToolTip(1, plain_tip(words))

    def _heading(self) -> str:
        item = self.list.currentItem()
        return next((heading for heading, one in self._items.items() if one is item), "")

    def _follow(self, *_: object) -> None:
        if heading := self._heading():
            self.panel.show_column(heading, self._columns.get(heading))

    def _take(self) -> None:
        heading, column = self._heading(), self.panel.column
        if column is None:
            self._columns.pop(heading, None)
        else:
            self._columns[heading] = column
        self._show(heading)


def _list(parent: QWidget) -> QTreeWidget:
    found = QTreeWidget(parent)
    found.setAccessibleName(tr("Columns of the table"))
    found.setHeaderLabels([tr("Column"), tr("Holds"), tr("In the file")])
    found.setRootIsDecorated(False)
    found.setUniformRowHeights(True)
    found.setAllColumnsShowFocus(True)
    space_lines(found)
    found.setTabKeyNavigation(False)
    header = found.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    for column, width in zip((0, 2), _WIDTHS, strict=True):
        found.setColumnWidth(column, width)
    return found
