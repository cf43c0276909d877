"""What the Help menu says of the program itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser
from pytestqt.qtbot import QtBot
from support.screen import Answers, Screen

from her2board import paths
from her2board.gui.base.dialogs import Questions
from her2board.gui.base.services import Services
from her2board.gui.window.main_window import MainWindow

DAMAGED = (("program", "ok", "0.1.0"), ("fonts", "FAIL", "resources/fonts/one.ttf: is not the file that was shipped"))


@pytest.fixture
def damaged(qtbot: QtBot, services: Services, settings: QSettings) -> Iterator[tuple[MainWindow, Answers]]:
    answers = Answers(unsaved_answer="discard")
    made = services._replace(self_check=lambda: DAMAGED)
    window = MainWindow(made, settings, answers)
    window.show()
    qtbot.waitExposed(window)
    yield window, answers
    window.close()
    window.deleteLater()


def test_self_check_from_the_menu_reports_what_is_incomplete(damaged: tuple[MainWindow, Answers], qtbot: QtBot) -> None:
    window, answers = damaged
    window.actions_by_id["self_check"].trigger()
    qtbot.waitUntil(lambda: bool(answers.asked))
    assert "fonts FAIL resources/fonts/one.ttf: is not the file that was shipped" in answers.asked
    assert "installation is incomplete" in window.messages.text


def test_about_shows_intended_use_and_the_licences_of_what_is_inside(screen: Screen, qtbot: QtBot) -> None:
    shown: list[str] = []

    def read() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        shown.append(dialog.findChild(QTextBrowser).toPlainText())
        dialog.reject()

    QTimer.singleShot(0, read)
    Questions(screen.window).show_about(("her2board",), paths.notices_file().read_text(encoding="utf-8"))
    assert "SIL Open Font License" in shown[0]
