"""Shows how a copied table is read before it is added to the case."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from her2board.capture.tables.cells import Cells
from her2board.capture.tables.columns import Target
from her2board.capture.tables.entries import PasteContext, PastedEntry
from her2board.capture.typed import Candidate, Typed
from her2board.case.fields import CaseField
from her2board.gui.base import shown, theme
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.base.words import cell_words
from her2board.gui.form.controls import ChoiceControl
from her2board.gui.form.paste_reading import PastedLine, PasteReading
from her2board.gui.form.question_bar import QuestionBar
from her2board.wording import Marked, tr, trn

Index = QModelIndex | QPersistentModelIndex
_SOURCE = Qt.ItemDataRole.UserRole
"""Of a cell: number of the copied column, and what was copied."""
_PER_LINE = 2
_ROWS_SEEN = 8


class PastePanel(QFrame):
    """One copied table: what each of its columns is, every line as it is read, and what has no column."""

    accepted = Signal(object)
    """The entries, as tuples of ``PastedEntry``."""
    closed = Signal()
    resized = Signal()

    def __init__(
        self, columns: Sequence[CaseField], rows: Sequence[Cells], context: PasteContext, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._columns = columns
        self.reading = PasteReading(columns, rows, context)
        self._refused: dict[Cells, str] = {}
        self._about = Label(self)
        self._headed = ChoiceControl([(tr("headings"), True), (tr("an entry"), False)], self, empty=False)
        self._headed.show_value(self.reading.headed)
        self._headed.edited.connect(self._take_headed)
        self._choices: list[ChoiceControl] = []
        self._names: list[Label] = []
        self.table = QTreeWidget(self)
        self.troubles = Label(self)
        self.asked = Label(self)
        self.question = QuestionBar(tr("Copied table"), self)
        self.question.chosen.connect(self._answer)
        self._prepare_preview()
        self.add = QPushButton(self)
        self.add.clicked.connect(lambda: self.accepted.emit(tuple(line.entry for line in self.reading.lines)))
        cancel = QPushButton(tr("Close without adding"), self)
        cancel.clicked.connect(self.closed)
        self._lay_out(cancel)
        self._start()

    def _prepare_preview(self) -> None:
        self.table.setAccessibleName(tr("How the copied table is read"))
        self.table.setRootIsDecorated(False)
        self._cells = _CellDelegate(self.table)
        self._cells.entered.connect(self._mend, Qt.ConnectionType.QueuedConnection)  # the cell closes first
        self.table.setItemDelegate(self._cells)
        trigger = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(trigger.EditKeyPressed | trigger.DoubleClicked | trigger.AnyKeyPressed)
        self.table.setToolTip(tr("F2 or a double click edits what was copied"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for label in (self._about, self.troubles, self.asked):
            label.setWordWrap(True)
        palette = self.troubles.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.current().problem))
        self.troubles.setPalette(palette)

    def _lay_out(self, cancel: QPushButton) -> None:
        grid = QGridLayout()
        self._pair(grid, 0, Label(tr("First line:"), self), self._headed)
        for number in range(len(self.reading.rows[0])):
            choice = ChoiceControl(_offers(self._columns), self)
            choice.setItemText(0, tr("no column here"))
            choice.edited.connect(partial(self._take_target, number))
            name = Label(self)
            self._choices.append(choice)
            self._names.append(name)
            self._pair(grid, number + 1, name, choice)
        line = QHBoxLayout()
        for button in (self.add, cancel):
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch()
        column = QVBoxLayout(self)
        column.addWidget(self._about)
        column.addLayout(grid)
        column.addWidget(self.asked)
        column.addWidget(self.question)
        column.addWidget(self.table)
        column.addWidget(self.troubles)
        column.addLayout(line)

    def _pair(self, grid: QGridLayout, place: int, name: Label, choice: ChoiceControl) -> None:
        name.setBuddy(choice)
        choice.setAccessibleName(name.text())
        line, side = divmod(place, _PER_LINE)
        grid.addWidget(name, line, 2 * side)
        grid.addWidget(choice, line, 2 * side + 1)

    def _start(self) -> None:
        """Offer what each column seems to be."""
        for number, name in enumerate(self._names):
            words = self.reading.headings[number] if self.reading.headed else tr("column {n}").format(n=number + 1)
            name.setText(tr("“{heading}” is").format(heading=words))
        self._show()

    def _take_headed(self, entry: Typed) -> None:
        self.reading.start(headed=bool(entry.value))
        self._start()

    def _take_target(self, number: int, entry: Typed) -> None:
        by_path = {column.path: column for column in self._columns}
        self.reading.choose_target(number, Target(by_path[entry.value[0]], entry.value[1]) if entry.value else None)
        self._show()

    def _answer(self, chosen: Candidate) -> None:
        chosen.value()
        self._show()

    def _mend(self, line: int, column: int, text: str) -> None:
        self.reading.mend(self.reading.lines[line].rows[0], column, text)
        self._show()
        if (item := self.table.topLevelItem(line)) is not None:
            self.table.setCurrentItem(item)

    def _show(self) -> None:
        """Show every line as it is read, and ask what is open."""
        for choice, target in zip(self._choices, self.reading.targets, strict=True):
            choice.show_value((target.column.path, target.unit) if target else None)
        asked = self.reading.question()
        self.asked.setText(asked.text if asked else "")
        self.asked.setVisible(asked is not None)
        self.question.offer(asked.candidates if asked else ())
        lines = self.reading.lines
        used = {path for line in lines for path in line.entry.entry}
        columns = [c for c in self._columns if c.path in used or self.reading.source(c) is not None]
        self.table.clear()
        self.table.setHeaderLabels(list(map(shown.heading, columns)))
        for line in lines:
            self._add_line(line, columns)
        self._show_troubles()
        height = self.table.sizeHintForRow(0) if lines else 0
        rows = min(len(lines), _ROWS_SEEN) + 3  # the headings, and a bar to move sideways
        self.table.setFixedHeight(max(height, self.fontMetrics().height() + 4) * rows)
        count = sum(not line.entry.not_given for line in lines)
        self.add.setText(trn("&Add {n} entry", "&Add {n} entries", count).format(n=count))
        self.add.setEnabled(bool(count))
        copied = len(self.reading.body)
        about = trn("{n} line was copied; this is how it is read:", "{n} lines were copied, read like this:", copied)
        self._about.setText(about.format(n=copied))

    def _add_line(self, line: PastedLine, columns: Sequence[CaseField]) -> None:
        item = QTreeWidgetItem(self.table)
        for place, column in enumerate(columns):
            value, source = line.entry.entry.get(column.path), self.reading.source(column)
            cell = line.entry.cells[source] if source is not None and len(line.rows) == 1 else None
            if value is not None:
                item.setText(place, cell_words(column, value))
            elif cell is not None and cell.typed.problem:
                item.setText(place, f"⚠ {cell.text}")
                item.setForeground(place, QColor(theme.current().problem))
                item.setToolTip(place, plain_tip(cell.typed.problem))
            if cell is not None:
                item.setData(place, _SOURCE, (source, cell.text))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)

    def _show_troubles(self) -> None:
        troubles = [
            tr("⚠ Line {n}: {trouble}").format(n=line.rows[0] + 1, trouble=trouble)
            for line in self.reading.lines
            if (trouble := self._trouble(line.entry, self.reading.targets))
        ]
        self.troubles.setText("\n".join(troubles))
        self.troubles.setVisible(bool(troubles))
        self.table.setAccessibleDescription(self.troubles.text())

    def _trouble(self, entry: PastedEntry, targets: Sequence[Target | None]) -> str:
        """Say why the entry was refused, what could not be read, and what has no column."""
        problems = [
            f"{shown.heading(target.column)}: {cell.typed.problem}"
            for cell, target in zip(entry.cells, targets, strict=True)
            if target and cell.typed.problem
        ]
        kept = tr("kept in the note") if problems and not entry.left_over else ""
        left = tr("not added: {texts}").format(texts="; ".join(entry.left_over)) if entry.left_over else ""
        refused = "" if entry.not_given else self._refused.get(tuple(cell.text for cell in entry.cells), "")
        return "; ".join(part for part in (refused, *problems, kept, left, *entry.marks) if part)

    def keep(self, refused: Sequence[tuple[PastedEntry, str]]) -> None:
        """Show only what was refused, each with the reason."""
        rows = [
            (row, words)
            for line in self.reading.lines
            for entry, words in refused
            if entry is line.entry
            for row in line.rows
        ]
        body = self.reading.body
        self._refused = {body[row]: words for row, words in rows}
        self.reading.keep([row for row, _ in rows])
        self._show()

    def focus(self) -> None:
        """Put the keyboard on the button that adds."""
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Report the new size."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Close on Escape; press the button in focus on Return."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.add.hasFocus():
            self.add.click()
        else:
            super().keyPressEvent(event)


class _CellDelegate(QStyledItemDelegate):
    """Edits what was copied into a cell, where the cell shows how that is read."""

    entered = Signal(int, int, str)
    """Line shown, copied column, text."""

    def createEditor(  # type: ignore[override]  # noqa: N802  # reason: Qt's name; Qt takes none where nothing is edited
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002  # reason: Qt's signature
        index: Index,
    ) -> QWidget | None:
        """Return a line for the text, where a copied cell is behind what is shown."""
        if index.data(_SOURCE) is None:
            return None
        editor = QLineEdit(parent)
        editor.setAccessibleName(tr("What was copied"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802  # reason: Qt's name
        """Show what was copied."""
        if isinstance(editor, QLineEdit):
            editor.setText(index.data(_SOURCE)[1])

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: ARG002, N802  # reason: Qt's name
        """Report what it should have been."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            self.entered.emit(index.row(), index.data(_SOURCE)[0], editor.text())


_UNITS: dict[str, tuple[tuple[str, Marked], ...]] = {
    "mm": (("", "unit as written"), ("mm", "mm"), ("cm", "cm")),
    "Gy": (("", "Gy"), ("cgy", "cGy")),
}
"""By the unit of a column: the units a copied one may have, and their words; none where it is asked or its own."""


def _offers(columns: Sequence[CaseField]) -> list[tuple[str, tuple[str, str]]]:
    """Return what a copied column can be; sizes in mm, in cm or their unit as written, doses also in cGy."""
    offers: list[tuple[str, tuple[str, str]]] = []
    for column in columns:
        units = _UNITS.get(column.info.unit, (("", column.info.unit),))
        offers += [(shown.heading(column, tr(words)), (column.path, unit)) for unit, words in units]
    return offers
