"""The screen over a casebook of many cases beside the same over one of few: first lines, a key, a page, memory."""

import os
import random
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from measure import Line, in_turns, line, timed

from her2board.casebook.meeting_edits import with_cases
from her2board.casebook.stored import StoredCasebook

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
FEW = 2_000
_FLOOR = f"the same over {FEW} cases"
_WORDS = ("radiosurgery", "trastuzumab", "metastases", "untreated", "brain", "capecitabine")
_TODAY = date(2026, 11, 30)
_SIZE = (1280, 800)


def on_screen(cases: int, many: StoredCasebook, few: StoredCasebook) -> Iterator[Line]:
    """Measure the pages of a casebook of ``cases`` cases beside those of one with few."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    for book in (many, few):
        _list_some(book)
    held = _held_mb()
    screens = [_Screen(book) for book in (many, few)]
    alike = ("2x", lambda ratio, *_: ratio <= 2)
    at_once = ("p99 50 ms", lambda _, __, last: last <= 50)
    for what, ask, runs, reach in (
        ("list of the meeting shown", _Screen.home, 10, alike),
        ("all cases, first lines", _Screen.first_lines, 10, alike),
        ("a key in the search", _Screen.key, 120, at_once),
        ("a page further down", _Screen.page_down, 60, at_once),
    ):
        times, baselines = in_turns(*(partial(timed, partial(ask, one)) for one in screens), runs)
        yield line(f"casebook of {cases}: {what}", times, _FLOOR, baselines, *reach)
    print(f"casebook of {cases} on the screen: {_held_mb() - held:.0f} MB, {screens[0].shown()} lines of all cases")
    for screen in screens:
        screen.close()
    del application


def _list_some(book: StoredCasebook) -> None:
    kept = book.add_meeting(_TODAY)
    ids = list(book.find(_everything(), 12))
    book.save_meeting(with_cases(kept.value, ids), kept.version)


def _everything() -> object:
    from her2board.casebook.book import Wanted

    return Wanted()


def _held_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class _Screen:
    """The pages of one casebook, shown offscreen."""

    def __init__(self, book: StoredCasebook) -> None:
        from PySide6.QtCore import QSettings

        from her2board.gui.casebook.session import BookSession

        self.session = BookSession(book, Path("bench.her2book"), lambda: _TODAY)
        self.around = SimpleNamespace(library=lambda: None)
        self.settings = QSettings("/nonexistent/bench.ini", QSettings.Format.IniFormat)
        self.chance = random.Random(3)
        self.page = self.list = None
        self.word = self.typed = ""

    def home(self) -> None:
        from her2board.gui.casebook.home import HomePage

        if self.list is not None:
            self.list.deleteLater()
            self.session._summaries.clear()
        self.list = self._show(HomePage(self.session, self.settings))

    def first_lines(self) -> None:
        from her2board.gui.casebook.cases_page import CasesPage

        if self.page is not None:
            self.page.deleteLater()
            self.session._summaries.clear()
        self.page = self._show(CasesPage(self.session, self.around))
        self.page.enter()
        self._paint()

    def key(self) -> None:
        """Type the next letter of a word that many cases have; begin another where it ends."""
        self.word = self.word if len(self.typed) < len(self.word) else self.chance.choice(_WORDS)
        self.typed = self.word[: len(self.typed) % len(self.word) + 1]
        self.page.search.setText(self.typed)
        self._paint()

    def page_down(self) -> None:
        if self.page.search.text():
            self.page.search.clear()
        bar = self.page.table.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        self._paint()

    def shown(self) -> int:
        return self.page.table.cases.rowCount()

    def close(self) -> None:
        for page in (self.list, self.page):
            page.deleteLater()
        self.session._look.stop()
        self._paint()

    def _show(self, page):
        page.resize(*_SIZE)
        page.show()
        self._paint()
        return page

    def _paint(self) -> None:
        from PySide6.QtCore import QEvent
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
