"""Rows of copied tables whose treatment was planned, declined or called off."""

import pytest
from support.copied import Reader

from her2board.case.model import LocalTherapy, Specimen, SystemicLine
from her2board.evidence.library import EvidenceLibrary


@pytest.fixture
def read(library: EvidenceLibrary) -> Reader:
    return Reader(library)


PLANNED = "Kind\tDate\tSite\tStatus\tResult\n{row}\nSRS\tMar 2024\tpons\tcompleted\tpending"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("SRS planned\tDec 2026\tleft frontal\t\t", "'SRS planned': planned, not given; not added"),
        ("SRS\tDec 2026\tleft frontal\tplanned\t", "'planned': planned, not given; not added"),
        ("SRS\tplanned Dec 2026\tleft frontal\t\t", "'planned Dec 2026': planned, not given; not added"),
        ("SRS\tgeplant KW 50\t\t\t", "'geplant KW 50': planned, not given; not added"),
        ("SRS\tTBD\t\t\t", "'TBD': planned, not given; not added"),
        ("SRS geplant\tDez 2026\t\t\t", "'SRS geplant': planned, not given; not added"),
        ("WBRT programmé\t12/2026\t\t\t", "'WBRT programmé': planned, not given; not added"),
        ("Radioterapia prevista\t12/2026\t\t\t", "'Radioterapia prevista': planned, not given; not added"),
        ("SRS cancelled\t2025\t\t\t", "'SRS cancelled': not given; not added"),
        ("WBRT\tdeclined\t\t\t", "'declined': not given; not added"),
        ("WBRT\t2025\t\trifiutata\t", "'rifiutata': not given; not added"),
        ("WBRT\t2025\t\t\trefused by patient", "'refused by patient': not given; not added"),
    ],
)
def test_a_course_that_was_not_given_is_no_entry_and_says_why(row: str, said: str, read: Reader) -> None:
    of_plan, given = read.entries(LocalTherapy, PLANNED.format(row=row))
    assert of_plan.entry == {}
    assert of_plan.not_given == said
    assert said in [cell.typed.problem for cell in of_plan.cells]
    assert all(cell in " ".join(of_plan.left_over) for cell in row.split("\t"))
    assert given.entry == {"kind": "radiosurgery", "day": "2024-03", "site": "pons", "result": "pending"}


@pytest.mark.parametrize(
    "kind", ["SRS planned and completed", "HA-WBRT as planned", "SRS (completed, MRI planned)", "SRS?"]
)
def test_a_course_that_may_have_been_given_is_left_to_a_person(kind: str, read: Reader) -> None:
    (entry,) = read.entries(LocalTherapy, f"Kind\tDate\n{kind}\t2024")
    assert entry.not_given == ""
    assert entry.entry == {"day": "2024"}
    assert entry.cells[0].typed.problem == f"'{kind}': was it given?"


def test_a_column_that_asks_whether_it_was_given_is_heard(read: Reader) -> None:
    not_given, given = read.entries(LocalTherapy, "Procedure\tGiven?\tDate\nSRS\tno\t2024\nWBRT\tyes\t2025")
    assert not_given.not_given == "'no': not given; not added"
    assert given.entry == {"kind": "whole_brain", "day": "2025"}


@pytest.mark.parametrize(
    "row",
    [
        "Enhertu\tJan 2027\t\t\tplanned\t",
        "Enhertu\tJan 2026\tDec 2027\t\tplanned\t",
        "Enhertu\tplanned\t\t\t\t",
        "Enhertu\tgeplant ab 01/2027\t\t\t\t",
        "Enhertu\tnot given\t\t\t\t",
        "Enhertu\tJan 2026\t\t\t\tnever started",
    ],
)
def test_a_drug_that_is_planned_or_was_not_given_is_no_line(row: str, read: Reader) -> None:
    table = (
        f"Drug\tStart\tStop\tReason\tStatus\tComment\n{row}\nKadcyla\tJan 2024\tJul 2024\tdeclined\tcompleted\tdeclined"
    )
    planned, given = read.entries(SystemicLine, table)
    assert planned.entry == {}
    assert "not given; not added" in planned.not_given
    assert given.entry["drugs"] == ["Kadcyla"]
    assert given.entry["reason_stopped"] == "patient_choice"


def test_words_of_a_plan_beside_a_drug_that_was_given_leave_the_line(read: Reader) -> None:
    table = "Drug\tStart\tComment\nTukysa\tJan 2026\tplanned MRI Dec 2026\nXeloda\tJan 2026\tpending insurance"
    assert [entry.entry.get("drugs") for entry in read.entries(SystemicLine, table)] == [["Tukysa"], ["Xeloda"]]


def test_a_biopsy_that_was_not_taken_is_no_specimen(read: Reader) -> None:
    table = "Site\tDate\tIHC\tStatus\nliver\t2024\t3+\tpending\nbrain\tplanned\t\t\nlung\tnot biopsied\t\t"
    liver, *others = read.entries(Specimen, table)
    assert liver.entry["ihc"] == "3+"
    assert [other.entry for other in others] == [{}, {}]


@pytest.mark.parametrize(
    ("drug", "said"),
    [
        ("Enhertu geplant", "planned, not given"),
        ("planned: Enhertu", "planned, not given"),
        ("Enhertu prévu", "planned, not given"),
        ("Enhertu - not started", "not given"),
        ("Enhertu: abgelehnt", "not given"),
        ("Enhertu (denied)", "not given"),
        ("Enhertu declined by insurance", "not given"),
    ],
)
def test_a_drug_that_its_cell_says_was_not_given_is_no_line(drug: str, said: str, read: Reader) -> None:
    off, given = read.entries(SystemicLine, f"Drug\tStart\n{drug}\t2024\nKadcyla\t2023")
    assert (off.entry, off.not_given) == ({}, f"'{drug}': {said}; not added")
    assert given.entry == {"drugs": ["Kadcyla"], "start": "2023"}


@pytest.mark.parametrize(
    "drug",
    [
        "Trastuzumab + pertuzumab (not given)",
        "Enhertu planned?",
        "Enhertu planned and given",
        "Enhertu as planned",
        "Enhertu wie geplant",
        "Enhertu not cancelled",
        "No 1 Enhertu",
    ],
)
def test_a_drug_that_may_have_been_given_stays_a_line_to_look_at(drug: str, read: Reader) -> None:
    (line,) = read.entries(SystemicLine, f"Drug\tStart\n{drug}\t2024")
    assert (line.not_given, line.entry) == ("", {"drugs": [drug], "start": "2024"})
    assert "is not a known drug name" in line.marks[0]


@pytest.mark.parametrize("drug", ["no trastuzumab", "kein Trastuzumab", "never: Enhertu"])
def test_a_drug_that_its_cell_denies_is_no_line_unless_a_start_says_otherwise(drug: str, read: Reader) -> None:
    none, started = read.entries(SystemicLine, f"Drug\tStart\n{drug}\t\n{drug}\t2024")
    assert (none.entry, none.not_given) == ({}, f"'{drug}': not given; not added")
    assert (started.entry, started.not_given) == ({"drugs": [drug], "start": "2024"}, "")
    assert started.marks


@pytest.mark.parametrize(
    "status",
    ["entered in error", "entered-in-error", "deleted", "Fehleingabe", "saisi par erreur", "inserito per errore"],
)
def test_a_row_that_was_entered_in_error_is_no_line(status: str, read: Reader) -> None:
    wrong, given = read.entries(SystemicLine, f"Drug\tStart\tStatus\nEnhertu\t2024\t{status}\nKadcyla\t2023\tcompleted")
    assert (wrong.entry, wrong.not_given) == ({}, f"'{status}': not given; not added")
    assert given.entry["drugs"] == ["Kadcyla"]
