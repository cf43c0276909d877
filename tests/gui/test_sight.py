"""Nothing is clipped in a language a third longer, at the smallest window; every action keeps a mnemonic of its own."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QTreeWidget,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as NotInTime
from pytestqt.qtbot import QtBot
from support.screen import Answers, Screen

from her2board import paths, wording
from her2board.case.sections import SECTIONS
from her2board.gui.base import theme
from her2board.gui.base.heading import Heading
from her2board.gui.form.field_help import FieldHelp
from her2board.gui.window.actions import ACTIONS, MENUS
from her2board.gui.window.finder import Finder
from her2board.gui.window.main_window import MainWindow
from her2board.gui.window.preferences import Preferences


@pytest.fixture
def foreign(qtbot: QtBot, services, settings, qapp: QApplication) -> Iterator[Screen]:
    """A window in the pseudo-language, at 1280x800, on an example."""
    wording.speak(wording.PSEUDO)
    theme.apply(qapp, theme.LIGHT)
    window = MainWindow(services, settings, Answers(unsaved_answer="discard"))
    window.resize(QSize(1280, 800))
    window.show()
    qtbot.waitExposed(window)
    yield Screen(window, window.open_workbench(), window.questions, qtbot)
    window.close()
    window.deleteLater()
    wording.speak("en")


def clipped(root: QWidget) -> list[str]:
    """Return the words of every visible control that has less space than its words take."""
    found = [room for widget in root.findChildren(QWidget) if widget.isVisible() for room in lacking(widget)]
    for area in root.findChildren(QScrollArea):
        hidden = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if area.isVisible() and hidden and area.widget().width() > area.viewport().width():
            found.append(f"beyond the edge: {area.viewport().width()} of {area.widget().width()}")
    return found


def nothing_clipped(screen: Screen, root: QWidget, where: str) -> None:
    """Fail unless nothing is clipped once the window has settled."""
    with suppress(NotInTime):
        screen.qtbot.waitUntil(lambda: clipped(root) == [], timeout=3_000)
    assert clipped(root) == [], where


def lacking(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QTabBar):
        if widget.sizeHint().width() > widget.width() + 1:
            yield f"tabs {widget.width()} of {widget.sizeHint().width()}"
    elif isinstance(widget, QLineEdit) and not widget.text():
        wanted = widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + 4
        if wanted > widget.width():
            yield f"{widget.placeholderText()!r}: {widget.width()} of {wanted} wide"
    elif isinstance(widget, QComboBox):
        yield from lacking_choice(widget)
    elif isinstance(widget, FieldHelp) and widget.verticalScrollBar().maximum() > 0:
        yield f"help {widget.toPlainText()[:60]!r}: {widget.verticalScrollBar().maximum()} more"
    elif isinstance(widget, QTreeWidget | QListWidget | QTableView):
        yield from lacking_lines(widget)
    elif isinstance(widget, QLabel) and widget.text() and widget.wordWrap():
        wanted = widget.heightForWidth(widget.width())
        if wanted > widget.height() + 1:
            yield f"{widget.text()[:60]!r}: {widget.height()} of {wanted} high"
    elif isinstance(widget, QLabel | QAbstractButton) and widget.text():
        yield from lacking_words(widget)


def lacking_words(widget: QLabel | QAbstractButton) -> Iterator[str]:
    wanted = widget.sizeHint().width()
    if isinstance(widget, QPushButton):  # its hint includes space the style would like, not only the words
        wanted = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", "")) + 8
    gives_way = widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
    shown_on_hover = isinstance(widget, QLabel) and gives_way and bool(widget.toolTip())
    if wanted > widget.width() + 1 and not shown_on_hover:
        yield f"{widget.text()[:60]!r}: {widget.width()} of {wanted} wide"


def lacking_choice(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
    wanted = box.fontMetrics().horizontalAdvance(box.currentText())
    if wanted > room and box.currentText() not in box.toolTip():
        yield f"{box.currentText()!r}: {room} of {wanted} wide"


def lacking_lines(view: QAbstractItemView) -> Iterator[str]:
    """Yield what a list or table shortens, unless all of it is shown on hover."""
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(1 if isinstance(view, QListWidget) else model.columnCount()):
            index = model.index(row, column)
            words, room = str(index.data() or ""), view.visualRect(index)
            wraps = Qt.TextFlag.TextWordWrap if getattr(view, "wordWrap", bool)() else Qt.TextFlag.TextSingleLine
            wanted = view.fontMetrics().boundingRect(room.adjusted(3, 0, -3, 0), wraps, words)
            lacks = wanted.width() + 6 > room.width() or wanted.height() > room.height()
            if lacks and words not in str(index.data(Qt.ItemDataRole.ToolTipRole) or ""):
                yield f"{words!r}: {room.size().toTuple()} of {wanted.size().toTuple()}"


def test_nothing_of_the_start_page_is_clipped_in_a_longer_language(foreign) -> None:
    assert "~" in foreign.window.menuBar().actions()[0].text()
    nothing_clipped(foreign, foreign.window, "start")


def test_no_section_is_clipped_in_a_longer_language(foreign) -> None:
    foreign.window.open_example(paths.example_case("b07-invented-complete"))
    foreign.wait_for_assessment()
    for section in SECTIONS:
        foreign.bench.form.show_section(section.id)
        nothing_clipped(foreign, foreign.window, section.id)


def test_no_result_or_dialog_is_clipped_in_a_longer_language(foreign) -> None:
    foreign.window.open_example(paths.example_case("b07-invented-complete"))
    foreign.wait_for_assessment()
    for tab in ("page", "cohorts", "options", "pause", "ask"):
        foreign.act(f"tab_{tab}")
        nothing_clipped(foreign, foreign.window, tab)
    foreign.act("evidence")
    evidence = foreign.bench.evidence
    for page in range(evidence.tabs.count()):
        evidence.tabs.setCurrentIndex(page)
        nothing_clipped(foreign, evidence, str(page))
    evidence.close()
    for action, kind in (("preferences", Preferences), ("find", Finder)):
        foreign.act(action)
        dialog = foreign.window.findChild(kind)
        nothing_clipped(foreign, dialog, action)
        dialog.close()


def test_the_form_can_be_read_in_text_half_as_large_again(foreign, qapp) -> None:
    foreign.window.open_example(paths.example_case("b07-invented-complete"))
    foreign.wait_for_assessment()
    heading = foreign.bench.form.findChild(Heading)
    before = heading.font().pointSizeF()
    theme.resize_text(qapp, 150)
    try:
        foreign.wait(lambda: heading.font().pointSizeF() == pytest.approx(1.5 * before))
        foreign.wait(lambda: clipped(foreign.bench.strip) + clipped(foreign.bench.form) == [])
    finally:
        theme.resize_text(qapp, 100)


@pytest.mark.parametrize("language", ["it", wording.PSEUDO])
def test_mnemonics_stay_unique_in_every_menu_of_a_translation(language) -> None:
    wording.speak(language)
    try:
        for menu in MENUS:
            texts = [wording.tr(spec.text) for spec in ACTIONS if spec.menu == menu]
            marks = [mark.casefold() for text in texts for mark in re.findall(r"&(\w)", text)]
            assert len(marks) == len(set(marks)), (menu, texts)
    finally:
        wording.speak("en")


def test_the_program_speaks_english_unless_a_catalogue_is_there() -> None:
    wording.speak("xx")
    assert wording.spoken_language() == "en"
    assert wording.tr("Save the case") == "Save the case"
    assert wording.tr("") == ""


def test_what_is_filled_in_keeps_its_place_in_the_pseudo_language() -> None:
    wording.speak(wording.PSEUDO)
    try:
        assert wording.tr("Wrote {path}.").format(path="x").startswith("Wróté x")
        assert wording.tr("&Save").startswith("&S")
        assert wording.trn("{n} day old", "{n} days old", 2).format(n=2).startswith("2 dáýs óld~")
    finally:
        wording.speak("en")
