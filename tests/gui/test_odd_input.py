"""What few people type or open: names without end, files that cannot be read, keys where there is nothing to act on."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTreeWidget, QVBoxLayout, QWidget
from support.generated import full_case, overfull_case
from support.screen import Answers

from her2board.case.model import Case
from her2board.case.sections import SECTIONS
from her2board.case.storage import save
from her2board.gui.base.brief_button import BriefButton
from her2board.gui.base.labels import Label
from her2board.gui.base.services import EvidenceError
from her2board.gui.meeting.meeting_pane import Listed, MeetingPane
from her2board.gui.window.main_window import MainWindow

SMALL_SCREEN = 1280
ENDLESS = "Wolfeschlegelsteinhausenbergerdorff" * 9


def test_no_word_or_name_in_a_case_makes_the_window_wider_than_a_small_screen(screen, tmp_path) -> None:
    path = tmp_path / "overfull.her2case"
    save(overfull_case(), path)
    screen.window.resize(SMALL_SCREEN, 800)
    screen.window.open_file(path)
    screen.wait_for_assessment()
    for section in SECTIONS:
        screen.bench.form.enter(section.id)
        QApplication.processEvents()
        assert screen.window.minimumSizeHint().width() <= SMALL_SCREEN, section.id
    for tab in ("page", "cohorts", "options", "pause", "ask"):
        screen.act(f"tab_{tab}")
        assert screen.window.minimumSizeHint().width() <= SMALL_SCREEN, tab


def test_a_word_without_end_is_broken_where_its_line_ends_and_stays_the_same_word(qtbot) -> None:
    label = Label(ENDLESS)
    qtbot.addWidget(label)
    label.setWordWrap(True)
    assert label.text() == ENDLESS
    assert label.minimumSizeHint().width() < label.fontMetrics().horizontalAdvance(ENDLESS) / 4
    assert label.heightForWidth(400) > 2 * label.fontMetrics().height()
    sentence = "An ordinary sentence of words that anybody would write, and nothing in it is changed."
    label.setText(sentence)
    assert QLabel.text(label) == sentence


def test_a_text_to_be_copied_is_left_as_it_is_and_widens_nothing(qtbot) -> None:
    label = Label()
    qtbot.addWidget(label)
    label.allow_copying()
    label.setText(ENDLESS)
    assert QLabel.text(label) == ENDLESS
    assert label.minimumWidth() == 1


def test_a_button_says_less_where_it_has_no_room_and_all_of_it_on_hover(qtbot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    button = BriefButton(around)
    button.say("Registry NCT00000000", "Registry")
    button.setToolTip("https://example.org")
    QVBoxLayout(around).addWidget(button)
    around.resize(600, 60)
    around.show()
    assert button.text() == "Registry NCT00000000"
    assert button.toolTip() == "https://example.org"
    around.resize(around.minimumSizeHint())
    qtbot.waitUntil(lambda: button.text() == "Registry")
    assert button.toolTip() == "Registry NCT00000000\nhttps://example.org"
    assert button.accessibleName() == "Registry NCT00000000"


def test_a_name_too_long_for_any_button_is_left_to_hover_and_takes_no_room(qtbot) -> None:
    button = BriefButton(None)
    qtbot.addWidget(button)
    button.say(f"Cop&y for {ENDLESS}", "Cop&y")
    assert button.text() == "Cop&y"
    assert button.sizeHint().width() < 200
    assert button.accessibleName() == f"Copy for {ENDLESS}"


@pytest.mark.parametrize("way", ["opening", "step", "to_form"])
def test_a_key_pressed_too_soon_leaves_the_code_of_an_opened_case_as_it_is(screen, tmp_path, qtbot, way) -> None:
    path = tmp_path / "bare.her2case"
    save(Case(code="B-71"), path)
    screen.window.open_file(path)
    screen.wait_for_assessment()
    match way:
        case "opening":
            qtbot.keyClicks(QApplication.focusWidget(), "x")
            assert screen.document.case.code == "B-71"
            return
        case "step":
            screen.act("next_section")
            screen.act("previous_section")
        case _:
            screen.act("to_form")
    line = screen.row("code").control
    assert line.hasFocus()
    assert not line.hasSelectedText()


def test_the_name_of_a_new_case_is_replaced_by_what_is_typed(screen, qtbot) -> None:
    screen.act("new_case")
    qtbot.keyClicks(QApplication.focusWidget(), "B-72")
    assert screen.document.case.code == "B-72"


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("undo", "Nothing to undo"),
        ("redo", "Nothing to redo"),
        ("absence", "Go to a field first"),
        ("add_row", "Go to a list first"),
        ("copy_row", "Go to a list first"),
        ("remove_row", "Go to a list first"),
        ("paste_rows", "Go to a list first"),
        ("row_up", "Go to a list first"),
        ("row_down", "Go to a list first"),
    ],
)
def test_an_action_that_finds_nothing_to_act_on_says_what_it_needs(screen, action, words) -> None:
    screen.bench.sections.setFocus()
    screen.act(action)
    assert screen.window.statusBar().currentMessage().startswith(words)


@pytest.mark.parametrize("action", ["tab_page", "tab_full_annex", "tab_cohorts", "tab_ask", "find_result", "zoom_in"])
def test_what_shows_a_result_brings_a_hidden_one_back(screen, action) -> None:
    screen.act("tab_options")
    screen.act("show_result")
    assert not screen.bench.results.isVisible()
    screen.act(action)
    assert screen.bench.results.isVisible()
    in_front = screen.bench.results.tabs.currentWidget() is screen.bench.results.page_pane
    assert in_front == (action in ("tab_page", "tab_full_annex", "zoom_in"))


@pytest.mark.parametrize("action", ["to_form", "next_section", "previous_section", "field_help"])
def test_what_is_done_in_the_form_leaves_the_reading_view(screen, action) -> None:
    screen.act("read")
    assert not screen.bench.form.isVisible()
    screen.act(action)
    assert screen.bench.form.isVisible()


def test_what_was_begun_is_not_said_any_more_once_it_failed_or_another_case_is_open(screen, tmp_path) -> None:
    status = screen.window.statusBar()
    path = tmp_path / "rubbish.pdf"
    path.write_bytes(b"%PDF-1.4\nrubbish")
    screen.window.open_file(path)
    screen.wait(lambda: "was not opened" in screen.window.messages.text)
    assert status.currentMessage() == ""
    screen.window.report("Read table.csv", problem=False)
    screen.act("new_case")
    assert status.currentMessage() == ""


def test_many_contradictions_of_one_date_leave_the_form_in_sight_and_are_all_in_the_strip(screen, tmp_path) -> None:
    path = tmp_path / "overfull.her2case"
    save(full_case(), path)
    screen.window.open_file(path)
    screen.wait_for_assessment()
    note = screen.row("brain.imaging_date").note.text()
    assert re.search(r" and \d+ more$", note)
    assert note.count("; ") == 3
    assert len(screen.bench.live.assessment.contradictions) > 20
    assert f"{len(screen.bench.live.assessment.contradictions)} contradictions" in [
        button.text() for button in screen.bench.strip.findChildren(QPushButton)
    ]


def test_a_narrow_list_of_cases_shows_codes_whole_before_its_heading(qtbot) -> None:
    pane = MeetingPane()
    qtbot.addWidget(pane)
    cases = [Listed(Path(f"{code}.her2case"), code, "", 12) for code in ("BR-2026-117", "C-1")]
    pane.show_cases(cases, cases[0].path)
    pane.show()
    (tree,) = pane.findChildren(QTreeWidget)
    for width in (300, tree.sizeHintForColumn(0) + tree.sizeHintForColumn(1) + 30):
        pane.resize(width, 300)
        qtbot.waitUntil(lambda: tree.columnWidth(0) + tree.columnWidth(1) == tree.viewport().width())
        assert tree.columnWidth(0) >= tree.sizeHintForColumn(0)
    assert tree.columnWidth(1) < tree.header().sectionSizeHint(1)


def test_what_the_help_says_to_begin_with_is_broken_at_the_end_of_its_line(screen) -> None:
    screen.act("new_case")
    screen.bench.form.forget_place()
    said = screen.bench.form.help
    assert said.toPlainText() == "Go to a field: why it matters and what depends on it is shown here"
    one, many = said.document().size().height(), said.document().clone()
    many.setTextWidth(120)
    assert many.size().height() > 2 * one


def test_without_evidence_what_needs_it_says_so_and_not_that_it_is_on_its_way(qtbot, services, settings) -> None:
    def broken() -> None:
        raise EvidenceError("release.yaml: cannot be read")

    window = MainWindow(services._replace(load_library=broken), settings, Answers(unsaved_answer="discard"))
    window.show()
    qtbot.waitExposed(window)
    window.act("new_case")
    qtbot.waitUntil(lambda: "release.yaml" in window.messages.text)
    for action in ("evidence", "read_report"):
        window.act(action)
        said = window.statusBar().currentMessage()
        assert "cannot be used" in said, action
        assert "Help, Evidence in use" in said, action
    window.close()
    window.deleteLater()
