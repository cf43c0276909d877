"""A case is open in one window only; who has it is said by name, and it can be taken over."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from her2board.case.model import Case
from her2board.case.storage import load, save
from her2board.gui.base.dialogs import Questions
from her2board.gui.document.case_lock import CaseLock

YOURS = r"another window of yours \(since \d+ [A-Z][a-z]{2} \d{4}, \d\d:\d\d\)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "b.her2case"
    save(Case(code="B-1"), path)
    return path


@pytest.fixture
def other(path: Path) -> CaseLock:
    """Another window that has the case open."""
    other = CaseLock()
    assert other.take(path) is None
    return other


def lock_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def elsewhere(path: Path, **changes: str) -> None:
    """Let the lock of ``path`` be one of another person at another computer."""
    note = json.loads(lock_of(path).read_text())
    note |= {"user": "meyer", "host": "WS12", "machine": "WS12/1/2", "since": "2026-11-20T08:05:00+00:00"} | changes
    lock_of(path).write_text(json.dumps(note))


def test_a_case_open_in_another_window_is_opened_as_a_copy(screen, path, other) -> None:
    screen.window.open_file(path)
    (asked,) = screen.answers.asked
    assert re.fullmatch(rf"b.her2case is open in {YOURS}", asked)
    assert re.search(rf"b.her2case is open in {YOURS}. This is an unnamed copy of it", screen.window.messages.text)
    assert (screen.document.title, screen.document.path) == ("B-1", None)
    screen.answers.path = path
    screen.act("save")
    assert "nothing was written" in screen.window.messages.text
    other.release()
    screen.act("save")
    assert screen.document.path == path
    assert CaseLock().take(path) is not None


def test_opening_a_held_case_can_be_left_with_the_open_one_as_it_was(screen, path, other) -> None:
    screen.answers.held_answer = "cancel"
    before = screen.document.case
    screen.window.open_file(path)
    assert (screen.document.case, screen.document.path) == (before, None)
    assert other.taken_by() is None


def test_user_computer_and_time_of_a_holder_are_said(screen, path, other) -> None:
    elsewhere(path)
    screen.window.open_file(path)
    assert re.fullmatch(
        r"b.her2case is open in a window of meyer on WS12 \(since 20 Nov 2026, \d\d:\d\d\)", screen.answers.asked[0]
    )


def test_a_lock_that_cannot_be_read_still_holds(screen, path) -> None:
    lock_of(path).write_text("")
    screen.window.open_file(path)
    assert "is open in a window that does not say whose it is (since" in screen.answers.asked[0]


def test_a_case_is_taken_over_and_the_window_before_does_not_write_over_it(screen, path, tmp_path) -> None:
    screen.window.open_file(path)
    screen.type("patient.age", "56")
    other = CaseLock()
    other.take_over(path)
    screen.act("save")
    assert re.search(
        rf"b.her2case was taken over by {YOURS}, so nothing was written; save under another name.",
        screen.window.messages.text,
    )
    assert load(path).patient.age is None
    assert screen.window.isWindowModified()
    screen.answers.path = tmp_path / "c.her2case"
    screen.act("save_as")
    assert load(tmp_path / "c.her2case").patient.age == 56
    assert other.taken_by() is None


def test_taking_over_opens_the_file_itself_for_editing(screen, path, other) -> None:
    elsewhere(path)
    screen.answers.held_answer = "take over"
    screen.window.open_file(path)
    assert screen.document.path == path
    assert "b.her2case was taken over from a window of meyer on WS12" in screen.window.statusBar().currentMessage()
    screen.type("patient.age", "56")
    screen.act("save")
    assert load(path).patient.age == 56
    assert other.taken_by() is not None
    other.release()
    assert CaseLock().take(path) is not None


def test_a_file_that_cannot_be_used_is_not_held_after_taking_it_over(screen, path, other) -> None:
    path.write_text("nonsense")
    screen.answers.held_answer = "take over"
    screen.window.open_file(path)
    assert "not JSON" in screen.window.messages.text
    assert screen.document.path is None
    assert CaseLock().take(path) is None


def test_a_lock_that_was_removed_is_made_anew_by_the_next_save(screen, path) -> None:
    screen.window.open_file(path)
    lock_of(path).unlink()
    screen.type("patient.age", "56")
    screen.act("save")
    assert load(path).patient.age == 56
    assert CaseLock().take(path) is not None


def test_a_closed_case_can_be_opened_in_another_window(screen, path) -> None:
    screen.window.open_file(path)
    assert CaseLock().take(path) is not None
    screen.act("new_case")
    other = CaseLock()
    assert other.take(path) is None
    other.release()
    assert not lock_of(path).exists()


def test_a_case_saved_through_a_link_is_held_under_every_name(screen, path, tmp_path) -> None:
    link = tmp_path / "link.her2case"
    link.symlink_to(path)
    screen.window.open_file(link)
    assert CaseLock().take(path) is not None
    screen.type("patient.age", "56")
    screen.act("save")
    assert link.is_symlink()
    assert load(path).patient.age == 56


def test_the_lock_of_a_program_that_was_killed_is_taken_over_unasked(path) -> None:
    program = (
        "import os, pathlib, sys; from her2board.gui.document.case_lock import CaseLock;"
        "lock = CaseLock(); print(lock.take(pathlib.Path(sys.argv[1])), flush=True); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("None", 9)
    assert lock_of(path).exists()
    lock = CaseLock()
    assert lock.take(path) is None
    lock.release()


def test_the_lock_of_a_computer_that_was_started_again_is_taken_over_unasked(path, other) -> None:
    note = json.loads(lock_of(path).read_text())
    note["machine"] = note["machine"].rpartition("/")[0] + "/before"
    lock_of(path).write_text(json.dumps(note))
    assert CaseLock().take(path) is None


def test_a_folder_that_takes_no_lock_still_lets_a_case_be_read(tmp_path) -> None:
    """Such a file cannot be saved by another window either."""
    lock = CaseLock()
    assert lock.take(tmp_path / "missing" / "b.her2case") is None
    assert lock.taken_by() is None
    lock.release()


@pytest.mark.skipif(os.name != "posix", reason="modes as here are those of POSIX systems")
def test_who_has_a_case_is_read_by_its_owner_and_by_a_group_that_has_the_case(path) -> None:
    for mode, of_lock in ((0o600, 0o600), (0o644, 0o640), (0o664, 0o640), (0o604, 0o600)):
        path.chmod(mode)
        lock = CaseLock()
        lock.take(path)
        assert stat.S_IMODE(lock_of(path).stat().st_mode) == of_lock
        lock.release()


def test_a_case_of_the_longest_name_is_held_too(tmp_path) -> None:
    path = tmp_path / ("n" * 255)
    save(Case(code="B-1"), path)
    lock = CaseLock()
    assert lock.take(path) is None
    assert CaseLock().take(path) is not None
    lock.release()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_with_another_name_on_the_disk_is_saved_only_after_asking(screen, path, tmp_path) -> None:
    linked = tmp_path / "same.her2case"
    linked.hardlink_to(path)
    screen.window.open_file(path)
    screen.type("patient.age", "56")
    screen.act("save")
    assert screen.answers.asked == ["b.her2case has 1 other names"]
    assert load(path).patient.age is None
    assert screen.window.isWindowModified()
    screen.answers.separate_answer = True
    screen.act("save")
    assert (load(path).patient.age, load(linked).patient.age) == (56, None)
    screen.act("save")
    assert len(screen.answers.asked) == 2


@pytest.mark.parametrize(
    ("button", "answer"), [("Open a copy", "copy"), ("Take over", "take over"), ("Cancel", "cancel"), ("", "cancel")]
)
def test_the_question_has_three_answers_and_escape_is_cancel(screen, qtbot, button: str, answer: str) -> None:
    seen = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        seen.append(f"{box.text()} {box.defaultButton().text()}")
        buttons = {found.text().replace("&", ""): found for found in box.buttons()}
        buttons[button].click() if button else qtbot.keyClick(box, Qt.Key.Key_Escape)

    QTimer.singleShot(0, press)
    assert Questions(screen.window).held("<b>.her2case", "a window of meyer") == answer
    assert seen == ["<b>.her2case is open in a window of meyer. Open a &copy"]


@pytest.mark.parametrize(("button", "agreed"), [("Save", True), ("Cancel", False)])
def test_separating_a_file_from_its_other_names_is_agreed_to_or_not(screen, button: str, agreed: bool) -> None:
    seen = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        seen.append(f"{box.text()} {box.informativeText()} {box.defaultButton().text()}")
        next(found for found in box.buttons() if found.text().replace("&", "") == button).click()

    QTimer.singleShot(0, press)
    assert Questions(screen.window).separate("b.her2case", 2) is agreed
    assert seen == [
        "b.her2case has 2 other names on this disk (hard links). "
        "After saving, only b.her2case holds the new version; under other names the earlier one stays. Cancel"
    ]


def test_a_read_only_case_can_be_looked_at_and_saving_says_the_way_out(screen, path) -> None:
    path.chmod(0o444)
    screen.window.open_file(path)
    screen.type("patient.age", "56")
    screen.act("save")
    assert "b.her2case could not be saved: it is read-only; allow writing to it, or choose another name." in (
        screen.window.messages.text
    )
    assert load(path).patient.age is None
