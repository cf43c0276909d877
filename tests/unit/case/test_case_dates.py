"""Partial dates are intervals; impossible ones are refused with a remedy."""

import re
from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from her2board.case.dates import PartialDate, days_between
from her2board.logic.values import Day


def span(text: str) -> tuple[date | None, date | None]:
    day = PartialDate.parse(text).span
    return day.low, day.high


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("2100-02", date(2100, 2, 1), date(2100, 2, 28)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("<2026-03", None, date(2026, 2, 28)),
        ("<2026", None, date(2025, 12, 31)),
        (">2026-03", date(2026, 4, 1), None),
        (">2026-12-31", date(2027, 1, 1), None),
        ("1900", date(1900, 1, 1), date(1900, 12, 31)),
        ("2200-12-31", date(2200, 12, 31), date(2200, 12, 31)),
        (" 2026-03-12 ", date(2026, 3, 12), date(2026, 3, 12)),
    ],
)
def test_a_partial_date_spans_every_day_it_may_be(text: str, low: date | None, high: date | None) -> None:
    assert span(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-02-30", "Feb 2025 has no day 30"),
        ("2023-02-29", "Feb 2023 has no day 29"),
        ("2026-04-31", "Apr 2026 has no day 31"),
        ("2026-00", "there is no month 0"),
        ("2026-13", "there is no month 13"),
        ("2026-01-00", "Jan 2026 has no day 0"),
        ("1899", "outside 1900 to 2200"),
        ("2201-01", "outside 1900 to 2200"),
        ("12.03.2026", "write 2026-03-12, 2026-03 or 2026"),
        ("March 2026", "write 2026-03-12, 2026-03 or 2026"),
        ("2026-3", "write 2026-03-12, 2026-03 or 2026"),
        ("", "write 2026-03-12, 2026-03 or 2026"),
        ("<>2026", "write 2026-03-12, 2026-03 or 2026"),
    ],
)
def test_an_impossible_date_is_refused_with_what_would_do(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as error:
        PartialDate.parse(text)
    assert f"'{text}'" in str(error.value)


@pytest.mark.parametrize("text", ["2026", "2026-03", "2026-03-12", "<2026-03", ">2026-03-12"])
def test_a_date_is_written_as_it_was_read(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-12", "12 Mar 2026"),
        ("2026-03", "Mar 2026"),
        ("2026", "2026"),
        ("<2026-03", "before Mar 2026"),
        (">2026", "after 2026"),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(text: str, words: str) -> None:
    assert PartialDate.parse(text).shown() == words


def test_only_a_date_known_to_the_day_is_exact() -> None:
    assert PartialDate.parse("2026-03-12").exact == date(2026, 3, 12)
    assert PartialDate.from_day(date(2026, 3, 12)) == PartialDate.parse("2026-03-12")
    for text in ("2026-03", "2026", "<2026-03-12", ">2026-03-12"):
        assert PartialDate.parse(text).exact is None


@pytest.mark.parametrize(
    ("one", "other", "after"),
    [
        ("2026-04", "2026-03", True),
        ("2026-03", "2026-03", False),
        ("2026", "2026-03", False),
        ("2026-03-12", "2026", False),
        (">2026-03", "2026-03", True),
        ("<2026-03", "2020", False),
        ("2026-03", ">2020", False),
        ("2026-03", "<2026-03", True),
    ],
)
def test_one_date_is_surely_after_another_only_when_every_day_is(one: str, other: str, after: bool) -> None:
    assert PartialDate.parse(one).surely_after(PartialDate.parse(other)) is after


def test_a_month_is_surely_after_a_day_only_when_all_of_it_is() -> None:
    assert PartialDate.parse("2026-12").surely_after(date(2026, 11, 30))
    assert not PartialDate.parse("2026-11").surely_after(date(2026, 11, 20))


def test_dates_are_ordered_for_display_by_the_named_day() -> None:
    texts = ["2026-03-12", "2025", "2026", "2026-03"]
    assert [str(day) for day in sorted(map(PartialDate.parse, texts))] == ["2025", "2026", "2026-03", "2026-03-12"]
    assert not PartialDate.parse("2026-03") < PartialDate.parse("2026-03")


def test_a_date_in_a_file_is_text() -> None:
    adapter = TypeAdapter(PartialDate)
    assert adapter.validate_json('"2026-03"') == PartialDate(2026, 3)
    assert adapter.validate_python(PartialDate(2026)) == PartialDate(2026)
    assert adapter.dump_python(PartialDate(2026, 3)) == "2026-03"
    assert adapter.json_schema()["type"] == "string"
    with pytest.raises(ValidationError, match="a date is written as text"):
        adapter.validate_json("2026")


def test_days_between_counts_the_fewest_and_the_most() -> None:
    later = date(2026, 11, 20)
    assert days_between(PartialDate.parse("2026-11-10").span, later) == (10, 10)
    assert days_between(PartialDate.parse("2026-11").span, later) == (0, 19)
    assert days_between(PartialDate.parse(">2026-10").span, later) == (0, 19)
    assert days_between(PartialDate.parse("<2026-11").span, later) is None
    assert days_between(PartialDate.parse("2026-12").span, later) is None
    assert days_between(Day(None, None), later) is None


def test_the_published_shape_of_a_date_takes_what_is_read_and_nothing_else() -> None:
    shape = TypeAdapter(PartialDate).json_schema()
    assert shape["type"] == "string"
    for text in (*shape["examples"], "2026", "2026-03", "<2026-03-12", ">2026"):
        assert re.search(shape["pattern"], text)
        assert str(PartialDate.parse(text)) == text
    for text in ("12.03.26", "March 2026", "2026-3", "2026-03-12T00:00", "=2026"):
        assert not re.search(shape["pattern"], text)
