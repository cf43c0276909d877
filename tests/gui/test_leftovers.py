"""What a save that ended midway left beside a case: offered where it holds something, else removed; never in use."""

import json
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from support.screen import Answers

from her2board.case.model import Case
from her2board.case.storage import dump, load, save
from her2board.case.writing import backup_of, left_staged, stage
from her2board.gui.base.recent import RecentFiles
from her2board.gui.document.case_lock import CaseLock, lock_of
from her2board.gui.document.leftovers import clear_up
from her2board.gui.document.unsaved import Slot
from her2board.gui.window.main_window import MainWindow

HOURS = 7200


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cases" / "b.her2case"
    path.parent.mkdir()
    save(Case(code="B-1"), path)
    return path


@pytest.fixture
def unsaved(tmp_path: Path) -> Path:
    return tmp_path / "state" / "unsaved"


def left_by(target: Path, text: str, age: int = 0) -> Path:
    staged = stage(target, text.encode(), private=True)
    os.utime(staged, (staged.stat().st_atime, staged.stat().st_mtime - age))
    return staged


def stale_lock(path: Path) -> None:
    """Leave the lock of a window that ended before this computer was started again."""
    lock = CaseLock()
    lock.take(path)
    note = json.loads(lock_of(path).read_text())
    note["machine"] = note["machine"].rpartition("/")[0] + "/before"
    lock_of(path).write_text(json.dumps(note))


def kept(unsaved: Path) -> list[str]:
    return [Slot(unsaved, found.stem).read().case for found in sorted(unsaved.glob("*.unsaved"))]


def test_a_version_that_was_written_whole_becomes_unsaved_work_of_its_time(path: Path, unsaved: Path) -> None:
    newer = left_by(path, dump(Case(code="B-2")), HOURS)
    written = newer.stat().st_mtime
    assert clear_up(path, unsaved)
    assert kept(unsaved) == [dump(Case(code="B-2"))]
    (slot,) = unsaved.glob("*.unsaved")
    assert slot.stat().st_mtime == written
    assert list(path.parent.iterdir()) == [path]
    assert load(path).code == "B-1"


def test_what_is_half_written_or_already_in_place_is_removed_with_the_lock_of_a_window_that_ended(
    path: Path, unsaved: Path
) -> None:
    left_by(path, dump(Case(code="B-2"))[:-40])
    left_by(path, dump(Case(code="B-1")))
    left_by(backup_of(path), dump(Case(code="B-0")))
    left_by(lock_of(path), "{}")
    stale_lock(path)
    assert not clear_up(path, unsaved)
    assert list(path.parent.iterdir()) == [path]
    assert not unsaved.exists()


def test_beside_a_case_that_a_window_has_open_nothing_is_touched(path: Path, unsaved: Path) -> None:
    window = CaseLock()
    window.take(path)
    staged = left_by(path, dump(Case(code="B-2")))
    assert not clear_up(path, unsaved)
    assert staged.exists()
    assert window.taken_by() is None
    window.release()


def test_where_nothing_can_be_kept_a_version_stays_where_it_is(path: Path, tmp_path: Path) -> None:
    staged = left_by(path, dump(Case(code="B-2")))
    (tmp_path / "file").write_text("")
    for folder in (None, tmp_path / "file" / "unsaved"):
        assert not clear_up(path, folder)
        assert load(staged).code == "B-2"


@pytest.mark.parametrize("age", [HOURS, -HOURS], ids=["old", "from before a clock was set back"])
def test_an_export_that_ended_midway_is_removed_after_an_hour_and_other_names_stay(
    path: Path, unsaved: Path, age: int
) -> None:
    left_by(path.with_name("page.pdf"), "%PDF", age)
    stays = {
        path,
        left_by(path.with_name("new.pdf"), "%PDF"),
        path.with_name(".note.her2tmp"),
        path.with_name(".page.pdf.1234abcd"),
    }
    for name in stays - set(path.parent.iterdir()):
        name.write_text("somebody's own")
    assert not clear_up(path, unsaved)
    assert set(path.parent.iterdir()) == stays


def test_what_saves_of_other_cases_in_the_folder_left_is_taken_up_too_unless_they_are_open(
    path: Path, unsaved: Path
) -> None:
    never_saved, in_use = path.with_name("new.her2case"), path.with_name("open.her2case")
    save(Case(code="C-1"), in_use)
    window = CaseLock()
    window.take(in_use)
    left_by(never_saved, dump(Case(code="N-1")))
    left_by(backup_of(never_saved), "{")
    stays = {path, in_use, lock_of(in_use), left_by(in_use, dump(Case(code="C-2"))), left_by(lock_of(in_use), "{")}
    assert clear_up(path, unsaved)
    assert kept(unsaved) == [dump(Case(code="N-1"))]
    assert set(path.parent.iterdir()) == stays
    window.release()


def test_the_next_start_offers_what_a_save_left_and_leaves_the_folder_clean(
    qtbot, services, settings: QSettings, tmp_path: Path, path: Path
) -> None:
    RecentFiles(settings).add(path)
    left_by(path, dump(Case(code="B-2")))
    stale_lock(path)
    window = MainWindow(services._replace(state_dir=tmp_path / "state"), settings, Answers(unsaved_answer="discard"))
    qtbot.addWidget(window)
    window.show()
    window.open_workbench()
    assert window.unsaved.page is not None
    assert window.unsaved.page.table.topLevelItem(0).text(2) == "B-2"
    assert list(path.parent.iterdir()) == [path]
    window.close()


def test_opening_a_case_offers_what_a_save_of_it_left(screen, path: Path, tmp_path: Path) -> None:
    screen.window.files._folder = tmp_path / "state" / "unsaved"
    left_by(path, dump(Case(code="B-2")))
    screen.window.open_file(path)
    assert screen.document.title == "B-1"
    assert screen.window.unsaved.page.table.topLevelItem(0).text(2) == "B-2"
    screen.window.files.restore(screen.window.unsaved.page.shown)
    assert (screen.document.title, screen.document.path, screen.document.changed) == ("B-2", path, True)
    assert not list(left_staged(path.parent))
