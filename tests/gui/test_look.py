"""How the program looks: icons, tools, and a window that comes back as it was left."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from support.screen import Answers

from her2board import paths
from her2board.gui.base import theme
from her2board.gui.base.bars import MessageBar
from her2board.gui.base.icons import SIZE, icon
from her2board.gui.base.remembered import fitting
from her2board.gui.window.actions import ACTIONS
from her2board.gui.window.main_window import MainWindow
from her2board.gui.window.toolbar import ICONS

SMALL_SCREEN = 1280
"""Pixels of width."""


def test_every_icon_is_drawn_once_and_laid_out_for_three_densities() -> None:
    folder = paths.resources_dir() / "icons" / "actions"
    drawings = {path.stem for path in folder.glob("*.svg")}
    assert set(ICONS.values()) <= drawings
    assert {path.stem for path in folder.glob("*.png")} == {f"{name}-{n}" for name in drawings for n in (1, 2, 3)}
    assert set(ICONS) <= {spec.id for spec in ACTIONS}


@pytest.mark.parametrize("palette", theme.THEMES.values(), ids=str)
def test_an_icon_has_the_colour_of_the_theme(qapp, palette) -> None:
    theme.apply(qapp, palette)
    drawn = icon("warning").pixmap(SIZE * 3).toImage()
    places = [(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
    inks = {drawn.pixelColor(*place).name() for place in places if drawn.pixelColor(*place).alpha() == 255}
    assert inks == {QColor(palette.text).name()}
    theme.apply(qapp, theme.LIGHT)


@pytest.mark.parametrize("palette", theme.THEMES.values(), ids=str)
def test_what_is_not_recorded_or_cannot_be_used_does_not_look_like_what_is(qapp, palette) -> None:
    assert theme.contrast(palette.text, palette.muted) > 1.5, "the words for nothing recorded, and those of a grey row"
    assert theme.contrast(palette.text, palette.off) > 2
    theme.apply(qapp, palette)
    line, role, group = QLineEdit(), QPalette.ColorRole, QPalette.ColorGroup
    assert line.palette().color(role.PlaceholderText) != line.palette().color(role.Text)
    assert line.palette().color(group.Disabled, role.Text) != line.palette().color(role.Text)
    drawn = {
        mode: icon("save").pixmap(QSize(SIZE, SIZE), mode).toImage()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    }
    assert drawn[QIcon.Mode.Normal] != drawn[QIcon.Mode.Disabled]
    theme.apply(qapp, theme.LIGHT)


@pytest.mark.parametrize(("palette", "least"), [(theme.LIGHT, 7), (theme.DARK, 7), (theme.CONTRAST, 10)], ids=str)
def test_the_words_of_a_choice_contrast_with_its_face_as_it_is_drawn(qapp, palette, least) -> None:
    theme.apply(qapp, palette)
    box = QComboBox()
    box.resize(160, 28)
    drawn = box.grab().toImage()
    middle = round(drawn.width() / 2)
    faces = [drawn.pixelColor(middle, y).name() for y in range(4, drawn.height() - 4)]
    assert min(theme.contrast(palette.text, face) for face in faces) > least
    theme.apply(qapp, theme.LIGHT)


@pytest.mark.parametrize("palette", theme.THEMES.values(), ids=str)
def test_a_problem_above_the_pages_has_the_colour_of_problems(qapp, palette) -> None:
    theme.apply(qapp, palette)
    bar = MessageBar()
    bar.show_message("The file is not there any more", problem=True)
    (words,) = bar.findChildren(QLabel)
    bar.resize(600, 40)
    drawn = bar.grab().toImage()
    places = [(x, y) for x in range(12, 200) for y in range(drawn.height())]
    assert words.text().startswith("⚠")
    assert QColor(palette.problem).name() in {drawn.pixelColor(*place).name() for place in places}
    theme.apply(qapp, theme.LIGHT)


def test_with_large_text_a_small_screen_holds_the_window_and_no_button_is_cut(screen, qapp) -> None:
    theme.resize_text(qapp, 150)
    screen.window.resize(SMALL_SCREEN, 800)
    screen.window.open_example(paths.example_case("b07-invented-complete"))
    screen.wait_for_page()
    screen.bench.form.show_section("tumour")
    screen.bench.panes.setSizes([0, SMALL_SCREEN, 0])
    qapp.processEvents()
    buttons = [part for part in screen.bench.results.page_pane.findChildren(QPushButton) if part.isVisible()]
    cut = [one.text() for one in buttons if one.width() < min(one.sizeHint().width(), one.maximumWidth())]
    wide = screen.window.minimumSizeHint().width()
    screen.act("read")
    screen.window.leads.reading.cards.show_address("value:destiny-breast12/active#0")
    qapp.processEvents()
    card = screen.window.leads.reading.cards.minimumSizeHint().width()
    theme.resize_text(qapp, 100)
    assert buttons
    assert not cut
    assert wide <= SMALL_SCREEN
    assert card <= SMALL_SCREEN / 2, "beside the page"


def test_the_tools_are_actions_of_the_menus_and_can_be_hidden_for_good(window, services, settings, qtbot) -> None:
    window.open_workbench()
    shown = [action for action in window.tools.actions() if action.text()]
    assert shown
    assert all(action in window.actions_by_id.values() and not action.icon().isNull() for action in shown)
    window.act("show_tools")
    again = MainWindow(services, settings, Answers())
    assert again.tools.isHidden()
    again.close()
    again.deleteLater()


def test_a_window_opens_as_it_was_closed(window, services, settings, qtbot) -> None:
    bench = window.open_workbench()
    window.resize(window.width(), 700)
    bench._left.setSizes([150, 450])
    before = bench._left.sizes()
    window.close()
    again = MainWindow(services, settings, Answers())
    again.show()
    qtbot.waitExposed(again)
    found = again.height(), again.open_workbench()._left.sizes()
    again.close()
    again.deleteLater()
    assert found == (700, before)


def test_a_window_begins_no_larger_than_the_screen_with_its_title() -> None:
    assert fitting((1280, 800), QRect(0, 0, 1280, 800)) == (1280, 760)
    assert fitting((1280, 800), QRect(0, 27, 1366, 741)) == (1280, 701)
    assert fitting((1280, 800), QRect(0, 0, 2560, 1440)) == (1280, 800)


def test_with_large_text_the_evidence_is_no_wider_than_a_small_screen(screen, qapp) -> None:
    theme.resize_text(qapp, 150)
    screen.act("evidence")
    qapp.processEvents()
    wide = screen.bench.evidence.minimumSizeHint().width()
    screen.bench.evidence.close()
    theme.resize_text(qapp, 100)
    assert wide <= SMALL_SCREEN
