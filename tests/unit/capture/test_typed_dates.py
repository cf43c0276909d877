"""Dates as people, spreadsheets and databases write them: read where one reading is possible, else asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2board.capture.date_order import DateOrder, date_order
from her2board.capture.date_words import is_ongoing, is_part_of
from her2board.capture.typed_dates import read_date

MEETING = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Mar-24", "2024-03"),
        ("Oct-24", "2024-10"),
        ("12-MAR-24", "2024-03-12"),
        ("30-SEP-24", "2024-09-30"),
        ("2025-03-12 00:00:00", "2025-03-12"),
        ("2025-06-12T00:00:00+02:00", "2025-06-12"),
        ("2025-06-12T08:15:00Z", "2025-06-12"),
        ("12.03.2025 14:30 Uhr", "2025-03-12"),
        ("3/26/2026 12:00 am", "2026-03-26"),
        ("20260312", "2026-03-12"),
        ("202603", "2026-03"),
        ("20122011", "2011-12-20"),
        ("2026/03/12", "2026-03-12"),
        ("2026.3.2", "2026-03-02"),
        ("12 März 2025", "2025-03-12"),
        ("12. März 2025", "2025-03-12"),
        ("Jänner 2025", "2025-01"),
        ("mars 2025", "2025-03"),
        ("1er août 2025", "2025-08-01"),
        ("le 3 déc. 2024", "2024-12-03"),
        ("febbraio 2024", "2024-02"),
        ("5 giugno 2024", "2024-06-05"),
        ("12 de marzo de 2025", "2025-03-12"),
        ("dezembro de 2024", "2024-12"),
        ("3 de março de 2024", "2024-03-03"),
        ("2025年3月12日", "2025-03-12"),
        ("2025年3月", "2025-03"),
        ("2024-Mar-12", "2024-03-12"),
        ("Mar/24", "2024-03"),
        ("Mar '24", "2024-03"),
        ("March 3rd, 2025", "2025-03-03"),
        ("03.26", "2026-03"),
        ("since 2024", "2024"),
        ("ab 03/2024", "2024-03"),
        ("avant 2024", "<2024"),
        ("nach März 2026", ">2026-03"),
        ("end of 2024", "2024"),
        ("mid-2025", "2025"),
        ("Anfang März 2025", "2025-03"),
        ("2\N{ZERO WIDTH SPACE}026-03-12", "2026-03-12"),
    ],
)
def test_a_date_with_one_reading_is_read(text: str, iso: str) -> None:
    assert read_date(text).value == iso


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("12.03", ["Dec 2003", "12 Mar 2027"]),
        ("09.04", ["Sep 2004", "9 Apr 2027"]),
        ("1/2/26", ["1 Feb 2026", "2 Jan 2026"]),
        ("03/04/2025", ["3 Apr 2025", "4 Mar 2025"]),
        ("03-04-2025", ["3 Apr 2025", "4 Mar 2025"]),
        ("26-03-12", ["26 Mar 2012", "12 Mar 2026"]),
        ("45352", ["1 Mar 2024", "2 Mar 2028"]),
        ("45352.0", ["1 Mar 2024", "2 Mar 2028"]),
        ("Mar 26", ["Mar 2026", "26 Mar 2027"]),
        ("Dec 03", ["Dec 2003", "3 Dec 2026"]),
        ("26/3", ["26 Mar 2027", "Mar 2026"]),
        ("3/4", ["3 Apr 2027", "4 Mar 2027"]),
        ("10122012", ["10 Dec 2012", "12 Oct 2012"]),
        ("120326", ["12 Mar 2026", "3 Dec 2026", "26 Mar 2012"]),
        ("2025-06-11T22:00:00Z", ["11 Jun 2025", "12 Jun 2025"]),
        ("before 3/4/26", ["before 3 Apr 2026", "before 4 Mar 2026"]),
    ],
)
def test_a_date_with_two_readings_is_asked_with_both(text: str, offered: list[str]) -> None:
    found = read_date(text, meeting=MEETING)
    assert found.value is None
    assert found.problem
    assert [candidate.words for candidate in found.candidates] == offered


@pytest.mark.parametrize(
    "text",
    [
        *("1900-01-01", "01.01.1900", "1/1/1900", "1900-01-00", "31/12/9999", "31.12.9999", "9999-12-31", "9999"),
        *("1899-12-30", "0001-01-01", "0000-00-00", "99991231", "2099-12-31T00:00:00Z", "12/31/2999", "1753-01-01"),
    ],
)
def test_a_date_that_means_none_is_not_known(text: str) -> None:
    found = read_date(text)
    assert (found.value, found.problem) == (None, "")
    assert found.reading == f"'{text}' means 'not known'"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3 Dec", "2026-12-03"),
        ("26 Nov", "2026-11-26"),
        ("3rd June", "2026-06-03"),
        ("12.03.", "2027-03-12"),
        ("20 Jan", "2027-01-20"),
        ("Dec 3rd", "2026-12-03"),
        ("October", "2026-10"),
        ("29 Feb", ""),
    ],
)
def test_a_day_without_year_takes_the_year_nearest_to_the_meeting_and_shows_it(text: str, iso: str) -> None:
    found = read_date(text, meeting=MEETING)
    assert (found.value or "") == iso
    assert "nearest to the meeting" in found.reading or not iso


@pytest.mark.parametrize(
    ("text", "iso"), [("3 Dec", "2025-12-03"), ("26 Nov", "2026-11-26"), ("12.03.", "2026-03-12"), ("Dec", "2025-12")]
)
def test_what_is_past_takes_the_last_year_before_the_meeting(text: str, iso: str) -> None:
    found = read_date(text, meeting=MEETING, past=True)
    assert found.value == iso
    assert "the last before the meeting" in found.reading


@pytest.mark.parametrize("text", ["3 Dec", "12.03.", "Dec 3rd", "October"])
def test_without_a_meeting_the_missing_year_is_asked(text: str) -> None:
    assert read_date(text).problem == "the year is missing"


def test_a_year_of_two_digits_is_shown_in_full() -> None:
    assert read_date("12.03.97").reading == "12 Mar 1997 (year 97 read as 1997)"
    assert read_date("Mar-24").reading == "Mar 2024 (year 24 read as 2024)"


def test_a_part_of_a_year_says_that_the_whole_is_recorded() -> None:
    assert read_date("end of 2024").reading == "2024 (the whole of it; 'end of' is not recorded)"


def test_a_date_of_which_a_part_is_not_known_is_recorded_as_far_as_it_is() -> None:
    known = {
        "xx/03/2022": "2022-03",
        "??/2022": "2022",
        "x/2022": "2022",
        "UN-MAR-2022": "2022-03",
        "2022-03-00": "2022-03",
    }
    known |= {"2022-00-00": "2022", "xx.xx.2022": "2022", "00.03.2022": "2022-03"}
    for text, value in known.items():
        assert read_date(text).value == value, text
        assert read_date(text).reading.endswith("(day or month not known)"), text
    for text in ("Q1 2025", "2025-Q1", "1st quarter 2025", "1. Quartal 2025", "spring 2025", "Sommer 2025", "H1/2025"):
        assert read_date(text).value == "2025", text
        assert is_part_of(text), text


def test_a_date_that_is_not_sure_is_asked() -> None:
    asked = {"ca. 2021": ["2021"], "2022?": ["2022"], "~03/2022": ["2022-03"], "12 Mar 2024 (?)": ["2024-03-12"]}
    asked |= {"'24": ["2024"], "winter 2022": ["2022", "2023"], "Winter 2022/23": ["2022", "2023"]}
    asked |= {"about 1/2/26": ["2026-02-01", "2026-01-02"]}
    for text, offered in asked.items():
        found = read_date(text)
        assert (found.value, [one.value for one in found.candidates]) == (None, offered), text
        assert found.problem, text


def test_the_day_of_the_week_and_months_of_other_languages_are_read() -> None:
    written = ("Tue 12 Mar 2024", "Tuesday, March 12, 2024", "Di., 12.03.2024", "mardi 12 mars 2024", "12. marts 2024")
    for text in (*written, "12 maart 2024", "Mar 12 2024"):
        assert read_date(text).value == "2024-03-12", text
    assert read_date("maj 2023").value == read_date("mei 2023").value == "2023-05"


@pytest.mark.parametrize("text", ["soon", "?", "2024??!", "32.01.2025", "13.13.2025", "12 Foo 2025", "1.2.3.4"])
def test_what_is_no_date_is_refused(text: str) -> None:
    found = read_date(text)
    assert found.value is None
    assert found.problem


def test_a_column_shows_once_whether_the_day_comes_first() -> None:
    order = date_order(["3/4/2025", "13/4/2025", "2025-01-02", "ongoing"])
    assert order == DateOrder("dmy", ("13/4/2025",))
    found = read_date("3/4/2025", order=order)
    assert found.value == "2025-04-03"
    assert found.reading == "3 Apr 2025 (day first, as in 13/4/2025)"


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["4/13/2025", "3/4/2025"], "mdy"),
        (["13.4.2025", "3.4.2025"], "dmy"),
        (["3/4/2025", "5/6/25"], None),
        (["13/4/2025", "4/13/2025"], None),
        ([], None),
        (["13-04-25 00:00"], "dmy"),
    ],
)
def test_the_order_of_a_column_needs_dates_with_one_reading(texts: list[str], order: str | None) -> None:
    assert date_order(texts).order == order


def test_two_orders_in_one_column_are_both_shown() -> None:
    assert date_order(["13/4/2025", "4/13/2025"]).because == ("13/4/2025", "4/13/2025")


@pytest.mark.parametrize(
    "text",
    [
        "ongoing",
        "Present",
        "CURRENT",
        "to date",
        "laufend",
        "en cours",
        "in corso",
        "en curso",
        "em andamento",
        "継続中",
    ],
)
def test_a_treatment_that_goes_on_is_distinguished_from_a_date(text: str) -> None:
    assert is_ongoing(text)
    assert read_date(text).problem


@pytest.mark.parametrize("text", ["", "stopped", "not ongoing", "ongoing?", "2026", "on hold"])
def test_what_may_have_ended_is_not_ongoing(text: str) -> None:
    assert not is_ongoing(text)


@given(st.text("0123456789./- ", max_size=10))
def test_every_answer_is_a_date_or_asks(text: str) -> None:
    """No string of digits is read as one date when its offered readings are two; each offer is a date."""
    found = read_date(text, meeting=MEETING)
    assert (found.value is None) or not found.candidates
    for candidate in found.candidates:
        assert read_date(candidate.words).value == candidate.value


@given(st.dates(date(2000, 1, 1), date(2068, 12, 31)))
def test_a_date_in_every_form_is_that_date_or_one_of_those_asked(day: date) -> None:
    forms = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%d-%m-%y", "%Y%m%d", "%d %b %Y", "%d-%b-%y", "%y%m%d")
    for form in forms:
        found = read_date(day.strftime(form), meeting=MEETING)
        meant = {found.value, *(candidate.value for candidate in found.candidates)}
        assert day.isoformat() in meant, (form, found)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("5.5 years before", ["2020", "2021"]),
        ("vor 2 Jahren", ["2023", "2024", "2025"]),
        ("2 months ago", ["2026-08", "2026-09", "2026-10"]),
        ("10 days ago", ["2026-11-16", "2026-11-17"]),
    ],
)
def test_a_length_of_time_before_the_meeting_is_asked_as_the_dates_it_may_be(text: str, offered: list[str]) -> None:
    found = read_date(text, meeting=date(2026, 11, 26), past=True)
    assert found.value is None
    assert [candidate.value for candidate in found.candidates] == offered
    assert read_date(text).candidates == (), "without a meeting nothing is known to count from"


@pytest.mark.parametrize("text", ["after 2 months", "200 years ago", "not 2 years ago"])
def test_a_length_of_time_after_something_or_beyond_any_case_is_no_date(text: str) -> None:
    found = read_date(text, meeting=date(2026, 11, 26))
    assert (found.value, found.candidates) == (None, ())
    assert found.problem
