"""The form: one page per section, made when first shown; one row per fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import dropwhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from her2board.case.fields import CaseField, entry_of, field_path
from her2board.case.from_lists import FILLED
from her2board.case.sections import SECTIONS, section_of
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base.context import offered, pop_up
from her2board.gui.document.document import CaseDocument
from her2board.gui.document.unfinished import Unfinished
from her2board.gui.form.around import Around
from her2board.gui.form.block import FieldBlock
from her2board.gui.form.drug_names import DrugNames
from her2board.gui.form.facts_line import Fact, read_facts
from her2board.gui.form.field_help import FieldHelp
from her2board.gui.form.question_bar import DIGITS
from her2board.gui.form.rows import FormRow
from her2board.gui.form.section_page import SectionPage
from her2board.wording import tr

if TYPE_CHECKING:  # imported with the first section that has a list
    from her2board.gui.form.table_block import TableBlock

Block = FieldBlock


def _shows(field: CaseField, path: str) -> bool:
    """Return whether a field shows something of what changed at ``path``."""
    dated_by = field.info.dated_by
    if not path or path in (field.path, dated_by) or (dated_by and path == "meeting.date"):
        return True
    of_section = path.endswith(".") and field.path.startswith(path)
    from_its_list = field.path in FILLED and path.startswith("brain.")
    return of_section or from_its_list or path.startswith(f"{field.path}.")


class CaseForm(QWidget):
    """The case as sections of rows, with help on the current field; leads to any field by its path."""

    section_shown = Signal(str)
    typed = Signal()
    """Somebody typed in some field, valid or not."""
    busy_soon = Signal()
    """A section is about to be made, which takes the keyboard for a moment."""

    def __init__(self, document: CaseDocument, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drug_names = DrugNames(self)
        self._around = Around(document, self.drug_names, today)
        self._document = document
        self._needs = document.needs
        self._pages: dict[str, SectionPage] = {}
        self._remarks: dict[str, str] = {}
        self._shown = ""
        self._stack = QStackedWidget(self)
        self.help = FieldHelp(self)
        self.help.left.connect(self._return)
        self._last: Block | None = None
        self._before: Block | None = None
        """The field the keyboard was in before the last."""
        self._lacking: TableBlock | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.help)
        for number in range(DIGITS):
            key = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self.answer, number))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        document.case_changed.connect(self._refresh)
        document.case_replaced.connect(self._start_over)

    def _start_over(self) -> None:
        """Show another case and discard invalid text of the one before."""
        self._needs = self._document.needs
        self._lacking = None
        for block in self._blocks():
            block.revert()
            block.refresh()
        if self._last is not None:
            self._explain(self._last)

    def _refresh(self, path: str) -> None:
        """Show one changed field, the list it belongs to, and values dated by it; '' means the case as a whole."""
        self._lacking = None
        before, self._needs = self._needs, self._document.needs
        turned = set(before.needed) ^ set(self._needs.needed) | before.excluded.keys() ^ self._needs.excluded.keys()
        for block in self._blocks():
            if block.path in turned or _shows(block.field, path):
                block.refresh()
        if self._last is not None:
            self._explain(self._last)

    def _blocks(self) -> Iterator[Block]:
        for page in self._pages.values():
            yield from page.blocks.values()

    def show_section(self, id_: str) -> SectionPage:
        """Show a section, made now if it was never shown, and return it."""
        page = self._pages.get(id_) or self._make(id_)
        if self._shown != id_:
            self._shown = id_
            self._stack.setCurrentWidget(page)
            self.section_shown.emit(id_)
        return page

    def currentWidget(self) -> QWidget | None:  # noqa: N802  # reason: what a stack of pages calls it
        """Return the section that is shown."""
        return self._stack.currentWidget()

    def _make(self, id_: str) -> SectionPage:
        self.busy_soon.emit()
        section = next(section for section in SECTIONS if section.id == id_)
        page = SectionPage(section, self._around)
        following = self._neighbour(id_, 1)
        title = next(section.title for section in SECTIONS if section.id == following)
        page.next.setText(tr("Next: {section}").format(section=tr(title)))
        page.typed.connect(self.typed)
        page.next.clicked.connect(lambda: self.enter(following))
        for table in page.tables:
            table.model.unfinished_removed.connect(partial(self._note_removed, table))
            table.control.place_changed.connect(partial(self._explain_cell, table))
        for block in page.blocks.values():
            block.done.connect(partial(self._go_on, block))
        self._pages[id_] = page
        self._stack.addWidget(page)
        self._remark(page)
        return page

    def _neighbour(self, id_: str, by: int) -> str:
        ids = [section.id for section in SECTIONS]
        return ids[(ids.index(id_) + by) % len(ids)]

    def step(self, by: int) -> None:
        """Show the next section, or the one before, with the keyboard in its first field."""
        self.enter(self._neighbour(self._shown or SECTIONS[-1].id, by))

    def enter(self, id_: str) -> None:
        """Show a section from its top, with the keyboard in its first field."""
        page = self.show_section(id_)
        page.verticalScrollBar().setValue(0)
        next(iter(page.blocks.values())).focus()

    def go_to(self, path: str) -> None:
        """Show the field at ``path`` (entry numbers allowed) with the keyboard in it."""
        bare = field_path(path)
        page = self.show_section(section_of(bare))
        block = page.blocks.get(bare) or next(b for p, b in page.blocks.items() if bare.startswith(p))
        page.ensureWidgetVisible(block.label if isinstance(block, FormRow) else block.control, 0, 80)
        block.focus()
        if (entry := entry_of(path)) is not None:
            block.show_entry(*entry)

    def block_in_focus(self) -> Block | None:
        """Return the row or table that has the keyboard."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return None
        return next((block for block in self._blocks() if block.holds(focus)), None)

    def take_library(self, library: EvidenceLibrary) -> None:
        """Offer the drug names of a release, and show what depends on each field."""
        self.drug_names.take_library(library)
        self.help.take_library(library)
        for block in self._blocks():
            block.refresh()  # names of drugs are known from now on

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """Explain the field the keyboard came to."""
        if now is not None and (block := self.block_in_focus()) is not None:
            if block is not self._last:
                self._before, self._last = self._last, block
            self._explain(block)

    def _explain_cell(self, table: TableBlock, *_: object) -> None:
        if table is self._last:
            self._explain(table)

    def _explain(self, block: Block) -> None:
        """Explain a field, in a list the current column too."""
        table = next((table for page in self._pages.values() for table in page.tables if table is block), None)
        index = table.control.currentIndex() if table is not None else None
        column = table.model.columns[index.column()] if table is not None and index and index.isValid() else None
        row = table.model.row(index.row()) if table is not None and index and index.isValid() else None
        said = self._document.read_from(block.path, row, column.path if column else "")
        texts = self._document.case.texts if self._document.case else ()
        whole = tr("Ctrl+Shift+T shows the whole text.") if said and texts else ""
        self.help.explain(block.field, column, said, whole)

    def forget_place(self) -> None:
        """Forget the field the keyboard was in last: it was of another case."""
        self._last = None
        self.help.forget()

    def resume(self) -> None:
        """Put the keyboard into the field it was in last, else into the first of the section shown."""
        if self._last is not None:
            self._return()
        else:
            self.enter(self._shown or SECTIONS[0].id)

    def answer(self, number: int) -> None:
        """Choose a meaning for the field in focus, else for the field before it, else for the first that is asked."""
        page = self._pages.get(self._shown)
        blocks = (self.block_in_focus(), self._before, *(page.blocks.values() if page else ()))
        any(block is not None and block.answer(number) for block in blocks)

    def read_facts(self, text: str) -> tuple[Fact, ...] | str | None:
        """Return the facts written in one line by their names, or why they are not read; None where there are none."""
        return read_facts(text, self._around.day())

    def record_none(self) -> bool:
        """Record 'none' where the keyboard is and go on; return whether that can be said there."""
        block = self.block_in_focus()
        if block is None or not block.record_none():
            return False
        if not block.pending:
            self._go_on(block)
        return True

    def go_on_from(self, path: str) -> None:
        """Show the field at ``path`` with the keyboard in the next open one, or in it where none follows."""
        self.go_to(path)
        self._go_on(self.show_section(section_of(path)).blocks[path])

    def _go_on(self, block: Block) -> None:
        """Put the keyboard into the next field of the section in which nothing is recorded and that can apply."""
        following = [*dropwhile(lambda other: other is not block, self.show_section(self._shown).blocks.values())][1:]
        open_ = (other for other in following if other.path not in self._needs.excluded and other.empty)
        if (after := next(open_, None)) is not None:
            after.focus()

    def show_help(self) -> None:
        """Show the full help on the current field."""
        self.help.open()

    def _return(self) -> None:
        """Put the keyboard back into the field that was explained."""
        if self._last is not None:
            self._last.focus()

    def table_in_focus(self) -> TableBlock | None:
        """Return the table that has the keyboard."""
        block = self.block_in_focus()
        return next((table for page in self._pages.values() for table in page.tables if table is block), None)

    def revert_focus(self) -> bool:
        """Discard invalid text in the field with the keyboard; return whether there was any."""
        block = self.block_in_focus()
        if block is not None and block.pending:
            block.revert()
            return True
        return False

    def _note_removed(self, table: TableBlock) -> None:
        self._lacking = table

    def bring_back(self) -> bool:
        """Put back an unfinished entry removed since the case last changed; return whether there was one."""
        table, self._lacking = self._lacking, None
        if table is None:
            return False
        self.show_section(section_of(table.path))
        table.bring_back()
        return True

    def commit(self) -> None:
        """Take what is being typed in a table cell into the case."""
        for block in self._blocks():
            block.commit()

    def pending(self) -> tuple[str, ...]:
        """Return the labels of fields that show something the case does not hold."""
        return tuple(tr(block.field.info.label) for block in self._blocks() if block.pending)

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Return everything that is in the form and not in the case, to be kept over a crash."""
        return tuple(entry for block in self._blocks() for entry in block.unfinished())

    def put_back(self, entries: Sequence[Unfinished]) -> tuple[Unfinished, ...]:
        """Enter again what is not in the case; return that for which there is no place any more."""
        return tuple(entry for entry in entries if not self._put_back(entry))

    def _put_back(self, entry: Unfinished) -> bool:
        block = self.show_section(section_of(entry.path)).blocks.get(entry.path)
        return block is not None and block.put_back(entry)

    def show_remarks(self, remarks: Mapping[str, str]) -> None:
        """Show at each field what is said about its recorded value."""
        self._remarks = dict(remarks)
        for page in self._pages.values():
            self._remark(page)

    def _remark(self, page: SectionPage) -> None:
        for path, block in page.blocks.items():
            block.remark(self._remarks.get(path, ""))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Offer what can be done with a field where the mouse is, or where the keyboard is."""
        by_keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        under = QApplication.focusWidget() if by_keyboard else self.childAt(event.pos())
        block = next((block for block in self._blocks() if block.shows(under)), None)
        if block is None:
            return
        if not block.holds(QApplication.focusWidget()):
            block.focus()
        in_list = block.field.kind in ("table", "mapping")
        pop_up(self, event.globalPos(), offered(self, "list") if in_list else [], offered(self, "row"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for block in self._blocks():
                block.refresh()
