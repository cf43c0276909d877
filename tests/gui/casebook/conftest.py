"""A window with a casebook in memory, unlocked on the list of its next meeting."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from support.book_screen import KEY, PASSPHRASE
from support.casebooks import Shelf, book_services, paper_services
from support.fill_book import filled


@pytest.fixture
def shelf() -> Shelf:
    return filled()


@pytest.fixture
def services(services, shelf):
    return services._replace(casebooks=book_services(shelf, PASSPHRASE), papers=paper_services())


@pytest.fixture
def home(window, qtbot):
    """The list of the next meeting, unlocked by its passphrase."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.act("casebook")
    page = window.casebook.opening
    page.choose(Path("neuro.her2book"))
    qtbot.keyClicks(page.passphrase, PASSPHRASE)
    qtbot.keyClick(page.passphrase, KEY.Key_Return)
    qtbot.waitUntil(lambda: window.casebook.unlocked and not window.worker.busy)
    return window.casebook.area.home
