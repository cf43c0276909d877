"""A window on the shipped release, with made-up pages and date, and answers to its questions."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from support.screen import TODAY, Answers, Screen, fake_page

from her2board.assessment.dependents import Dependents, dependents
from her2board.cli.program import cases_in_pdf
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base import theme
from her2board.gui.base.services import Services
from her2board.gui.form import field_help
from her2board.gui.window.main_window import MainWindow


@pytest.fixture(scope="session")
def depending(library: EvidenceLibrary) -> Dependents:
    """What depends on each fact of the shipped release, which a window works out when the form first explains one."""
    return dependents(library)


@pytest.fixture(autouse=True)
def _depending_once(library: EvidenceLibrary, depending: Dependents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(field_help, "dependents", lambda one: depending if one is library else dependents(one))


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
    """Fail on widgets, running timers and threads that outlive their test."""
    before, threads = len(qapp.allWidgets()), threading.active_count()
    yield
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(0)
    visible = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert not visible, f"windows left open: {visible}"
    left = qapp.allWidgets()[: max(0, len(qapp.allWidgets()) - before)]
    assert not left, f"widgets left behind: {left[:5]} and {len(left)} in all"
    ticking = [part for part in gc.get_objects() if type(part) is QTimer and isValid(part) and part.isActive()]
    assert not ticking, f"timers left running: {ticking}"
    assert QThreadPool.globalInstance().activeThreadCount() == 0
    assert threading.active_count() <= threads + 2, "threads left running"
    _leave_out_what_windows_import()


@cache
def _leave_out_what_windows_import() -> None:
    """Once a first test has passed, take all that it imported out of what is walked after each: no timer is in it."""
    gc.collect()
    gc.freeze()
