"""The handbook names what there is, and the first start asks once for what is usual."""

import re

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from her2board import paths
from her2board.assessment.clinic import read_clinic
from her2board.gui.window.actions import ACTIONS
from her2board.gui.window.first_start import FirstStart
from her2board.gui.window.handbook import Handbook

TEXT = (paths.handbook_dir() / "handbook.md").read_text(encoding="utf-8")
IN_PLACE = {"Ctrl+V", "Alt+Home", "Alt+End"}
"""Keys that a part of the window has for itself."""


def test_every_picture_of_the_handbook_is_there_and_none_is_left_over() -> None:
    assert set(re.findall(r"\]\((.+?)\)", TEXT)) == {path.name for path in paths.handbook_dir().glob("*.png")}


def test_every_key_the_handbook_names_does_something() -> None:
    named = set(re.findall(r"\b(?:(?:Ctrl|Alt|Shift)\+)+\w+|\bF\d+", TEXT)) | {"Ctrl+,"}
    assert named - {spec.keys for spec in ACTIONS} - IN_PLACE == set()


def test_every_chapter_can_be_turned_to_and_words_are_found(qtbot) -> None:
    handbook = Handbook()
    qtbot.addWidget(handbook)
    handbook.show()
    titles = [handbook.chapters.item(row).text() for row in range(handbook.chapters.count())]
    assert titles == re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    handbook.chapters.setCurrentRow(titles.index("How the unknown is treated"))
    assert handbook.text.textCursor().block().text() == "How the unknown is treated"
    handbook.words.setText("never read as no")
    handbook.find_next()
    assert handbook.text.textCursor().selectedText().casefold() == "never read as no"


def test_the_handbook_loads_its_own_pictures_and_nothing_else(qtbot, tmp_path) -> None:
    handbook = Handbook()
    qtbot.addWidget(handbook)
    kind = QTextDocument.ResourceType.ImageResource.value
    assert not handbook.text.loadResource(kind, QUrl("start.png")).isNull()
    for other in ("https://example.org/a.png", "file:///etc/hostname", "nosuch.png", "handbook.md"):
        assert handbook.text.loadResource(kind, QUrl(other)) is None


def test_the_first_start_asks_once_and_new_cases_carry_the_answers(screen, tmp_path) -> None:
    file = tmp_path / "her2board" / "clinic.json"
    screen.window.settings._services = screen.window._services = screen.window._services._replace(clinic_file=file)
    screen.window.settings.welcome()
    asked = screen.window.findChild(FirstStart)
    asked.institution.setText("City hospital")
    asked.preparer.setText("Dr C")
    asked.presenter.setText("Dr P")
    asked._take()
    assert read_clinic(file).preparer == "Dr C"
    screen.act("new_case")
    assert screen.document.case.meeting.place == "City hospital"
    assert screen.document.case.meeting.preparer == "Dr C"
    assert screen.document.case.meeting.consultant == "Dr P"
    file.unlink()
    screen.window.settings.welcome()
    assert not [dialog for dialog in screen.window.findChildren(FirstStart) if dialog.isVisible()]
