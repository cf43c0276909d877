"""The form: one page per section, made when first shown; one row per fact."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, QSize, QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from her2board.gui.document import CaseDocument
from her2board.gui.rows import BUTTON_WIDTH, LABEL_WIDTH, FormRow
from her2board.gui.sections import SECTIONS, Section, section_of
from her2board.gui.table_block import TableBlock
from her2board.wording import tr

_LEAST_WIDTH = 480
Block = FormRow | TableBlock


class SectionPage(QScrollArea):
    """All fields of one section."""

    def __init__(self, section: Section, document: CaseDocument, drugs: QStringListModel) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.blocks: dict[str, Block] = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 10, 12, 12)
        column.addWidget(_title(tr(section.title), body))
        for is_table, fields in groupby(section.fields, key=lambda field: field.kind in ("table", "mapping")):
            grid = _grid()
            for field in fields:
                block = (
                    TableBlock(document, field, grid, body, drugs) if is_table else FormRow(document, field, grid, body)
                )
                self.blocks[field.path] = block
            column.addLayout(grid)
        self.next = QPushButton(body)
        self.next.setAutoDefault(False)
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self.next)
        column.addSpacing(8)
        column.addLayout(line)
        column.addStretch(1)
        self.setWidget(body)
        for block in self.blocks.values():
            block.refresh()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the width the fields need, in any language and size of text: nothing scrolls sideways."""
        body = self.widget()
        wanted = body.minimumSizeHint().width() if body else 0
        wanted += self.verticalScrollBar().sizeHint().width()
        return QSize(max(wanted, _LEAST_WIDTH), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # reason: Qt's name
        """Tell the panes around when the fields need another width."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _title(words: str, parent: QWidget) -> QLabel:
    title = QLabel(words, parent)
    font = title.font()
    font.setPointSizeF(font.pointSizeF() * 1.35)
    font.setBold(True)
    title.setFont(font)
    return title


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnMinimumWidth(2, BUTTON_WIDTH)
    grid.setColumnStretch(1, 1)
    return grid


class CaseForm(QStackedWidget):
    """The case as sections of rows; leads to any field by its path."""

    section_shown = Signal(str)

    def __init__(self, document: CaseDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.drug_names = QStringListModel(self)
        self._pages: dict[str, SectionPage] = {}
        self._remarks: dict[str, str] = {}
        self._shown = ""
        document.case_changed.connect(self._refresh)
        document.case_replaced.connect(self._start_over)

    def _start_over(self) -> None:
        """Show another case: what could not be used for the one before is gone."""
        for block in self._blocks():
            if isinstance(block, FormRow):
                block.binding.revert()
            else:
                block.revert()
            block.refresh()

    def _refresh(self, path: str) -> None:
        """Show one changed field, the list it belongs to, and values dated by it."""
        for block in self._blocks():
            if path == block.path or path.startswith(f"{block.path}.") or block.field.info.dated_by == path:
                block.refresh()

    def _blocks(self) -> Iterator[Block]:
        for page in self._pages.values():
            yield from page.blocks.values()

    def show_section(self, id_: str) -> SectionPage:
        """Show a section, made now if it was never shown, and return it."""
        page = self._pages.get(id_) or self._make(id_)
        if self._shown != id_:
            self._shown = id_
            self.setCurrentWidget(page)
            self.section_shown.emit(id_)
        return page

    def _make(self, id_: str) -> SectionPage:
        section = next(section for section in SECTIONS if section.id == id_)
        page = SectionPage(section, self._document, self.drug_names)
        following = self._neighbour(id_, 1)
        title = next(section.title for section in SECTIONS if section.id == following)
        page.next.setText(tr("Next: {section}").format(section=tr(title)))
        page.next.clicked.connect(lambda: self._enter(following))
        self._pages[id_] = page
        self.addWidget(page)
        self._remark(page)
        return page

    def _neighbour(self, id_: str, by: int) -> str:
        ids = [section.id for section in SECTIONS]
        return ids[(ids.index(id_) + by) % len(ids)]

    def step(self, by: int) -> None:
        """Show the next section, or the one before, with the keyboard in its first field."""
        self._enter(self._neighbour(self._shown or SECTIONS[-1].id, by))

    def _enter(self, id_: str) -> None:
        page = self.show_section(id_)
        page.verticalScrollBar().setValue(0)
        next(iter(page.blocks.values())).focus()

    def go_to(self, path: str) -> None:
        """Show the field at ``path`` (entry numbers allowed) with the keyboard in it."""
        bare = path.partition("[")[0]
        page = self.show_section(section_of(bare))
        block = page.blocks.get(bare) or next(b for p, b in page.blocks.items() if bare.startswith(p))
        page.ensureWidgetVisible(block.label if isinstance(block, FormRow) else block.control, 0, 80)
        block.focus()

    def block_in_focus(self) -> Block | None:
        """Return the row or table that has the keyboard."""
        focus: QObject | None = QApplication.focusWidget()
        while focus is not None and focus is not self:
            for block in self._blocks():
                if focus is block.control or focus is getattr(block, "completeness", None):
                    return block
            focus = focus.parent()
        return None

    def table_in_focus(self) -> TableBlock | None:
        """Return the table that has the keyboard."""
        block = self.block_in_focus()
        return block if isinstance(block, TableBlock) else None

    def revert_focus(self) -> bool:
        """Let go of an entry that could not be used where the keyboard is; tell whether there was one."""
        block = self.block_in_focus()
        if isinstance(block, FormRow) and block.binding.pending:
            block.binding.revert()
            return True
        return False

    def commit(self) -> None:
        """Take what is being typed in a table cell into the case."""
        for block in self._blocks():
            if isinstance(block, TableBlock):
                block.control.finish_editing()

    def pending(self) -> tuple[str, ...]:
        """Return the labels of fields that show something the case does not hold."""
        return tuple(
            tr(block.field.info.label)
            for block in self._blocks()
            if (block.binding.pending if isinstance(block, FormRow) else block.pending)
        )

    def show_remarks(self, remarks: Mapping[str, str]) -> None:
        """Show at each field what is said about its recorded value."""
        self._remarks = dict(remarks)
        for page in self._pages.values():
            self._remark(page)

    def _remark(self, page: SectionPage) -> None:
        for path, block in page.blocks.items():
            block.remark(self._remarks.get(path, ""))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Take on new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for block in self._blocks():
                block.refresh()
