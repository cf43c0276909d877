"""Planted identifiers: after sessions with locks, exports and crashes none is outside the encrypted file."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from support.book_screen import PASSPHRASE
from support.fill_book import NEXT, cases

from her2board.case.edit import with_value
from her2board.casebook import meeting_edits as edits
from her2board.casebook.keys import Cost
from her2board.casebook.opening import create_casebook, open_casebook

SESSIONS = int(os.environ.get("HER2BOARD_PLANTED", "1"))
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
PLANTED = [f"Zzplanted{number:03}x" for number in range(10)]
FIELDS = ("identity.name", "identity.record_number", "meeting.question", "meeting.consultant", "board.decision")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A home whose every file is searched, with a casebook in it."""
    home = tmp_path / "home"
    home.mkdir()
    book = create_casebook(home / "neuro.her2book", PASSPHRASE, by="A. Ferri", cost=CHEAP)
    ids = []
    for number, case in enumerate(cases(2)):
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
    opened = replace(services.casebooks, open=lambda path, typed, summary: open_casebook(path, typed, by="A. Ferri"))
    return replace(services, casebooks=opened, state_dir=place / "state")


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
    for session in range(SESSIONS):
        window.casebook.show_file(place / "neuro.her2book")
        window.casebook.opening.passphrase.setText(PASSPHRASE)
        window.casebook.opening.unlock()
        qtbot.waitUntil(lambda: window.casebook.unlocked and not window.worker.busy)
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
