"""Lists of the case as tables."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from support.screen import preview

from her2board.capture.typed import Typed


def enter(table, row: int, column: str, value: object) -> None:
    number = [field.path for field in table.model.columns].index(column)
    table.model.enter(table.model.index(row, number), Typed(value), str(value))


def test_an_added_line_makes_the_list_partial(screen) -> None:
    table = screen.table("systemic.lines")
    table.add()
    assert len(screen.document.case.systemic.lines.items) == 1
    assert screen.document.case.systemic.lines.completeness == "partial"


def test_a_cell_is_typed_in_place(screen) -> None:
    table = screen.table("systemic.lines")
    table.add()
    editor = table.control.findChild(QLineEdit)
    screen.qtbot.keyClicks(editor, "Phesgo, docetaxel")
    screen.qtbot.keyClick(editor, Qt.Key.Key_Return)
    screen.wait(lambda: screen.document.case.systemic.lines.items[0].drugs == ("Phesgo", "docetaxel"))


def test_a_cell_still_being_typed_is_saved_too(screen, tmp_path) -> None:
    table = screen.table("systemic.lines")
    table.add()
    screen.qtbot.keyClicks(table.control.findChild(QLineEdit), "T-DXd")
    screen.answers.path = tmp_path / "case.her2case"
    screen.act("save")
    assert "T-DXd" in screen.answers.path.read_text()


def test_drug_names_are_offered_after_a_comma(screen) -> None:
    table = screen.table("systemic.lines")
    table.add()
    editor = table.control.findChild(QLineEdit)
    screen.qtbot.keyClicks(editor, "docetaxel, enh")
    completer = editor.completer()
    assert completer.currentCompletion() == "docetaxel, Enhertu"
    completer.popup().hide()


def test_removing_an_entry_is_undone(screen) -> None:
    table = screen.table("brain.lesions")
    table.add()
    enter(table, 0, "site", "cerebellum")
    table.remove()
    assert screen.document.case.brain.lesions.items == ()
    screen.act("undo")
    assert screen.document.case.brain.lesions.items[0].site == "cerebellum"
    assert table.model.index(0, 0).data() == "cerebellum"


def test_entries_move_by_keyboard(screen) -> None:
    table = screen.table("brain.lesions")
    for site in ("first", "second"):
        table.add()
        enter(table, table.model.rowCount() - 1, "site", site)
    screen.bench.form.go_to("brain.lesions")
    table.control.setCurrentIndex(table.model.index(1, 0))
    screen.act("row_up")
    assert [lesion.site for lesion in screen.document.case.brain.lesions.items] == ["second", "first"]


def test_an_entry_is_copied(screen) -> None:
    table = screen.table("brain.lesions")
    table.add()
    enter(table, 0, "site", "left frontal")
    screen.bench.form.go_to("brain.lesions")
    screen.act("copy_row")
    assert [lesion.site for lesion in screen.document.case.brain.lesions.items] == ["left frontal"] * 2


def test_an_entry_that_needs_a_kind_is_shown_outside_the_case(screen) -> None:
    table = screen.table("brain.local_therapies")
    table.add()
    assert screen.document.case.brain.local_therapies.items == ()
    assert "needs: Kind" in table.note.text()
    assert screen.bench.form.pending() == ()
    enter(table, 0, "site", "left frontal")
    assert screen.bench.form.pending() == ("Earlier brain treatment",)
    enter(table, 0, "kind", "radiosurgery")
    assert screen.document.case.brain.local_therapies.items[0].kind == "radiosurgery"
    assert not table.note.isVisible()


def test_a_cell_that_cannot_be_used_stays_visible_and_out_of_the_case(screen) -> None:
    table = screen.table("brain.lesions")
    table.add()
    enter(table, 0, "diameter_mm", -5)
    assert "below the smallest possible value 0" in table.note.text()
    assert screen.document.case.brain.lesions.items[0].diameter_mm is None
    assert table.model.index(0, 1).data() == "-5"


def test_stop_before_start_is_reported(screen) -> None:
    table = screen.table("systemic.lines")
    table.add()
    enter(table, 0, "start", "2026-03")
    enter(table, 0, "stop", "2025-01")
    assert "correct one of the two dates" in table.note.text()
    assert screen.document.case.systemic.lines.items[0].stop is None


def test_a_complete_and_empty_list_is_not_the_same_as_one_not_asked(screen) -> None:
    table = screen.table("brain.local_therapies")
    assert screen.document.case.brain.local_therapies.completeness == "not_asked"
    combo: QComboBox = table.completeness
    combo.setCurrentText("complete")
    combo.activated.emit(combo.currentIndex())
    assert screen.document.case.brain.local_therapies.completeness == "complete"
    assert not table.button.isVisible()


def test_the_drug_grid_records_what_was_never_given(screen) -> None:
    table = screen.table("systemic.exposure")
    row = next(n for n in range(table.model.rowCount()) if table.model.index(n, 0).data() == "tucatinib")
    enter(table, row, "ever", False)
    assert screen.document.case.systemic.exposure["tucatinib"].ever is False
    enter(table, row, "ever", None)
    assert screen.document.case.systemic.exposure == {}


def test_a_duplicate_drug_is_reported(screen) -> None:
    table = screen.table("access.drugs")
    for _ in range(2):
        table.add()
        last = table.model.rowCount() - 1
        enter(table, last, "drug", "tucatinib")
        enter(table, last, "value", True)
    assert "is a duplicate" in table.note.text()
    assert screen.document.case.access.drugs == {"tucatinib": True}


def test_sixty_lines_of_therapy_are_shown(screen) -> None:
    items = [{"drugs": ["capecitabine"], "setting": "metastatic"}] * 60
    screen.document.set_value("systemic.lines", {"completeness": "complete", "items": items})
    table = screen.table("systemic.lines")
    assert table.model.rowCount() == 60
    assert table.control.height() < screen.window.height() / 2


def test_a_cell_that_could_not_be_used_outlives_changes_to_other_entries(screen) -> None:
    table = screen.table("brain.lesions")
    for site in ("first", "second"):
        table.add()
        enter(table, table.model.rowCount() - 1, "site", site)
    number = [field.path for field in table.model.columns].index("diameter_mm")
    table.model.enter(table.model.index(1, number), Typed(problem="not a number"), "1x")
    table.add()
    assert table.model.index(1, number).data() == "1x"
    table.model.move(1, -1)
    assert table.model.index(0, number).data() == "1x"
    table.model.remove(1)
    assert table.model.index(0, number).data() == "1x"
    table.model.remove(0)
    assert screen.bench.form.pending() == ()


def test_an_unusable_cell_of_a_new_entry_stays_when_the_entry_becomes_part_of_the_case(screen) -> None:
    table = screen.table("brain.local_therapies")
    table.add()
    number = [field.path for field in table.model.columns].index("dose_gy")
    table.model.enter(table.model.index(0, number), Typed(problem="not a number"), "20 x 3")
    enter(table, 0, "kind", "radiosurgery")
    assert table.model.index(0, number).data() == "20 x 3"


def test_undo_discards_an_entry_that_never_reached_the_case(screen) -> None:
    table = screen.table("brain.local_therapies")
    table.add()
    enter(table, 0, "site", "left frontal")
    screen.qtbot.keyClick(table.control, Qt.Key.Key_Escape)
    table.focus()
    screen.act("undo")
    assert table.model.rowCount() == 0
    assert screen.bench.form.pending() == ()


def test_an_unfinished_entry_that_was_removed_comes_back_by_undo_as_far_as_it_went(screen) -> None:
    table = screen.table("brain.local_therapies")
    table.add()
    enter(table, 0, "site", "left frontal")
    number = [field.path for field in table.model.columns].index("dose_gy")
    table.model.enter(table.model.index(0, number), Typed(problem="not a number"), "20 x 3")
    table.remove()
    assert table.model.rowCount() == 0
    screen.block("patient.age")
    screen.act("undo")
    assert screen.bench.form.block_in_focus() is table
    site = [field.path for field in table.model.columns].index("site")
    assert table.model.index(0, site).data() == "left frontal"
    assert table.model.index(0, number).data() == "20 x 3"


def test_after_another_change_undo_takes_that_back_and_not_the_removal(screen) -> None:
    table = screen.table("brain.local_therapies")
    table.add()
    enter(table, 0, "site", "left frontal")
    table.remove()
    row = screen.type("patient.age", "56")
    screen.act("undo")
    assert row.control.text() == ""
    assert table.model.rowCount() == 0


def test_removing_an_unfinished_entry_leaves_what_could_not_be_used_in_the_others(screen) -> None:
    table = screen.table("brain.lesions")
    table.add()
    enter(table, 0, "site", "cerebellum")
    number = [field.path for field in table.model.columns].index("diameter_mm")
    table.model.enter(table.model.index(0, number), Typed(problem="not a number"), "many")
    table.model.add({})
    table.model.remove(1)
    assert table.model.index(0, number).data() == "many"


LESIONS = "Location\tSize (cm)\tStatus\tScanner\nleft frontal\t1.6\tnew\t3T\npons\tmany\tresected\t\n"


def paste(screen, table, text: str) -> None:
    QApplication.clipboard().setText(text)
    screen.bench.form.go_to(table.path)
    screen.qtbot.keyClick(table.control, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_copied_table_is_shown_as_read_before_it_enters_the_case(screen) -> None:
    table = screen.table("brain.lesions")
    paste(screen, table, LESIONS)
    assert preview(table) == [
        ["left frontal", "16", "new", "Scanner: 3T"],
        ["pons", "⚠ many", "resected", "Size (cm): many"],
    ]
    assert table.panel.troubles.text() == "⚠ Line 2: Diameter (mm): 'many' is not a size; kept in the note"
    assert screen.document.case.brain.lesions.items == ()
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [entry.get("diameter_mm") for entry in screen.document.value("brain.lesions")["items"]] == [16, None]
    assert table.panel is None
    assert QApplication.focusWidget() is table.control
    screen.act("undo")
    assert screen.document.case.brain.lesions.items == ()


def test_a_copied_column_can_be_read_as_another(screen) -> None:
    table = screen.table("brain.lesions")
    paste(screen, table, "left frontal\t1.6\npons\t0.8")
    assert [row[:2] for row in preview(table)] == [["left frontal", "1.6"], ["pons", "0.8"]]
    choice = table.panel._choices[1]
    choice.setCurrentText("Diameter (cm)")
    choice.activated.emit(choice.currentIndex())
    assert [row[:2] for row in preview(table)] == [["left frontal", "16"], ["pons", "8"]]


def test_copied_lines_that_the_list_refuses_stay_visible_with_the_reason(screen) -> None:
    table = screen.table("brain.local_therapies")
    paste(screen, table, "Type\tDose\tFx\nSRS\t27\t3\nBrachytherapy\t20\t1\nWBRT\t30\t99\n")
    table.panel.add.click()
    assert [entry.kind for entry in screen.document.case.brain.local_therapies.items] == ["radiosurgery"]
    rest = table.panel.troubles.text().splitlines()
    assert "it needs: Kind" in rest[0]
    assert "not added: Type: Brachytherapy" in rest[0]
    assert "99 is above the largest possible value 60" in rest[1]
    screen.qtbot.keyClick(table.panel, Qt.Key.Key_Escape)
    assert table.panel is None


def test_one_copied_text_goes_into_the_current_cell(screen) -> None:
    table = screen.table("brain.lesions")
    table.model.add()
    paste(screen, table, "left frontal")
    assert screen.document.case.brain.lesions.items[0].site == "left frontal"


def test_an_empty_clipboard_is_reported(screen) -> None:
    table = screen.table("brain.lesions")
    paste(screen, table, "")
    assert "no table on the clipboard" in table.note.text()


def test_tab_takes_the_marked_drug_and_goes_on(screen) -> None:
    table = screen.table("systemic.lines")
    screen.wait(lambda: screen.bench.form.drug_names.rowCount() > 0)
    table.add()
    screen.qtbot.keyClicks(QApplication.focusWidget(), "docetaxel, enh")
    popup = QApplication.focusWidget().completer().popup()
    assert popup.isVisible()
    screen.qtbot.keyClick(popup, Qt.Key.Key_Down)
    screen.qtbot.keyClick(popup, Qt.Key.Key_Tab)
    screen.be_active()
    screen.wait(lambda: isinstance(QApplication.focusWidget(), QComboBox))
    assert screen.document.case.systemic.lines.items[0].drugs == ("docetaxel", "Enhertu")


def test_tab_keeps_what_was_typed_when_nothing_is_marked(screen) -> None:
    table = screen.table("systemic.lines")
    screen.wait(lambda: screen.bench.form.drug_names.rowCount() > 0)
    table.add()
    screen.qtbot.keyClicks(QApplication.focusWidget(), "trastuzumab")
    screen.qtbot.keyClick(QApplication.focusWidget().completer().popup(), Qt.Key.Key_Tab)
    screen.be_active()
    screen.wait(lambda: isinstance(QApplication.focusWidget(), QComboBox))
    assert screen.document.case.systemic.lines.items[0].drugs == ("trastuzumab",)


def test_a_brand_is_offered_with_the_drug_it_is_and_a_regimen_as_its_drugs(screen) -> None:
    table = screen.table("systemic.lines")
    screen.wait(lambda: screen.bench.form.drug_names.rowCount() > 0)
    table.add()
    editor = QApplication.focusWidget()
    screen.qtbot.keyClicks(editor, "tukys")
    popup = editor.completer().popup()
    assert popup.model().index(0, 0).data() == "Tukysa  =  tucatinib"
    editor.clear()
    screen.qtbot.keyClicks(editor, "tucatinib")
    offered = [popup.model().index(n, 0).data() for n in range(popup.model().rowCount())]
    assert "tucatinib, trastuzumab, capecitabine" in [words.partition("  =  ")[0] for words in offered]
    popup.hide()


def test_tab_from_the_last_cell_does_not_lead_into_the_first_entry(screen) -> None:
    table = screen.table("brain.lesions")
    for site in ("first", "second"):
        table.add()
        enter(table, table.model.rowCount() - 1, "site", site)
    last = table.model.index(1, table.model.columnCount() - 1)
    table.control.setCurrentIndex(last)
    table.control.edit(last)
    screen.qtbot.keyClicks(QApplication.focusWidget(), "near the vein")
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert table.control.currentIndex() == last
    assert QApplication.focusWidget() is table.control
    assert screen.document.case.brain.lesions.items[1].note == "near the vein"


def test_a_table_pasted_into_an_open_cell_is_shown_as_read_and_not_squeezed_into_it(screen) -> None:
    table = screen.table("brain.lesions")
    table.add()
    QApplication.clipboard().setText("left frontal\t16 mm\npons\t8 mm")
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row[:2] for row in preview(table)] == [["left frontal", "16"], ["pons", "8"]]


def test_a_copied_drug_table_shows_what_was_read_out_of_each_name(screen) -> None:
    table = screen.table("systemic.lines")
    screen.wait(lambda: screen.bench.form.drug_names.rowCount() > 0)
    paste(screen, table, "Medication\tStart\tStop\nEnhertu 5.4 mg/kg q3w\tDec 2024\tongoing\nT-DXd (?)\tMar-24\t")
    assert [row[:4] for row in preview(table)] == [
        ["Enhertu", "Dec 2024", "", "yes"],
        ["T-DXd (?)", "Mar 2024", "", ""],
    ]
    assert table.panel.troubles.text() == (
        "⚠ Line 2: Medication: 'T-DXd (?)' is not a known drug name: kept as written, and no drug can be excluded"
    )
    table.panel.add.click()
    first, second = screen.document.case.systemic.lines.items
    assert (first.drugs, first.note, first.ongoing) == (("Enhertu",), "Medication: 5.4 mg/kg q3w", True)
    assert second.drugs == ("T-DXd (?)",)


def test_copied_sizes_without_a_unit_are_asked_and_answered_by_the_column(screen) -> None:
    table = screen.table("brain.lesions")
    paste(screen, table, "Lesion\tSize\nleft frontal\t1.4\nvermis\t2.1")
    assert "'1.4': mm or cm?" in table.panel.troubles.text()
    choice = table.panel._choices[1]
    assert choice.currentText() == "Diameter (unit as written)"
    choice.setCurrentText("Diameter (cm)")
    choice.activated.emit(choice.currentIndex())
    assert [row[:2] for row in preview(table)] == [["left frontal", "14"], ["vermis", "21"]]
    assert table.panel.troubles.text() == ""


@pytest.mark.parametrize(
    ("path", "keys", "column", "value"),
    [
        ("brain.lesions", "pons", "site", "pons"),
        ("brain.local_therapies", "w", "kind", "whole_brain"),
        ("systemic.lines", "T-DXd", "drugs", ["T-DXd"]),
    ],
)
def test_typing_into_an_empty_table_begins_its_first_entry(screen, path, keys, column, value) -> None:
    table = screen.table(path)
    table.control.setFocus()  # as a click does
    for letter in keys:
        screen.qtbot.keyClicks(QApplication.focusWidget(), letter)
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    screen.wait(lambda: (screen.document.value(path)["items"] or [{}])[0].get(column) == value)
    assert table.model.rowCount() == 1
