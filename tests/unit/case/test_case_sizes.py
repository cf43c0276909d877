"""Diameters: exact, between two sizes, below or above one; what criteria read of them."""

from typing import Any

import pytest
from support.strategies import SIZES, case_of, listed, read, value

from her2board.case.edit import with_value
from her2board.case.model import Case, Millimetres
from her2board.case.storage import dump, parse
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.criteria import Leaf
from her2board.logic.evaluate import truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Facts, Span

LARGEST = "brain.largest_mm"
BELOW_10 = {"high": 10.0, "high_included": False}
ABOVE_40 = {"low": 40.0, "low_included": False}
MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (16, "16 mm"),
        (12.5, "12.5 mm"),
        ({"low": 12, "high": 15}, "12 to 15 mm"),
        (BELOW_10, "less than 10 mm"),
        ({"high": 20}, "up to 20 mm"),
        ({"low": 30}, "30 mm or more"),
        (ABOVE_40, "more than 40 mm"),
        ({"low": 8, "high": 10, "high_included": False}, "8 to <10 mm"),
    ],
)
def test_a_size_is_shown_in_words(written: Any, words: str) -> None:
    size = case_of({LARGEST: written}).brain.largest_mm
    assert size is not None
    assert size.shown() == words


@pytest.mark.parametrize("written", SIZES)
def test_a_size_comes_back_from_the_file_as_it_was(written: Any) -> None:
    case = case_of({LARGEST: written, "brain.lesions": listed({"diameter_mm": written, "perpendicular_mm": 0.5})})
    assert parse(dump(case)) == case
    assert case.model_dump(mode="json")["brain"]["largest_mm"] == written


def test_an_exact_size_is_a_plain_number_in_the_file_also_where_it_was_written_as_a_range() -> None:
    assert '"largest_mm": 12.0' in dump(case_of({LARGEST: {"low": 12, "high": 12}}))


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({}, "brain.largest_mm: a size has a number: write 12, 12-15 or <10"),
        ({"low": 9, "high": 8}, "brain.largest_mm: the upper size 8 is below the lower size 9"),
        ({"low": 9, "high": 9, "low_included": False}, "brain.largest_mm: no size is both above and below 9"),
        ({"low": -1}, "brain.largest_mm.low: -1 is below the smallest possible value 0"),
        (201, "brain.largest_mm: 201 is above the largest possible value 200"),
        ({"low": 3, "about": True}, "brain.largest_mm.about: no such field; correct its name or remove it"),
    ],
)
def test_what_is_no_size_is_refused_with_its_place(written: Any, problem: str) -> None:
    with pytest.raises(Exception, match=problem.split(":")[0]) as caught:
        with_value(Case(code="T1"), LARGEST, written)
    assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("written", "operator", "limit", "truth"),
    [
        (BELOW_10, "at_least", 10, NOT_MET),
        (BELOW_10, "below", 10, MET),
        (BELOW_10, "at_most", 9, UNKNOWN),
        ({"high": 10}, "at_least", 10, UNKNOWN),
        ({"high": 10}, "below", 10, UNKNOWN),
        ({"high": 10}, "at_most", 10, MET),
        (ABOVE_40, "above", 40, MET),
        (ABOVE_40, "at_most", 40, NOT_MET),
        ({"low": 40}, "above", 40, UNKNOWN),
        ({"low": 40}, "at_least", 40, MET),
        ({"low": 12, "high": 15}, "at_least", 12, MET),
        ({"low": 12, "high": 15}, "at_least", 13, UNKNOWN),
        ({"low": 12, "high": 15}, "at_most", 11, NOT_MET),
        ({"low": 12, "high": 15}, "between", (10, 15), MET),
        ({"low": 12, "high": 15}, "between", (13, 20), UNKNOWN),
        ({"high": 12, "high_included": False}, "between", (12, 20), NOT_MET),
        ({"low": 20, "low_included": False}, "between", (12, 20), NOT_MET),
        ({"low": 20}, "between", (12, 20), UNKNOWN),
    ],
)
def test_a_limit_is_decided_only_where_every_size_it_may_be_agrees(
    written: Any, operator: str, limit: Any, truth: Truth, library: EvidenceLibrary
) -> None:
    reading = read("largest_lesion_mm", case_of({LARGEST: written}), library)
    facts = Facts(library.release.as_of, {"largest_lesion_mm": reading})
    assert truth_of(Leaf.model_validate({"fact": "largest_lesion_mm", operator: limit}), facts) is truth


def table(*sizes: Any, completeness: str = "complete") -> dict[str, Any]:
    items = [{"state": "new"} | ({} if size is None else {"diameter_mm": size}) for size in sizes]
    return {"brain.lesions": listed(*items, completeness=completeness)}


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        (table({"low": 12, "high": 15}, 8), Span(12, 15)),
        (table({"low": 12, "high": 15}, 13), Span(13, 15)),
        (table({"low": 12, "high": 15}, 20), Span(20, 20)),
        (table(BELOW_10, BELOW_10), Span(None, 10, high_open=True)),
        (table(BELOW_10, 10), Span(10, 10)),
        (table(BELOW_10, None), None),
        (table(BELOW_10, completeness="partial"), None),
        (table(ABOVE_40, 12), Span(40, None, low_open=True)),
        (table({"low": 12, "high": 15}, completeness="partial"), Span(12, None)),
        ({LARGEST: {"low": 12, "high": 15}, **table(13, 4)}, Span(13, 13)),
        ({LARGEST: {"low": 12, "high": 15}, **table(13, completeness="partial")}, Span(13, 15)),
        ({LARGEST: {"low": 12, "high": 15}, **table(20)}, Span(12, 15)),
        ({LARGEST: BELOW_10}, Span(None, 10, high_open=True)),
    ],
)
def test_the_largest_diameter_is_what_summary_and_table_leave_possible(
    recorded: dict[str, Any], expected: Span | None, library: EvidenceLibrary
) -> None:
    assert value("largest_lesion_mm", recorded, library) == expected


@pytest.mark.parametrize(
    ("size", "across", "measurable"),
    [
        ({"low": 10, "high": 15}, 5, True),
        ({"low": 9, "high": 15}, 5, None),
        (BELOW_10, 8, False),
        ({"high": 10}, 8, None),
        (12, {"high": 5, "high_included": False}, False),
        (12, {"low": 4, "high": 6}, None),
    ],
)
def test_a_lesion_is_measurable_only_where_every_size_it_may_be_is(
    size: Any, across: Any, measurable: bool | None, library: EvidenceLibrary
) -> None:
    lesion = {"state": "new", "diameter_mm": size, "perpendicular_mm": across}
    reading = read("measurable_cns", case_of({"brain.lesions": listed(lesion), "brain.contrast": True}), library)
    assert reading.shown.partition(",")[0] == {True: "yes", False: "no", None: ""}[measurable]


@pytest.mark.parametrize(
    ("one", "other", "above"),
    [
        (Millimetres(12, 15), Millimetres.exactly(11), True),
        (Millimetres(12, 15), Millimetres.exactly(12), False),
        (Millimetres(12, 15, low_included=False), Millimetres.exactly(12), True),
        (Millimetres(12, 15), Millimetres(None, 12, high_included=False), True),
        (Millimetres(None, 15), Millimetres.exactly(1), False),
    ],
)
def test_a_size_is_surely_above_another_only_where_they_do_not_touch(
    one: Millimetres, other: Millimetres, above: bool
) -> None:
    assert one.surely_above(other) is above
