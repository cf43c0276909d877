"""The packet in the program: chosen cases, an order one can change, progress, and a button that stops it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.screen import Screen

from her2board.case.model import Case
from her2board.case.storage import save
from her2board.cli.program import _make_packet
from her2board.gui.meeting.packet_dialog import PacketDialog


class Maker:
    """Replaces the real work: keeps what it was asked for, and waits in its third step while it is held."""

    def __init__(self) -> None:
        self.asked: tuple[object, ...] = ()
        self.held = threading.Event()
        self.held.set()
        self.problems: tuple[str, ...] = ()

    def __call__(self, paths, opened, options, library, progress: Callable[[int, int], None]):
        self.asked = (list(paths), dict(opened), options)
        for step in range(1, 6):
            if step == 3:
                self.held.wait(20)
            progress(step, 5)
        return b"the packet", self.problems


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def services(services, maker: Maker):
    return services._replace(make_packet=maker)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for code in ("A-1", "B-2", "C-3"):
        save(Case(code=code), tmp_path / f"{code}.her2case")
    return tmp_path


@pytest.fixture
def dialog(screen: Screen, folder: Path, qtbot: QtBot) -> Iterator[PacketDialog]:
    screen.window.open_file(folder / "B-2.her2case")
    screen.act("packet")
    found = screen.window.findChild(PacketDialog)
    yield found
    found.close()


def names(dialog: PacketDialog) -> list[str]:
    return [path.stem for path in dialog.paths()]


def test_it_starts_with_the_cases_beside_the_open_one(dialog: PacketDialog) -> None:
    assert names(dialog) == ["A-1", "B-2", "C-3"]
    assert dialog.make_button.isEnabled()
    assert not dialog.stop_button.isEnabled()


def test_by_default_it_is_urgent_first_with_no_names_and_nothing_added(dialog: PacketDialog) -> None:
    options = dialog.options
    assert (options.layout, options.order, options.paper) == ("pages", "urgent-first", "a4")
    assert (options.identified, options.annex, options.slips) == (False, "none", False)


def test_moving_a_case_makes_the_order_the_one_of_the_list(dialog: PacketDialog) -> None:
    dialog.cases.setCurrentRow(2)
    dialog.move_case(-1)
    assert names(dialog) == ["A-1", "C-3", "B-2"]
    assert dialog.options.order == "as-given"


def test_annex_and_slips_belong_to_pages_only(dialog: PacketDialog) -> None:
    dialog.annex_choice.setCurrentIndex(dialog.annex_choice.findData("short"))
    dialog.slips.setChecked(True)
    dialog.layout_choice.setCurrentIndex(dialog.layout_choice.findData("handout"))
    assert not dialog.annex_choice.isEnabled()
    assert (dialog.options.annex, dialog.options.slips) == ("none", False)


def test_a_packet_is_written_from_the_list_with_the_open_case_as_on_screen(
    dialog: PacketDialog, screen: Screen, maker: Maker, folder: Path
) -> None:
    screen.document.set_value("patient.age", 61)
    dialog.write_to(folder / "packet.pdf")
    screen.wait(lambda: "Wrote" in dialog.note.text())
    assert (folder / "packet.pdf").read_bytes() == b"the packet"
    paths, opened, _ = maker.asked
    assert [path.stem for path in paths] == ["A-1", "B-2", "C-3"]
    assert opened[folder / "B-2.her2case"].patient.age == 61


def test_what_could_not_be_printed_is_listed_by_file(
    dialog: PacketDialog, screen: Screen, maker: Maker, folder: Path
) -> None:
    maker.problems = ("A-1.her2case: cannot be printed; a marked page replaces it",)
    dialog.write_to(folder / "packet.pdf")
    screen.wait(lambda: "Wrote" in dialog.note.text())
    assert "1 case could not be printed" in dialog.note.text()
    assert "A-1.her2case" in dialog.problems.toPlainText()


def test_progress_is_shown_and_stopping_writes_nothing(
    dialog: PacketDialog, screen: Screen, maker: Maker, folder: Path
) -> None:
    maker.held.clear()
    dialog.write_to(folder / "packet.pdf")
    screen.wait(lambda: dialog.bar.value() == 2)
    assert dialog.bar.maximum() == 5
    assert not dialog.make_button.isEnabled()
    assert screen.document.set_value("patient.age", 50) == "", "the case can be edited meanwhile"
    dialog.stop_button.click()
    maker.held.set()
    screen.wait(lambda: "Stopped" in dialog.note.text())
    assert not (folder / "packet.pdf").exists()
    assert dialog.make_button.isEnabled()


def test_closing_the_window_stops_a_packet_that_is_being_made(
    dialog: PacketDialog, screen: Screen, maker: Maker, folder: Path
) -> None:
    maker.held.clear()
    dialog.write_to(folder / "packet.pdf")
    screen.wait(lambda: dialog.bar.value() == 2)
    screen.window.worker.closing.connect(maker.held.set)
    screen.window.worker.close()
    assert not (folder / "packet.pdf").exists()


def test_a_place_that_cannot_be_written_is_reported(dialog: PacketDialog, screen: Screen, folder: Path) -> None:
    dialog.write_to(folder / "missing" / "packet.pdf")
    screen.wait(lambda: "was not written" in dialog.note.text())


def test_everything_in_it_has_a_name(dialog: PacketDialog) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QListWidget

    buddies = {label.buddy() for label in dialog.findChildren(QLabel) if label.buddy()}
    assert all(choice in buddies for choice in dialog.findChildren(QComboBox))
    assert all(button.text() for button in dialog.findChildren(QAbstractButton))
    assert all(found.accessibleName() for found in dialog.findChildren(QListWidget))


def test_the_program_hands_the_window_the_packet_of_the_command_line(folder: Path, library) -> None:
    from her2board.briefing.packet import PacketOptions

    steps: list[tuple[int, int]] = []
    paths = sorted(folder.glob("*.her2case"))
    data, problems = _make_packet(paths, {}, PacketOptions(), library, lambda *step: steps.append(step))
    assert data.startswith(b"%PDF")
    assert problems == ()
    assert steps[-1] == (6, 6)
