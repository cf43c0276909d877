"""A list of the case in the form: its table, how complete it is, and the buttons that change it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from her2board.capture.tables.entries import PastedEntry
from her2board.capture.typed import Candidate, Typed
from her2board.case.fields import CaseField
from her2board.case.table_rows import entries_of, extra_flags
from her2board.gui.base.labels import Label
from her2board.gui.document.unfinished import Unfinished
from her2board.gui.form.absence import AbsenceBar
from her2board.gui.form.around import Around
from her2board.gui.form.cards import AS_CARDS, EntryCards
from her2board.gui.form.entry_line import LineEntry
from her2board.gui.form.field_help import spoken_help
from her2board.gui.form.help_words import how_to_begin
from her2board.gui.form.pasting import PastingBlock
from her2board.gui.form.question_bar import QuestionBar
from her2board.gui.form.rows import FormRow
from her2board.gui.form.table_buttons import TableButtons, Verb, how_complete
from her2board.gui.form.table_model import EntryTableModel
from her2board.gui.form.tables import EntryTable
from her2board.wording import tr


class TableBlock(PastingBlock):
    """Shows one list of the case and lets it be changed."""

    def __init__(self, around: Around, field: CaseField, grid: QGridLayout, parent: QWidget) -> None:
        super().__init__(around, field, parent)
        self._problem = ""
        self._entries = entries_of(field)
        self.model = EntryTableModel(around.document, self._entries, self)
        self.model.problem_changed.connect(self._take_problem)
        view = EntryCards if field.path in AS_CARDS else EntryTable
        self.control = view(tr(field.info.label), around, parent)
        self.control.typed.connect(self.typed)
        self.control.empty_words = how_to_begin(self._entries)
        self.control.take_model(self.model)
        self.control.paste_asked.connect(self.paste)
        self.control.entry_begun.connect(self._begin)
        self.question = QuestionBar(tr(field.info.label), parent)
        self.question.chosen.connect(self._answer)
        self.line: LineEntry | None = None
        if field.kind == "table":
            listed = self._entries.listed
            self.line = LineEntry(tr(field.info.label), self.model.columns, around, parent, listed=listed)
            self.line.completeness_written.connect(self._take_written_completeness)
            self.line.finished.connect(self.done)
            self.line.table_pasted.connect(self.paste)
            self.line.written.connect(self._add_written)
            self.line.problem_changed.connect(self._take_problem)
            self.line.textEdited.connect(lambda _: self.typed.emit())
        self.completeness = how_complete(field, parent) if self._entries.listed else None
        if self.completeness is not None:
            self.completeness.edited.connect(self._take_completeness)
        self._buttons = TableButtons(field, self._verbs(), parent)
        self._lay_out(grid, parent)
        for changed in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            changed.connect(lambda *_: self._buttons.show_rows(self.model.rowCount()))
        self.extras = [FormRow(around, extra, grid, parent) for extra in extra_flags(field)]
        for row in self.extras:
            row.button.setFixedWidth(0)

    def _lay_out(self, grid: QGridLayout, parent: QWidget) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(0, 10, 0, 8)
        box.setSpacing(4)
        head = QHBoxLayout()
        self.label.setBuddy(self.control)
        head.addWidget(self.label)
        head.addWidget(self.button)
        head.addStretch(1)
        box.addLayout(head)
        box.addWidget(self.control)
        foot = QHBoxLayout()
        if self.line is not None:
            foot.addWidget(self.line, 1)
        if self.completeness is not None:  # said once the entries are there
            words = Label(tr("This list is"), parent)
            words.setBuddy(self.completeness)
            foot.addWidget(words)
            foot.addWidget(self.completeness)
        box.addLayout(foot)
        box.addWidget(self.note)
        box.addWidget(self.question)
        box.addLayout(self._bars)
        box.addLayout(self._buttons)
        grid.addLayout(box, grid.rowCount(), 0, 1, 3)

    def _verbs(self) -> dict[Verb, Callable[[], object]]:
        verbs: dict[Verb, Callable[[], object]] = {"add": self.add, "remove": self.remove}
        if self.field.kind == "table":
            verbs |= {"copy": self.copy, "up": partial(self.move, -1), "down": partial(self.move, 1)}
            verbs |= {"paste": self.paste}
        if self.completeness is not None:
            verbs["none"] = self.record_none
        return verbs

    def refresh(self) -> None:
        """Show what the case holds for this list."""
        self.model.refresh()
        self._buttons.show_rows(self.model.rowCount())
        value = self._document.value(self.path)
        recorded = bool(value)
        if self.completeness is not None:
            completeness = (value or {}).get("completeness")
            recorded = completeness not in (None, "not_asked")
            self.completeness.show_value(completeness)
        self._show_absence(recorded=recorded)
        if self.line is not None and not self.model.rowCount():
            self.control.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to the line that begins an entry
        elif not self._greyed and isinstance(self.control, EntryTable):
            self.control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for row in self.extras:
            row.refresh()
            row.button.hide()
        self._show_message()

    def _entered(self) -> Sequence[QWidget]:
        """Return the table, and the choice of how complete it is."""
        return (self.control,) if self.completeness is None else (self.control, self.completeness)

    def _place_bar(self, bar: AbsenceBar) -> None:
        self._bars.addWidget(bar)

    def holds(self, widget: QObject | None) -> bool:
        """Return whether ``widget`` belongs to this list and what is said beside it."""
        beside = widget is not None and widget in (self.completeness, self.line)
        return super().holds(widget) or beside or any(row.holds(widget) for row in self.extras)

    @property
    def pending(self) -> bool:
        """Return whether something is entered here that the case does not hold."""
        return super().pending or self.model.pending or self.panel is not None or self._written != ""

    @property
    def _written(self) -> str:
        """What is written in the line and not read yet."""
        return self.line.text() if self.line is not None else ""

    def unfinished(self) -> Sequence[Unfinished]:
        """Return the cells and the entry that the case does not hold, the cell being typed included."""
        cells = dict(self.model.unusable())
        if (open_cell := self.control.open_cell()) is not None:
            cells[open_cell[:2]] = open_cell[2]
        found = [
            Unfinished(path=self.path, row=row, column=self.model.columns[column].path, text=text)
            for (row, column), text in cells.items()
        ]
        draft = self.model.draft
        entry = [Unfinished(path=self.path, entry=draft)] if draft is not None else []
        line = [Unfinished(path=self.path, text=self._written)] if self._written else []
        return [*entry, *found, *line, *super().unfinished()]

    def put_back(self, entry: Unfinished) -> bool:
        """Enter again what is not in the case; return whether there is a place for it."""
        if entry.of_reason:
            return super().put_back(entry)
        if entry.entry is not None:
            self.model.add(entry.entry)
            return True
        if entry.row is None and self.line is not None:
            self.line.setText(entry.text)
            return True
        columns = [column.path for column in self.model.columns]
        if entry.row is None or not 0 <= entry.row < self.model.rowCount() or entry.column not in columns:
            return False
        self._enter(self.model.index(entry.row, columns.index(entry.column)), entry.text)
        return True

    def commit(self) -> None:
        """Take what is being typed in a cell into the case."""
        self.control.finish_editing()

    def revert(self) -> None:
        """Discard what the case does not hold."""
        super().revert()
        self._letter = ""
        self._close_preview()
        if self.line is not None:
            self.line.clear()
        self.model.clear_attempts()
        self._take_problem("")

    def focus(self) -> None:
        """Put the keyboard into the table; while there is no entry, into the line that begins one."""
        if self.line is not None and not self.model.rowCount():
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().focus()
        if not self.control.currentIndex().isValid() and self.model.rowCount():
            self.control.setCurrentIndex(self.model.index(0, 0))

    def show_entry(self, number: int, column: str) -> None:
        """Choose an entry, in one of its columns where that is shown."""
        paths = [known.path for known in self.model.columns]
        place = paths.index(column) if column in paths else 0
        if number < self.model.rowCount():
            self.control.show_cell(self.model.index(number, place))

    def _take_completeness(self, entry: Typed) -> None:
        before = self._document.value(self.path) or {}
        rest = {key: value for key, value in before.items() if key != "completeness"}
        value = {**rest, "completeness": entry.value} if entry.value else rest
        problem = self._document.set_value(self.path, value if any(value.values()) else None)
        if problem and self.completeness is not None:
            self.completeness.show_value(before.get("completeness"))
        self._take_problem(problem or self.model.problem)

    def _take_written_completeness(self, word: str) -> None:
        if self.line is not None:
            self.line.clear()
        self._take_completeness(Typed(word))

    def record_none(self) -> bool:
        """Record that the list is complete and empty; one with entries says why not."""
        if self.completeness is None:
            return False
        self.commit()
        if self.model.rowCount():
            self._take_problem(tr("There are entries here: remove them first, or say that the list is complete"))
        else:
            before = self._document.value(self.path) or {}
            self._take_problem(self._document.set_value(self.path, {**before, "completeness": "complete"}))
        return True

    def add(self) -> None:
        """Add an entry and start typing in it."""
        self.commit()
        self._edit(self.model.add())

    def _begin(self, key: int, letter: str) -> None:
        """Add the first entry with what was typed into the empty table."""
        self.add()
        editor = QApplication.focusWidget()
        if editor is not None:
            QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter))

    def answer(self, number: int) -> bool:
        """Choose one of the meanings on offer, those of a copied table first."""
        return (self.panel is not None and self.panel.question.choose(number)) or super().answer(number)

    def _answer(self, chosen: Candidate) -> None:
        """Record the meaning that was chosen of what is asked first."""
        self.commit()
        if self._letter:
            self._keep_letter(chosen.value)
            return
        if question := self.model.question(self._around.drugs.vocabulary):
            self.model.answer(question, chosen)

    def _add_written(self, entry: PastedEntry) -> None:
        """Add an entry written in the line; what the list refuses stays in the line with the reason."""
        refused = self.model.add_entries([entry])
        if not refused and self.line is not None:
            self.line.clear()
        self._take_problem(refused[0][1] if refused else self.model.problem)

    def copy(self) -> None:
        """Add a copy of the current entry."""
        self.commit()
        if self.control.currentIndex().isValid():
            self._edit(self.model.add(self.model.row(self.control.currentIndex().row())))

    def remove(self) -> None:
        """Take the current entry out."""
        self.commit()
        index = self.control.currentIndex()
        if index.isValid():
            self.model.remove(index.row())
            self.control.setCurrentIndex(self.model.index(min(index.row(), self.model.rowCount() - 1), index.column()))

    def bring_back(self) -> None:
        """Show the unfinished entry again that was taken out last, as far as it went."""
        self.model.bring_back()
        self.focus()
        self.control.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 0))

    def move(self, by: int) -> None:
        """Move the current entry."""
        self.commit()
        index = self.control.currentIndex()
        if index.isValid():
            self.control.setCurrentIndex(self.model.index(self.model.move(index.row(), by), index.column()))

    def _edit(self, number: int) -> None:
        index = self.model.index(number, 0)
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.control.setCurrentIndex(index)
        self.control.scrollTo(index)
        self.control.edit(index)

    def _take_problem(self, problem: str) -> None:
        self._problem = problem
        self._show_message()

    def _show_message(self) -> None:
        asked = self.model.question(self._around.drugs.vocabulary)
        first = self._problem or self._bar_problem or (asked.text if asked else "")
        words = "\n".join(filter(None, (first, self._remark if self._remark not in first else "")))
        self._show_note(words)
        self.question.offer(self._places_for_letter() if self._letter else asked.candidates if asked else ())
        self.control.setAccessibleDescription(words or spoken_help(self.field))
