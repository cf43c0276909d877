"""What people type, and what it is read as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2board.capture.date_readings import show_date
from her2board.capture.shown_numbers import show_count
from her2board.capture.typed import read_text, read_texts, show_texts
from her2board.capture.typed_dates import read_date
from her2board.capture.typed_numbers import read_count, read_number
from her2board.case.dates import PartialDate


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3/26", "2026-03"),
        ("March 2026", "2026-03"),
        ("mar 2026", "2026-03"),
        ("12.03.26", "2026-03-12"),
        ("12. 3. 2026", "2026-03-12"),
        ("03.2026", "2026-03"),
        ("2026-03-12", "2026-03-12"),
        ("2026-3-2", "2026-03-02"),
        ("12 Mar 26", "2026-03-12"),
        ("March 12, 2026", "2026-03-12"),
        ("Sept 2025", "2025-09"),
        ("13/4/26", "2026-04-13"),
        ("4/13/2026", "2026-04-13"),
        ("3/3/26", "2026-03-03"),
        ("before 2024", "<2024"),
        ("after Mar 2026", ">2026-03"),
        ("12.03.97", "1997-03-12"),
    ],
)
def test_a_date_is_read_as_people_type_it(text: str, iso: str) -> None:
    assert read_date(text).value == iso


@pytest.mark.parametrize(
    "text", ["3/4/26", "3/4", "Mar 26", "26/3", "12 Mar", "Mar", "12.", "2025-02-30", "soon", "13.13.2025"]
)
def test_a_date_with_two_readings_or_none_is_reported_and_never_guessed(text: str) -> None:
    entry = read_date(text)
    assert entry.value is None
    assert entry.problem


@given(st.dates(min_value=PartialDate(1970, 1, 1).exact, max_value=PartialDate(2099, 12, 31).exact), st.integers(1, 3))
def test_a_shown_date_can_be_typed_again(day, parts: int) -> None:
    iso = "-".join(day.isoformat().split("-")[:parts])
    for text in (iso, f"<{iso}", f">{iso}"):
        assert read_date(show_date(text)).value == text


@pytest.mark.parametrize(("text", "mm"), [("1.6 cm", 16), ("1,6 cm", 16), ("16", 16), ("16 mm", 16), ("16mm", 16)])
def test_a_size_is_kept_in_millimetres(text: str, mm: float) -> None:
    assert read_number(text, "mm").value == mm


def test_a_size_small_enough_for_centimetres_is_asked() -> None:
    assert [c.value for c in read_number("1.6", "mm").candidates] == [1.6, 16.0]


@pytest.mark.parametrize(("text", "unit"), [("1,000", ""), ("3 in", "mm"), ("x", ""), ("3 kg", "")])
def test_a_number_that_cannot_be_read_is_reported(text: str, unit: str) -> None:
    assert read_number(text, unit).problem


def test_a_grade_is_a_whole_number() -> None:
    assert read_number("1.5", whole=True).problem


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3", {"low": 3, "high": 3}),
        ("2-4", {"low": 2, "high": 4}),
        ("2 to 4", {"low": 2, "high": 4}),
        ("3+", {"low": 3}),
        (">3", {"low": 4}),
        ("multiple", {"low": 2}),
        ("diffuse", {"low": 2, "diffuse": True}),
    ],
)
def test_a_number_of_lesions_is_read(text: str, count: dict) -> None:
    assert read_count(text).value == count
    assert read_count(show_count(count)).value == count


@given(st.lists(st.text("abc ,", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=4))
def test_a_shown_list_can_be_typed_again(parts: list[str]) -> None:
    assert read_texts(show_texts(parts)).value == parts


def test_none_is_a_list_without_entries_and_not_the_same_as_nothing_typed() -> None:
    assert read_texts("none").value == []
    assert read_texts("").value is None
    assert show_texts([]) == "none"


def test_invisible_characters_never_enter_a_text() -> None:
    assert read_text("an op\N{SOFT HYPHEN}tion\N{ZERO WIDTH SPACE}").value == "an option"
    assert read_text("\N{ZERO WIDTH SPACE}").value is None
    assert read_texts("left\N{NO-BREAK SPACE}frontal, pons\N{SOFT HYPHEN}").value == ["left frontal", "pons"]
    assert read_number("12\N{NO-BREAK SPACE}mm", "mm").value == 12
    assert read_count("\N{ZERO WIDTH SPACE}3").value == {"low": 3, "high": 3}
