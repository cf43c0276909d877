"""Sizes measured before, with their days, as people type and paste them."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from her2board.capture.dated_sizes import read_dated_sizes
from her2board.capture.shown_numbers import show_dated_sizes
from her2board.capture.tables.cells import cells_of
from her2board.capture.tables.columns import column_questions, has_headings, targets_of
from her2board.capture.tables.entries import PasteContext, PastedEntry, read_entries
from her2board.capture.typed import Typed
from her2board.capture.typed_dates import read_date
from her2board.case.fields import item_fields
from her2board.case.model import Lesion

MEETING = date(2026, 11, 26)
OCTOBER, JANUARY = {"mm": 8.0, "day": "2025-10"}, {"mm": 12.0, "day": "2026-01"}


def read(text: str, unit: str = "") -> Typed:
    return read_dated_sizes(text, unit, partial(read_date, meeting=MEETING, past=True))


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("8 mm Oct 2025; 12 mm Jan 2026", [OCTOBER, JANUARY]),
        ("10/2025: 8 mm; 01/2026: 1.2 cm", [OCTOBER, JANUARY]),
        ("8 mm (Oct 2025)\n12 mm (Jan 2026)", [OCTOBER, JANUARY]),
        ("8mm(10/25) → 12mm(1/26)", [OCTOBER, JANUARY]),
        ("MRI 12 Jan 2026: 0,8 cm", [{"mm": 8.0, "day": "2026-01-12"}]),
        ("<5 mm Mar 2026", [{"mm": {"high": 5.0, "high_included": False}, "day": "2026-03"}]),
        ("12-15 mm before Oct 2025", [{"mm": {"low": 12.0, "high": 15.0}, "day": "<2025-10"}]),
        ("12 x 8 mm Jan 2026", [JANUARY]),
        ("8 mm", [{"mm": 8.0}]),
        ("Oct 2025", [{"day": "2025-10"}]),
        ("on 5 Oct 2025", [{"day": "2025-10-05"}]),
        ("MRI 2025", [{"day": "2025"}]),
    ],
)
def test_earlier_sizes_are_read_and_can_be_typed_again(text: str, sizes: list[dict[str, Any]]) -> None:
    assert read(text).value == sizes
    assert read(show_dated_sizes(sizes)).value == sizes


@pytest.mark.parametrize(
    ("text", "unit", "offered"),
    [
        ("8", "", [[{"mm": 8.0}], [{"mm": 80.0}]]),
        ("1.4 Jan 2026", "mm", [[{"mm": 1.4, "day": "2026-01"}], [{"mm": 14.0, "day": "2026-01"}]]),
        ("12 Jan 2026", "mm", [[{"day": "2026-01-12"}], [JANUARY]]),
        ("8 mm Oct 2025; 9 mm 12.03", "", [[OCTOBER, {"mm": 9.0, "day": day}] for day in ("2003-12", "2026-03-12")]),
        ("~ 3 cm Jan 2026", "", [[{"mm": 30.0, "day": "2026-01"}]]),
    ],
)
def test_what_may_be_two_sizes_or_days_is_asked(text: str, unit: str, offered: list[Any]) -> None:
    found = read(text, unit)
    assert found.value is None
    assert [candidate.value for candidate in found.candidates] == offered


@pytest.mark.parametrize("text", ["eight", "8 mm soon", "8 mm Oct 2025; larger", "no change", "8 mm?", "not 8 mm"])
def test_one_piece_that_is_not_read_leaves_all_unread(text: str) -> None:
    found = read(text)
    assert (found.value, found.candidates) == (None, ())
    assert found.problem


def entries(text: str) -> tuple[PastedEntry, ...]:
    rows, columns = cells_of(text), item_fields(Lesion)
    assert has_headings(rows, columns)
    return read_entries(rows[1:], targets_of(rows, columns, headed=True), columns, rows[0], PasteContext(None, MEETING))


def test_a_table_with_an_earlier_size_and_its_day_is_read_as_one() -> None:
    (entry,) = entries("Site\tSize (mm)\tPrior size (mm)\tPrior date\ncerebellum\t16\t12\tJan 2026")
    assert entry.entry == {"site": "cerebellum", "diameter_mm": 16.0, "earlier_sizes": [JANUARY]}


def test_columns_headed_by_days_are_sizes_of_those_days_the_newest_the_present_one() -> None:
    table = "Lesion\tOct 2025 (mm)\tJan 2026 (mm)\tMRI 12 Nov 2026 (mm)\ncerebellum\t8\t12\t16\nfrontal\t-\t5 x 4\t6"
    first, second = entries(table)
    assert first.entry == {"site": "cerebellum", "diameter_mm": 16.0, "earlier_sizes": [OCTOBER, JANUARY]}
    assert first.marks == ("MRI 12 Nov 2026 (mm): taken as the present size",)
    assert second.entry["earlier_sizes"] == [{"mm": 5.0, "day": "2026-01"}]
    assert second.entry["note"] == "Jan 2026 (mm): 5 x 4", "the axis across is kept"


def test_sizes_under_a_day_without_a_unit_are_asked_once_per_column() -> None:
    rows, columns = cells_of("Lesion\tOct 2025\tJan 2026\ncerebellum\t8\t12"), item_fields(Lesion)
    asked = column_questions(rows[1:], targets_of(rows, columns, headed=True))
    assert [question.kind for question in asked] == ["unit", "unit"]
    assert asked[0].candidates[1].value.measured == "2025-10"


def test_a_first_line_with_a_day_in_it_is_an_entry_and_no_heading() -> None:
    assert not has_headings(cells_of("left frontal\t12 Jan 2026\n"), item_fields(Lesion))
