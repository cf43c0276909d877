"""One section of the form: a row or a table for each of its fields."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from her2board.gui.base import theme
from her2board.gui.base.heading import Heading
from her2board.gui.form.rows import BUTTON_WIDTH, LABEL_WIDTH, FormRow
from her2board.wording import tr

if TYPE_CHECKING:
    from her2board.case.fields import CaseField
    from her2board.case.sections import Section
    from her2board.gui.form.around import Around
    from her2board.gui.form.block import FieldBlock
    from her2board.gui.form.table_block import TableBlock

_LEAST_WIDTH = 480
_USUAL_LETTER = 8
"""Pixels of a letter; where it is wider, the names of fields break sooner and the window still fits 1280 pixels."""
_NARROW_LABEL = 136
_ROOMY = 0.9
"""Part of the widest row from which a page has room for wide names."""
_TITLE_SCALE = 1.35
_LETTERS = 105
"""Letters across a row, label and badge included."""


class SectionPage(QScrollArea):
    """All fields of one section."""

    typed = Signal()

    def __init__(self, section: Section, around: Around) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.blocks: dict[str, FieldBlock] = {}
        self.tables: list[TableBlock] = []
        """Those of the blocks that are lists."""
        self._groups: list[QWidget] = []
        """What holds the rows between two lists."""
        self.next = QPushButton()
        self.next.setAutoDefault(False)
        self._lay_out(section, around)
        self._limit_width()
        for block in self.blocks.values():
            block.refresh()

    def _lay_out(self, section: Section, around: Around) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 10, 12, 12)
        title = tr(section.title)
        if tr(section.fields[0].info.label) != title:  # else the list at the top has the name of the section
            column.addWidget(Heading(title, body))
        for is_table, fields in groupby(section.fields, key=lambda field: field.kind in ("table", "mapping")):
            group = QWidget(body)
            grid = _grid(group)
            for field in fields:
                if is_table:
                    self._add_table(around, field, grid, group)
                else:
                    self._add(FormRow(around, field, grid, group))
            if not is_table:
                self._groups.append(group)
            column.addWidget(group)
        for table in self.tables:
            if table.label.text() == title:
                table.label.take_size(_TITLE_SCALE)
        if section.id == "urgency":
            column.addLayout(self._none_of_these(body))
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self.next)
        column.addSpacing(8)
        column.addLayout(line)
        column.addStretch(1)
        tables = body.findChildren(QTableView)
        bars = [bar for view in tables for bar in (view.verticalScrollBar(), view.horizontalScrollBar())]
        for part in (*body.findChildren(QPushButton), *body.findChildren(QHeaderView), *bars):
            theme.shape(part)
        theme.shape(self.verticalScrollBar())
        self.setWidget(body)

    def _limit_width(self) -> None:
        """Keep a badge near its field on a wide screen; lists take the width there is."""
        letter = self.fontMetrics().averageCharWidth()
        widest = letter * _LETTERS
        label = self._label_width(letter, roomy=self.width() >= widest * _ROOMY)
        for group in self._groups:
            grid = group.layout()
            if isinstance(grid, QGridLayout) and grid.columnMinimumWidth(0) != label:  # else it asks for a layout again
                grid.setColumnMinimumWidth(0, label)
            group.setMaximumWidth(max(widest, group.minimumSizeHint().width()))

    @staticmethod
    def _label_width(letter: int, *, roomy: bool) -> int:
        """Return the width of the names of fields: with larger text as much as there is room for."""
        if letter <= _USUAL_LETTER:
            return LABEL_WIDTH
        return LABEL_WIDTH * letter // _USUAL_LETTER if roomy else _NARROW_LABEL

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Give the names of fields what a wider window has room for."""
        super().resizeEvent(event)
        self._limit_width()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._limit_width()

    def _none_of_these(self, body: QWidget) -> QHBoxLayout:
        """Return a button that answers all signs of urgency at once."""
        button = QPushButton(tr("None of these signs (F5)"), body)
        button.setToolTip(tr("Record 'no' for every sign of urgency that is not recorded"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it has a key of its own
        button.clicked.connect(next(iter(self.blocks.values())).record_none)
        line = QHBoxLayout()
        line.addWidget(button)
        line.addStretch()
        return line

    def _add_table(self, around: Around, field: CaseField, grid: QGridLayout, body: QWidget) -> None:
        # with all that reads copied tables, a tenth of the time to the first section, which has no list
        from her2board.gui.form.table_block import TableBlock

        table = TableBlock(around, field, grid, body)
        table.preview_shown.connect(lambda panel: self.ensureWidgetVisible(panel, 0, 20))
        self.tables.append(table)
        self._add(table)

    def _add(self, block: FieldBlock) -> None:
        block.typed.connect(self.typed)
        self.blocks[block.path] = block

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the width the fields need, in any language and size of text: nothing scrolls sideways."""
        body = self.widget()
        wanted = body.minimumSizeHint().width() if body else 0
        wanted += self.verticalScrollBar().sizeHint().width()
        return QSize(max(wanted, _LEAST_WIDTH), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # reason: Qt's name
        """Update the panes around when the fields need another width."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._limit_width()
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _grid(group: QWidget) -> QGridLayout:
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnMinimumWidth(2, BUTTON_WIDTH)
    grid.setColumnStretch(1, 1)
    return grid
