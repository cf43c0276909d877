"""What a list of the case does with copied text: a table is shown before it is added, a letter is kept somewhere."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from her2board.capture.clean_text import clean
from her2board.capture.tables.cells import Cells, cells_of, is_running_text, too_large
from her2board.capture.tables.entries import PastedEntry, read_typed
from her2board.capture.typed import Candidate, Typed
from her2board.case.fields import CaseField, field_by_path
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.form.around import Around
from her2board.gui.form.block import FieldBlock
from her2board.gui.form.cards import EntryCards
from her2board.gui.form.fields import read_as
from her2board.gui.form.paste_panel import PastePanel
from her2board.gui.form.table_model import EntryTableModel
from her2board.gui.form.tables import EntryTable
from her2board.wording import tr

_NEW_SINCE = "meeting.new_since"


class PastingBlock(FieldBlock):
    """A list into which copied text is pasted."""

    control: EntryTable | EntryCards
    label: Heading
    model: EntryTableModel
    preview_shown = Signal(object)
    """How a copied table is read is shown in this widget."""

    def __init__(self, around: Around, field: CaseField, parent: QWidget) -> None:
        super().__init__(around.document, field, parent)
        self._around = around
        self._letter = ""
        """Copied text that is no table, until somebody says where it is kept."""
        self.panel: PastePanel | None = None
        self._bars = QVBoxLayout()

    def _named(self, words: str, parent: QWidget) -> Label:
        return Heading(words, parent, 1)

    def _take_problem(self, problem: str) -> None:
        raise NotImplementedError

    def paste(self) -> None:
        """Show how the table on the clipboard is read; a single text goes into the current cell."""
        self.commit()
        self._letter = ""
        copied = QApplication.clipboard().text()
        rows = cells_of(copied)
        index = self.control.currentIndex()
        if self.field.kind != "table" or not rows:
            self._take_problem(tr("There is no table on the clipboard that could be read here"))
        elif problem := too_large(copied, rows):
            self._take_problem(problem)
        elif len(rows) == len(rows[0]) == 1 and index.isValid():
            self._enter(index, rows[0][0])
        elif is_running_text(copied):
            self._letter = clean(copied).text.strip()
            self._take_problem(tr("This is text, not a table; nothing was read. Where should it be kept?"))
        else:
            self._preview(rows)

    def _preview(self, rows: Sequence[Cells]) -> None:
        self._close_preview()
        parent = self.label.parentWidget()
        assert parent is not None
        self.panel = panel = PastePanel(self.model.columns, rows, self._around.context(), parent)
        panel.accepted.connect(self._add_pasted)
        panel.closed.connect(self._close_preview)
        panel.resized.connect(lambda: QTimer.singleShot(0, panel, lambda: self.preview_shown.emit(panel)))
        self._bars.addWidget(panel)
        QWidget.setTabOrder(self.control, panel)
        panel.focus()

    def _enter(self, index: QModelIndex, text: str) -> None:
        """Enter a text into a cell; a choice is read by its words."""
        column = self.model.columns[index.column()]
        if column.kind in ("flag", "choice") and not (entry := read_as(column)(text)).problem:
            self.model.enter(index, entry, text)
        else:
            found = read_typed(self.model.columns, index.column(), text, self._around.context())
            self.model.enter_reading(index, found, text)

    def _places_for_letter(self) -> list[Candidate]:
        """Return where a text that is no table can be kept: the note of the current entry, and what is new."""
        places = [Candidate(_NEW_SINCE, tr("in “{label}”").format(label=tr(field_by_path()[_NEW_SINCE].info.label)))]
        index = self.control.currentIndex()
        if index.isValid() and "note" in [column.path for column in self.model.columns]:
            places.insert(0, Candidate(index.row(), tr("in the note of entry {n}").format(n=index.row() + 1)))
        return places

    def _keep_letter(self, place: str | int) -> None:
        letter, self._letter = self._letter, ""
        if isinstance(place, int):
            number = [column.path for column in self.model.columns].index("note")
            index = self.model.index(place, number)
            self.model.enter(index, Typed("; ".join(filter(None, (self.model.row(place).get("note"), letter)))), letter)
        else:
            held = self._document.value(place)
            self._take_problem(self._document.set_value(place, "\n\n".join(filter(None, (held, letter)))))

    def _add_pasted(self, entries: Sequence[PastedEntry]) -> None:
        """Add what the list takes as one step; the rest stays in the preview with the reason."""
        first = self.model.rowCount()
        refused = self.model.add_entries(entries)
        if refused and self.panel is not None:
            self.panel.keep(refused)
        else:
            self._close_preview()
        if self.model.rowCount() > first:
            self.control.setCurrentIndex(self.model.index(first, 0))

    def _close_preview(self) -> None:
        if self.panel is not None:
            self.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
