"""A coordinator at the keyboard: reaches every field by keys alone, types what a case holds, and counts."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from her2board.capture.dated_sizes import show_dated_sizes
from her2board.capture.typed import show_texts
from her2board.capture.typed_dates import show_date
from her2board.capture.typed_numbers import show_count, show_number, show_size
from her2board.case.fields import CaseField
from her2board.case.model import Case
from her2board.case.sections import SECTIONS
from her2board.case.table_rows import entries_of, extra_flags
from her2board.gui.base import shown
from her2board.gui.document.document import plain
from her2board.gui.window.finder import Finder
from her2board.gui.window.main_window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
_NEAR = 2
"""So many fields further down are reached by Tab rather than by name."""


@dataclass
class Coordinator:
    """Presses keys where the keyboard is, nowhere else."""

    window: MainWindow
    actions: int = 0
    typed: int = 0

    @property
    def here(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def form(self):
        return self.window.workbench.form

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.actions += 1
        QTest.keyClick(self.here, key, modifier)
        QApplication.processEvents()  # nobody presses keys faster than the program takes them
        if QApplication.activeWindow() is not self.window and QApplication.activePopupWidget() is None:
            # without a screen, a list that closes leaves no window active
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)

    def write(self, text: str) -> None:
        self.typed += len(text)
        for letter in text:
            QTest.keyClicks(self.here, letter)

    def enter_case(self, case: Case) -> None:
        """Enter everything a case holds, section by section, in the order of the form."""
        for section in SECTIONS:
            for field in section.fields:
                if (value := self._held(case, field)) is not None:
                    self.reach(field)
                    self.enter(field, value)

    @staticmethod
    def _held(case: Case, field: CaseField) -> Any:
        value: Any = case
        for name in field.path.split("."):
            value = getattr(value, name)
        held = plain(value)
        default = plain(CASE_DEFAULTS.get(field.path))
        return None if held in (default, {}, [], {"completeness": "not_asked", "items": []}) else held

    def reach(self, field: CaseField) -> None:
        """Press Tab to a field near by, go to the next section by its key, or to any field by its name."""
        self.leave_cell()
        block = self.form.block_in_focus()
        if block is not None and block.path == field.path:
            return
        if (section := self._first_of_next(block)) and section == field.path:
            self.press(Key.Key_PageDown, CTRL)
        elif block is None or not 0 < self._distance(block.path, field.path) <= _NEAR:
            self.find(field)
        while (block := self.form.block_in_focus()) is not None and block.path != field.path:
            self.press(Key.Key_Tab)
        assert block is not None, f"{field.path} is not reached"

    @staticmethod
    def _first_of_next(block: Any) -> str:
        """Return the first field of the section after the one the keyboard is in."""
        here = next((n for n, section in enumerate(SECTIONS) if block and block.field in section.fields), len(SECTIONS))
        return SECTIONS[here + 1].fields[0].path if here + 1 < len(SECTIONS) else ""

    @staticmethod
    def _distance(here: str, there: str) -> int:
        """Return how many fields further down one is; more than any section has when it is in another."""
        for section in SECTIONS:
            paths = [field.path for field in section.fields]
            if here in paths and there in paths:
                return paths.index(there) - paths.index(here)
        return 999

    def find(self, field: CaseField) -> None:
        """Go to a field by its name: Ctrl+K, the name, Return."""
        self.press(Key.Key_K, CTRL)
        finder = self.window.findChild(Finder)
        assert finder is not None
        self.typed += len(field.info.label)
        QTest.keyClicks(finder.words, field.info.label)
        self.actions += 1
        QTest.keyClick(finder.words, Key.Key_Return)
        QTest.qWaitForWindowActive(self.window)
        block = self.form.block_in_focus()
        assert block is not None, field.path
        assert block.path == field.path, f"{field.info.label} leads to {block.path}"

    def enter(self, field: CaseField, value: Any) -> None:
        match field.kind:
            case "table" | "mapping":
                self.enter_list(field, value)
            case "flag":
                self.press(Key.Key_Y if value else Key.Key_N)
            case "choice":
                self.choose(shown.chosen(field, value))
            case "choices":
                self.choose(" and ".join(shown.chosen(field, term) for term in value))
            case _:
                self.write(self.words(field, value))

    @staticmethod
    def words(field: CaseField, value: Any) -> str:
        match field.kind:
            case "date":
                return show_date(value)
            case "number" | "integer":
                return show_number(value)
            case "size":
                return show_size(value)
            case "sizes":
                return show_dated_sizes(value)
            case "count":
                return show_count(value)
            case "texts":
                return show_texts(value)
        return str(value)

    def choose(self, words: str) -> None:
        """Press the first letter until the choice is there."""
        for _ in range(12):
            self.press(Key[f"Key_{words[0].upper()}"] if words[0].isalpha() else Key[f"Key_{words[0]}"])
            combo = self.here
            assert isinstance(combo, QComboBox)
            if combo.currentText() == words:
                return
        raise AssertionError(f"{words} cannot be chosen by its first letter")

    def enter_list(self, field: CaseField, value: Any) -> None:
        entries = entries_of(field)
        if entries.listed:
            in_table = not isinstance(self.here, QComboBox)
            if value["completeness"] == "complete":
                if in_table:
                    self.press(Key.Key_Backtab)
                self.choose("complete")
                in_table = False
            if not in_table:
                self.press(Key.Key_Tab)
        rows = [row for row in entries.rows(value) if len(row) > 1 or field.kind == "table"]
        for number, row in enumerate(rows):
            first = entries.columns[0]
            if number or first.path not in row:  # typing into an empty table begins its first entry
                self.press(Key.Key_Return, CTRL)
            self.enter_row(entries.columns, row)
        for extra in extra_flags(field):
            if (answer := value.get(extra.path.rpartition(".")[2])) is not None:
                self.leave_cell()
                self.press(Key.Key_Tab)
                self.press(Key.Key_Y if answer else Key.Key_N)

    def leave_cell(self) -> None:
        """Close the cell being typed in, so that Tab goes on to the next field."""
        block = self.form.block_in_focus()
        in_table = block is not None and block.field.kind in ("table", "mapping")
        if in_table and self.here not in (block.control, block.completeness):
            self.press(Key.Key_Return)

    def enter_row(self, columns: tuple[CaseField, ...], row: dict[str, Any]) -> None:
        place = 0
        for number, column in enumerate(columns):
            value = row.get(column.path)
            if value is None or (value is False and column.path == "continues_line"):
                continue
            self.go_to_column(place, number, len(columns) - 1)
            place = number
            if column.kind in ("choice", "flag"):
                self.choose(shown.chosen(column, value) if column.kind == "choice" else "Yes" if value else "No")
            else:
                self.write(self.words(column, value))

    def go_to_column(self, here: int, there: int, last: int) -> None:
        """Tab to the column, or go there from the other end of the line where that is shorter."""
        from_end = 2 + last - there
        if there - here <= from_end:
            for _ in range(there - here):
                self.press(Key.Key_Tab)
            return
        self.press(Key.Key_Return)
        self.press(Key.Key_End)
        for _ in range(last - there):
            self.press(Key.Key_Left)


CASE_DEFAULTS = {"origin": "patient", "status": "draft"}
