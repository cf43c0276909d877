"""A casebook outlives kills, full disks, write errors and power cuts: what was acknowledged is there."""

import fcntl
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import apsw
import pytest
from support.casebook_work import Promised, Work, reported, set_form, word
from support.encrypted_books import CHEAP, clock
from support.recording_disk import Disk, after_power_loss
from support.strategies import case_of

from her2board.casebook import sqlite_engine
from her2board.casebook.errors import CasebookError
from her2board.casebook.opening import create_casebook, open_casebook
from her2board.casebook.places import Place
from her2board.casebook.sqlite_engine import SqliteStorage, connect
from her2board.casebook.stored import Hands, Site, StoredCasebook
from her2board.casebook.summary import summary_of

KILLS = int(os.environ.get("HER2BOARD_BOOK_KILLS", "12"))
CUTS = int(os.environ.get("HER2BOARD_BOOK_CHANGES", "8"))
"""Changes made on a disk that is cut at every sync of them, and at whose every write another disk fails."""
STRIDE = int(os.environ.get("HER2BOARD_BOOK_STRIDE", "37"))
"""Every so many writes one fails."""
LONGEST_S = 0.25
AT_ONCE = 20
"""Kills before a new folder is begun."""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a copy of a process is made on POSIX systems only")


@pytest.fixture(autouse=True)
def _form(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the forms of the tables that the work went through."""
    monkeypatch.setattr(sqlite_engine, "STEPS", sqlite_engine.STEPS)
    monkeypatch.setattr(sqlite_engine, "SCHEMA_VERSION", sqlite_engine.SCHEMA_VERSION)


def test_kills_at_any_moment_of_any_work_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    chance, done = random.Random(11), 0
    folder, promised = tmp_path, Promised(tmp_path)
    for number in range(KILLS):
        if number % AT_ONCE == 0:
            folder = tmp_path / str(number)
            shutil.rmtree(tmp_path / str(number - AT_ONCE), ignore_errors=True)
            folder.mkdir()
            promised = Promised(folder)
            set_form(promised.form)
            create_casebook(folder / "board.her2book", word(0), cost=CHEAP).lock()
        done -= promised.lines
        kill_at_work(folder, number, promised, chance.uniform(0.01, LONGEST_S))
        promised.check()
        done += promised.lines
    print(f"{KILLS} kills, {done} changes acknowledged, none lost")


def kill_at_work(folder: Path, seed: int, promised: Promised, after: float) -> None:
    reading, writing = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 1 << 20)  # nobody reads until the end
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work = Work(folder, seed, lambda line: os.write(writing, f"{line}\n".encode()) and None)
            work.go_on(promised.passphrase, promised.form)
        except BaseException as error:  # noqa: BLE001  # reason: this process ends here whatever it was
            os.write(writing, f"failed {type(error).__name__} {error}\n".encode())
        os._exit(1)
    os.close(writing)
    early = b"" if seed % 4 == 0 else os.read(reading, 6)  # every fourth is killed while it opens the casebook
    time.sleep(after)  # the moment of the kill, not a wait for a result
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    lines = list(reported(reading, early))
    os.close(reading)
    assert not [line for line in lines if line.startswith("failed")]
    promised.take(iter(lines))


def on_disk(disk: Disk, path: Path, *, wal: bool = True) -> StoredCasebook:
    """Return a new casebook on a disk of our own."""
    path.touch()
    key = bytes(range(32))
    storage = SqliteStorage(path, connect(path, key, wal=wal, vfs=disk.name))
    storage.create((("casebook id", "00"),))
    return over(storage, path)


def over(storage: SqliteStorage, path: Path) -> StoredCasebook:
    hands = Hands("anna", clock(), summary_of)
    return StoredCasebook(storage, bytes(range(32)), hands, Site(path, Place(), lambda: b""))


def changes(book: StoredCasebook, acknowledge: Callable[[int], None], number: int) -> None:
    chance, keys = random.Random(5), list[str]()
    for done in range(1, number + 1):
        case = case_of({"meeting.question": f"{done} " + "word " * chance.randrange(400)})
        if keys and chance.random() < 0.5:
            kept = book.case(chance.choice(keys))
            book.save(kept.key, case, kept.version)
        else:
            keys.append(book.add(case).key)
        acknowledge(done)


def all_questions(book: StoredCasebook) -> set[int]:
    """Return the number of every change a casebook holds."""
    kept = (book.case_at(key, one.number).value for key in book.summaries() for one in book.versions(key))
    return {int((case.meeting.question or "0").split()[0]) for case in kept}


def fill(book: StoredCasebook, saved: dict[str, str]) -> None:
    for number in count():
        question = f"{number} " + "word " * 500
        saved[book.add(case_of({"meeting.question": question})).key] = question


@pytest.mark.parametrize("wal", [True, False], ids=["beside the file", "rollback"])
def test_power_cut_at_every_sync_loses_nothing_that_was_acknowledged(tmp_path: Path, wal: bool) -> None:
    disk = Disk(f"recording{wal}")
    path = tmp_path / "a" / "board.her2book"
    path.parent.mkdir()
    book = on_disk(disk, path, wal=wal)
    changes(book, disk.acknowledge, CUTS)
    book.lock()
    cuts, started = 0, False
    for files, acknowledged in after_power_loss(disk.log, random.Random(3)):
        if not started and not acknowledged:
            continue  # before it was made nothing was promised
        started = True
        cuts += 1
        folder = tmp_path / f"cut{cuts}"
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        again = over(SqliteStorage(folder / path.name, connect(folder / path.name, bytes(range(32)), wal=wal)), path)
        assert again.verify()[0] == [], cuts
        found = all_questions(again)
        assert set(range(1, acknowledged + 1)) <= found, cuts
        assert found == set(range(1, len(found) + 1))
        again.lock()
        shutil.rmtree(folder)
    print(f"{cuts} power cuts over {CUTS} changes, none lost ({'WAL' if wal else 'rollback journal'})")
    assert cuts > CUTS


@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError], ids=["full", "fault"])
def test_a_disk_that_fails_at_any_write_loses_nothing_that_was_acknowledged(
    tmp_path: Path, error: type[apsw.Error]
) -> None:
    failed = 0
    for number in count(1, STRIDE):
        disk = Disk(f"failing{error.__name__}{number}")
        path = tmp_path / f"{number}.her2book"
        book = on_disk(disk, path)
        disk.writes, disk.error, disk.fail_at = 0, error, number
        acknowledged: list[int] = []
        try:
            changes(book, acknowledged.append, CUTS)
        except CasebookError:
            failed += 1
        disk.fail_at = None
        assert book.verify()[0] == []
        assert set(acknowledged) <= all_questions(book)
        book.add(case_of({"meeting.question": "0 room again"}))
        try:
            book.lock()
        finally:
            disk.unregister()
        again = over(SqliteStorage(path, connect(path, bytes(range(32)), wal=True)), path)
        assert again.verify()[0] == []
        assert {0, *acknowledged} <= all_questions(again)
        again.lock()
        if len(acknowledged) == CUTS:
            break
    print(f"{failed} writes failed ({error.__name__}), nothing lost")
    assert failed


def test_a_file_system_that_is_full_is_said_and_loses_nothing(tmp_path: Path) -> None:
    mount = tmp_path / "small"
    mount.mkdir()
    tried = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(mount)], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        pytest.skip("only root mounts a small file system")
    try:
        path = mount / "board.her2book"
        book = create_casebook(path, word(0), cost=CHEAP)
        saved: dict[str, str] = {}
        with pytest.raises(CasebookError, match="full"):
            fill(book, saved)
        assert len(saved) > 5
        (mount / "nothing").touch()
        book.lock()
        subprocess.run(["mount", "-o", "remount,size=4m", str(mount)], check=True)
        again = open_casebook(path, word(0))
        assert again.verify()[0] == []
        assert {key: again.case(key).value.meeting.question for key in saved} == saved
        again.lock()
    finally:
        subprocess.run(["umount", str(mount)], check=True)
