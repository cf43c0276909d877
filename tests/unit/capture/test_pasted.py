"""Tables copied from a spreadsheet or a report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2board.capture.tables.cells import cells_of
from her2board.capture.tables.columns import has_headings, targets_of
from her2board.capture.tables.entries import PastedEntry, read_entries
from her2board.case.fields import item_fields
from her2board.case.model import Lesion, LocalTherapy, Specimen, SystemicLine


def read(model, text: str) -> tuple[PastedEntry, ...]:
    rows, columns = cells_of(text), item_fields(model)
    headed = has_headings(rows, columns)
    targets = targets_of(rows, columns, headed=headed)
    return read_entries(rows[headed:], targets, columns, rows[0] if headed else ())


def entries(model, text: str) -> list[dict]:
    return [found.entry for found in read(model, text)]


@pytest.mark.parametrize(
    "text",
    [
        "Location\tSize (mm)\r\nleft frontal\t16\r\ncerebellum\t8\r\n",
        "Location;Size (mm)\nleft frontal;16\ncerebellum;8",
        "Location,Size (mm)\nleft frontal,16\ncerebellum,8",
        '"Location","Size (mm)"\n"left frontal","16"\n"cerebellum","8"',
        "| Location | Size (mm) |\n|---|---|\n| left frontal | 16 |\n| cerebellum | 8 |",
        "Location       Size (mm)\nleft frontal   16\n\ncerebellum     8",
        "Lesion site\tLargest diameter, cm\nleft frontal\t1.6\ncerebellum\t0.8",
    ],
)
def test_a_table_is_read_however_its_cells_are_parted(text: str) -> None:
    assert entries(Lesion, text) == [
        {"site": "left frontal", "diameter_mm": 16},
        {"site": "cerebellum", "diameter_mm": 8},
    ]


def test_cells_that_can_be_one_thing_only_need_no_heading() -> None:
    assert entries(Lesion, "left frontal\t16 mm\tnew\nright occipital\t0.8 cm\tresected") == [
        {"site": "left frontal", "diameter_mm": 16, "state": "new"},
        {"site": "right occipital", "diameter_mm": 8, "state": "resected"},
    ]


def test_bare_numbers_without_a_heading_are_nobodys_and_stay_in_sight() -> None:
    (entry,) = read(LocalTherapy, "radiosurgery\t27\t3")
    assert entry.entry == {"kind": "radiosurgery"}
    assert entry.left_over == ("27", "3")


def test_two_sizes_in_one_cell_are_the_diameter_and_the_one_across() -> None:
    assert entries(Lesion, "Site\tSize\na\t12 x 16 mm\nb\t1.6 x 1.2 x 1.0 cm") == [
        {"site": "a", "diameter_mm": 16, "perpendicular_mm": 12},
        {"site": "b", "diameter_mm": 16, "perpendicular_mm": 12, "note": "Size: 1.6 x 1.2 x 1.0 cm"},
    ]


def test_systemic_lines_are_read_with_the_short_words_of_reports() -> None:
    headings = "Regimen\tStarted\tStopped\tBOR\tReason"
    text = f"{headings}\ndocetaxel + Phesgo\t3/2023\tJan 2024\tPR\tPD\nT-DXd\t2024-03-04\t-\tSD\t"
    assert entries(SystemicLine, text) == [
        {
            "drugs": ["docetaxel", "Phesgo"],
            "start": "2023-03",
            "stop": "2024-01",
            "best_response": "partial",
            "reason_stopped": "progression",
        },
        {"drugs": ["T-DXd"], "start": "2024-03-04", "best_response": "stable"},
    ]


def test_a_date_with_two_readings_goes_to_the_note_with_its_heading() -> None:
    (entry,) = read(SystemicLine, "Drug\tStart\nT-DXd\t03/04/24")
    assert entry.entry == {"drugs": ["T-DXd"], "note": "Start: 03/04/24"}
    assert "Write the month as a word" in entry.cells[1].typed.problem


def test_a_column_of_no_use_goes_to_the_note() -> None:
    assert entries(Lesion, "Site\tScanner\na\t3T")[0] == {"site": "a", "note": "Scanner: 3T"}


def test_what_a_list_without_notes_has_no_room_for_is_named() -> None:
    (entry,) = read(LocalTherapy, "Type\tDose\tPlanner\nSRS\t27 Gy\tDr A")
    assert entry.entry == {"kind": "radiosurgery", "dose_gy": 27}
    assert entry.left_over == ("Planner: Dr A",)


def test_a_lesion_called_stable_is_not_taken_for_a_treated_one() -> None:
    assert entries(Lesion, "Site\tStatus\na\tstable")[0] == {"site": "a", "note": "Status: stable"}


def test_receptors_are_read() -> None:
    text = "Specimen\tDate\tHER2 IHC\tFISH\tER %\tER\nbrain\t12 Mar 2026\t2+\tamplified\t90%\tpos"
    assert entries(Specimen, text) == [
        {"site": "brain", "day": "2026-03-12", "ihc": "2+", "ish": "positive", "er_percent": 90, "er": "positive"}
    ]


def test_a_quotation_mark_alone_is_a_letter() -> None:
    assert cells_of('a\t5" nail\nb\tc') == (("a", '5" nail'), ("b", "c"))


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    assert cells_of('"left\nfrontal"\t16\n') == (("left\nfrontal", "16"),)


WORDS = st.text("abc 123-+x.,/", max_size=8).map(str.strip)


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_every_text_is_in_the_entry_or_named_as_left_over(rows: list[list[str]]) -> None:
    """Whatever stood in a cell was read as a value, is in the note, or is reported; marks for 'not known' are none."""
    text = "\n".join("\t".join(row) for row in [["Site", "Size", "Scanner"], *rows])
    for entry in read(Lesion, text):
        reported = " ".join((str(entry.entry.get("note")), *entry.left_over))
        for cell in entry.cells:
            read_as_value = cell.typed.value is not None
            assert read_as_value or cell.text in ("", "-", "--", "?") or cell.text in reported
