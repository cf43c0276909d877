"""Before a copy without names leaves the window: what was replaced and what looks like a name, asked once per text."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot
from support.screen import Screen

from her2board.case.model import Case, Identity, Meeting
from her2board.case.storage import save
from her2board.gui.base.dialogs import Questions
from her2board.gui.base.names_review import NamesDialog
from her2board.gui.meeting.packet_dialog import PacketDialog


@pytest.fixture
def services(services):
    made = lambda paths, opened, options, library, progress: (b"the packet", ())  # noqa: E731  # reason: one stand-in
    return services._replace(make_packet=made)


@pytest.fixture
def out(screen: Screen, tmp_path: Path) -> Path:
    screen.answers.path = tmp_path / "page.pdf"
    return screen.answers.path


def name_the_patient(screen: Screen) -> None:
    screen.document.set_value("identity.name", "Ottilie Querfurth")
    screen.document.set_value("meeting.question", "Querfurth asks; tell Zwack")
    screen.wait_for_assessment()


def export(screen: Screen, out: Path) -> None:
    out.unlink(missing_ok=True)
    screen.act("export")
    screen.wait(out.exists)


def test_what_was_replaced_and_what_looks_like_a_name_is_shown_before_the_export(screen: Screen, out: Path) -> None:
    name_the_patient(screen)
    export(screen, out)
    assert screen.answers.asked == [
        "Question for the board: replaced: Querfurth",
        "Question for the board: left, may be a name: Zwack",
    ]


def test_the_same_texts_are_not_asked_about_again_and_a_changed_one_is(screen: Screen, out: Path) -> None:
    name_the_patient(screen)
    export(screen, out)
    screen.answers.asked.clear()
    export(screen, out)
    assert screen.answers.asked == []
    screen.document.set_value("meeting.question", "Querfurth asks; tell Zwack and Meier")
    export(screen, out)
    assert "Question for the board: left, may be a name: Zwack, Meier" in screen.answers.asked


def test_who_goes_back_writes_nothing_and_is_asked_again(screen: Screen, out: Path) -> None:
    name_the_patient(screen)
    screen.answers.names_answer = False
    screen.act("export")
    screen.act("print")
    assert len(screen.answers.asked) == 4
    assert not out.exists()
    assert "Nothing was exported" in screen.window.statusBar().currentMessage()


def test_a_case_without_anything_like_a_name_is_exported_at_once(screen: Screen, out: Path) -> None:
    screen.document.set_value("meeting.question", "Radiosurgery, or drug first?")
    screen.wait_for_assessment()
    export(screen, out)
    assert screen.answers.asked == []


@pytest.fixture
def packet(screen: Screen, tmp_path: Path) -> PacketDialog:
    identity = Identity(name="Ottilie Querfurth")
    save(Case(code="A-1", identity=identity, meeting=Meeting(question="Ottilie asks")), tmp_path / "A-1.her2case")
    save(Case(code="B-2", meeting=Meeting(question="see Zwack")), tmp_path / "B-2.her2case")
    screen.window.open_file(tmp_path / "B-2.her2case")
    screen.act("packet")
    found = screen.window.findChild(PacketDialog)
    yield found
    found.close()


def test_a_packet_asks_about_all_its_cases_at_once(screen: Screen, packet: PacketDialog, tmp_path: Path) -> None:
    packet.write_to(tmp_path / "packet.pdf")
    screen.wait((tmp_path / "packet.pdf").exists)
    assert screen.answers.asked == [
        "A-1, Question for the board: replaced: Ottilie",
        "B-2, Question for the board: left, may be a name: Zwack",
    ]


def test_a_packet_is_not_made_by_who_goes_back(screen: Screen, packet: PacketDialog, tmp_path: Path) -> None:
    screen.answers.names_answer = False
    packet.write_to(tmp_path / "packet.pdf")
    screen.wait(lambda: "nothing was written" in packet.note.text())
    assert not (tmp_path / "packet.pdf").exists()


def test_a_packet_with_names_asks_nothing(screen: Screen, packet: PacketDialog, tmp_path: Path) -> None:
    packet.identified.setChecked(True)
    packet.write_to(tmp_path / "packet.pdf")
    screen.wait((tmp_path / "packet.pdf").exists)
    assert screen.answers.asked == []


ROWS = [("Question for the board", "replaced: <b>Querfurth</b>"), ("Decision", "left, may be a name: Zwack")]


def test_the_dialog_begins_in_its_table_and_its_parts_have_names(screen: Screen, qtbot: QtBot) -> None:
    dialog = NamesDialog(ROWS, screen.window)
    qtbot.addWidget(dialog)
    table = dialog.findChild(QTreeWidget)
    assert table.accessibleName() == "What was replaced, and what looks like a name"
    assert [(item.text(0), item.text(1)) for item in map(table.topLevelItem, range(2))] == ROWS
    assert [button.text() for button in dialog.findChildren(QPushButton)] == ["&Export as it is", "&Back"]
    assert dialog.go_back.isDefault()


@pytest.mark.parametrize(("key", "agreed"), [("&Export as it is", True), ("&Back", False), ("Escape", False)])
def test_it_is_answered_with_the_keyboard(screen: Screen, qtbot: QtBot, key: str, agreed: bool) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if key == "Escape":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            button = next(button for button in dialog.findChildren(QPushButton) if button.text() == key)
            button.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(button, Qt.Key.Key_Space)

    QTimer.singleShot(0, answer)
    assert Questions(screen.window).names(ROWS) is agreed
