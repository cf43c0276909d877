"""Every dialog without a mouse: Tab goes round all of it, each part has a name, Escape leaves, Return presses one."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QTabBar, QTabWidget, QWidget
from shiboken6 import isValid
from support.dialogs import DIALOGS, questions_of, settle, shown
from support.screen import Answers, Screen
from support.walking import reached, tabbed, unnamed

from her2board import wording
from her2board.gui.base.dialogs import Questions
from her2board.gui.base.services import Services
from her2board.gui.window.main_window import MainWindow

LETTER = "MRI brain with contrast, 14 November 2026. Three metastases, the largest 18 mm. No hydrocephalus."
TABLE = "case;state;ECOG\nA;3;1\nB;9;2\n"
RETURN_PRESSES = {
    "Preferences": "OK",
    "FirstStart": "OK",
    "PacketDialog": "Make…",
    "LocalDialog": "Save",
    "ColumnsDialog": "Keep and read",
    "unsaved": "Save",
    "held": "Open a copy",
    "outside": "Cancel",
    "separate": "Cancel",
    "names": "Back",
    "which_case": "OK",
    "into_case": "Cancel",
    "plain_copy": "Cancel",
    "show_keys": "Close",
    "show_about": "Close",
}
"""In the others Return belongs to what the keyboard is on. What would lose or give away something is never pressed."""


@pytest.fixture
def services(services: Services, tmp_path: Path) -> Services:
    return services._replace(overlay_dir=tmp_path / "local")


def problems(name: str, dialog: QWidget) -> Iterator[str]:
    """Yield what is wrong in a dialog for somebody without a mouse; closes it by Escape."""
    walked = tabbed(dialog)
    yield from (f"{name}: Tab does not come to {part}" for part in reached(dialog) if part not in walked)
    yield from (f"{name}: {words}" for words in unnamed(dialog))
    pressed = [button.text().replace("&", "") for button in dialog.findChildren(QPushButton) if button.isDefault()]
    wanted = [RETURN_PRESSES[name]] if name in RETURN_PRESSES else []
    if pressed != wanted:
        yield f"{name}: Return presses {pressed}, not {wanted}"
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
    QApplication.processEvents()
    if isValid(dialog) and dialog.isVisible():
        dialog.close()
        yield f"{name}: Escape does not close it"


def test_every_dialog_is_used_by_keyboard(screen: Screen, tmp_path: Path) -> None:
    found: list[str] = []

    def look() -> None:
        settle(screen)
        (dialog,) = shown(screen.window)
        found.extend(problems(type(dialog).__name__, dialog))
        screen.window.activateWindow()

    for action in DIALOGS:
        screen.act(action)
        look()
    screen.window.settings.welcome()
    look()
    QApplication.clipboard().setText(LETTER)
    screen.act("read_report")
    look()
    (tmp_path / "t.csv").write_text(TABLE)
    screen.answers.records, screen.answers.into_answer = (tmp_path / "t.csv",), "open"
    screen.act("read_records")
    look()
    screen.act("read_records")
    settle(screen)
    columns = screen.window.files.records.columns
    columns.record.setCurrentIndex(columns.record.count() - 1)
    columns.accept()
    look()
    assert found == [], "\n".join(found)


def test_every_question_is_answered_by_keyboard(window) -> None:
    found: list[str] = []

    def look(ask: Callable[[], object]) -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        found.extend(problems(ask.func.__name__, dialog))

    for ask in questions_of(Questions(window)):
        QTimer.singleShot(0, partial(look, ask))
        ask()
    assert found == [], "\n".join(found)


def doubled(dialog: QWidget) -> list[str]:
    """Return the words in sight that share the letter which Alt goes to them by with others."""
    parts = [part for part in dialog.findChildren(QLabel) if part.buddy() is not None]
    parts += dialog.findChildren(QAbstractButton)
    words = [part.text() for part in parts if part.isVisible()]
    for bar in dialog.findChildren(QTabBar):
        words += [bar.tabText(place) for place in range(bar.count())] if bar.isVisible() else []
    letters = [(found[1].casefold(), one) for one in words if (found := re.search(r"(?<!&)&(\w)", one))]
    counts = Counter(letter for letter, _ in letters)
    return sorted(one for letter, one in letters if counts[letter] > 1)


@pytest.fixture(params=["en", "it"])
def spoken(request, qtbot, services, settings) -> Iterator[Screen]:
    wording.speak(request.param)
    window = MainWindow(services, settings, Answers(unsaved_answer="discard"))
    window.show()
    qtbot.waitExposed(window)
    screen = Screen(window, window.open_workbench(), window.questions, qtbot)
    screen.act("new_case")
    screen.wait_for_assessment()
    yield screen
    window.close()
    window.deleteLater()
    wording.speak("en")


def test_no_two_things_of_a_dialog_answer_to_one_letter_in_either_language(spoken) -> None:
    found: list[str] = []

    def look() -> None:
        settle(spoken)
        (dialog,) = shown(spoken.window)
        for tabs in dialog.findChildren(QTabWidget) or [None]:
            for place in range(tabs.count() if tabs else 1):
                if tabs:
                    tabs.setCurrentIndex(place)
                    QApplication.processEvents()
                found.extend(f"{type(dialog).__name__} {place}: {words}" for words in doubled(dialog))
        dialog.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    for action in DIALOGS:
        spoken.act(action)
        look()
    spoken.window.settings.welcome()
    look()
    QApplication.clipboard().setText(LETTER)
    spoken.act("read_report")
    look()
    assert found == [], "\n".join(found)
