"""A window on the shipped release, with pages and the day made up, and answers handed to its questions."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from screen import TODAY, Answers, Screen, fake_page

from her2board.cli.program import cases_in_pdf
from her2board.evidence.library import EvidenceLibrary
from her2board.gui import theme
from her2board.gui.main_window import MainWindow
from her2board.gui.services import Services


@pytest.fixture
def services(library: EvidenceLibrary) -> Services:
    return Services(load_library=lambda: library, make_page=fake_page, read_pdf=cases_in_pdf, today=lambda: TODAY)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot, services: Services, settings: QSettings, qapp: QApplication) -> Iterator[MainWindow]:
    theme.apply(qapp, theme.LIGHT)
    answers = Answers()
    window = MainWindow(services, settings, answers)
    window.show()
    qtbot.waitExposed(window)
    yield window
    answers.unsaved_answer = "discard"
    window.close()
    window.deleteLater()
    qapp.processEvents()
    assert not [timer for timer in window.findChildren(QTimer) if timer.isActive()] or window.isHidden()


@pytest.fixture
def screen(window: MainWindow, qtbot: QtBot) -> Screen:
    screen = Screen(window, window.open_workbench(), window.questions, qtbot)
    screen.act("new_case")
    screen.wait_for_assessment()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return screen


@pytest.fixture(autouse=True)
def _nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fail on windows and threads that outlive their test."""
    before = threading.active_count()
    yield
    qapp.processEvents()
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert not left, f"windows left open: {left}"
    assert threading.active_count() <= before + 2, "threads left running"
