"""The words of the page as shown: what is under a point, and where words are."""

import pytest
from PySide6.QtCore import QPointF
from support.pages import FOLDER
from support.screen import Screen

from her2board.briefing.addresses import Address
from her2board.cli.program import _make_mapped
from her2board.gui.results.page_view import PageView


@pytest.fixture
def page(window, qtbot) -> PageView:
    window._services = window._services._replace(make_mapped=_make_mapped)
    screen = Screen(window, window.open_workbench(), window.questions, qtbot)
    assert screen.document.open_copy(FOLDER / "b07-invented-complete.her2case")
    screen.wait_for_page()
    return screen.bench.results.page


def test_the_age_on_the_page_as_shown_is_found_by_its_place(page: PageView) -> None:
    (age,) = page.sheet.map.to(Address("field", "patient.age"))
    (box,) = page.sheet.boxes_of(age)
    assert page.sheet.run_at(box.center()) is age
    label = page.sheet
    assert label is not None
    seen = label.grab(box.toAlignedRect()).toImage()
    greys = [seen.pixelColor(x, y).lightness() for x in range(seen.width()) for y in range(seen.height())]
    assert min(greys) < 150
    assert max(greys) > 240


def test_every_run_of_the_page_as_shown_is_found_by_its_place_at_any_size(page: PageView, qtbot) -> None:
    assert lost(page) == []
    width = page.sheet.pixmap().width()
    page.zoom(1)
    qtbot.waitUntil(lambda: page.sheet.pixmap().width() > width)
    assert lost(page) == []


def lost(page: PageView) -> list[str]:
    """Return the words that are not found where they are shown; there must be words."""
    found = page.sheet.map.runs or ("no page",)
    return [run.text for run in found for box in page.sheet.boxes_of(run) if page.sheet.run_at(box.center()) is not run]


def test_there_is_nothing_in_the_margin_nor_beside_the_page_nor_without_one(page: PageView) -> None:
    assert page.sheet.run_at(QPointF(-5, -5)) is None
    assert page.sheet.run_at(QPointF(page.sheet.width() / 2, 12)) is None
    page.clear("no page")
    assert page.sheet.run_at(QPointF(100, 100)) is None
    assert page.sheet.map.runs == ()


def test_the_words_of_the_page_are_read_aloud_in_their_order(page: PageView) -> None:
    read = page.sheet.accessibleDescription()
    order = ["Case B-07", "6, largest 14 mm, measurable", "(liver biopsy, IHC 3+, Mar 2024);", "Decision Owner By"]
    places = [read.index(words) for words in order]
    assert places == sorted(places)
