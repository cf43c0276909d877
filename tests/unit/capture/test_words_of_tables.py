"""Headings and words of German, Italian, French and Spanish tables."""

import pytest
from support.copied import Reader

from her2board.capture.receptors import read_ish
from her2board.case.model import Lesion, LocalTherapy, Specimen, SystemicLine
from her2board.evidence.library import EvidenceLibrary


@pytest.fixture
def read(library: EvidenceLibrary) -> Reader:
    return Reader(library)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "Protocollo\tCicli\tData inizio\tData fine\tMotivo sospensione\n"
            "T-DM1\t14\t13/01/2022\t20/12/2022\ttossicità",
            {
                "drugs": ["T-DM1"],
                "cycles": 14,
                "start": "2022-01-13",
                "stop": "2022-12-20",
                "reason_stopped": "toxicity",
            },
        ),
        (
            "Verordnung\tVerordner\tSeit\tBis\nEnhertu\tDr. Muster\t12.01.2024\tlaufend",
            {"drugs": ["Enhertu"], "start": "2024-01-12", "ongoing": True, "note": "Verordner: Dr. Muster"},
        ),
        (
            "Médicament\tDébut\tFin\tMotif d'arrêt\nKadcyla\tjanv. 2022\tfévr. 2023\tprogression de la maladie",
            {"drugs": ["Kadcyla"], "start": "2022-01", "stop": "2023-02", "reason_stopped": "progression"},
        ),
        (
            "Agent\tC1D1\tLast dose\tReason off\tBest response\nT-DXd\t1/15/2024\t11/30/2024\tILD gr 2\tPR",
            {
                "drugs": ["T-DXd"],
                "start": "2024-01-15",
                "stop": "2024-11-30",
                "reason_stopped": "toxicity",
                "best_response": "partial",
                "note": "Reason off: ILD gr 2",
            },
        ),
    ],
)
def test_a_line_is_read_under_the_headings_of_its_country(text: str, line: dict, read: Reader) -> None:
    assert read.values(SystemicLine, text) == [line]


@pytest.mark.parametrize("reason", ["stopped", "beendet", "PD or ILD", "ILD excluded", "no ILD", "ILD?"])
def test_a_reason_that_says_no_more_than_an_end_or_is_doubtful_is_not_read(reason: str, read: Reader) -> None:
    (line,) = read.values(SystemicLine, f"Drug\tStart\tReason\nT-DXd\t2024\t{reason}")
    assert "reason_stopped" not in line
    assert line["note"] == f"Reason: {reason}"


@pytest.mark.parametrize(
    ("text", "course"),
    [
        ("Bestrahlung\tDatum\tDosis\tFraktionen\nGanzhirnbestrahlung\t05.06.2024\t30 Gy\t10", ("whole_brain", 30, 10)),
        ("Bestrahlung\tDatum\tDosis\tFraktionen\nStereotaxie\t05.06.2024\t27 Gy\t3", ("radiosurgery", 27, 3)),
        ("Radioterapia\tData\tDose (Gy)\tFrazioni\nPanencefalica\tgiugno 2024\t30\t10", ("whole_brain", 30, 10)),
        ("Radioterapia\tData\tDose (Gy)\tFrazioni\nRadiochirurgia\tgiugno 2024\t20\t1", ("radiosurgery", 20, 1)),
    ],
)
def test_a_course_is_read_under_the_headings_of_its_country(text: str, course: tuple, read: Reader) -> None:
    (found,) = read.values(LocalTherapy, text)
    assert (found["kind"], found["dose_gy"], found["fractions"]) == course
    assert found["day"].startswith("2024-06")


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ("3-14 Mar 2025", "2025-03-14"),
        ("03.03.-14.03.2025", "2025-03-14"),
        ("3.-14.3.2025", "2025-03-14"),
        ("2025-03-03 - 2025-03-14", "2025-03-14"),
        ("03/2025 - 04/2025", "2025-04"),
        ("Mar 2025 to Apr 2025", "2025-04"),
    ],
)
def test_the_days_of_a_course_are_read_as_the_last_of_them_and_kept(days: str, last: str, read: Reader) -> None:
    (entry,) = read.entries(LocalTherapy, f"Kind\tDates\nWBRT\t{days}")
    assert entry.entry == {"kind": "whole_brain", "day": last}
    assert entry.left_over == (f"Dates: {days}",)
    assert "the last day" in entry.marks[0]


@pytest.mark.parametrize(
    "days", ["2024-2025", "3/4-5/4/2025", "14 Mar 2025 - 3 Mar 2025", "14-3 Mar 2025", "1-2 weeks 2025"]
)
def test_days_of_a_course_that_are_no_range_in_order_are_not_read(days: str, read: Reader) -> None:
    assert read.values(LocalTherapy, f"Kind\tDates\nWBRT\t{days}") == [{"kind": "whole_brain"}]


def test_lesions_of_german_and_italian_tables_are_read(read: Reader) -> None:
    german = "Läsion\tGröße (mm)\tVerlauf\nfrontal links\t12\tneu\nparietal\t8,5\tstabil\nKleinhirn\t<5\tprogredient"
    assert [(one["diameter_mm"], one["growth"]) for one in read.values(Lesion, german)] == [
        (12, "new"),
        (8.5, "unchanged"),
        ({"high": 5, "high_included": False}, "grown"),
    ]
    italian = "Sede\tDimensione (cm)\tStato\nfrontale sinistro\t1,2\tnuova\ncervelletto\t2.0 x 1.5\tin progressione"
    first, second = read.values(Lesion, italian)
    assert first == {"site": "frontale sinistro", "diameter_mm": 12, "state": "new"}
    assert (second["diameter_mm"], second["perpendicular_mm"], second.get("state")) == (20, 15, None)


def test_headings_with_a_unit_in_brackets_and_short_answers_are_read(read: Reader) -> None:
    german = "Nr.\tLokalisation\tMaximaler Durchmesser [mm]\tVormessung [mm]\n1\tfrontal links\t14\t9\nSumme\t\t14\t9"
    assert read.values(Lesion, german) == [
        {"site": "frontal links", "diameter_mm": 14, "earlier_sizes": [{"mm": 9}], "note": "Nr.: 1"}
    ]
    italian = "Linea\tSchema\tDal\tAl\tRisposta\n2\tT-DM1\t12/2022\tin corso\tRP"
    assert read.values(SystemicLine, italian) == [
        {"line": 2, "drugs": ["T-DM1"], "start": "2022-12", "ongoing": True, "best_response": "partial"}
    ]
    assert read.values(Specimen, "Specimen\tHER2\ncore\tpos.")[0]["her2_stated"] == "positive"


def test_an_end_without_its_year_is_asked_where_the_treatment_began_years_before(read: Reader) -> None:
    for start, stop, years in (
        ("Jan 2022", "Sept.", ["Sep 2022", "Sep 2026"]),
        ("Oct 2022", "Sep", ["Sep 2023", "Sep 2026"]),
        ("Jan 2024", "3 Mar", ["3 Mar 2024", "3 Mar 2026"]),
    ):
        table = f"Drug\tStart\tStop\nKadcyla\t{start}\t{stop}"
        assert read.offers(SystemicLine, table) == years
        assert "stop" not in read.values(SystemicLine, table)[0]
        assert read.answered(SystemicLine, table, 2)["stop"] < "2025"
    (line,) = read.values(SystemicLine, "Drug\tStart\tStop\nKadcyla\t12 Dec 2025\t3 Mar")
    assert line["stop"] == "2026-03-03"


def test_receptors_of_an_italian_table_are_read(read: Reader) -> None:
    text = "Materiale\tData\tHER2 IHC\tISH\tER\tPgR\nbiopsia epatica\t12 mar 2024\t2+\tnegativo\t0%\t90%"
    assert read.values(Specimen, text) == [
        {
            "site": "biopsia epatica",
            "day": "2024-03-12",
            "ihc": "2+",
            "ish": "negative",
            "er_percent": 0,
            "pr_percent": 90,
        }
    ]


@pytest.mark.parametrize("text", ["2.4 / copy no. 6.1", "1.4 (3.2 copies)", "HER2/CEP17 2.4; 6.1", "negativo 1.2"])
def test_a_number_of_an_ish_result_that_nothing_explains_is_kept(text: str) -> None:
    found = read_ish(text)
    assert found.fields
    assert found.note == text


def test_an_ish_result_of_which_everything_is_read_keeps_no_note() -> None:
    for text in ("HER2 FISH negative", "not amplified (ratio 1.4)", "ratio 2.4, 6.1 copies", "HER2/CEP17: 2.4"):
        assert read_ish(text).note == "", text
