"""The dialog on the evidence in use: what a stick changes is listed, it is installed and taken back."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.casebooks import MemoryBook, Shelf
from support.encrypted_books import created
from support.packs import NOW, Maker, edited, maker
from support.releases import frozen
from support.screen import TODAY

from her2board import paths
from her2board.case.storage import load
from her2board.casebook.book import Casebook
from her2board.cli import evidence_packs
from her2board.cli.evidence_desk import evidence_services
from her2board.cli.offers import keep_follow_up
from her2board.cli.program import _load_library
from her2board.cli.signing import page_to_sign
from her2board.evidence.seen import Seen
from her2board.gui.base.services import Services
from her2board.gui.base.worker import Worker
from her2board.gui.evidence.offer_lists import case_list, show_cases
from her2board.gui.evidence.release_dialog import ReleaseDialog
from her2board.gui.window.main_window import MainWindow
from her2board.packs.difference import Differs, Reread
from her2board.packs.fingerprint import fingerprint
from her2board.packs.follow_up import FollowUp
from her2board.packs.installed import evidence_in_use, install, read_installed
from her2board.packs.memory import write_seen
from her2board.packs.trust import check_pack

LONG_MS = 60_000
"""How long a busy machine may take; nobody waits for it elsewhere."""
TRIAL = "trials/destiny-breast12.yaml"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return maker(tmp_path_factory.mktemp("packs"))


@pytest.fixture
def state(made: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program came with the first release and trusts the maker; a stick has the second one."""
    place = tmp_path / "state"
    (tmp_path / "root.json").write_bytes(made.root)
    monkeypatch.setattr(paths, "packs_dir", lambda: place)
    monkeypatch.setattr(paths, "packs_root", lambda: tmp_path / "root.json")
    monkeypatch.setattr(paths, "evidence_dir", lambda: made.first)
    monkeypatch.setattr(evidence_packs, "now", lambda: NOW)
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "evidence.her2pack").write_bytes(made.pack(20, made.second))
    return place


@pytest.fixture
def altered(state: Path, made: Maker) -> None:
    """A pack was installed, and a file of it changed."""
    state.mkdir()
    install(state, check_pack(made.pack(20, made.second), made.root, {}, NOW), NOW)
    folder = evidence_in_use(state)
    assert folder is not None
    (folder / TRIAL).write_text("id: other\n", encoding="utf-8")


@pytest.fixture
def ahead(state: Path) -> None:
    """The program was in use on a later day."""
    write_seen(state, Seen(day=date(2027, 5, 1)))


@pytest.fixture
def services(services: Services, state: Path) -> Services:
    return services._replace(load_library=_load_library, evidence=evidence_services())


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def worker(parent: QWidget) -> Iterator[Worker]:
    worker = Worker(parent)
    yield worker
    worker.close()


def shelved() -> MemoryBook:
    """Return a casebook in memory with two cases."""
    book = MemoryBook(Shelf())
    for stem in ("cr18-untreated-asymptomatic", "b07-invented-complete"):
        book.add(load(paths.example_case(stem)))
    return book


def opened(services: Services, worker: Worker, parent: QWidget, book: Casebook | None = None) -> ReleaseDialog:
    dialog = ReleaseDialog(services, worker, frozen, lambda: book, lambda: None, parent)
    dialog.refresh()
    dialog.show()
    return dialog


def look_at(dialog: ReleaseDialog, path: Path, qtbot: QtBot, worker: Worker) -> None:
    dialog.look_at(path)
    qtbot.waitUntil(lambda: not worker.busy and not dialog.reading.running, timeout=LONG_MS)


def test_a_stick_is_looked_at_with_the_cases_of_the_casebook_installed_and_taken_back(
    services: Services, worker: Worker, parent: QWidget, qtbot: QtBot, state: Path
) -> None:
    book = shelved()
    dialog = opened(services, worker, parent, book)
    assert "It came with the program" in dialog.in_use.text()
    assert not dialog.buttons.install.isVisible()
    look_at(dialog, state.parent / "stick", qtbot, worker)
    assert "signed by the clinical reader and the technical reader" in dialog.verdict.text()
    assert f"{TRIAL} | changed |  |  | " in dialog.records.texts()
    assert any(row.endswith(" | 1 | 0 | ") for row in dialog.records.texts())
    rows = dialog.cases.texts()
    assert rows
    assert all(TRIAL in row for row in rows if not row.endswith(" |  |  | "))
    assert f"of {len(book.summaries())} cases read otherwise" in dialog.progress.text()
    assert evidence_in_use(state) is None
    with qtbot.waitSignal(dialog.changed, timeout=LONG_MS):
        qtbot.mouseClick(dialog.buttons.install, Qt.MouseButton.LeftButton)
    assert "Installed from pack 20, valid until 27 Feb 2027, signed by the clinical reader" in dialog.in_use.text()
    assert book.audit()[-1].action == "evidence_installed"
    dialog.reason.setText("asked for by the pharmacy")
    qtbot.mouseClick(dialog.buttons.back, Qt.MouseButton.LeftButton)
    assert "It came with the program" in dialog.in_use.text()
    assert book.audit()[-1].detail.endswith(": asked for by the pharmacy")
    assert read_installed(state).steps[-1].why == "asked for by the pharmacy"


def test_a_pack_that_is_refused_says_why_and_cannot_be_installed(
    services: Services, worker: Worker, parent: QWidget, qtbot: QtBot, state: Path
) -> None:
    dialog = opened(services, worker, parent)
    stick = state.parent / "stick" / "evidence.her2pack"
    stick.write_bytes(b"%PDF-1.7 something else")
    look_at(dialog, stick, qtbot, worker)
    assert dialog.verdict.text() == "⚠ this is no evidence pack, or its end is missing: copy it again"
    assert not dialog.buttons.install.isVisible()


def test_a_pack_past_its_date_is_installed_with_a_typed_reason_only(
    services: Services, worker: Worker, parent: QWidget, qtbot: QtBot, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_packs, "now", lambda: NOW + timedelta(days=200))
    dialog = opened(services, worker, parent)
    look_at(dialog, state.parent / "stick", qtbot, worker)
    assert "It is past its date" in dialog.verdict.text()
    assert dialog.progress.text().startswith("No casebook and no case is open")
    assert not dialog.buttons.install.isEnabled()
    qtbot.keyClicks(dialog.reason, "no newer one came")
    with qtbot.waitSignal(dialog.changed, timeout=LONG_MS):
        qtbot.mouseClick(dialog.buttons.install, Qt.MouseButton.LeftButton)
    assert read_installed(state).steps[-1].why == "no newer one came"


def test_what_differs_in_one_of_many_cases_is_listed_when_it_is_opened(parent: QWidget) -> None:
    one = Differs("option", "surgery", "for discussion", "facts against", (TRIAL,))
    view = case_list(parent)
    show_cases(view, [Reread(f"G{number}", (one,)) for number in range(1000)])
    assert len(view.texts()) == 1000
    view.expandItem(view.topLevelItem(7))
    assert view.texts()[7:9] == [
        "G7 | 1 difference |  |  | ",
        f"surgery | Option | for discussion | facts against | {TRIAL}",
    ]


def test_reading_again_can_be_stopped(
    services: Services, worker: Worker, parent: QWidget, qtbot: QtBot, state: Path
) -> None:
    dialog = opened(services, worker, parent)
    look_at(dialog, state.parent / "stick", qtbot, worker)
    dialog.reading.stepped.connect(lambda done, _: dialog.buttons.stop.click() if done == 1 else None)
    stopped: list[int] = []
    cases = [lambda: ("one", load(paths.example_case("cr18-untreated-asymptomatic")), TODAY)] * 400
    dialog.reading.done.connect(lambda found: stopped.append(found.read))
    dialog._read(lambda: cases)
    qtbot.waitUntil(lambda: bool(stopped), timeout=LONG_MS)
    assert stopped[0] < len(cases)
    assert "Stopped: " in dialog.progress.text()


def test_withdrawn_figures_of_signed_off_pages_are_listed_and_taken_off_with_a_note(
    services: Services, worker: Worker, parent: QWidget, qtbot: QtBot, state: Path, tmp_path: Path, made: Maker
) -> None:
    book = created(tmp_path / "board.her2book")
    kept = book.add(load(paths.example_case("cr18-untreated-asymptomatic")))
    book.sign_off(page_to_sign(book, kept.key, 1, "a4", tmp_path / "none")[1])
    folder = edited(made, tmp_path / "changed", TRIAL, "value: 82.6", "value: 82.4")
    (tmp_path / "other.her2pack").write_bytes(made.pack(21, folder))
    dialog = opened(services, worker, parent, book)
    look_at(dialog, tmp_path / "other.her2pack", qtbot, worker)
    (row,) = dialog.pages.texts()
    assert row.startswith("CR18 | 30 Nov 2026 by anna | CNS response")
    assert row.endswith(f" | changed | {TRIAL}")
    with qtbot.waitSignal(dialog.changed, timeout=LONG_MS):
        qtbot.mouseClick(dialog.buttons.install, Qt.MouseButton.LeftButton)
    assert dialog.pages.texts() == [row]
    dialog.tabs.setCurrentWidget(dialog.pages)
    dialog.pages.setCurrentItem(dialog.pages.topLevelItem(0))
    dialog.reason.setText("named at the board")
    qtbot.mouseClick(dialog.buttons.followed, Qt.MouseButton.LeftButton)
    assert dialog.pages.texts() == []
    assert book.audit()[-1].detail.endswith("named at the board")
    dialog.close()
    book.lock()


def test_installed_evidence_that_was_altered_is_said_at_the_start_with_the_way_out(
    altered: None, window: MainWindow, qtbot: QtBot, state: Path
) -> None:
    live = window.open_workbench().live
    qtbot.waitUntil(lambda: window.messages.text != "", timeout=LONG_MS)
    assert window.messages.text.startswith("⚠ The installed evidence cannot be used: ")
    assert "not as it was installed" in window.messages.text
    assert live.library is None
    press(window, "Use the evidence the program came with")
    qtbot.waitUntil(lambda: live.library is not None, timeout=LONG_MS)
    assert window.messages.text == ""
    assert evidence_in_use(state) is None


def test_a_clock_that_was_set_back_is_said_once_and_can_be_said_right(
    ahead: None, window: MainWindow, qtbot: QtBot
) -> None:
    window.open_workbench()
    qtbot.waitUntil(lambda: window.messages.text != "", timeout=LONG_MS)
    assert "was in use on 1 May 2027 already" in window.messages.text
    press(window, "Evidence …")
    dialog = window.desk.dialog
    assert "was in use on 1 May 2027 already" in dialog.in_use.text()
    assert not dialog.buttons.clock.isEnabled()
    dialog.reason.setText("it was a year ahead")
    qtbot.mouseClick(dialog.buttons.clock, Qt.MouseButton.LeftButton)
    assert "1 May 2027" not in dialog.in_use.text()
    dialog.close()


def test_a_casebook_that_opens_says_what_is_to_be_followed_up(window: MainWindow, qtbot: QtBot, state: Path) -> None:
    live = window.open_workbench().live
    qtbot.waitUntil(lambda: live.library is not None, timeout=LONG_MS)
    entry = FollowUp(
        case_id="a",
        code="CR18",
        version=1,
        signed_at=NOW,
        signed_by="anna",
        figure="82.6 %",
        record=TRIAL,
        how="withdrawn",
        pack=20,
    )
    book = shelved()
    keep_follow_up(book, [entry])
    window.desk.take_book(book)
    assert window.messages.text == "⚠ 1 figure on signed-off pages was withdrawn or changed."
    press(window, "Evidence …")
    window.desk.dialog.close()


def test_nothing_of_a_casebook_stays_in_a_dialog_that_was_closed(
    services: Services, worker: Worker, parent: QWidget, qtbot: QtBot, state: Path
) -> None:
    dialog = opened(services, worker, parent, shelved())
    look_at(dialog, state.parent / "stick", qtbot, worker)
    assert dialog.cases.texts()
    dialog.close()
    assert dialog.cases.texts() == dialog.pages.texts() == []
    assert dialog.detail.toPlainText() == ""


def press(window: MainWindow, words: str) -> None:
    """Press a button of the message."""
    buttons = window.messages.findChildren(QPushButton)
    next(button for button in buttons if button.text() == words).click()


def test_a_root_is_trusted_by_the_groups_of_a_letter_and_forgotten_with_a_reason(
    services: Services, worker: Worker, parent: QWidget, qtbot: QtBot, state: Path, made: Maker
) -> None:
    file, book = state.parent / "root.json", shelved()
    dialog = opened(services, worker, parent, book)
    assert f"this program came with the root {fingerprint(made.root)}" in dialog.root.text()
    assert not dialog.buttons.trust.isVisible()
    file = file.rename(state.parent / "1.root.json")  # a build without one
    dialog.refresh()
    assert "nobody trusted one here" in dialog.root.text()
    look_at(dialog, state.parent / "stick", qtbot, worker)
    assert "without a root of trust" in dialog.verdict.text()
    dialog.look_at_root(state.parent / "stick" / "evidence.her2pack")
    assert "this is no root" in dialog.verdict.text()
    dialog.look_at_root(file)
    asking = dialog.asking
    assert asking is not None
    shown = " ".join(label.text() for label in asking.findChildren(QLabel))
    digits = fingerprint(made.root)
    assert digits[:19] in shown
    assert digits[20:] not in shown
    asking.typed.setText(digits[:19])
    assert not asking.agree.isEnabled()
    asking.why.setText("letter of 12 Nov 2026")
    qtbot.mouseClick(asking.agree, Qt.MouseButton.LeftButton)
    assert "not the digits of this file" in asking.problem.text()
    asking.typed.setText(digits[20:])
    qtbot.mouseClick(asking.agree, Qt.MouseButton.LeftButton)
    assert f"the root {digits} is trusted here since" in dialog.root.text()
    assert (book.audit()[-1].action, book.audit()[-1].detail) == ("root_trusted", f"{digits}: letter of 12 Nov 2026")
    look_at(dialog, state.parent / "stick", qtbot, worker)
    with qtbot.waitSignal(dialog.changed, timeout=LONG_MS):
        qtbot.mouseClick(dialog.buttons.install, Qt.MouseButton.LeftButton)
    assert "Installed from pack 20" in dialog.in_use.text()
    assert not dialog.buttons.forget.isEnabled()
    dialog.reason.setText("the letter was not theirs")
    qtbot.mouseClick(dialog.buttons.forget, Qt.MouseButton.LeftButton)
    assert "It came with the program" in dialog.in_use.text()
    assert "nobody trusted one here" in dialog.root.text()
    assert book.audit()[-1].detail.endswith(": the letter was not theirs")
