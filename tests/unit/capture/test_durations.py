"""How long something lasted, and how far it lies from a known date, as an interval of days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2board.capture.durations import Relative, days_from, end_of, read_duration, read_months, read_relative
from her2board.case.dates import PartialDate


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2 months", 45, 92),
        ("for 6 months", 165, 216),
        ("5.5 years", 1916, 2195),
        ("10 d", 9, 10),
        ("6 wk", 38, 48),
        ("8 cycles", 49, 224),
        ("1 cycle", 0, 28),
        ("half a year", 91, 365),
        ("a year", 182, 731),
        ("six weeks", 38, 48),
        ("3 Monate", 75, 123),
        ("2 ans", 547, 1097),
        ("18 meses", 525, 588),
    ],
)
def test_a_duration_is_read_to_the_wide_side(text: str, low: int, high: int) -> None:
    found = read_duration(text)
    assert found is not None
    assert (found.low_days, found.high_days, found.words) == (low, high, text)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("5.5 years before", "before"),
        ("5.5 years before the meeting", "before"),
        ("3 years ago", "before"),
        ("vor 2 Jahren", "before"),
        ("il y a 3 ans", "before"),
        ("after 2 months", "after"),
        ("2 months after surgery", "after"),
        ("nach 8 Zyklen", "after"),
        ("6 weeks later", "after"),
    ],
)
def test_before_and_after_are_distinguished(text: str, direction: str) -> None:
    found = read_relative(text)
    assert found is not None
    assert found.direction == direction


@pytest.mark.parametrize(
    "text", ["", "months", "2", "soon", "2 lesions", "12 Mar 2025", "after surgery", "not 2 months"]
)
def test_what_is_no_duration_is_none(text: str) -> None:
    assert read_duration(text) is None
    assert read_relative(text) is None


def relative(text: str) -> Relative:
    found = read_relative(text)
    assert found is not None
    return found


def test_years_before_the_meeting_are_an_interval() -> None:
    day = days_from(PartialDate.parse("2026-11-26"), relative("5.5 years before"))
    assert (day.low, day.high) == (date(2020, 11, 22), date(2021, 8, 28))


def test_months_after_a_month_are_an_interval() -> None:
    day = days_from(PartialDate.parse("2025-03"), relative("after 2 months"))
    assert (day.low, day.high) == (date(2025, 4, 15), date(2025, 7, 1))


def test_cycles_give_the_end_of_a_treatment_as_an_interval() -> None:
    duration = read_duration("8 cycles")
    assert duration is not None
    day = end_of(PartialDate.parse("2025-01-01"), duration)
    assert (day.low, day.high) == (date(2025, 2, 19), date(2025, 8, 13))


def test_an_open_anchor_leaves_that_side_open() -> None:
    day = days_from(PartialDate.parse("<2025"), relative("2 months before"))
    assert day.low is None
    assert day.high == date(2024, 11, 16)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 40), st.sampled_from(["weeks", "months", "years"]))
def test_the_day_meant_lies_inside_the_interval(day: date, count: int, unit: str) -> None:
    """Counted by the calendar, to the day."""
    months = {"weeks": 0, "months": count, "years": 12 * count}[unit]
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    meant = date(years, month + 1, min(day.day, 28)) if months else date.fromordinal(day.toordinal() + 7 * count)
    found = days_from(PartialDate.from_day(day), relative(f"{count} {unit} later"))
    assert found.low is not None
    assert found.high is not None
    assert found.low <= meant <= found.high


@pytest.mark.parametrize(
    ("text", "months"), [("8", 8), ("8 months", 8), ("18 Monate", 18), ("6 months before", 6), ("5,5", 5.5)]
)
def test_a_number_of_months_is_read(text: str, months: float) -> None:
    assert read_months(text).value == months


@pytest.mark.parametrize(("text", "months"), [("2 years", 24), ("5.5 years before", 66), ("12 weeks", 2.8)])
def test_another_unit_is_asked_in_months(text: str, months: float) -> None:
    found = read_months(text)
    assert (found.value, [candidate.value for candidate in found.candidates]) == (None, [months])


@pytest.mark.parametrize("text", ["8 cycles", "soon", "12 Mar 2025"])
def test_what_is_no_number_of_months_says_so(text: str) -> None:
    found = read_months(text)
    assert found.problem
    assert not found.candidates
