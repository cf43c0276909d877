"""What a person reaches where the keyboard or the mouse is: keys, menus of the right button, asking for a field."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from her2board.gui.window.actions import ACTIONS

FIELD = ["Reason for absence…", "Ask for it", "None given, none of these", "Help on this field"]
CTRL = Qt.KeyboardModifier.ControlModifier


def wanted_by(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> bool:
    """Return whether a widget takes keys for itself that an action of the window may have."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def menu_at(widget: QWidget, place: QPoint, qtbot) -> list[str]:
    """Press the right button and return what is offered; the menu is closed again."""
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]
    menu.close()
    return words


def test_the_keys_of_the_window_win_over_those_of_a_text_field(screen) -> None:
    line, text = screen.row("meeting.consultant").control, screen.row("meeting.question").control
    search = screen.bench.results.words
    for widget in (line, text, search):
        assert wanted_by(widget, Qt.Key.Key_A, CTRL)
        assert wanted_by(widget, Qt.Key.Key_Delete, CTRL), "removes a word, not an entry"
    action = QAction(screen.window)  # a key that every desktop gives to text
    action.setShortcut("Ctrl+A")
    screen.window.addAction(action)
    assert not any(wanted_by(widget, Qt.Key.Key_A, CTRL) for widget in (line, text, search))
    action.setEnabled(False)
    assert wanted_by(line, Qt.Key.Key_A, CTRL)
    screen.window.removeAction(action)
    action.deleteLater()
    assert not wanted_by(line, Qt.Key.Key_Z, CTRL), "undo is of the document"
    assert wanted_by(search, Qt.Key.Key_Z, CTRL), "a search is no part of it"


def test_no_key_is_altgr_on_another_keyboard_and_none_is_given_twice() -> None:
    keys = [spec.keys for spec in ACTIONS if spec.keys]
    assert not [key for key in keys if "Ctrl+Alt" in key]
    assert len(keys) == len(set(keys))


def test_a_field_is_asked_for_where_the_keyboard_is_and_a_question_by_its_button(screen) -> None:
    screen.type("meeting.date", "2026-11-26")
    screen.block("patient.ecog")
    screen.act("note_asked")
    noted = screen.document.case.absences["patient.ecog"]
    assert (noted.reason, noted.owner, str(noted.due)) == ("pending", "oncology", "2026-11-26")
    screen.act("undo")
    screen.act("tab_ask")
    view, button = screen.bench.results.trees["ask"], screen.bench.results.ask
    screen.wait(lambda: bool(view.nodes.roots))
    node = next(node for node in view.nodes.every() if node.jump == "patient.ecog")
    view.setCurrentIndex(view.nodes.index_of(node))
    assert button.text() == "Ask oncology (F7)"
    screen.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "patient.ecog" in screen.document.case.absences
    screen.act("tab_options")
    assert not button.isVisible()


def test_the_right_button_offers_what_fits_a_field_a_list_and_a_result(screen) -> None:
    row = screen.row("tumour.histology")
    form = screen.bench.form
    assert menu_at(form, row.label.mapTo(form, QPoint(3, 3)), screen.qtbot) == FIELD
    assert form.block_in_focus() is row
    table = screen.table("tumour.specimens")
    assert "Paste a table…" in menu_at(form, table.label.mapTo(form, QPoint(3, 3)), screen.qtbot)
    assert "If there is none: F5." in table.control.empty_words
    screen.act("tab_cohorts")
    view = screen.bench.results.trees["cohorts"]
    view.expandAll()
    node = next(node for node in view.nodes.every() if node.jump == "patient.ecog")
    view.scrollTo(view.nodes.index_of(node))
    place = view.visualRect(view.nodes.index_of(node)).center()
    offered = menu_at(view.viewport(), place, screen.qtbot)
    assert offered[:2] == ["Go to the field", "Copy the line"]


def test_the_right_button_in_a_text_offers_what_is_done_with_the_text_and_with_its_field(screen) -> None:
    line, text = screen.row("tumour.histology").control, screen.row("meeting.question").control
    for part in (line, text.viewport()):
        offered = [words.partition("\t")[0] for words in menu_at(part, QPoint(5, 5), screen.qtbot)]
        assert offered == ["Cut", "Copy", "Paste", "Delete", "Select All", *FIELD], part


def test_the_help_follows_the_keyboard_into_the_column_of_a_list(screen) -> None:
    table = screen.table("tumour.specimens")
    table.add()
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    heading = table.model.headerData(1, Qt.Orientation.Horizontal)
    assert f"{heading}. " in screen.bench.form.help.toPlainText()
    screen.block("tumour.histology")
    assert screen.bench.form.help.toPlainText().startswith("Histology.")
