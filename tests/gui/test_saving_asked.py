"""What is asked before a file takes the place of another, and what the program keeps is its owner's alone."""

import json
import os
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from her2board.assessment.clinic import Clinic
from her2board.case.model import Case
from her2board.case.storage import load, save
from her2board.gui.base.dialogs import Questions
from her2board.gui.base.platform import keep_private, open_settings
from her2board.gui.document.case_lock import CaseLock, lock_of

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes as here are those of POSIX systems")


def answer(qtbot, button: str) -> list[str]:
    """Press a button of the next question, or Escape; the list holds its words once it was asked."""
    seen: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        seen.append(f"{box.text()} {box.informativeText()}".strip())
        buttons = {found.text().replace("&", ""): found for found in box.buttons()}
        buttons[button].click() if button else qtbot.keyClick(box, Qt.Key.Key_Escape)

    QTimer.singleShot(0, press)
    return seen


@pytest.mark.parametrize(
    ("button", "answered"), [("Replace it", "write"), ("Save as…", "save as"), ("Cancel", "cancel"), ("", "cancel")]
)
def test_a_file_changed_outside_has_three_answers_and_escape_is_cancel(window, qtbot, button, answered) -> None:
    seen = answer(qtbot, button)
    assert Questions(window).outside("<b>.her2case", removed=False) == answered
    assert seen[0].startswith("<b>.her2case was changed outside this window. Replaced, the file as it is now is kept")


def test_a_file_that_is_gone_can_be_written_again(window, qtbot) -> None:
    seen = answer(qtbot, "Write it again")
    assert Questions(window).outside("b.her2case", removed=True) == "write"
    assert seen[0].startswith("b.her2case is not there any more. It was removed, renamed or moved")


@pytest.mark.parametrize(("button", "agreed"), [("Replace it", True), ("Cancel", False), ("", False)])
def test_a_name_that_gets_its_extension_is_asked_about_where_it_is_taken(
    window, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, button: str, agreed: bool
) -> None:
    """The file dialog asked about the name without it."""
    (tmp_path / "b.07.her2case").write_text("there already")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "b.07"), ""))
    seen = answer(qtbot, button)
    chosen = Questions(window).file_to_save(tmp_path / "suggested")
    assert chosen == (tmp_path / "b.07.her2case" if agreed else None)
    assert seen == ["b.07.her2case is there already. Replace it?"]


@pytest.mark.parametrize("name", ["new", "there.her2case", "THERE.HER2CASE"])
def test_a_new_name_and_one_the_file_dialog_asked_about_are_not_asked_about_again(
    window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "there.her2case").write_text("")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), ""))
    chosen = Questions(window).file_to_save(tmp_path / "suggested")
    assert chosen == tmp_path / (name if "." in name else f"{name}.her2case")


def test_an_export_to_the_name_of_another_case_is_refused(screen, tmp_path: Path) -> None:
    screen.answers.path = tmp_path / "other.her2case"
    save(Case(code="other"), screen.answers.path)
    screen.act("export_a4")
    screen.wait(lambda: "it is a case file; choose another name" in screen.window.messages.text)
    assert load(screen.answers.path).code == "other"


@POSIX
@pytest.mark.parametrize("before", [None, 0o644])
def test_settings_of_window_and_clinic_are_their_owners_alone(screen, tmp_path: Path, before: int | None) -> None:
    clinic, folder = tmp_path / "clinic" / "clinic.json", tmp_path / "settings"
    if before:
        for path in (clinic, folder / "her2board.ini"):
            path.parent.mkdir()
            path.touch(before)
    umask = os.umask(0)
    try:
        settings = open_settings(folder)
        keep_private(settings)
        settings.setValue("recent_files", ["rossi.her2case"])
        settings.sync()
        screen.window.files.keep_clinic(Clinic(institution="A"), clinic)
    finally:
        os.umask(umask)
    for path in (clinic, folder / "her2board.ini"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700 or before
    assert "rossi" in (folder / "her2board.ini").read_text()


def test_a_lock_from_before_a_clock_was_set_back_still_holds(screen, tmp_path: Path) -> None:
    path = tmp_path / "b.her2case"
    save(Case(code="B-1"), path)
    other = CaseLock()
    other.take(path)
    note = json.loads(lock_of(path).read_text())
    lock_of(path).write_text(json.dumps(note | {"since": "2039-01-02T12:00:00+00:00"}))
    os.utime(path, (3e9, 3e9))
    screen.window.open_file(path)
    assert screen.answers.asked[0].startswith("b.her2case is open in another window of yours (since 2 Jan 2039")
    other.release()
    screen.window.open_file(path)
    screen.type("patient.age", "56")
    screen.act("save")
    assert load(path).patient.age == 56
