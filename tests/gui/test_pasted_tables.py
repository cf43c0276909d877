"""Copied tables as people have them: what the preview shows, what it asks, and what is recorded."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from support.screen import Screen, preview

LINES, LESIONS, SPECIMENS, LOCAL = "systemic.lines", "brain.lesions", "tumour.specimens", "brain.local_therapies"


def recorded(screen: Screen, path: str, *columns: str) -> list[tuple[Any, ...]]:
    """Add what the preview shows, and return some columns of the list as the case holds them."""
    table = screen.table(path)
    assert table.panel is not None
    table.panel.add.click()
    rows = screen.document.value(path)["items"]
    return [tuple(row.get(column) for column in columns) for row in rows]


def asked(screen: Screen, path: str) -> str:
    """Return what the preview asks now; nothing when nothing is open."""
    panel = screen.table(path).panel
    assert panel is not None
    return "" if panel.asked.isHidden() else panel.asked.text()


DOSES = [
    ("Regimen\tStart\nEnhertu 5.4 mg/kg q3w\tDec 2024", ["Enhertu"], "5.4 mg/kg q3w"),
    ("Regimen\tStart\nT-DM1 3.6 mg/kg\tJan 2024", ["T-DM1"], "3.6 mg/kg"),
    ("Drug\tStart\ncapecitabine 1000 mg/m2 bid d1-14\t2024", ["capecitabine"], "1000 mg/m2 bid d1-14"),
    ("Drug\tStart\nTukysa 300 mg twice daily\t2024", ["Tukysa"], "300 mg twice daily"),
    ("Drug\tStart\nPhesgo SC every 3 weeks\t2024", ["Phesgo"], "SC every 3 weeks"),
    ("Drug\tStart\npaclitaxel 80 mg/m² weekly\t2024", ["paclitaxel"], "80 mg/m2 weekly"),
    ("Drug\tStart\nTrastuzumab 8 mg/kg, dann 6 mg/kg\t2024", ["Trastuzumab"], "8 mg/kg, dann 6 mg/kg"),
]


def test_the_dose_of_a_drug_cell_is_a_note(screen: Screen) -> None:
    for text, drugs, dose in DOSES:
        screen.begin_anew()
        screen.paste(LINES, text)
        ((names, note),) = recorded(screen, LINES, "drugs", "note")
        assert names == drugs
        assert dose in note


CELLS = [
    'Site\tSize\tStatus\n"left frontal\n(motor strip)"\t12 mm\tnew\nright parietal\t9 mm\tuntreated\n',
    "Site\tSize\tStatus\nleft frontal\x0b(motor strip)\t12 mm\tnew\nright parietal\t9 mm\tuntreated\n",
    "Site\tSize\tStatus\nleft frontal\x0c(motor strip)\t12 mm\tnew\nright parietal\t9 mm\tuntreated\n",
    "Site\tSize\tStatus\r\nleft frontal\x85(motor strip)\t12 mm\tnew\r\nright parietal\t9 mm\tuntreated\r\n",
    "Site\tSize\tStatus\nleft frontal\u2028(motor strip)\t12 mm\tnew\nright parietal\t9 mm\tuntreated\n",
    'Site\tSize\tStatus\n"left frontal\r\n(motor strip)"\t12 mm\tnew\nright parietal\t9 mm\tuntreated\n',
]


def test_a_line_break_inside_a_cell_stays_in_its_cell(screen: Screen) -> None:
    for text in CELLS:
        screen.begin_anew()
        screen.paste(LESIONS, text)
        assert [row[:3] for row in preview(screen.table(LESIONS))] == [
            ["left frontal (motor strip)", "12", "new"],
            ["right parietal", "9", "untreated"],
        ]
        assert recorded(screen, LESIONS, "diameter_mm") == [(12,), (9,)]


SIZES = [
    ("Lesion\tSize\nleft frontal\t1.4\nvermis\t2.1", "1.4, 2.1", 2, [14, 21]),
    ("Lesion\tSize\nleft frontal\t14\nvermis\t9", "14, 9", 1, [14, 9]),
    ("Läsion\tGröße\nvermis\t1,4\npons\t0,6", "1,4, 0,6", 2, [14, 6]),
    ("Lesion\tSize\nvermis\t1.4 x 0.9\npons\t0.6", "1.4 x 0.9, 0.6", 2, [14, 6]),
    ("Lesion\tTaille\nvermis\t12 x 8\npons\t5", "12 x 8, 5", 1, [12, 5]),
    ("Site\tLongest diameter\nvermis\t3\npons\t2", "3, 2", 2, [30, 20]),
]


def test_sizes_without_unit_are_asked_once_for_the_column(screen: Screen) -> None:
    for text, examples, digit, sizes in SIZES:
        screen.begin_anew()
        screen.paste(LESIONS, text)
        assert f"Sizes without unit ({examples}): mm or cm?" in asked(screen, LESIONS)
        assert [row[1] for row in preview(screen.table(LESIONS))] == [f"⚠ {size}" for size in examples.split(", ")]
        screen.choose(digit)
        assert asked(screen, LESIONS) == ""
        assert recorded(screen, LESIONS, "diameter_mm") == [(size,) for size in sizes]


SHORT_DATES = [
    ("Drug\tStart\tStop\nKadcyla\t12.03\t09.04", 1, ("2026-03-12", "2026-04-09")),
    ("Drug\tStart\tStop\nKadcyla\t12.03\t09.04", 2, ("2003-12", "2004-09")),
    ("Drug\tStart\tStop\nEnhertu\t01.02\t11.10", 1, ("2026-02-01", "2026-10-11")),
    ("Drug\tStart\tStop\nEnhertu\t10.11\t12.12", 2, ("2011-10", "2012-12")),
]


def test_two_numbers_with_a_dot_are_asked_once(screen: Screen) -> None:
    for text, digit, dates in SHORT_DATES:
        screen.begin_anew()
        screen.type("meeting.date", "26 Nov 2026")
        screen.paste(LINES, text)
        assert "a day and month, or a month and year?" in asked(screen, LINES)
        screen.choose(digit)
        assert asked(screen, LINES) == ""
        assert recorded(screen, LINES, "start", "stop") == [dates]


DECIDED = [
    ("Drug\tStart\tStop\nKadcyla\t12.03\t31.04", ("2026-03-12", None)),
    ("Drug\tStart\tStop\nKadcyla\t12.03\t30.04", ("2026-03-12", "2026-04-30")),
    ("Drug\tStart\tStop\nKadcyla\t03.12\t09.24", ("2012-03", "2024-09")),
    ("Drug\tStart\tStop\nKadcyla\t1/2/24\t13/4/24", ("2024-02-01", "2024-04-13")),
    ("Drug\tStart\tStop\nKadcyla\t1/2/24\t4/13/24", ("2024-01-02", "2024-04-13")),
]


def test_another_date_of_the_table_decides_and_nothing_is_asked(screen: Screen) -> None:
    for text, dates in DECIDED:
        screen.begin_anew()
        screen.type("meeting.date", "26 Nov 2026")
        screen.paste(LINES, text)
        assert asked(screen, LINES) == ""
        assert recorded(screen, LINES, "start", "stop") == [dates]


READ_AT_ONCE = [
    ("Mar-24", "2024-03"),
    ("12-MAR-24", "2024-03-12"),
    ("2025-03-12 00:00:00", "2025-03-12"),
    ("2025-06-12T00:00:00+02:00", "2025-06-12"),
    ("20260312", "2026-03-12"),
    ("31/12/9999", None),
    ("1900-01-01", None),
    ("März 2024", "2024-03"),
    ("3/24", "2024-03"),
    ("2024年3月5日", "2024-03-05"),
]


def test_dates_of_spreadsheets_are_read(screen: Screen) -> None:
    for text, day in READ_AT_ONCE:
        screen.begin_anew()
        screen.paste(LINES, f"Drug\tStart\nEnhertu\t{text}")
        assert asked(screen, LINES) == ""
        assert recorded(screen, LINES, "start") == [(day,)]


OPEN_DATES = [
    ("1/2/26", "Is the day or the month first in 1/2/26?", 1, "2026-02-01"),
    ("1/2/26", "Is the day or the month first in 1/2/26?", 2, "2026-01-02"),
    ("11-10-2025", "Is the day or the month first in 11-10-2025?", 2, "2025-11-10"),
    ("45352", "a spreadsheet's number for 1 Mar 2024?", 1, "2024-03-01"),
    ("45352.0", "a spreadsheet's number for 1 Mar 2024?", 2, "2028-03-02"),
    ("2024-03-11T23:00:00Z", "midnight in another time zone? 11 Mar 2024 or 12 Mar 2024", 2, "2024-03-12"),
]


def test_dates_with_two_readings_are_asked(screen: Screen) -> None:
    for text, question, digit, day in OPEN_DATES:
        screen.begin_anew()
        screen.paste(LINES, f"Drug\tStart\nEnhertu\t{text}")
        assert question in asked(screen, LINES)
        screen.choose(digit)
        assert asked(screen, LINES) == ""
        assert recorded(screen, LINES, "start") == [(day,)]


def test_a_stop_that_says_it_goes_on_is_ongoing(screen: Screen) -> None:
    for word in ["ongoing", "present", "current", "laufend", "en cours", "in corso", "Ongoing."]:
        screen.begin_anew()
        screen.paste(LINES, f"Drug\tStart\tStop\nEnhertu\tDec 2024\t{word}")
        assert recorded(screen, LINES, "stop", "ongoing", "note") == [(None, True, None)]


HEADINGS = [
    "Medication\tStart\tStop\tDose",
    "Medication name\tStart date\tEnd date\tSig",
    "Order name\tOrdered\tDiscontinued\tDosage",
    "Medikament\tBeginn\tEnde\tDosierung",
    "Médicament\tDébut\tFin\tPosologie",
    "Farmaco\tInizio\tFine\tDosaggio",
    "Medicamento\tInicio\tFin\tDosis",
]


def test_headings_of_record_systems_are_known(screen: Screen) -> None:
    for headings in HEADINGS:
        screen.begin_anew()
        screen.paste(LINES, f"{headings}\nEnhertu\t12 Dec 2024\t3 Mar 2025\t5.4 mg/kg")
        ((drugs, start, stop, note),) = recorded(screen, LINES, "drugs", "start", "stop", "note")
        assert (drugs, start, stop) == (["Enhertu"], "2024-12-12", "2025-03-03")
        assert note.endswith("5.4 mg/kg")


RECEPTORS = [
    ("HER2 IHC", "2+ (equivocal)", "ihc", "2+"),
    ("HER2 IHC", "3 +", "ihc", "3+"),
    ("HER2 IHC", "IHC 3+", "ihc", "3+"),
    ("HER2 IHC", "++", "ihc", "2+"),
    ("HER2 IHC", "Score 1+", "ihc", "1+"),
    ("FISH", "not amplified", "ish", "negative"),
    ("FISH", "amplified", "ish", "positive"),
    ("FISH", "Not done", "ish", None),
    ("ER", "95%", "er_percent", 95),
    ("ER", "positive (90%)", "er_percent", 90),
    ("ER", "8/8", "er", None),
    ("PR", "0%", "pr_percent", 0),
    ("PR", "neg", "pr", "negative"),
    ("PR", "<1%", "pr", "negative"),
    ("Ki-67", "25 %", "ki67_percent", 25),
    ("Ki-67", "30-40%", "ki67_percent", None),
    ("Ki-67", "high", "ki67_percent", None),
]


def test_receptors_of_a_pathology_table_are_read_and_what_is_no_value_is_kept(screen: Screen) -> None:
    for heading, text, column, value in RECEPTORS:
        screen.begin_anew()
        screen.paste(SPECIMENS, f"Specimen\tDate\t{heading}\nliver biopsy\t3/24\t{text}")
        ((found, *kept),) = recorded(screen, SPECIMENS, column, "note", "er_said", "pr_said", "her2_said")
        assert found == value
        assert value is not None or text in "; ".join(filter(None, kept))


COURSES = [
    ("SRS", "20 Gy/1 fx", "", ("radiosurgery", 20, 1, None)),
    ("Gamma Knife", "2000 cGy", "1", ("radiosurgery", 20, 1, None)),
    ("CyberKnife", "27 Gy in 3", "", ("radiosurgery", 27, 3, None)),
    ("HA-WBRT", "30", "10", ("whole_brain", 30, 10, True)),
    ("WBRT 30/10", "", "", ("whole_brain", 30, 10, None)),
    ("SRS 3 x 9 Gy", "", "", ("radiosurgery", 27, 3, None)),
    ("craniotomy", "", "", ("surgery", None, None, None)),
]


def test_courses_of_radiotherapy_are_read(screen: Screen) -> None:
    for kind, dose, fractions, course in COURSES:
        screen.begin_anew()
        screen.paste(LOCAL, f"Treatment\tDate\tDose\tFractions\tSite\n{kind}\t3/2024\t{dose}\t{fractions}\tpons")
        columns = ("kind", "dose_gy", "fractions", "hippocampal_avoidance")
        assert recorded(screen, LOCAL, *columns) == [course]


def test_merged_cells_are_filled_from_above_and_marked(screen: Screen) -> None:
    screen.paste(LINES, "Line\tDrug\tStart\nfirst\tdocetaxel\tMar 2024\n\ttrastuzumab\tMar 2024")
    panel = screen.table(LINES).panel
    assert "Line: first, as in the line above" in panel.troubles.text()


def test_rows_of_one_regimen_become_one_entry_where_a_person_says_so(screen: Screen) -> None:
    rows = "Drug\tStart\tStop\ndocetaxel\t20 Mar 2024\t15 Aug 2024\ntrastuzumab\t20 Mar 2024\t15 Aug 2024\n"
    screen.paste(LINES, rows + "pertuzumab\t20 Mar 2024\t15 Aug 2024\nEnhertu\t1 Sep 2025\tongoing")
    assert asked(screen, LINES).startswith("One regimen? 3 rows that start on 20 Mar 2024")
    screen.choose(1)
    assert asked(screen, LINES) == ""
    assert recorded(screen, LINES, "drugs", "stop") == [
        (["docetaxel", "trastuzumab", "pertuzumab"], "2024-08-15"),
        (["Enhertu"], None),
    ]


def test_rows_of_one_regimen_can_be_kept_apart(screen: Screen) -> None:
    screen.paste(LINES, "Drug\tStart\ndocetaxel\t20 Mar 2024\ntrastuzumab\t20 Mar 2024")
    screen.choose(2)
    assert asked(screen, LINES) == ""
    assert recorded(screen, LINES, "drugs") == [(["docetaxel"],), (["trastuzumab"],)]


def test_a_shorthand_is_asked_and_a_name_nobody_knows_can_be_left_open(screen: Screen) -> None:
    table = screen.paste(LINES, "Drug\tStart\nTHP\tMar 2024\nstudy drug Trastuzumb\tMay 2025")
    assert "which taxane?" in asked(screen, LINES)
    meanings = [candidate.words for candidate in table.panel.question.candidates]
    screen.choose(meanings.index("paclitaxel + trastuzumab + pertuzumab") + 1)
    assert "'study drug Trastuzumb' is not a known drug name" in asked(screen, LINES)
    screen.choose(len(table.panel.question.candidates))
    assert asked(screen, LINES) == ""
    assert recorded(screen, LINES, "drugs") == [
        (["paclitaxel", "trastuzumab", "pertuzumab"],),
        (["study drug Trastuzumb"],),
    ]


def test_a_copied_cell_can_be_mended_in_the_preview(screen: Screen) -> None:
    table = screen.paste(LESIONS, "Site\tSize (mm)\tStatus\nleft frontal\tl2\tnew\npons\t8\tnew")
    shown = table.panel.table
    assert preview(table)[0][1] == "⚠ l2"
    shown.setFocus()
    shown.setCurrentItem(shown.topLevelItem(0), 1)
    screen.qtbot.keyClick(shown, Qt.Key.Key_F2)
    editor = shown.findChild(QLineEdit)
    assert editor.text() == "l2"
    screen.qtbot.keyClicks(editor, "12")
    screen.qtbot.keyClick(editor, Qt.Key.Key_Return)
    screen.wait(lambda: preview(table)[0][1] == "12")
    assert recorded(screen, LESIONS, "site", "diameter_mm") == [("left frontal", 12), ("pons", 8)]


def test_a_planned_course_stays_in_the_preview_with_the_reason(screen: Screen) -> None:
    rows = "SRS planned\tDec 2026\t20 Gy in 1\tleft frontal\nSRS\tMar 2024\t18 Gy in 1\tpons"
    panel = screen.paste(LOCAL, f"Kind\tDate\tDose\tSite\n{rows}").panel
    assert panel.add.text() == "&Add 1 entry"
    assert "'SRS planned': planned, not given; not added" in panel.troubles.text()
    assert recorded(screen, LOCAL, "kind", "day", "site") == [("radiosurgery", "2024-03", "pons")]
    assert "Line 1: Kind: 'SRS planned': planned, not given; not added" in panel.troubles.text()
    assert preview(screen.table(LOCAL))[0][0] == "⚠ SRS planned"


def test_totals_and_a_second_table_are_named_and_not_added(screen: Screen) -> None:
    screen.paste(LESIONS, "Site\tSize (mm)\t\tDrug\tStart\nleft frontal\t12\t\tEnhertu\t2024\nTotal\t12\t\t\t")
    panel = screen.table(LESIONS).panel
    assert "Drug | Start; Enhertu | 2024; Total; 12" in panel.troubles.text()
    assert recorded(screen, LESIONS, "site", "diameter_mm", "note") == [("left frontal", 12, None)]


LETTER = "Dear colleague,\nthank you for referring this lady with six brain metastases of her breast cancer."
TEXTS = [
    LETTER,
    "MRI brain with contrast, 17 Nov 2026.\nThere are six enhancing lesions, the largest in the left cerebellum.",
    "The patient was seen on 3 May; she is well, on trastuzumab and pertuzumab since March of last year.",
    "Impression:  new metastases in both hemispheres as described, no sign of leptomeningeal disease was seen.",
    "Sie wurde am 3. Mai vorgestellt und berichtete über seit zwei Wochen zunehmende Kopfschmerzen am Morgen.",
]


def test_a_copied_letter_is_kept_where_a_person_says(screen: Screen) -> None:
    for text in TEXTS:
        screen.begin_anew()
        table = screen.paste(LESIONS, text)
        assert table.panel is None
        assert table.note.text() == "⚠ This is text, not a table; nothing was read. Where should it be kept?"
        screen.choose(1)
        assert screen.document.case.meeting.new_since == text
        assert not table.note.isVisible()


def test_a_copied_letter_can_be_the_note_of_an_entry(screen: Screen) -> None:
    screen.document.set_value(LESIONS, {"completeness": "partial", "items": [{"site": "pons"}]})
    table = screen.paste(LESIONS, LETTER)
    assert [button.text().rpartition("   ")[0] for button in table.question.buttons] == [
        "in the note of entry 1",
        "in “What is new”",
    ]
    screen.choose(1)
    assert screen.document.case.brain.lesions.items[0].note.startswith("Dear colleague")
    assert QApplication.focusWidget() is table.control
