"""What saves keys while a case is entered: the keyboard is where the next thing is written."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from her2board.gui.window.finder import Finder

LINES = "systemic.lines"
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def write(screen, text: str) -> None:
    screen.qtbot.keyClicks(QApplication.focusWidget(), text)


def press(screen, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    screen.qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def here(screen) -> str:
    return screen.bench.form.block_in_focus().path


def test_a_list_without_entries_has_the_keyboard_in_its_line(screen) -> None:
    table = screen.table(LINES)
    assert QApplication.focusWidget() is table.line
    write(screen, "docetaxel; metastatic")
    press(screen, Key.Key_Return)
    assert screen.document.case.systemic.lines.items[0].drugs == ("docetaxel",)
    press(screen, Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is table.control  # with an entry there is something to go to


def test_a_table_is_pasted_into_the_line_of_a_list(screen) -> None:
    table = screen.table("brain.lesions")
    QApplication.clipboard().setText("Frontal\t12 mm\nOccipital\t8 mm")
    press(screen, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert table.panel is not None


@pytest.mark.parametrize("word", ["complete", "partial"])
def test_how_complete_a_list_is_can_be_written_in_its_line(screen, word) -> None:
    table = screen.table(LINES)
    write(screen, "docetaxel")
    press(screen, Key.Key_Return)
    write(screen, word)
    press(screen, Key.Key_Return)
    assert screen.document.case.systemic.lines.completeness == word
    assert len(screen.document.case.systemic.lines.items) == 1
    assert table.line.text() == ""


def test_shift_and_return_go_on_and_say_nothing_about_how_complete_a_list_is(screen) -> None:
    screen.table(LINES)
    write(screen, "docetaxel")
    press(screen, Key.Key_Return, SHIFT)
    assert screen.document.case.systemic.lines.completeness == "partial"
    assert here(screen) != LINES


def test_a_line_that_cannot_be_read_keeps_the_keyboard(screen) -> None:
    table = screen.table("brain.lesions")
    write(screen, "frontal; many")
    press(screen, Key.Key_Return, SHIFT)
    assert QApplication.focusWidget() is table.line
    assert table.line.text() == "frontal; many"
    assert "many" in table.note.text()


def test_a_field_asked_for_has_the_keyboard_in_its_owner(screen) -> None:
    screen.row("brain.leptomeninges")
    press(screen, Key.Key_F7)
    write(screen, "neurology")
    assert screen.document.absence("brain.leptomeninges").owner == "neurology"


def test_a_fact_written_by_its_name_leads_to_the_next_open_field(screen) -> None:
    screen.act("find")
    finder = screen.window.findChild(Finder)
    finder.words.setText("Number of metastases: 6")
    screen.qtbot.keyClick(finder.words, Key.Key_Return)
    assert str(screen.document.value("brain.lesion_count")["low"]) == "6"
    assert here(screen) == "brain.largest_mm"


def test_a_value_is_written_with_its_day(screen) -> None:
    row = screen.type("organs.lvef_percent", "61; Sep 2026")
    assert screen.document.case.organs.lvef_percent == 61
    assert "Sep 2026, once this field is left" in row._reading.text()
    assert screen.document.case.organs.lvef_date is None  # half a day is another day
    press(screen, Key.Key_Tab)
    assert str(screen.document.case.organs.lvef_date) == "2026-09"
    assert row.control.text() == "61"
    assert screen.bench.form.pending() == ()
    screen.act("undo")
    assert screen.document.case.organs.lvef_date is None
    assert screen.document.case.organs.lvef_percent == 61


def test_a_day_behind_a_value_that_is_recorded_otherwise_or_is_none_is_refused_with_the_reason(screen) -> None:
    screen.document.set_value("organs.lvef_date", "2026-03")
    for text, reason in (("61; Sep 2026", "recorded as Mar 2026: change it there"), ("61; soon", "soon")):
        row = screen.type("organs.lvef_percent", text)
        press(screen, Key.Key_Tab)
        assert reason in row.note.text()
        assert screen.document.case.organs.lvef_percent is None
        assert str(screen.document.case.organs.lvef_date) == "2026-03"
        row.revert()


def test_a_day_that_was_written_is_saved_with_the_value(screen, tmp_path) -> None:
    screen.type("organs.lvef_percent", "61; Sep 2026")
    screen.answers.path = tmp_path / "case.her2case"
    screen.act("save")
    assert "2026-09" in screen.answers.path.read_text()
