"""Tables as people keep them in spreadsheets, letters and mails of many countries."""

import pytest
from support.copied import Reader

from her2board.capture.tables.cells import cells_of
from her2board.capture.tables.layout import laid_out
from her2board.case.fields import item_fields
from her2board.case.model import Lesion, Specimen, SystemicLine
from her2board.evidence.library import EvidenceLibrary


@pytest.fixture
def read(library: EvidenceLibrary) -> Reader:
    return Reader(library)


def _stopped(stop: str) -> str:
    return f"Drug\tStart\tStop\nEnhertu\t03/2023\t{stop}\n"


def test_words_for_going_on_are_ongoing_and_what_only_may_be_is_asked(read: Reader) -> None:
    base = {"drugs": ["Enhertu"], "start": "2023-03"}
    for stop in ("cont.", "cont'd", "heute", "oggi", "aujourd'hui", "on treatment", "lopend"):
        assert read.values(SystemicLine, _stopped(stop)) == [{**base, "ongoing": True}], stop
    for stop in ("ongoing?", "ongoing (C8)", "ongoing since 5/23", "->", "\N{RIGHTWARDS ARROW}", "current, cycle 9"):
        (entry,) = read.values(SystemicLine, _stopped(stop))
        assert "ongoing" not in entry, stop
        assert "stop" not in entry, stop
        assert read.offers(SystemicLine, _stopped(stop)) == ["ongoing"], stop
        assert read.answered(SystemicLine, _stopped(stop), 2)["ongoing"] is True, stop
    for stop in ("not ongoing", "lost to f/u", "stopped", "on hold", "since 5/23"):
        assert read.values(SystemicLine, _stopped(stop)) == [{**base, "note": f"Stop: {stop}"}], stop
        assert not read.offers(SystemicLine, _stopped(stop)), stop


def test_an_end_is_read_behind_until_and_asked_before_more_words_which_are_kept(read: Reader) -> None:
    for stop in ("until 5/23", "bis 05/2023", "through May 2023", "jusqu'en mai 2023", "fino al 05/2023"):
        (entry,) = read.values(SystemicLine, _stopped(stop))
        assert entry["stop"] == "2023-05", stop
    for stop in ("09/2024 (PD brain)", "Sep 2024 - PD", "09/2024, toxicity"):
        (entry,) = read.values(SystemicLine, _stopped(stop))
        assert "stop" not in entry, stop
        assert read.answered(SystemicLine, _stopped(stop), 2)["stop"] == "2024-09", stop
        assert read.answered(SystemicLine, _stopped(stop), 2)["note"] == f"Stop: {stop}", stop


def test_a_part_of_a_year_is_marked_and_its_words_are_kept(read: Reader) -> None:
    (entry,) = read.entries(SystemicLine, "Drug\tStart\nEnhertu\tspring 2022\n")
    assert entry.entry == {"drugs": ["Enhertu"], "start": "2022", "note": "Start: spring 2022"}
    assert entry.marks == ("Start: 2022 (the whole of it; 'spring' is not recorded)",)


def test_a_name_that_is_chosen_keeps_what_was_written(read: Reader) -> None:
    entry = read.answered(SystemicLine, "Drug\tStart\nEnhertu (?)\t2022\n", 0)
    assert entry == {"drugs": ["T-DXd"], "start": "2022", "note": "Drug: Enhertu (?)"}


_TWO = [
    {"drugs": ["Kadcyla"], "start": "2023-03", "stop": "2024-09"},
    {"drugs": ["Enhertu"], "start": "2024-10", "ongoing": True},
]


@pytest.mark.parametrize(
    "text",
    [
        "Drug\tKadcyla\tEnhertu\nStart\t03/2023\t10/2024\nStop\t09/2024\tongoing\n",
        "Systemic therapy of Mrs X\t\t\nDrug\tStart\tStop\nKadcyla\t03/2023\t09/2024\nEnhertu\t10/2024\tongoing\n",
        "Drug\tStart\tStop\nKadcyla\t03/2023\t09/2024\nDrug\tStart\tStop\nEnhertu\t10/2024\tongoing\n",
        "• Kadcyla 03/2023 – 09/2024\n• Enhertu 10/2024 – ongoing\n",
        "1. Kadcyla: 03/2023 to 09/2024\n2. Enhertu: 10/2024 to present\n",
        "03/2023-09/2024: Kadcyla\n10/2024-today: Enhertu\n",
        "Regimen\tDates\nKadcyla\t03/2023 - 09/2024\nEnhertu\tOct 2024 - ongoing\n",
        "Rx\tC1D1\tLast cycle\nKadcyla\t03/2023\t09/2024\nEnhertu\t10/2024\tcont.\n",
        "SACT regimen\tFirst given\tLast given\nKadcyla\t03/2023\t09/2024\nEnhertu\t10/2024\tcurrent\n",
        "<table><tr><th>Drug</th><th>Start</th><th>Stop</th></tr><tr><td>Kadcyla</td><td>03/2023</td><td>09/2024"
        "</td></tr>\n<tr><td><b>Enhertu</b></td><td>10/2024</td><td>ongoing&nbsp;</td></tr></table>",
    ],
)
def test_two_treatments_are_read_however_their_list_is_laid_out(text: str, read: Reader) -> None:
    assert read.values(SystemicLine, text) == _TWO


def test_a_line_of_a_list_keeps_what_is_behind_its_dates(read: Reader) -> None:
    text = "- docetaxel + trastuzumab 01/2020 – 05/2020 (6 cycles)\n- Enhertu since Mar 2024\n"
    assert read.values(SystemicLine, text) == [
        {"drugs": ["docetaxel", "trastuzumab"], "start": "2020-01", "stop": "2020-05", "cycles": 6},
        {"drugs": ["Enhertu"], "start": "2024-03"},
    ]


def test_a_numbered_table_of_lesions_under_a_title_is_read(read: Reader) -> None:
    text = "MRI 12/2025\t\t\n#\tLocation\tDimension\n1\tL frontal\t14x9 mm\n2\tR cerebellum\t0.8 cm\n"
    assert read.values(Lesion, text) == [
        {"site": "L frontal", "diameter_mm": 14, "perpendicular_mm": 9, "note": "#: 1"},
        {"site": "R cerebellum", "diameter_mm": 8, "note": "#: 2"},
    ]
    assert read.values(Lesion, "Localisation\tDiamètre (mm)\nfrontal gauche\t12\n") == [
        {"site": "frontal gauche", "diameter_mm": 12}
    ]


def test_a_period_of_which_an_end_has_two_readings_is_not_taken(read: Reader) -> None:
    (entry,) = read.entries(SystemicLine, "Regimen\tDates\nKadcyla\t1/2/24 - 3/4/24\n")
    assert entry.entry == {"drugs": ["Kadcyla"], "note": "Dates: 1/2/24 - 3/4/24"}


def test_lines_of_values_are_no_headings_at_the_side() -> None:
    columns = item_fields(Specimen)
    rows = cells_of("Specimen\tDate\tHER2\nbiopsy\t2019\t3+\nbiopsy\t2020\t2+\n")
    assert laid_out(rows, columns).rows == rows
    rows = cells_of("Drug\tStart\nKadcyla\t2019\n")
    assert laid_out(rows, item_fields(SystemicLine)).rows == rows
