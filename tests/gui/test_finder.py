"""Finding actions, fields and trials by name, and the list of keys."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QTextBrowser

from her2board.gui.base.dialogs import Questions
from her2board.gui.window.actions import ACTIONS
from her2board.gui.window.finder import Finder
from her2board.gui.window.shortcuts import shortcut_rows, shortcuts_html


@pytest.fixture
def finder(screen):
    screen.act("find")
    finder = screen.window.findChild(Finder)
    yield finder
    for left in screen.window.findChildren(Finder):
        left.close()


def shown(finder) -> list[str]:
    return [finder.found.item(n).text() for n in range(finder.found.count())]


def test_a_field_is_found_by_part_of_its_name_and_return_goes_there(screen, finder, qtbot) -> None:
    qtbot.keyClicks(finder.words, "lvef")
    assert shown(finder)[0].startswith("LVEF")
    qtbot.keyClick(finder.words, Qt.Key.Key_Return)
    screen.wait(lambda: screen.bench.form.block_in_focus() is not None)
    assert screen.bench.form.block_in_focus().path == "organs.lvef_percent"


def test_a_field_is_found_by_what_people_call_it(finder, qtbot) -> None:
    qtbot.keyClicks(finder.words, "srs")
    assert any(text.startswith("Radiosurgery available") for text in shown(finder))


def test_an_action_is_found_and_done(screen, finder, qtbot) -> None:
    qtbot.keyClicks(finder.words, "before wbrt")
    assert shown(finder)[0] == "Before WBRT  (Go)  Ctrl+4"
    qtbot.keyClick(finder.words, Qt.Key.Key_Return)
    assert screen.bench.results.tabs.currentWidget() is screen.bench.results.trees["pause"]


def test_arrows_move_through_what_is_found_without_leaving_the_line(finder, qtbot) -> None:
    qtbot.keyClick(finder.words, Qt.Key.Key_Down)
    assert finder.found.currentRow() == 1
    qtbot.keyClick(finder.words, Qt.Key.Key_Up)
    qtbot.keyClick(finder.words, Qt.Key.Key_Up)
    assert finder.found.currentRow() == 0


def test_a_trial_leads_to_its_card(screen, finder, qtbot) -> None:
    qtbot.keyClicks(finder.words, "her2climb-05")
    qtbot.keyClick(finder.words, Qt.Key.Key_Return)
    assert screen.bench.evidence.card.card.title == "HER2CLIMB-05"
    screen.bench.evidence.close()


def test_a_guideline_leads_to_its_card(screen, finder, qtbot) -> None:
    qtbot.keyClicks(finder.words, "astro up to 4")
    assert shown(finder)[0].startswith("ASTRO: Up to 4 intact lesions")
    qtbot.keyClick(finder.words, Qt.Key.Key_Return)
    assert screen.bench.evidence.card.card.kind == "Guideline"
    screen.bench.evidence.close()


def test_nothing_found_goes_nowhere(screen, finder, qtbot) -> None:
    qtbot.keyClicks(finder.words, "nosuchthing")
    assert shown(finder) == ["No match"]
    qtbot.keyClick(finder.words, Qt.Key.Key_Return)
    assert finder.isVisible()


def test_without_a_case_fields_and_their_actions_are_not_offered(window, qtbot) -> None:
    window.open_workbench()
    names = [entry.name for entry in window._findable()]
    assert "Save" not in names
    assert "ECOG" not in names
    assert "New case" in names


def test_the_keyboard_goes_to_a_result_back_to_its_field_and_to_the_cases(screen) -> None:
    screen.block("patient.ecog")
    screen.act("tab_options")
    assert screen.bench.results.trees["options"].hasFocus()
    screen.act("to_form")
    assert screen.bench.form.block_in_focus().path == "patient.ecog"
    screen.act("show_meeting")
    screen.act("to_cases")
    assert screen.bench.meeting.search.hasFocus()


def test_every_action_is_in_the_list_of_keys_once() -> None:
    names = [name for _, name, _, _ in shortcut_rows() if name]
    assert names == [
        spec.text.replace("&", "").rstrip("…") for spec in sorted(ACTIONS, key=lambda s: menu_order(s.menu))
    ]
    html = shortcuts_html()
    assert all(f"<b>{spec.keys}</b>" in html for spec in ACTIONS if spec.keys)


def test_the_list_of_keys_opens_with_a_name_and_closes(window, qtbot) -> None:
    seen = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        browser = dialog.findChild(QTextBrowser)
        seen.append((browser.accessibleName(), "Ctrl+K" in browser.toPlainText()))
        dialog.close()

    QTimer.singleShot(0, look)
    Questions(window).show_keys(shortcuts_html())
    assert seen == [("Keys", True)]


def menu_order(menu: str) -> int:
    from her2board.gui.window.actions import MENUS

    return list(MENUS).index(menu)
