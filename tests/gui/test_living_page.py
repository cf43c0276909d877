"""Words of the page lead to their field, to asking, or to their source card: by pointer and by keyboard."""

import re

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from support.pages import FOLDER
from support.screen import Screen

from her2board import paths
from her2board.briefing.addresses import Address
from her2board.briefing.page_map import PlacedRun
from her2board.cli.program import _make_mapped
from her2board.gui.results.page_sheet import PageSheet


@pytest.fixture
def screen(window, qtbot) -> Screen:
    window._services = window._services._replace(make_mapped=_make_mapped)
    screen = Screen(window, window.open_workbench(), window.questions, qtbot)
    assert screen.document.open_copy(FOLDER / "b07-invented-complete.her2case")
    screen.wait_for_page()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return screen


def test_a_click_on_a_value_leads_into_its_field(screen: Screen, qtbot) -> None:
    sheet = screen.bench.results.page.sheet
    click(sheet, run(sheet, "field", "patient.age"), qtbot)
    assert screen.bench.form.block_in_focus().path == "patient.age"


def test_words_of_one_line_of_treatment_lead_to_its_row_and_cell(screen: Screen) -> None:
    screen.bench.jump("systemic.lines[1].reason_stopped")
    table = screen.bench.form.block_in_focus()
    chosen = table.control.currentIndex()
    assert chosen.row() == 1
    assert table.model.columns[chosen.column()].path == "reason_stopped"


def test_a_click_on_a_reference_number_opens_the_card_of_the_publication(screen: Screen, qtbot) -> None:
    sheet = screen.bench.results.page.sheet
    number = next(found for found in sheet.map.runs if found.addresses[0].kind == "reference" and shown(sheet, found))
    click(sheet, number, qtbot)
    card = screen.bench.evidence.card.card
    assert card is not None
    assert card.address == f"reference:{number.addresses[0].place}"
    screen.bench.evidence.close()


def test_where_words_lead_is_named_before_a_click(screen: Screen, qtbot) -> None:
    sheet = screen.bench.results.page.sheet
    move(sheet, run(sheet, "field", "brain.largest_mm"))
    assert "Largest diameter" in screen.bench.results.page_pane.leads.text()
    assert sheet.cursor().shape() == Qt.CursorShape.PointingHandCursor
    title = next(found for found in sheet.map.runs if found.text == "DRAFT")
    move(sheet, title)
    assert sheet.describe(title)  # the mark on the page comes from the status of the case


def test_the_arrow_keys_go_from_word_to_word_and_return_leads_on(screen: Screen, qtbot) -> None:
    sheet = screen.bench.results.page.sheet
    screen.act("tab_page")
    qtbot.keyClick(sheet, Qt.Key.Key_Right)
    qtbot.keyClick(sheet, Qt.Key.Key_Right)
    assert "Meeting" in sheet.accessibleName() or "meeting" in sheet.accessibleName()
    qtbot.keyClick(sheet, Qt.Key.Key_Left)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert screen.bench.form.block_in_focus().path == "code"


def test_what_is_not_recorded_leads_to_asking_and_to_its_field(screen: Screen) -> None:
    sheet, leads = screen.bench.results.page.sheet, screen.window.leads
    assert screen.document.open_copy(FOLDER / "cr31-herniation.her2case")
    before = sheet.map
    screen.qtbot.waitUntil(lambda: sheet.map is not before)
    gaps = [found for found in sheet.map.runs if found.gap]
    assert gaps
    for gap in gaps:
        assert leads.ways_of(gap)[0].kind == "ask", gap.text
    menu = [action.text() for action in leads.menu_of(gaps[0]).actions()]
    assert len(menu) >= 2


def test_the_reading_view_shows_fields_and_sources_beside_the_page_and_leads_back(screen: Screen, qtbot) -> None:
    sheet, reading = screen.bench.results.page.sheet, screen.window.leads.reading
    screen.act("read")
    assert not screen.bench.form.isVisible()
    assert reading.cards.isVisible()
    click(sheet, run(sheet, "field", "brain.largest_mm"), qtbot)
    assert "14 mm" in reading.cards.plain()
    figure = next(found for found in sheet.map.runs if found.addresses[0].kind == "value" and shown(sheet, found))
    click(sheet, figure, qtbot)
    assert reading.cards.card.address.partition(":")[0] != "field"
    reading.cards.go_back()
    assert reading.cards.card.address == "field:brain.largest_mm"
    screen.act("read")
    assert screen.bench.form.isVisible()
    assert not reading.cards.isVisible()


def test_what_is_counted_about_the_form_is_hidden_while_the_page_is_read(screen: Screen) -> None:
    screen.window.open_file(paths.example_case("b07-invented-complete"), read=True)
    screen.wait_for_page()
    screen.document.set_value("patient.age", 60)
    screen.wait_for_assessment()
    assert not screen.bench.strip.isVisible()
    screen.act("read")
    assert screen.bench.strip.isVisible()


def test_a_radiation_oncologist_is_two_actions_from_the_file_to_the_place_and_date_of_any_figure(
    screen: Screen, qtbot
) -> None:
    screen.window.open_file(paths.example_case("b07-invented-complete"), read=True)  # the first action
    screen.wait_for_page()
    sheet, reading = screen.bench.results.page.sheet, screen.window.leads.reading
    figures = [found for found in sheet.map.runs if found.addresses[0].kind == "value" and shown(sheet, found)]
    for figure in figures:
        click(sheet, figure, qtbot)  # the second
        lines = {line.label: line.words for part in reading.cards.card.parts for line in part.lines}
        assert lines["Read in"], figure.text
        assert re.search(r"\b(19|20)\d\d\b|year not read", lines["Published"]), figure.text
        assert lines["First- or second-hand"], figure.text
    print(f"{len(figures)} figures of the page, each two actions from the file to where and when it was read")
    assert len(figures) > 3


def test_a_page_that_is_out_of_date_is_dimmed_until_the_next_one_is_there(screen: Screen, qtbot) -> None:
    view = screen.bench.results.page
    fresh = view.sheet.grab().toImage()
    view.mark_old()
    qtbot.waitUntil(lambda: view.sheet.grab().toImage() != fresh)
    screen.document.set_value("patient.age", 60)
    qtbot.waitUntil(lambda: not view.sheet._old)


def run(sheet: PageSheet, kind: str, place: str) -> PlacedRun:
    return next(sheet.map.to(Address(kind, place)))


def shown(sheet: PageSheet, found: PlacedRun) -> bool:
    return bool(sheet.boxes_of(found))


def click(sheet: PageSheet, found: PlacedRun, qtbot) -> None:
    place = sheet.boxes_of(found)[0].center().toPoint()
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=place)


def move(sheet: PageSheet, found: PlacedRun) -> None:
    place = QPointF(sheet.boxes_of(found)[0].center())
    no = Qt.MouseButton.NoButton
    kind = QMouseEvent.Type.MouseMove
    QApplication.sendEvent(
        sheet, QMouseEvent(kind, place, sheet.mapToGlobal(place), no, no, Qt.KeyboardModifier.NoModifier)
    )
