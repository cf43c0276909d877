"""What has two meanings is asked beside the field, and one key answers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from support.screen import Screen

TYPED = [
    ("brain.imaging_date", "12.03", ["Dec 2003", "12 Mar 2026"], "month and year, or day and month?"),
    ("brain.imaging_date", "09.04", ["Sep 2004", "9 Apr 2026"], "month and year, or day and month?"),
    ("brain.imaging_date", "1/2/26", ["1 Feb 2026", "2 Jan 2026"], "1 Feb or 2 Jan?"),
    ("brain.comparison_date", "11-10-2025", ["11 Oct 2025", "10 Nov 2025"], "11 Oct or 10 Nov?"),
    ("tumour.metastatic_date", "45352", ["1 Mar 2024", "2 Mar 2028"], "a spreadsheet's number for 1 Mar 2024?"),
    ("tumour.primary_date", "before 3/4/21", ["before 3 Apr 2021", "before 4 Mar 2021"], "3 Apr or 4 Mar?"),
    ("systemic.staging_date", "Mar 26", ["Mar 2026", "26 Mar 2026"], "Mar 2026 or 26 Mar?"),
    ("organs.lvef_percent", "0.61", ["61 %", "0.61 %"], "61 % or 0.61 %?"),
    ("organs.lvef_percent", "0,55", ["55 %", "0.55 %"], "55 % or 0.55 %?"),
    ("brain.largest_mm", "1.4", ["1.4 mm", "1.4 cm"], "mm or cm?"),
    ("brain.largest_mm", "2,1", ["2.1 mm", "2.1 cm"], "mm or cm?"),
]


def test_a_text_with_two_meanings_is_asked_and_neither_is_taken(screen: Screen) -> None:
    for path, text, meanings, question in TYPED:
        screen.begin_anew()
        screen.type("meeting.date", "26 Nov 2026")
        row = screen.type(path, text)
        assert question in row._reading.text()  # while it is typed, with the keys
        assert f"Alt+2 {meanings[1]}" in row._reading.text()
        screen.qtbot.keyClick(row.control, Qt.Key.Key_Tab)
        assert question in row.note.text()
        assert [button.text().rpartition("   ")[0] for button in row.question.buttons] == meanings
        assert row.question.isVisible()
        assert screen.document.value(path) is None


@pytest.mark.parametrize("digit", [1, 2])
@pytest.mark.parametrize("left", [False, True], ids=["in the field", "from the next field"])
def test_one_key_answers_in_the_field_and_from_the_next(digit: int, left: bool, screen: Screen) -> None:
    screen.type("meeting.date", "26 Nov 2026")
    row = screen.type("brain.imaging_date", "12.03")
    if left:
        screen.qtbot.keyClick(row.control, Qt.Key.Key_Tab)
    screen.choose(digit)
    assert screen.document.value("brain.imaging_date") == ("2003-12", "2026-03-12")[digit - 1]
    assert row.control.text() == ("Dec 2003", "12 Mar 2026")[digit - 1]
    assert not row.note.isVisible()
    assert not row.question.isVisible()
    assert screen.bench.form.pending() == ()


def test_a_click_answers_too(screen: Screen) -> None:
    row = screen.type("organs.lvef_percent", "0.61")
    screen.qtbot.keyClick(row.control, Qt.Key.Key_Tab)
    screen.qtbot.mouseClick(row.question.buttons[0], Qt.MouseButton.LeftButton)
    assert screen.document.case.organs.lvef_percent == 61


def test_typing_on_takes_the_question_back(screen: Screen) -> None:
    row = screen.type("brain.imaging_date", "12.03")
    screen.qtbot.keyClicks(row.control, ".2026")
    assert row.question.candidates == ()
    assert screen.document.value("brain.imaging_date") == "2026-03-12"


def test_a_day_without_a_year_takes_the_nearest_that_is_possible_and_shows_it(screen: Screen) -> None:
    for path, text, shown in [
        ("brain.imaging_date", "3 Dec", "3 Dec 2025"),
        ("brain.imaging_date", "17 Nov", "17 Nov 2026"),
        ("brain.comparison_date", "24.12.", "24 Dec 2025"),
        ("board.next_mri_date", "3 Dec", "3 Dec 2026"),
        ("board.next_mri_date", "15 Jan", "15 Jan 2027"),
        ("systemic.staging_date", "Nov", "Nov 2026"),
    ]:
        screen.begin_anew()
        screen.type("meeting.date", "26 Nov 2026")
        row = screen.type(path, text)
        assert f"= {shown} (the" in row._reading.text()
        screen.qtbot.keyClick(row.control, Qt.Key.Key_Tab)
        assert row.control.text() == shown


def test_an_ejection_fraction_in_a_file_is_asked_like_a_typed_one(screen: Screen) -> None:
    screen.document.set_value("organs.lvef_percent", 0.61)
    screen.wait_for_assessment()
    row = screen.row("organs.lvef_percent")
    screen.wait(lambda: "61 % meant?" in row.note.text())
    screen.choose(1)
    assert screen.document.case.organs.lvef_percent == 61


DRUGS = [
    ("THP", ["docetaxel + trastuzumab + pertuzumab", "paclitaxel + trastuzumab + pertuzumab"]),
    ("TCH", ["docetaxel + carboplatin + trastuzumab", "paclitaxel + carboplatin + trastuzumab"]),
    ("aromatase inhibitor", ["letrozole", "anastrozole"]),
    ("Trastuzumab デルクステカン", ["trastuzumab", "T-DXd"]),
    ("T-DXd (?)", ["T-DXd"]),
    ("✗ Enhertu", ["T-DXd"]),
    ("trastuzumb", ["trastuzumab"]),
]


@pytest.mark.parametrize(("text", "offered"), DRUGS)
def test_a_drug_name_that_leaves_something_open_is_kept_shown_and_offered(
    text: str, offered: list[str], screen: Screen
) -> None:
    screen.wait(lambda: screen.bench.form.drug_names.rowCount() > 0)
    table = screen.table("systemic.lines")
    table.add()
    editor = table.control.findChild(QLineEdit)
    screen.write(editor, text)
    screen.qtbot.keyClick(editor, Qt.Key.Key_Return)
    screen.wait(table.question.isVisible)
    assert screen.document.case.systemic.lines.items[0].drugs == (text,)
    assert f"'{text}'" in table.note.text()
    meanings = [candidate.words for candidate in table.question.candidates]
    assert set(offered) <= set(meanings), meanings
    screen.choose(meanings.index(offered[-1]) + 1)
    assert screen.document.case.systemic.lines.items[0].drugs == tuple(offered[-1].split(" + "))
    assert not table.question.isVisible()


def test_what_is_typed_in_a_cell_is_read_like_what_is_copied(screen: Screen) -> None:
    screen.wait(lambda: screen.bench.form.drug_names.rowCount() > 0)
    table = screen.table("systemic.lines")
    table.add()
    editor = table.control.findChild(QLineEdit)
    screen.write(editor, "Enhertu 5.4 mg/kg q3w")
    screen.qtbot.keyClick(editor, Qt.Key.Key_Return)
    screen.wait(lambda: screen.document.case.systemic.lines.items[0].drugs is not None)
    line = screen.document.case.systemic.lines.items[0]
    assert (line.drugs, line.note) == (("Enhertu",), "5.4 mg/kg q3w")


def test_a_cell_with_two_meanings_is_asked_below_the_table(screen: Screen) -> None:
    screen.type("meeting.date", "26 Nov 2026")
    table = screen.table("systemic.lines")
    table.add()
    number = [field.path for field in table.model.columns].index("start")
    table.control.setCurrentIndex(table.model.index(0, number))
    table.control.edit(table.model.index(0, number))
    screen.qtbot.keyClicks(QApplication.focusWidget(), "12.03")
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    screen.wait(table.question.isVisible)
    assert table.note.text() == "⚠ Start: month and year, or day and month? Write it with the year in four digits"
    screen.choose(2)
    assert str(screen.document.case.systemic.lines.items[0].start) == "2026-03-12"
    assert not table.note.isVisible()


def test_a_question_of_several_lines_is_seen_whole_below_its_table(screen: Screen) -> None:
    names = [["THP"], ["Trastuzumab デルクステカン, as written by the clinic that referred her, and not by us"]]
    items = [{"drugs": drugs, "setting": "metastatic"} for drugs in names]
    table = screen.table("systemic.lines")
    screen.document.set_value("systemic.lines", {"completeness": "partial", "items": items})
    screen.wait(lambda: "is not a known drug name" in table.note.text())
    assert table.note.text().startswith("⚠ Entry 1: which drugs is 'THP'?")
    screen.wait(lambda: table.note.height() >= table.note.heightForWidth(table.note.width()))
    screen.wait(lambda: table.note.geometry().top() > table.control.geometry().bottom())
    screen.wait(lambda: table.question.geometry().top() > table.note.geometry().bottom())
