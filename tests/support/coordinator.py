"""A coordinator at the keyboard: reaches every field by keys alone, types what a case holds, and counts."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QLineEdit, QWidget

from her2board.capture.date_readings import show_date
from her2board.capture.shown_numbers import show_count, show_dated_sizes, show_number, show_size
from her2board.capture.typed import show_texts
from her2board.case.fields import CaseField, field_by_path
from her2board.case.model import Absence, Case
from her2board.case.plain import plain
from her2board.case.sections import SECTIONS, Section
from her2board.case.table_rows import entries_of, extra_flags
from her2board.case.terms import URGENT_SIGNS
from her2board.gui.base import shown
from her2board.gui.window.finder import Finder
from her2board.gui.window.main_window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
_FEW = 2
"""So many facts of a section are entered in their rows; more are written in one line, which takes two keys."""
TESTS = ("liver", "renal", "blood_counts")


@dataclass
class Coordinator:
    """Presses keys where the keyboard is, nowhere else."""

    window: MainWindow
    actions: int = 0
    typed: int = 0
    dated: set[str] = dataclasses.field(default_factory=set)
    """Fields whose day is written behind a value, and recorded when that is left."""

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
        QApplication.processEvents()

    def enter_case(self, case: Case, *, by_name: bool) -> None:
        """Enter everything a case holds, section by section; facts of a section in one line, or each in its row."""
        for section in SECTIONS:
            if by_name:
                self.write_facts(case, section)
            for field in section.fields:
                if field.path in case.absences:
                    self.reach(field)
                    self.enter_absence(case.absences[field.path])
                elif field.path not in self.dated and self._held(case, field) not in (None, self._shown(field)):
                    self.enter_field(case, field)

    def enter_field(self, case: Case, field: CaseField) -> None:
        """Enter a value in its row, or by its name where that is too far away."""
        value, alike = self._held(case, field), self._alike(case, field)
        said = ""
        if not alike and value != [] and field.kind not in ("table", "mapping"):
            said = f"{field.info.label}: {self.said(field, value)}"
            if day := self._day(field, case):
                said += f"; {field_by_path()[field.info.dated_by].info.label}: {day}"
        before = self._shown(field)
        self.reach(field, said)
        if self._shown(field) == before:
            self.enter(case, field, value, alike=alike)

    def write_facts(self, case: Case, section: Section) -> None:
        """Write the facts of a section by their names in one line: Ctrl+K, the line, Return."""
        held = {
            field: value
            for field in section.fields
            if field.kind not in ("table", "mapping")
            and field.path not in case.absences
            and not self._alike(case, field)
            and (value := self._held(case, field)) not in (None, self._shown(field))
        }
        if len(held) > _FEW:
            self.run(";".join(f"{field.info.label}: {self.said(field, value)}" for field, value in held.items()))

    def said(self, field: CaseField, value: Any) -> str:
        match field.kind:
            case "flag":
                return "yes" if value else "no"
            case "choice":
                return shown.chosen(field, value)
            case "choices":
                return " and ".join(shown.chosen(field, term) for term in value)
        return self.words(field, value)

    def _shown(self, field: CaseField) -> Any:
        """Return what the case on the screen holds already: one key may have answered several fields."""
        return self.window.workbench.document.value(field.path)

    @staticmethod
    def _alike(case: Case, field: CaseField) -> bool:
        """Return whether a field and those answered with it by one key all hold that answer."""
        groups = (("no", [f"urgency.{sign}" for sign in URGENT_SIGNS]), ("in_range", [f"organs.{t}" for t in TESTS]))
        for answer, paths in groups:
            if field.path in paths:
                held = [getattr(getattr(case, path.split(".")[0]), path.split(".")[1]) for path in paths]
                return all(value == (False if answer == "no" else answer) for value in held)
        return False

    def enter_absence(self, absence: Absence) -> None:
        """Ask for it; then correct of whom and until when."""
        for key, part in (
            (Key.Key_F7, absence.owner),
            (Key.Key_Tab, show_date(str(absence.due)) if absence.due else ""),
        ):
            self.press(key)
            if isinstance(self.here, QLineEdit) and part and self.here.text() != part:
                self.write(part)

    @staticmethod
    def _held(case: Case, field: CaseField) -> Any:
        value: Any = case
        for name in field.path.split("."):
            value = getattr(value, name)
        held = plain(value)
        default = plain(CASE_DEFAULTS.get(field.path))
        nothing = held in (default, {}, {"completeness": "not_asked", "items": []})
        return None if nothing or (held == [] and field.kind == "table") else held

    def reach(self, field: CaseField, said: str = "") -> None:
        """Go to a field the shortest way: Tab, the key of the next section, of the next needed field, or its name.

        A fact that is ``said`` by its name is recorded instead, and the keyboard is beyond it.
        """
        block = self.form.block_in_focus()
        if block is not None and block.path == field.path:
            return
        ways = [(2, lambda: self.run(said) if said else self.find(field))]
        if (tabs := self._tabs_to(field)) is not None:
            ways.append((tabs, lambda: None))
        if self._next_needed(block) == field.path:
            ways.append((1, lambda: self.press(Key.Key_F8)))
        section = self._following(block)
        if section is not None and field in section.fields:
            ways.append((1 + section.fields.index(field), lambda: self.press(Key.Key_PageDown, CTRL)))
        before = self._shown(field)
        min(ways, key=lambda way: way[0])[1]()
        if said and self._shown(field) != before:
            return
        while (block := self.form.block_in_focus()) is not None and block.path != field.path:
            self.press(Key.Key_Tab)
        assert block is not None, f"{field.path} is not reached"

    def _tabs_to(self, field: CaseField) -> int | None:
        """Return how often Tab is pressed from here to a field further down on the same page."""
        page = self.form.currentWidget()
        wanted = page.blocks.get(field.path)
        widget, steps = self.here, 0
        if wanted is None or not page.isAncestorOf(widget):
            return None
        for _ in range(2000):
            widget = widget.nextInFocusChain()
            if not page.isAncestorOf(widget):
                return None
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
                steps += not isinstance(widget.parent(), QAbstractScrollArea)
                if wanted.holds(widget):
                    return steps
        return None

    def _next_needed(self, block: Any) -> str:
        """Return where the key of the next needed field leads."""
        order = [field.path for section in SECTIONS for field in section.fields]
        here = order.index(block.path) if block else -1
        needed = sorted(map(order.index, self.window.workbench.document.needs.needed))
        stale = self.window.workbench.live.assessment
        old = [gap.path for gap in stale.readiness.stale] if stale else []
        wanted = next((place for place in needed if place > here), None)
        return order[wanted] if wanted is not None and not old else ""

    @staticmethod
    def _following(block: Any) -> Section | None:
        """Return the section after the one the keyboard is in."""
        here = next((n for n, section in enumerate(SECTIONS) if block and block.field in section.fields), len(SECTIONS))
        return SECTIONS[here + 1] if here + 1 < len(SECTIONS) else None

    def run(self, text: str) -> None:
        """Press Ctrl+K, type, press Return."""
        self.press(Key.Key_K, CTRL)
        finder = self.window.findChild(Finder)
        assert finder is not None
        self.typed += len(text)
        finder.words.insert(text)
        self.actions += 1
        QTest.keyClick(finder.words, Key.Key_Return)
        QTest.qWaitForWindowActive(self.window)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def find(self, field: CaseField) -> None:
        """Go to a field by its name."""
        self.run(field.info.label)
        block = self.form.block_in_focus()
        assert block is not None, field.path
        assert block.path == field.path, f"{field.info.label} leads to {block.path}"

    def enter(self, case: Case, field: CaseField, value: Any, *, alike: bool = False) -> None:
        match field.kind:
            case _ if alike or value == []:
                self.press(Key.Key_F5)
            case "table":
                self.enter_list(field, value)
            case "mapping":
                self.enter_grid(field, value)
            case "flag":
                self.press(Key.Key_Y if value else Key.Key_N, SHIFT)
            case "choice":
                self.choose(shown.chosen(field, value))
            case "choices":
                self.choose(" and ".join(shown.chosen(field, term) for term in value))
            case _:
                day = self._day(field, case)
                self.dated |= {field.info.dated_by} if day else set()
                self.write(f"{self.words(field, value)}; {day}" if day else self.words(field, value))

    def _day(self, field: CaseField, case: Case) -> str:
        """Return the day to write behind a value that has one of its own and is typed, where it is not recorded yet."""
        dated_by = field_by_path().get(field.info.dated_by)
        if dated_by is None or field.kind not in ("integer", "number") or self._shown(dated_by) is not None:
            return ""
        day = self._held(case, dated_by)
        return show_date(day) if day else ""

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
        """Press the letter that only this choice begins with, and be on the next field; else its first letters."""
        combo = self.here
        assert isinstance(combo, QComboBox)
        texts = [combo.itemText(number).casefold() for number in range(combo.count())]
        alike = [text for text in texts if text.startswith(words[0].casefold())]
        if len(alike) == 1 and words[0].isalpha():
            self.press(Key[f"Key_{words[0].upper()}"], SHIFT)
            return
        for letter in words:
            self.actions += 1
            QTest.keyClicks(combo, letter)
            if combo.currentText().casefold() == words.casefold():
                QApplication.processEvents()
                return
        raise AssertionError(f"{words} cannot be chosen by its first letters")

    def enter_list(self, field: CaseField, value: Any) -> None:
        """Write each entry as one line below the list; say that the list is complete, or that there is none."""
        entries, block = entries_of(field), self.form.block_in_focus()
        rows = [row for row in entries.rows(value) if row.keys() != {"discipline"}]
        complete = entries.listed and value["completeness"] == "complete"
        if complete and not rows:
            self.press(Key.Key_F5)
            return
        while self.here is not block.line:
            self.press(Key.Key_Tab)
        lines = [self.line_of(entries.columns, row) for row in rows] + ["complete"] * bool(complete)
        extras = [extra for extra in extra_flags(field) if value.get(extra.path.rpartition(".")[2]) is not None]
        for number, line in enumerate(lines, 1):
            self.write(line)
            self.press(Key.Key_Return, SHIFT if number == len(lines) and not extras else NONE)
            assert not block.line.text(), block.note.text()
        for extra in extra_flags(field):
            if (answer := value.get(extra.path.rpartition(".")[2])) is not None:
                self.press(Key.Key_Tab)
                self.press(Key.Key_Y if answer else Key.Key_N)

    def line_of(self, columns: tuple[CaseField, ...], row: dict[str, Any]) -> str:
        """Return an entry in one line: in the order of the columns while none is left out, then with their names."""
        parts: list[str] = []
        for number, column in enumerate(columns):
            held = row.get(column.path)
            if held is None or (held is False and column.path == "continues_line"):
                continue
            if column.kind in ("choice", "flag"):
                words = shown.chosen(column, held) if column.kind == "choice" else "yes" if held else "no"
            else:
                words = self.words(column, held) + (" %" if column.info.unit == "%" else "")
            parts.append(words if len(parts) == number else f"{column.info.heading or column.info.label}: {words}")
        return "; ".join(parts)

    def enter_grid(self, field: CaseField, value: Any) -> None:
        """Answer in the cells of the grid of drugs."""
        entries, table = entries_of(field), self.form.block_in_focus().control
        for number, row in enumerate(entries.rows(value)):
            for place, column in enumerate(entries.columns):
                if place and column.path in row:
                    self._go_to_cell(table, number, place)
                    self.press(Key.Key_Y if row[column.path] else Key.Key_N)
                    self.press(Key.Key_Return)

    def _go_to_cell(self, table: Any, row: int, column: int) -> None:
        while (index := table.currentIndex()).row() != row or index.column() != column:
            if index.column() != column:
                self.press(Key.Key_Right if index.column() < column else Key.Key_Left)
            else:
                self.press(Key.Key_Down if index.row() < row else Key.Key_Up)


CASE_DEFAULTS = {"origin": "patient", "status": "draft"}
