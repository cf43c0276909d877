"""Calendar weeks, and what lies before or after a week or another part of a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.copied import Reader

from her2board.capture.typed_dates import read_date
from her2board.case.dates import PartialDate
from her2board.case.model import SystemicLine
from her2board.evidence.library import EvidenceLibrary

MEETING = date(2026, 11, 26)


@pytest.mark.parametrize(
    "text", ["KW 10/2023", "kw10 2023", "10. KW 2023", "2023-W10", "sett. 10/2023", "semaine 10 2023"]
)
def test_a_calendar_week_within_a_month_is_that_month_and_says_its_days(text: str) -> None:
    found = read_date(text)
    assert found.value == "2023-03"
    assert found.reading == "Mar 2023 (6 Mar 2023 to 12 Mar 2023; the week is not recorded)"


@pytest.mark.parametrize(
    ("text", "days", "months"),
    [
        ("KW 14/2025", "31 Mar 2025 to 6 Apr 2025", ["Mar 2025", "Apr 2025"]),
        ("2025-W40", "29 Sep 2025 to 5 Oct 2025", ["Sep 2025", "Oct 2025"]),
        ("KW 1/25", "30 Dec 2024 to 5 Jan 2025", ["Dec 2024", "Jan 2025"]),
        ("wk 20 2025", "12 May 2025 to 18 May 2025", ["May 2025"]),
        ("week 10, 2025", "3 Mar 2025 to 9 Mar 2025", ["Feb 2025", "Mar 2025"]),
    ],
)
def test_a_week_of_two_months_or_of_another_count_is_asked(text: str, days: str, months: list[str]) -> None:
    found = read_date(text)
    assert found.value is None
    assert days in found.problem
    assert [offered.words for offered in found.candidates] == months


@pytest.mark.parametrize("text", ["KW 53/2025", "KW14", "week 3", "W14", "KW 0/2025"])
def test_a_week_without_its_year_or_that_no_year_has_is_no_date(text: str) -> None:
    assert read_date(text, meeting=MEETING, past=True).value is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("before KW 10/2023", "<2023-03-06"),
        ("after KW 14/2025", ">2025-04-06"),
        ("before Q2 2023", "<2023-04"),
        ("vor 2. Quartal 2023", "<2023-04"),
        ("nach Q4 2023", ">2023-12"),
        ("before 2023 H2", "<2023-07"),
        ("after first half of 2023", ">2023-06"),
        ("before mid 2023", "<2024"),
        ("after mid 2023", ">2022"),
        ("prior to spring 2024", "<2025"),
        ("before mid Dec 2024", "<2025-01"),
    ],
)
def test_what_is_before_or_after_a_part_of_a_year_leaves_out_no_day_it_may_mean(text: str, iso: str) -> None:
    assert read_date(text).value == iso


@pytest.mark.parametrize("text", ["before winter 2024", "before wk 10 2025"])
def test_the_side_of_a_part_without_one_end_is_not_read(text: str) -> None:
    found = read_date(text)
    assert (found.value, found.candidates) == (None, ())
    assert found.problem


@given(st.dates(date(1990, 1, 5), date(2068, 12, 20)))
def test_every_day_of_a_week_lies_in_a_month_that_is_read_or_offered(day: date) -> None:
    year, week, _ = day.isocalendar()
    found = read_date(f"KW {week}/{year}")
    months = [found.value] if found.value else [offered.value for offered in found.candidates]
    spans = [PartialDate.parse(month).span for month in months]
    monday = date.fromisocalendar(year, week, 1)
    for one in (monday + timedelta(n) for n in range(7)):
        assert any(span.low <= one <= span.high for span in spans)


def test_the_week_stays_in_the_note_of_a_line_also_once_its_month_is_chosen(library: EvidenceLibrary) -> None:
    reader = Reader(library)
    table = "Therapie\tBeginn\tEnde\nKadcyla\tKW 14/2025\tKW 30/2025"
    assert reader.values(SystemicLine, table) == [
        {"drugs": ["Kadcyla"], "stop": "2025-07", "note": "Beginn: KW 14/2025; Ende: KW 30/2025"}
    ]
    assert reader.answered(SystemicLine, table, 1, 1) == {
        "drugs": ["Kadcyla"],
        "start": "2025-04",
        "stop": "2025-07",
        "note": "Beginn: KW 14/2025; Ende: KW 30/2025",
    }
