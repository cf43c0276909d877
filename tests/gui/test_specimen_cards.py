"""Specimens as cards: main results large, one card open for editing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu

from her2board.gui.form.card_face import CardFace

SPECIMENS = "tumour.specimens"
PRIMARY = {"site": "breast", "day": "2019", "ihc": "3+", "er": "positive", "er_percent": 60}
BRAIN = {"site": "brain metastasis", "day": "2026-03", "her2_stated": "low", "note": "reported by phone"}
Key = Qt.Key


def recorded(screen):
    return screen.document.case.tumour.specimens.items


def cards(screen, *rows):
    screen.document.set_value(SPECIMENS, {"completeness": "partial", "items": list(rows)})
    return screen.table(SPECIMENS)


def press(screen, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    screen.qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def write(screen, text: str) -> None:
    screen.qtbot.keyClicks(QApplication.focusWidget(), text)


def faces(table) -> list[str]:
    return [face.accessibleName() for face in table.control.findChildren(CardFace) if face.isVisible()]


def test_each_specimen_is_a_card_that_leads_with_her2_er_and_pr(screen) -> None:
    assert faces(cards(screen, PRIMARY, BRAIN)) == [
        "Entry 1: breast · 2019; HER2: IHC 3+; ER: positive, 60 %; PR: not recorded",
        "Entry 2: brain metastasis · Mar 2026; HER2: low, as stated; ER: not recorded; PR: not recorded; "
        "Note: reported by phone",
    ]


def test_a_card_is_opened_filled_and_closed_by_keyboard(screen) -> None:
    table = cards(screen, PRIMARY)
    assert isinstance(QApplication.focusWidget(), CardFace)
    press(screen, Key.Key_Return)
    for _ in range(2):
        press(screen, Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == "IHC"
    press(screen, Key.Key_2, Qt.KeyboardModifier.ShiftModifier)
    press(screen, Key.Key_2)
    assert recorded(screen)[0].ihc == "2+"
    press(screen, Key.Key_Tab)
    press(screen, Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert recorded(screen)[0].ish == "positive"
    assert QApplication.focusWidget().accessibleName() == "HER2 as stated"
    press(screen, Key.Key_Return)
    assert faces(table) == ["Entry 1: breast · 2019; HER2: IHC 2+, ISH positive; ER: positive, 60 %; PR: not recorded"]
    assert isinstance(QApplication.focusWidget(), CardFace)
    press(screen, Key.Key_Tab)
    assert QApplication.focusWidget() is table.line


def test_what_is_typed_in_a_card_is_recorded_when_it_is_left_and_undone_in_one_step(screen) -> None:
    table = cards(screen, PRIMARY, BRAIN)
    table.show_entry(1, "site")
    write(screen, "left cerebellum")
    assert table.unfinished()[0].text == "left cerebellum"
    press(screen, Key.Key_Tab)
    assert recorded(screen)[1].site == "left cerebellum"
    screen.act("undo")
    assert recorded(screen)[1].site == "brain metastasis"
    assert table.control.findChildren(QLineEdit)[0].text() == "brain metastasis"


def test_escape_closes_a_card_without_what_was_being_typed(screen) -> None:
    table = cards(screen, PRIMARY)
    table.show_entry(0, "site")
    write(screen, "liver")
    press(screen, Key.Key_Escape)
    assert recorded(screen)[0].site == "breast"
    assert not table.pending


def test_a_text_that_cannot_be_read_stays_on_the_card_with_the_reason(screen) -> None:
    table = cards(screen, PRIMARY)
    table.show_entry(0, "er_percent")
    write(screen, "many")
    press(screen, Key.Key_Return)
    assert recorded(screen)[0].er_percent == 60
    assert "ER: positive, ⚠ many %" in faces(table)[0]
    assert "ER (%)" in table.note.text()
    table.show_entry(0, "er_percent")
    assert QApplication.focusWidget().text() == "many"


def test_an_added_specimen_opens_and_a_removed_one_leaves_the_keyboard_in_the_list(screen) -> None:
    table = cards(screen, PRIMARY)
    screen.act("add_row")
    write(screen, "liver")
    press(screen, Key.Key_Tab)
    assert [specimen.site for specimen in recorded(screen)] == ["breast", "liver"]
    screen.act("remove_row")
    assert [specimen.site for specimen in recorded(screen)] == ["breast"]
    assert screen.bench.form.table_in_focus() is table
    screen.act("remove_row")
    assert recorded(screen) == ()
    screen.act("undo")
    assert faces(table)[0].startswith("Entry 1: breast")


def test_arrow_keys_go_from_card_to_card_and_tab_leaves_them(screen) -> None:
    table = cards(screen, PRIMARY, BRAIN)
    press(screen, Key.Key_Down)
    assert table.control.currentIndex().row() == 1
    press(screen, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    screen.act("row_up")
    assert recorded(screen)[0].site == "brain metastasis"
    press(screen, Key.Key_Tab)
    assert QApplication.focusWidget() is table.line


def test_a_click_on_a_result_opens_the_card_at_it(screen) -> None:
    table = cards(screen, PRIMARY)
    face = table.control.findChild(CardFace)
    value = face._values["ER"]
    screen.qtbot.mouseClick(face, Qt.MouseButton.LeftButton, pos=value.geometry().center())
    assert QApplication.focusWidget().accessibleName() == "ER"
    assert isinstance(QApplication.focusWidget(), QComboBox)


def test_the_menu_of_the_right_mouse_button_is_about_the_card_below_it(screen) -> None:
    table = cards(screen, PRIMARY, BRAIN)
    face = next(face for face in table.control.findChildren(CardFace) if "brain" in face.accessibleName())
    place = face.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, face.mapToGlobal(place))
    QApplication.sendEvent(face, event)
    menu = next(menu for menu in screen.bench.form.findChildren(QMenu) if menu.isVisible())
    assert "Re&move the entry" in [action.text() for action in menu.actions()]
    menu.close()
    screen.act("remove_row")
    assert [specimen.site for specimen in recorded(screen)] == ["breast"]
