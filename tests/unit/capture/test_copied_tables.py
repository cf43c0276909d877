"""Tables as record systems, spreadsheets and reports hand them over, read by the steps the window takes."""

from typing import Any

import pytest
from support.copied import Reader

from her2board.capture.tables.cells import cells_of, is_running_text
from her2board.capture.tables.columns import Target, column_questions, targets_of
from her2board.capture.tables.entries import fill_down, read_entries
from her2board.capture.tables.lines import propose_lines
from her2board.capture.tables.reading import take
from her2board.case.fields import item_fields
from her2board.case.model import Lesion, LocalTherapy, Specimen, SystemicLine
from her2board.case.model.base import Part
from her2board.case.model.board import DisciplineInput
from her2board.evidence.library import EvidenceLibrary


@pytest.fixture
def read(library: EvidenceLibrary) -> Reader:
    return Reader(library)


@pytest.mark.parametrize(
    "inside",
    ["\x0b", "\x0c", "\x85", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}"],
)
def test_a_line_break_of_a_word_processor_stays_inside_the_cell(inside: str, read: Reader) -> None:
    text = f"Site\tSize\tStatus\nleft frontal{inside}(motor strip)\t12 mm\tnew\nright parietal\t9 mm\tuntreated\n"
    assert read.values(Lesion, text) == [
        {"site": "left frontal (motor strip)", "diameter_mm": 12, "state": "new"},
        {"site": "right parietal", "diameter_mm": 9, "state": "untreated"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        'Site\tSize\n"left frontal\n(motor strip)"\t12 mm\n',
        'Site\tSize\r\n"left frontal\r\n(motor strip)"\t12 mm\r\n',
        '"Site","Size"\n"left frontal\n(motor strip)","12 mm"',
        'Site;Size\n"left frontal (motor strip)";12 mm',
        "Site\tSize\nleft fron\N{SOFT HYPHEN}tal\N{NO-BREAK SPACE}(motor strip)\t12\N{NO-BREAK SPACE}mm",
    ],
)
def test_a_quoted_line_break_and_invisible_characters_are_no_ends_of_cells(text: str, read: Reader) -> None:
    assert read.values(Lesion, text) == [{"site": "left frontal (motor strip)", "diameter_mm": 12}]


@pytest.mark.parametrize("sizes", [("1.4", "2.1"), ("14", "9"), ("1.2 x 0.8", "2"), ("0.4", "0.6"), ("8", "12 x 7")])
def test_sizes_without_a_unit_are_asked_once_for_the_column(sizes: tuple[str, str], read: Reader) -> None:
    text = f"Lesion\tSize\nleft frontal\t{sizes[0]}\nvermis\t{sizes[1]}\n"
    assert read.questions(Lesion, text) == [f"Sizes without unit ({', '.join(sizes)}): mm or cm?"]
    for entry, size in zip(read.entries(Lesion, text), sizes, strict=True):
        assert "diameter_mm" not in entry.entry
        assert entry.entry["note"] == f"Size: {size}"
        assert entry.cells[1].typed.candidates


@pytest.mark.parametrize(
    ("text", "millimetres"),
    [
        ("Lesion\tSize (cm)\na\t1.4\nb\t2.1", [14, 21]),
        ("Lesion\tSize, mm\na\t1.4\nb\t2.1", [1.4, 2.1]),
        ("Lesion\tSize\na\t1.4 cm\nb\t8 mm", [14, 8]),
        ("Lesion\tSize\na\t25\nb\t8", [25, 8]),
        ("Lesion\tTaille [cm]\na\t1,4\nb\t2,1", [14, 21]),
    ],
)
def test_a_unit_in_heading_or_cell_answers_the_question(text: str, millimetres: list[float], read: Reader) -> None:
    assert read.questions(Lesion, text) == []
    assert [entry["diameter_mm"] for entry in read.values(Lesion, text)] == millimetres


def test_the_answer_to_the_question_is_a_target_to_read_with(read: Reader) -> None:
    rows, columns = cells_of("Lesion\tSize\nleft frontal\t1.4\nvermis\t2.1"), item_fields(Lesion)
    targets = list(targets_of(rows, columns, headed=True))
    (question,) = column_questions(rows[1:], targets)
    centimetres = question.candidates[1].value
    assert isinstance(centimetres, Target)
    targets[question.number] = centimetres
    found = read_entries(rows[1:], targets, columns, rows[0], read.context)
    assert [entry.entry["diameter_mm"] for entry in found] == [14, 21]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("10-15 mm", {"low": 10, "high": 15}),
        ("1-1.5 cm", {"low": 10, "high": 15}),
        ("<10 mm", {"high": 10, "high_included": False}),
        ("up to 2 cm", {"high": 20}),
        (">20 mm", {"low": 20, "low_included": False}),
        ("subcentimetre", {"high": 10, "high_included": False}),
    ],
)
def test_a_range_of_sizes_is_recorded_as_a_range(size: str, expected: dict[str, Any], read: Reader) -> None:
    (entry,) = read.entries(Lesion, f"Lesion\tSize\npons\t{size}")
    assert entry.entry == {"site": "pons", "diameter_mm": expected}


@pytest.mark.parametrize("size", ["1-2", "<1", "up to 2"])
def test_a_range_of_sizes_without_unit_is_asked_and_never_taken(size: str, read: Reader) -> None:
    text = f"Lesion\tSize\npons\t{size}\nvermis\t1.4"
    assert read.questions(Lesion, text) == [f"Sizes without unit ({size}, 1.4): mm or cm?"]
    assert "diameter_mm" not in read.entries(Lesion, text)[0].entry
    assert read.entries(Lesion, text.replace("Size", "Size (cm)"))[0].entry["diameter_mm"]["high"] in (10, 20)


def test_axes_in_two_columns_that_contradict_each_other_are_neither(read: Reader) -> None:
    (entry,) = read.entries(Lesion, "Site\tLong axis\tShort axis\npons\t8 mm\t12 mm")
    assert entry.entry == {"site": "pons", "note": "Long axis: 8 mm; Short axis: 12 mm"}
    assert entry.cells[1].typed.problem == "the axis across (12 mm) is longer than the diameter (8 mm)"


@pytest.mark.parametrize(
    ("drug", "names", "note"),
    [
        ("Enhertu 5.4 mg/kg q3w", ["Enhertu"], "Regimen: 5.4 mg/kg q3w"),
        ("T-DM1 3.6 mg/kg", ["T-DM1"], "Regimen: 3.6 mg/kg"),
        ("trastuzumab 6 mg/kg + docetaxel 75 mg/m²", ["trastuzumab", "docetaxel"], None),
        ("Xeloda 2 x 1000 mg/d", ["Xeloda"], "Regimen: 2 x 1000 mg/d"),
        ("paclitaxel weekly x12", ["paclitaxel"], "Regimen: weekly x12"),
        ("Kadcyla (3.6 mg/kg)", ["Kadcyla"], "Regimen: 3.6 mg/kg"),
    ],
)
def test_a_dose_beside_a_name_goes_to_the_note(drug: str, names: list[str], note: str | None, read: Reader) -> None:
    (entry,) = read.values(SystemicLine, f"Regimen\tStart\n{drug}\tDec 2024")
    assert (entry["drugs"], entry["start"]) == (names, "2024-12")
    assert note is None or entry["note"] == note


@pytest.mark.parametrize(
    "drug", ["Trastuzumab デルクステカン", "T-DXd (?)", "✗ Enhertu", "trastuzumab → T-DXd", "no Enhertu"]
)
def test_a_name_nobody_knows_is_kept_and_marked(drug: str, read: Reader) -> None:
    (entry,) = read.entries(SystemicLine, f"Drug\tStart\n{drug}\tDec 2024")
    assert entry.entry["drugs"] == [drug]
    assert entry.marks == (f"Drug: '{drug}' is not a known drug name: kept as written, and no drug can be excluded",)


def test_a_shorthand_is_kept_and_asked(read: Reader) -> None:
    (entry,) = read.entries(SystemicLine, "Drug\tStart\nTCHP\tDec 2024")
    assert entry.entry["drugs"] == ["TCHP"]
    assert entry.marks == ("Drug: carboplatin + trastuzumab + pertuzumab + taxane; which taxane?",)


@pytest.mark.parametrize("stop", ["ongoing", "present", "Current", "laufend", "en cours", "to date"])
def test_a_treatment_that_goes_on_is_recorded_as_ongoing(stop: str, read: Reader) -> None:
    (entry,) = read.values(SystemicLine, f"Drug\tStart\tStop\nEnhertu\tDec 2024\t{stop}")
    assert entry == {"drugs": ["Enhertu"], "start": "2024-12", "ongoing": True}


@pytest.mark.parametrize(
    "headings",
    [
        "Medication\tStart\tStop\tDose",
        "Drug name\tStart date\tEnd date\tRoute",
        "Medication Name\tDate started\tDate stopped\tSig",
        "Wirkstoff\tBeginn\tEnde\tDosis",
        "Médicament\tDébut\tFin\tVoie",
        "Farmaco\tInizio\tFine\tIndication",
        "MEDICATIONS\tStart Dt\tDiscontinued\tFrequency",
    ],
)
def test_the_headings_of_record_systems_are_known(headings: str, read: Reader) -> None:
    last = headings.rpartition("\t")[2]
    assert read.values(SystemicLine, f"{headings}\nEnhertu\t12 Dec 2024\t3 Mar 2025\t5.4 mg/kg") == [
        {"drugs": ["Enhertu"], "start": "2024-12-12", "stop": "2025-03-03", "note": f"{last}: 5.4 mg/kg"}
    ]


def test_dates_of_spreadsheets_are_read_or_asked(read: Reader) -> None:
    text = (
        "Drug\tStart\tStop\nEnhertu\tMar-24\tOct-24\nlapatinib\t2025-03-12 00:00:00\t2025-06-12T00:00:00+02:00\n"
        "Kadcyla\t12-MAR-24\t30-SEP-24\nXeloda\t1/2/26\t31/12/9999\ntucatinib\t45352\t20260312\n"
    )
    assert read.values(SystemicLine, text) == [
        {"drugs": ["Enhertu"], "start": "2024-03", "stop": "2024-10"},
        {"drugs": ["lapatinib"], "start": "2025-03-12", "stop": "2025-06-12"},
        {"drugs": ["Kadcyla"], "start": "2024-03-12", "stop": "2024-09-30"},
        {"drugs": ["Xeloda"], "note": "Start: 1/2/26"},
        {"drugs": ["tucatinib"], "stop": "2026-03-12", "note": "Start: 45352"},
    ]
    assert read.questions(SystemicLine, text) == ["Is the day or the month first in 1/2/26?"]


def test_day_and_month_without_a_year_are_asked_and_kept(read: Reader) -> None:
    (entry,) = read.entries(SystemicLine, "Drug\tStart\tStop\nKadcyla\t12.03\t09.04")
    assert entry.entry == {"drugs": ["Kadcyla"], "note": "Start: 12.03; Stop: 09.04"}
    assert [candidate.words for candidate in entry.cells[1].typed.candidates] == ["Dec 2003", "12 Mar 2026"]


@pytest.mark.parametrize(
    ("other", "start"),
    [("13/4/2024", "2025-04-03"), ("4/13/2024", "2025-03-04"), ("31/1/2024", "2025-04-03"), ("1/31/24", "2025-03-04")],
)
def test_one_date_decides_the_order_of_a_table_and_is_shown(other: str, start: str, read: Reader) -> None:
    entries = read.entries(SystemicLine, f"Drug\tStart\tStop\nKadcyla\t{other}\t\nEnhertu\t3/4/2025\t")
    assert entries[1].entry["start"] == start
    assert f"as in {other}" in entries[1].marks[0]
    assert read.questions(SystemicLine, f"Drug\tStart\nKadcyla\t{other}\nEnhertu\t3/4/2025") == []


def test_dates_that_show_both_orders_decide_nothing(read: Reader) -> None:
    entries = read.entries(SystemicLine, "Drug\tStart\na\t13/4/2024\nb\t4/13/2024\nEnhertu\t3/4/2025")
    assert "start" not in entries[2].entry


RECEPTORS = """Specimen\tDate\tHER2 IHC\tFISH\tER\tPR\tKi-67
liver biopsy\t3/24\t2+ (equivocal)\tnot amplified\t95%\t0%\t30-40%
brain\t2026-02-10\t3 +\tamplified\tpositive (90%)\tneg\t~25 %
breast\t2019\tultralow\tnot done\t8/8\t<1%\thigh
"""


def test_a_table_of_receptors_is_read_as_far_as_it_says(read: Reader) -> None:
    liver, brain, breast = read.values(Specimen, RECEPTORS)
    assert liver == {
        "site": "liver biopsy",
        "day": "2024-03",
        "ihc": "2+",
        "her2_said": "2+ (equivocal)",
        "ish": "negative",
        "er_percent": 95,
        "pr_percent": 0,
        "note": "Ki-67: 30-40%",
    }
    assert brain == {
        "site": "brain",
        "day": "2026-02-10",
        "ihc": "3+",
        "ish": "positive",
        "er": "positive",
        "er_percent": 90,
        "pr": "negative",
        "note": "Ki-67: ~25 %",
    }
    assert breast == {
        "site": "breast",
        "day": "2019",
        "ihc": "ultralow",
        "er_said": "8/8",
        "pr": "negative",
        "pr_said": "<1%",
        "note": "FISH: not done; Ki-67: high",
    }


@pytest.mark.parametrize("cell", ["0 / ultralow", "0+", "0 or ultralow"])
def test_a_score_of_0_that_may_be_ultralow_is_asked_and_kept_as_written(cell: str, read: Reader) -> None:
    (entry,) = read.entries(Specimen, f"Specimen\tHER2 IHC\nbrain\t{cell}")
    assert entry.entry == {"site": "brain", "note": f"HER2 IHC: {cell}"}
    assert [c.value for c in entry.cells[1].typed.candidates] == ["ultralow", "0"]


def test_a_status_stated_in_the_words_of_a_letter_is_read(read: Reader) -> None:
    words = ("HER2-low", "HER2 ultra-low", "HER2 positive", "neg")
    entries = read.values(Specimen, "Specimen\tHER2 as stated\n" + "\n".join(f"brain\t{w}" for w in words))
    assert [entry.get("her2_stated") for entry in entries] == ["low", "ultralow", "positive", "negative"]


def test_a_discipline_that_is_not_in_the_list_is_kept_by_its_name(read: Reader) -> None:
    cells = ("Neurosurgeon", "neuro-oncology", "Endocrinology", "Neuropsychology (Dr C)")
    table = "Specialty\tStatus\tDate\n" + "\n".join(f"{cell}\tseen\t12 Nov 2026" for cell in cells)
    found = read.values(DisciplineInput, table)
    assert [(entry["discipline"], entry.get("discipline_name")) for entry in found] == [
        ("neurosurgery", None),
        ("neuro_oncology", None),
        ("other", "Endocrinology"),
        ("other", "Neuropsychology (Dr C)"),
    ]
    assert {(entry["status"], entry["day"]) for entry in found} == {("heard", "2026-11-12")}


def test_two_cells_that_contradict_each_other_are_neither(read: Reader) -> None:
    (entry,) = read.entries(Specimen, "Specimen\tER\tER %\nbrain\tpositive (90%)\t10")
    assert "er_percent" not in entry.entry
    assert entry.entry["er"] == "positive"
    assert "ER %: 10" in entry.entry["note"]


COURSES = """Treatment\tDate\tDose\tFractions\tSite
SRS\t3/2024\t20 Gy/1 fx\t\tleft frontal
Gamma Knife\t2025\t2000 cGy\t1\tpons
HA-WBRT\t2026\t30\t10\t
"""


def test_a_table_of_radiotherapy_is_read(read: Reader) -> None:
    assert read.values(LocalTherapy, COURSES) == [
        {"kind": "radiosurgery", "day": "2024-03", "dose_gy": 20, "fractions": 1, "site": "left frontal"},
        {"kind": "radiosurgery", "day": "2025", "dose_gy": 20, "fractions": 1, "site": "pons"},
        {"kind": "whole_brain", "hippocampal_avoidance": True, "day": "2026", "dose_gy": 30, "fractions": 10},
    ]


@pytest.mark.parametrize(
    ("row", "entry"),
    [
        ("CyberKnife 27 Gy in 3\t\t", {"kind": "radiosurgery", "dose_gy": 27, "fractions": 3}),
        ("WBRT 30/10\t\t", {"kind": "whole_brain", "dose_gy": 30, "fractions": 10}),
        ("FSRT\t5 x 6 Gy\t", {"kind": "radiosurgery", "dose_gy": 30, "fractions": 5}),
        ("SRS\t20 Gy\t1 fx", {"kind": "radiosurgery", "dose_gy": 20, "fractions": 1}),
        ("WBRT\t3000 cGy\t10#", {"kind": "whole_brain", "dose_gy": 30, "fractions": 10}),
        ("SRS\t20 Gy/1 fx\t3", {"kind": "radiosurgery", "dose_gy": 20}),
        ("craniotomy\t\t", {"kind": "surgery"}),
        ("brachytherapy\t60 Gy\t", {"dose_gy": 60}),
        ("WBRT\t3000\t10", {"kind": "whole_brain", "fractions": 10}),
    ],
)
def test_dose_and_fractions_are_read_wherever_they_are_written(row: str, entry: dict, read: Reader) -> None:
    assert read.values(LocalTherapy, f"Treatment\tDose\tFractions\n{row}") == [entry]


def test_a_dose_column_in_centigray_is_converted(read: Reader) -> None:
    assert read.values(LocalTherapy, "Type\tDose (cGy)\nSRS\t2000") == [{"kind": "radiosurgery", "dose_gy": 20}]


def test_merged_cells_are_filled_from_above_with_a_mark(read: Reader) -> None:
    text = "Site\tSize\tStatus\nleft frontal\t12 mm\tnew\n\t9 mm\tuntreated\npons\t8 mm\t"
    first, second, third = read.entries(Lesion, text)
    assert second.entry["site"] == "left frontal"
    assert second.marks == ("Site: left frontal, as in the line above",)
    assert (first.marks, third.marks) == ((), ())


@pytest.mark.parametrize(
    ("model", "text", "column", "values"),
    [
        (Lesion, "Site\tSize (mm)\nleft frontal\t12\n\t9\n\t4", "site", ["left frontal"] * 3),
        (Lesion, "Läsion\tGröße (mm)\nKleinhirn links\t12\n \t9", "site", ["Kleinhirn links"] * 2),
        (Specimen, "Specimen\tDate\tIHC\nbrain\tMay 2024\t3+\n\tJun 2026\t1+", "site", ["brain", "brain"]),
        (SystemicLine, "Setting\tDrug\tStart\nadjuvant\tT-DM1\t2019\n\tletrozole\t2020", "setting", ["adjuvant"] * 2),
        (LocalTherapy, "Site\tTreatment\tDate\npons\tSRS\tMay 2024\n\tSRS\tMay 2025", "site", ["pons", "pons"]),
    ],
    ids=["three rows", "a space", "specimens", "lines", "local therapies"],
)
def test_a_merged_cell_of_any_table_is_filled_from_above(
    model: type[Part], text: str, column: str, values: list[str], read: Reader
) -> None:
    found = read.entries(model, text)
    assert [row.entry[column] for row in found] == values
    assert [bool(row.marks) for row in found] == [False, *[True] * (len(values) - 1)]


def test_an_empty_cell_that_may_be_unknown_is_not_filled() -> None:
    found = fill_down([("a", "1", "x"), ("b", "", ""), ("", "", "y")])
    assert [row.cells for row in found] == [("a", "1", "x"), ("b", "", ""), ("b", "", "y")]


AGENTS = """Drug\tStart\tStop\tIntent
docetaxel\t20 Mar 2024\t15 Aug 2024\tpalliative
trastuzumab\t20 Mar 2024\t15 Aug 2024\tpalliative
pertuzumab\t20 Mar 2024\t15 Aug 2024\tpalliative
dexamethasone\t20 Mar 2024\t15 Aug 2024\tpalliative
T-DXd\t1 Sep 2024\tongoing\tpalliative
"""


def test_one_row_for_each_drug_of_a_regimen_is_proposed_as_one_line(read: Reader, library: EvidenceLibrary) -> None:
    entries = read.entries(SystemicLine, AGENTS)
    (proposal,) = propose_lines([entry.entry for entry in entries], library.vocabulary)
    assert proposal.rows == (0, 1, 2)
    assert proposal.entry == {
        "drugs": ["docetaxel", "trastuzumab", "pertuzumab"],
        "setting": "metastatic",
        "start": "2024-03-20",
        "stop": "2024-08-15",
    }
    assert proposal.reason == "3 rows that start on 20 Mar 2024 and differ in the drug only"
    assert entries[3].marks == ("Drug: supportive, makes no line of therapy",)


@pytest.mark.parametrize(
    "text",
    [
        "Drug\tStart\tStop\ndocetaxel\t20 Mar 2024\t15 Aug 2024\ntrastuzumab\t20 Mar 2024\tongoing",
        "Drug\tStart\tStop\ndocetaxel\t20 Mar 2024\t15 Aug 2024\ntrastuzumab\t20 Mar 2024\t",
        "Drug\tStart\tStop\ndocetaxel\t\t\ntrastuzumab\t\t",
        "Drug\tStart\tIntent\ndocetaxel\t2024\tpalliative\ntrastuzumab\t2024\tadjuvant",
        "Drug\tStart\tReason\ndocetaxel\t2024\ttoxicity\ntrastuzumab\t2024\tPD",
    ],
)
def test_rows_that_differ_in_more_than_the_drug_stay_apart(text: str, read: Reader, library: EvidenceLibrary) -> None:
    assert propose_lines(read.values(SystemicLine, text), library.vocabulary) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Dear colleague, thank you for referring this lady with six brain metastases of her HER2-positive cancer.",
        "MRI brain with contrast, 17 Nov 2026.\nThere are six enhancing lesions, the largest in the left cerebellum.",
        "The patient was seen on 3 May; she is well, on trastuzumab and pertuzumab since March of last year.",
        "Impression:  new metastases in both hemispheres as described, no sign of leptomeningeal disease was seen.",
        "Sie wurde am 3. Mai vorgestellt und berichtete über seit zwei Wochen zunehmende Kopfschmerzen am Morgen.",
    ],
)
def test_a_letter_is_text_and_no_table(text: str) -> None:
    assert is_running_text(text)


@pytest.mark.parametrize(
    "text",
    [
        COURSES,
        AGENTS,
        RECEPTORS,
        "left frontal  12 mm\npons  8 mm",
        "Enhertu\nKadcyla\nlapatinib",
        "a;b\nc;d",
        "",
        "12 mm",
    ],
)
def test_a_table_is_no_text(text: str) -> None:
    assert not is_running_text(text)


@pytest.mark.parametrize(
    ("cell", "read_as", "note"),
    [
        ("8 cycles", {"cycles": 8}, None),
        ("8", {"months": 8.0}, None),
        ("after 2 months", {"months": 2.0}, None),
        ("5.5 Monate", {"months": 5.5}, None),
        ("2 years", {}, "Duration: 2 years"),
        ("6 weeks", {}, "Duration: 6 weeks"),
        ("as tolerated", {}, "Duration: as tolerated"),
    ],
)
def test_a_duration_is_cycles_or_months_and_else_a_note(
    cell: str, read_as: dict[str, float], note: str | None, read: Reader
) -> None:
    (entry,) = read.values(SystemicLine, f"Medication\tStart\tDuration\nEnhertu\t2025-01\t{cell}\n")
    assert {name: entry[name] for name in ("cycles", "months") if name in entry} == read_as
    assert entry.get("note") == note


@pytest.mark.parametrize(("cell", "months"), [("2 years", 24), ("5.5 years", 66), ("for 6 weeks", 1.4)])
def test_years_and_weeks_are_asked_in_the_months_they_make(cell: str, months: float, read: Reader) -> None:
    """They are rounded otherwise than months, which a row would otherwise be dated by too narrowly."""
    (entry,) = read.entries(SystemicLine, f"Medication\tDuration\nEnhertu\t{cell}\n")
    (offered,) = entry.cells[1].typed.candidates
    column = next(column for column in item_fields(SystemicLine) if column.path == "months")
    assert take(column, offered).typed.value == months


@pytest.mark.parametrize(
    ("table", "read_as"),
    [
        ("Drug\tStart\tStop\nT-DM1\t2024-01\tafter 8 cycles", {"start": "2024-01", "cycles": 8}),
        ("Drug\tStart\tStop\nT-DM1\t2024-01\tfor 6 months", {"start": "2024-01", "months": 6}),
        ("Drug\tStart\nT-DM1 14 cycles\t2024-01", {"start": "2024-01", "cycles": 14}),
        ("Drug\tStart\ndocetaxel x 6 cycles\t2024-01", {"start": "2024-01", "cycles": 6}),
        ("Drug\tStart\nKadcyla 3.6 mg/kg q3w\t2024-01", {"start": "2024-01", "note": "Drug: 3.6 mg/kg q3w"}),
    ],
)
def test_a_length_of_treatment_written_elsewhere_gets_its_column(
    table: str, read_as: dict[str, Any], read: Reader
) -> None:
    (entry,) = read.values(SystemicLine, table)
    assert {name: value for name, value in entry.items() if name != "drugs"} == read_as


def test_a_column_of_cycles_takes_bare_numbers(read: Reader) -> None:
    (entry,) = read.values(SystemicLine, "Regimen\tCycles\nEnhertu\t8\n")
    assert entry == {"drugs": ["Enhertu"], "cycles": 8}


@pytest.mark.parametrize("cell", ["none", "Keine Therapie", "sin tratamiento", "nil", "なし"])
def test_a_cell_that_says_that_nothing_was_given_is_no_unknown_drug(cell: str, read: Reader) -> None:
    (entry,) = read.entries(SystemicLine, f"Drug\tStart\n{cell}\t2024-01")
    assert "drugs" not in entry.entry
    assert entry.cells[0].typed.problem.endswith("for the whole list choose 'none given'")


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        ("IHC 2+", {"ihc": "2+"}),
        ("3+ (95 % of cells)", {"ihc": "3+", "her2_said": "3+ (95 % of cells)"}),
        ("2+ FISH amplified", {"ihc": "2+", "ish": "positive", "her2_said": "2+ FISH amplified"}),
        ("positive", {"her2_stated": "positive"}),
        ("0 / ultralow", {"note": "HER2: 0 / ultralow"}),
        ("see report", {"note": "HER2: see report"}),
    ],
)
def test_a_score_under_the_heading_her2_is_a_score(cell: str, read_as: dict[str, Any], read: Reader) -> None:
    (entry,) = read.values(Specimen, f"Biopsy\tHER2\nbrain\t{cell}")
    assert entry == {"site": "brain", **read_as}


def test_a_score_that_is_asked_under_the_heading_her2_becomes_the_score(read: Reader) -> None:
    (entry,) = read.entries(Specimen, "Biopsy\tHER2\nbrain\t0+")
    column = next(column for column in item_fields(Specimen) if column.path == "her2_stated")
    assert take(column, entry.cells[1].typed.candidates[0]).more == {"ihc": "ultralow"}
