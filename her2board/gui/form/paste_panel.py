"""Shows how a copied table is read before it is added to the case."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from her2board.capture.tables.cells import Cells
from her2board.capture.tables.columns import Target, has_headings, targets_of
from her2board.capture.tables.entries import PasteContext, PastedEntry, read_entries
from her2board.case.fields import CaseField
from her2board.gui.base import shown, theme
from her2board.gui.base.words import cell_words
from her2board.gui.form.controls import ChoiceControl
from her2board.wording import Marked, tr, trn

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
        self._rows = rows
        self._context = context
        self._refused: dict[Cells, str] = {}
        self._entries: tuple[PastedEntry, ...] = ()
        self._about = QLabel(self)
        self._headed = ChoiceControl([(tr("headings"), True), (tr("an entry"), False)], self, empty=False)
        self._headed.show_value(has_headings(rows, columns))
        self._headed.edited.connect(lambda _: self._start())
        self._choices: list[ChoiceControl] = []
        self._names: list[QLabel] = []
        self.table = QTreeWidget(self)
        self.troubles = QLabel(self)
        self._prepare_preview()
        self.add = QPushButton(self)
        self.add.clicked.connect(lambda: self.accepted.emit(self._entries))
        cancel = QPushButton(tr("Close without adding"), self)
        cancel.clicked.connect(self.closed)
        self._lay_out(cancel)
        self._start()

    def _prepare_preview(self) -> None:
        self.table.setAccessibleName(tr("How the copied table is read"))
        self.table.setRootIsDecorated(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for label in (self._about, self.troubles):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        palette = self.troubles.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.current().problem))
        self.troubles.setPalette(palette)

    def _lay_out(self, cancel: QPushButton) -> None:
        grid = QGridLayout()
        self._pair(grid, 0, QLabel(tr("First line:"), self), self._headed)
        for number in range(len(self._rows[0])):
            choice = ChoiceControl(_offers(self._columns), self)
            choice.setItemText(0, tr("no column here"))
            choice.edited.connect(lambda _: self._read())
            name = QLabel(self)
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
        column.addWidget(self.table)
        column.addWidget(self.troubles)
        column.addLayout(line)

    def _pair(self, grid: QGridLayout, place: int, name: QLabel, choice: ChoiceControl) -> None:
        name.setBuddy(choice)
        choice.setAccessibleName(name.text())
        line, side = divmod(place, _PER_LINE)
        grid.addWidget(name, line, 2 * side)
        grid.addWidget(choice, line, 2 * side + 1)

    def _start(self) -> None:
        """Offer what each column seems to be."""
        headed = self._is_headed
        for number, target in enumerate(targets_of(self._rows, self._columns, headed=headed)):
            self._choices[number].show_value((target.column.path, target.unit) if target else None)
            words = self._rows[0][number] if headed else tr("column {n}").format(n=number + 1)
            self._names[number].setText(tr("“{heading}” is").format(heading=words))
        self._read()

    @property
    def _is_headed(self) -> bool:
        return bool(self._headed.typed().value)

    def _read(self) -> None:
        """Read every line with the columns as chosen and show it."""
        by_path = {column.path: column for column in self._columns}
        chosen = [choice.typed().value for choice in self._choices]
        targets = [Target(by_path[value[0]], value[1]) if value else None for value in chosen]
        headed = self._is_headed
        headings = self._rows[0] if headed else ()
        self._entries = read_entries(self._rows[headed:], targets, self._columns, headings, self._context)
        self._show(targets)

    def _show(self, targets: Sequence[Target | None]) -> None:
        used = {path for entry in self._entries for path in entry.entry}
        columns = [column for column in self._columns if column.path in used]
        self.table.clear()
        self.table.setHeaderLabels(list(map(shown.heading, columns)))
        troubles: list[str] = []
        for number, entry in enumerate(self._entries, 1):
            values = ((column, entry.entry.get(column.path)) for column in columns)
            words = ["" if value is None else cell_words(column, value) for column, value in values]
            QTreeWidgetItem(self.table, words)
            if trouble := self._trouble(entry, targets):
                troubles.append(tr("⚠ Line {n}: {trouble}").format(n=number, trouble=trouble))
        self.troubles.setText("\n".join(troubles))
        self.troubles.setVisible(bool(troubles))
        self.table.setAccessibleDescription(self.troubles.text())
        height = self.table.sizeHintForRow(0) if self._entries else 0
        lines = min(len(self._entries), _ROWS_SEEN) + 3  # the headings, and a bar to move sideways
        self.table.setFixedHeight(max(height, self.fontMetrics().height() + 4) * lines)
        count = len(self._entries)
        self.add.setText(trn("&Add {n} entry", "&Add {n} entries", count).format(n=count))
        self.add.setEnabled(bool(count))
        about = trn("{n} line was copied; this is how it is read:", "{n} lines were copied, read like this:", count)
        self._about.setText(about.format(n=count))

    def _trouble(self, entry: PastedEntry, targets: Sequence[Target | None]) -> str:
        """Say why the entry was refused, what could not be read, and what has no column."""
        problems = [
            f"{shown.heading(target.column)}: {cell.typed.problem}"
            for cell, target in zip(entry.cells, targets, strict=True)
            if target and cell.typed.problem
        ]
        kept = tr("kept in the note") if problems and not entry.left_over else ""
        left = tr("not added: {texts}").format(texts="; ".join(entry.left_over)) if entry.left_over else ""
        refused = self._refused.get(tuple(cell.text for cell in entry.cells), "")
        return "; ".join(part for part in (refused, *problems, kept, left, *entry.marks) if part)

    def keep(self, refused: Sequence[tuple[PastedEntry, str]]) -> None:
        """Show only what was refused, each with the reason."""
        headings = self._rows[:1] if self._is_headed else ()
        texts = [tuple(cell.text for cell in entry.cells) for entry, _ in refused]
        self._refused = dict(zip(texts, (words for _, words in refused), strict=True))
        self._rows = (*headings, *texts)
        self._read()

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


_UNITS: dict[str, tuple[tuple[str, Marked], ...]] = {
    "mm": (("", "mm or cm?"), ("mm", "mm"), ("cm", "cm")),
    "Gy": (("", "Gy"), ("cgy", "cGy")),
}
"""By the unit of a column: the units a copied one may have, and their words; none where it is asked or its own."""


def _offers(columns: Sequence[CaseField]) -> list[tuple[str, tuple[str, str]]]:
    """Return what a copied column can be; sizes in mm, in cm or with a unit not said, doses also in cGy."""
    offers: list[tuple[str, tuple[str, str]]] = []
    for column in columns:
        units = _UNITS.get(column.info.unit, (("", column.info.unit),))
        offers += [(shown.heading(column, tr(words)), (column.path, unit)) for unit, words in units]
    return offers
