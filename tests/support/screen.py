"""The window with verbs a person would use, answers to its questions, and a page made up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.form.form import Block
from her2board.gui.form.rows import FormRow
from her2board.gui.form.table_block import TableBlock
from her2board.gui.window.main_window import MainWindow
from her2board.gui.window.workbench import Workbench

TODAY = date(2026, 11, 29)
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass
class Answers:
    """What a person would answer; keeps what was asked."""

    unsaved_answer: str = "cancel"
    held_answer: str = "copy"
    separate_answer: bool = False
    outside_answer: str = "cancel"
    names_answer: bool = True
    plain_answer: bool = False
    into_answer: str = "cancel"
    next_answer: bool = False
    path: Path | None = None
    records: tuple[Path, ...] = ()
    print_on: object = None
    asked: list[str] = field(default_factory=list)

    def file_to_open(self, folder: Path) -> Path | None:
        return self.path

    def records_to_read(self, folder: Path) -> tuple[Path, ...]:
        return self.records

    def map_to_read(self, folder: Path) -> Path | None:
        return self.path

    def map_to_write(self, suggested: Path) -> Path | None:
        return self.path

    def into_case(self, code: str) -> str:
        self.asked.append(f"into {code}")
        return self.into_answer

    def next_patient(self, code: str, record: str) -> bool:
        self.asked.append(f"after {code} a new case for {record}")
        return self.next_answer

    def file_to_save(self, suggested: Path) -> Path | None:
        return self.path

    def file_to_export(self, suggested: Path) -> Path | None:
        return self.path

    def with_suffix(self, chosen: Path, suffix: str) -> Path | None:
        return chosen.with_suffix(suffix)

    def printer(self, paper: str) -> object:
        self.asked.append(f"printer {paper}")
        return self.print_on

    def which_case(self, codes: list[str]) -> int | None:
        self.asked.append(", ".join(codes))
        return len(codes) - 1

    def unsaved(self, code: str, unusable: tuple[str, ...], *, changed: bool) -> str:
        self.asked.append(", ".join(unusable) or code)
        return self.unsaved_answer

    def held(self, name: str, holder: str) -> str:
        self.asked.append(f"{name} is open in {holder}")
        return self.held_answer

    def separate(self, name: str, others: int) -> bool:
        self.asked.append(f"{name} has {others} other names")
        return self.separate_answer

    def outside(self, name: str, *, removed: bool) -> str:
        self.asked.append(f"{name} was {'removed' if removed else 'changed'}")
        return self.outside_answer

    def plain_copy(self, code: str) -> bool:
        self.asked.append(f"plain copy of {code}")
        return self.plain_answer

    def plain_copies(self, n: int) -> bool:
        self.asked.append(f"plain copies of {n}")
        return self.plain_answer

    def names(self, rows: list[tuple[str, str]]) -> bool:
        self.asked += [": ".join(row) for row in rows]
        return self.names_answer

    def show_keys(self, keys: str) -> None:
        self.asked.append("keys")

    def show_about(self, words: tuple[str, ...], notices: str) -> None:
        self.asked.append("about")

    def show_self_check(self, rows: tuple[tuple[str, str, str], ...]) -> None:
        self.asked += [" ".join(row) for row in rows]


@dataclass
class Screen:
    """The window with verbs a person would use."""

    window: MainWindow
    bench: Workbench
    answers: Answers
    qtbot: QtBot

    @property
    def document(self):
        return self.bench.document

    def block(self, path: str) -> Block:
        self.bench.form.go_to(path)
        return self.bench.form.block_in_focus() or self.bench.form.show_section("meeting").blocks[path]

    def row(self, path: str) -> FormRow:
        block = self.block(path)
        assert isinstance(block, FormRow)
        return block

    def table(self, path: str) -> TableBlock:
        block = self.block(path)
        assert isinstance(block, TableBlock)
        return block

    def type(self, path: str, text: str) -> FormRow:
        row = self.row(path)
        self.qtbot.keyClicks(row.control, text)
        return row

    def write(self, control: QWidget, text: str) -> None:
        """Type text; what has no key of its own comes as from an input method."""
        for letter in text:
            if letter.isascii():
                self.qtbot.keyClicks(control, letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(control, event)

    def paste(self, path: str, text: str) -> TableBlock:
        """Paste a copied text into the table of the form, once the names of drugs are known."""
        self.wait(lambda: self.bench.form.drug_names.rowCount() > 0)
        table = self.table(path)
        QApplication.clipboard().setText(text)
        self.qtbot.keyClick(table.control, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        return table

    def begin_anew(self) -> None:
        """Begin another case in the same window and leave this one unsaved: quicker than another window."""
        self.answers.unsaved_answer = "discard"
        self.act("new_case")

    def choose(self, digit: int) -> None:
        """Press Alt and a digit where the keyboard is."""
        self.be_active()
        self.qtbot.keyClick(QApplication.focusWidget(), Qt.Key(Qt.Key.Key_0 + digit), Qt.KeyboardModifier.AltModifier)

    def be_active(self) -> None:
        """Make the window active: without a screen, a list of drugs that closes sometimes leaves none active."""
        if QApplication.activeWindow() is not self.window and QApplication.activePopupWidget() is None:
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)

    def act(self, id_: str) -> None:
        self.window.actions_by_id[id_].trigger()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def wait_for_assessment(self) -> None:
        self.wait(lambda: self.bench.live.assessment is not None and not self.window.worker.busy)

    def wait_for_page(self) -> None:
        self.wait(lambda: self.bench.results.page.has_page and not self.window.worker.busy)


def preview(table: TableBlock) -> list[list[str]]:
    """Return the lines of a pasted table as they are shown before they are added."""
    assert table.panel is not None
    shown = table.panel.table
    lines = [shown.topLevelItem(number) for number in range(shown.topLevelItemCount())]
    return [[line.text(column) for column in range(shown.columnCount())] for line in lines]


def fake_page(case: Case, evidence: EvidenceLibrary, day: date, paper: str, previous: object) -> bytes:
    return PAGE


def every_widget(root: QWidget) -> list[QWidget]:
    return [root, *root.findChildren(QWidget)]
