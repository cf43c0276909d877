"""Planted identifiers: after sessions with locks, exports and crashes none is outside the encrypted file."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from support.book_screen import PASSPHRASE
from support.fill_book import NEXT, cases
from support.pages import ROOT

from her2board.case.edit import with_value
from her2board.casebook import meeting_edits as edits
from her2board.casebook.keys import Cost
from her2board.casebook.opening import create_casebook, open_casebook

SESSIONS = int(os.environ.get("HER2BOARD_PLANTED", "0"))
"""Sessions of the whole program; every second one ends in a crash."""
STEPS = 10
CASES = 20
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
PLANTED = [f"Zzplanted{number:03}x" for number in range(100)]
FIELDS = ("identity.name", "identity.record_number", "meeting.question", "meeting.consultant", "board.decision")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A home whose every file is searched, with a casebook in it."""
    home = tmp_path / "home"
    home.mkdir()
    book = create_casebook(home / "neuro.her2book", PASSPHRASE, by="A. Ferri", cost=CHEAP)
    ids = []
    for number, case in enumerate(cases(CASES)):
        for field, word in zip(FIELDS, PLANTED[5 * number :], strict=False):
            case = with_value(case, field, word)
        ids.append(book.add(case).key)
    kept = book.add_meeting(NEXT, "Neuro-oncology board")
    book.save_meeting(edits.with_cases(kept.value, ids), kept.version)
    book.lock()
    return home


@pytest.fixture
def services(services, place, monkeypatch):
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    opened = services.casebooks._replace(open=lambda path, typed, summary: open_casebook(path, typed, by="A. Ferri"))
    return services._replace(casebooks=opened, state_dir=place / "state")


@pytest.fixture
def settings(place):
    from PySide6.QtCore import QSettings

    return QSettings(str(place / "settings.ini"), QSettings.Format.IniFormat)


def found(place: Path, more: str = "") -> list[str]:
    """Return where planted words are, in any of the ways text is kept."""
    hits = [f"{word} in {more[:60]}" for word in PLANTED if word in more]
    for path in (path for path in place.rglob("*") if path.is_file()):
        data = path.read_bytes()
        ways = [(word, word.encode(way)) for word in PLANTED for way in ("utf-8", "utf-16-le", "utf-16-be")]
        hits += [f"{word} in {path.relative_to(place)}" for word, text in ways if text in data]
    return hits


def test_no_planted_identifier_is_outside_the_casebook(window, qtbot, place, settings) -> None:
    titles = []
    window.windowTitleChanged.connect(titles.append)
    for session in range(2):
        window.casebook.show_file(place / "neuro.her2book")
        window.casebook.opening.passphrase.setText(PASSPHRASE)
        window.casebook.opening.unlock()
        qtbot.waitUntil(lambda: window.casebook.unlocked and not window.worker.busy, timeout=20_000)
        area = window.casebook.area
        area.home.table.go(session % 2)
        area.home.do("open")
        window.workbench.document.set_value("meeting.new_since", f"{PLANTED[0]} again {session}")
        window.workbench.form.go_to("meeting.question")
        window.casebook.case.keep_draft()
        assert not found(place), "while a case is open and unsaved"
        if session % 3 == 0:
            window.act("save")
        window.casebook.show_page("chase")
        area.page("chase").copy()
        window.casebook.show_page("moving")
        area.page("moving").backup_button.click()
        qtbot.waitUntil(lambda: not window.worker.busy, timeout=20_000)
        window.casebook.show_page("cases")
        area.page("cases").search.setText(PLANTED[1])
        window.casebook.lock("")
        settings.sync()
        shown = " ".join((*titles, QApplication.clipboard().text(), window.statusBar().currentMessage()))
        assert not found(place, shown)
        assert window.workbench.document.title != "CR01"
    assert {title.split(" ")[0].removesuffix("[*]") for title in titles} <= {"B-07", "CR01", "her2board", "new"}


def _with_images_of_the_memory() -> None:
    """Let a crash write one, where nothing keeps it from that."""
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)


@pytest.mark.skipif(not SESSIONS, reason="make soak goes through them: a session takes several seconds")
def test_none_is_left_by_sessions_of_the_whole_program_that_are_closed_or_crash(place: Path, tmp_path: Path) -> None:
    meant, chance, crashed = tmp_path / "meant", random.Random(5), 0
    names = ("HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    around = {**os.environ, **dict.fromkeys(names, str(place)), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    script = ROOT / "tests" / "support" / "planted_screen.py"
    for number in range(SESSIONS):
        meant.mkdir()
        crash = chance.randrange(STEPS) if number % 2 == 0 else -1
        said = (place, place / "neuro.her2book", meant, number, crash, PLANTED[number % len(PLANTED)])
        done = subprocess.run(
            [sys.executable, str(script), *map(str, said)],
            cwd=place,
            env=around,
            preexec_fn=_with_images_of_the_memory,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert (done.returncode < 0) if crash >= 0 else (done.returncode == 0), (number, crash, done.stderr)
        crashed += done.returncode < 0
        assert not found(place, done.stdout + done.stderr), number
        if crash < 0:
            assert {path.name for path in meant.iterdir()} >= {"page.pdf", "printed.pdf", "packet.pdf"}
        shutil.rmtree(meant)
    kept = [path for path in place.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in kept)
    print(
        f"{len(PLANTED)} identifiers, {SESSIONS} sessions, {crashed} crashed: none in {len(kept)} files, {size} bytes"
    )
