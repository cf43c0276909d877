"""What a copied table holds beside its entries: a second table, totals, footnotes, numbers of lesions."""

import pytest
from support.copied import Reader

from her2board.capture.tables.cells import cells_of
from her2board.capture.tables.layout import laid_out
from her2board.case.fields import item_fields
from her2board.case.model import Lesion, LocalTherapy, SystemicLine
from her2board.evidence.library import EvidenceLibrary


@pytest.fixture
def read(library: EvidenceLibrary) -> Reader:
    return Reader(library)


def beside(model: type, text: str) -> tuple[str, ...]:
    return laid_out(cells_of(text), item_fields(model)).beside


@pytest.mark.parametrize(
    "text",
    [
        "Site\tSize (mm)\tSite\tSize (mm)\nleft frontal\t12\tpons\t5\nvermis\t4\t\t\n",
        "Site\tSize (mm)\t\tSite\tSize (mm)\nleft frontal\t12\t\tpons\t5\nvermis\t4\t\t\t\n",
        "Lesion\tSize (mm)\t\tSize (mm)\tLocation\nleft frontal\t12\t\t5\tpons\nvermis\t4\t\t\t\n",
    ],
)
def test_two_tables_of_lesions_side_by_side_are_one_list(text: str, read: Reader) -> None:
    assert read.values(Lesion, text) == [
        {"site": "left frontal", "diameter_mm": 12},
        {"site": "vermis", "diameter_mm": 4},
        {"site": "pons", "diameter_mm": 5},
    ]
    assert beside(Lesion, text) == ()


def test_the_dates_of_lines_side_by_side_stay_with_their_drugs(read: Reader) -> None:
    headings = "Drug\tStart\tStop\tDrug\tStart\tStop"
    assert read.values(SystemicLine, f"{headings}\nKadcyla\tJan 2022\tDec 2022\tEnhertu\tJan 2023\tongoing\n") == [
        {"drugs": ["Kadcyla"], "start": "2022-01", "stop": "2022-12"},
        {"drugs": ["Enhertu"], "start": "2023-01", "ongoing": True},
    ]


def test_a_drug_given_in_two_periods_has_a_line_for_each(read: Reader) -> None:
    text = "Drug\tStart\tStop\tStart\tStop\nKadcyla\tJan 2022\tMar 2022\tMay 2022\tDec 2022\nXeloda\t2023\t2024\t\t\n"
    assert read.values(SystemicLine, text) == [
        {"drugs": ["Kadcyla"], "start": "2022-01", "stop": "2022-03"},
        {"drugs": ["Kadcyla"], "start": "2022-05", "stop": "2022-12"},
        {"drugs": ["Xeloda"], "start": "2023", "stop": "2024"},
    ]


def test_a_table_of_another_list_is_named_and_no_note_of_a_line(read: Reader) -> None:
    text = "Drug\tStart\tStop\t\tSite\tSRS date\tDose\nKadcyla\tJan 2022\tDec 2022\t\tpons\tMar 2023\t20 Gy\n"
    assert read.values(SystemicLine, text) == [{"drugs": ["Kadcyla"], "start": "2022-01", "stop": "2022-12"}]
    assert beside(SystemicLine, text) == ("Site | SRS date | Dose", "pons | Mar 2023 | 20 Gy")


def test_a_spacer_inside_a_table_and_sizes_of_an_earlier_scan_make_no_second_table(read: Reader) -> None:
    spaced = "Drug\tStart\t\tStop\tReason\nKadcyla\tJan 2022\t\tDec 2022\tPD\n"
    assert read.values(SystemicLine, spaced) == [
        {"drugs": ["Kadcyla"], "start": "2022-01", "stop": "2022-12", "reason_stopped": "progression"}
    ]
    earlier = "Site\tSize (mm)\tTreated on\t\tSize (mm)\tTreated on\nleft frontal\t12\t2024\t\t8\t2023\n"
    (lesion,) = read.values(Lesion, earlier)
    assert (lesion["site"], lesion["diameter_mm"]) == ("left frontal", 12)


@pytest.mark.parametrize("total", ["Total", "Totale", "Summe:", "Gesamt", "Subtotal", "total = 2 lesions"])
def test_totals_are_no_lesion(total: str, read: Reader) -> None:
    text = f"No\tSite\tSize (mm)\n1\tleft frontal\t12\n2\tpons\t5\n{total}\t\t17\n"
    assert [entry["site"] for entry in read.values(Lesion, text)] == ["left frontal", "pons"]
    assert beside(Lesion, text) == (f"{total}; 17",)


@pytest.mark.parametrize("mark", ["*", "\N{DAGGER}", "¹", "a)", "[1]"])
def test_a_footnote_is_no_entry_and_stays_with_what_it_is_about(mark: str, read: Reader) -> None:
    text = f"Drug\tStart\tStop\nEnhertu{mark}\tJan 2024\tongoing\nXeloda\t2022\t2023\n{mark} dose reduced\t\t\n"
    enhertu, xeloda = read.values(SystemicLine, text)
    assert enhertu == {
        "drugs": ["Enhertu"],
        "start": "2024-01",
        "ongoing": True,
        "note": f"Footnote: {mark} dose reduced",
    }
    assert xeloda == {"drugs": ["Xeloda"], "start": "2022", "stop": "2023"}


def test_a_footnote_that_takes_back_its_drug_leaves_nothing_concluded(read: Reader) -> None:
    text = "Drug\tStart\tStop\nKadcyla*\t2022\t2023\nXeloda\t2022\t2023\n* not the full dose?\t\t\n"
    assert read.values(SystemicLine, text)[0]["drugs"] == ["Kadcyla*"]
    planned, given = read.entries(LocalTherapy, "Kind\tDate\nSRS*\tDec 2026\nSRS\t2024\n* planned, approval asked\t")
    assert planned.entry == {}
    assert planned.not_given == "'* planned, approval asked': planned, not given; not added"
    assert given.entry == {"kind": "radiosurgery", "day": "2024"}


def test_a_footnote_of_no_cell_is_named(read: Reader) -> None:
    text = "Drug\tStart\nEnhertu\tJan 2024\nAbbreviations: T-DXd, trastuzumab deruxtecan\t\n"
    assert len(read.values(SystemicLine, text)) == 1
    assert beside(SystemicLine, text) == ("Abbreviations: T-DXd, trastuzumab deruxtecan",)


@pytest.mark.parametrize("numbers", ["1 2", "#1 #2", "A B", "lesion#1 lesion#2"])
def test_numbers_of_lesions_are_no_sites(numbers: str, read: Reader) -> None:
    first, second = numbers.split()
    text = f"Lesion\tLocation\tSize (mm)\n{first}\tleft frontal\t12\n{second}\tpons\t5\n"
    assert [entry["site"] for entry in read.values(Lesion, text)] == ["left frontal", "pons"]


def test_lesions_written_line_by_line_have_their_sizes(read: Reader) -> None:
    numbered = "Lesion 1: left frontal, 12 mm, stable\nLesion 2: pons, 5 mm, new\nTotal: 2 lesions\n"
    assert [(one["site"], one["diameter_mm"]) for one in read.values(Lesion, numbered)] == [
        ("left frontal", 12),
        ("pons", 5),
    ]
    assert read.values(Lesion, "left frontal 12 mm\nright parietal, 0,9 cm new\n3) vermis (4 x 3 mm)\n") == [
        {"site": "left frontal", "diameter_mm": 12},
        {"site": "right parietal", "diameter_mm": 9, "state": "new"},
        {"site": "vermis", "diameter_mm": 4, "perpendicular_mm": 3},
    ]
