"""Therapies that a report says were not done, and days that it gives as calendar weeks."""

import pytest
from support.report_texts import offer_of


def therapies(text: str) -> list[tuple[dict, ...]]:
    offer = offer_of(text, "clinic_letter")
    return [one.values for one in offer.proposals if one.field == "brain.local_therapies[]"]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("SRS was not performed in March 2024.", "declined"),
        ("SRT not done 2025-04", "declined"),
        ("WBRT 2025 not done.", "declined"),
        ("WBRT nicht erfolgt 2024", "declined"),
        ("WBRT 2024 non eseguita", "declined"),
        ("Kind\tDate\tResult\nWBRT\t2025\tnot done\n", "declined"),
        ("WBRT programmé 12/2026", "planned"),
    ],
)
def test_a_therapy_that_was_not_done_is_seen_and_not_offered(text: str, because: str) -> None:
    assert therapies(text) == []
    assert [one.because for one in offer_of(text, "clinic_letter").not_offered] == [because]


@pytest.mark.parametrize(
    "text",
    [
        "SRS to the pons in March 2024 and MRI not done since.",
        "SRS to the pons in March 2024; PET not performed.",
        "SRS to the pons in March 2024, WBRT not done.",
    ],
)
def test_something_else_that_was_not_done_leaves_the_therapy(text: str) -> None:
    assert therapies(text) == [({"kind": "radiosurgery", "site": "pons", "day": "2024-03"},)]


@pytest.mark.parametrize(
    ("week", "days"),
    [
        ("KW 10/2023", ["2023-03"]),
        ("KW10 2023", ["2023-03"]),
        ("10 KW 2023", ["2023-03"]),
        ("2023-W10", ["2023-03"]),
        ("KW 14/2025", ["2025-03", "2025-04"]),
    ],
)
def test_a_calendar_week_of_a_report_is_no_month_of_its_number(week: str, days: list[str]) -> None:
    ((*values,),) = therapies(f"SRS to the pons in {week}.")
    assert [value["day"] for value in values] == days


def test_a_week_that_others_count_otherwise_is_no_month_of_its_number() -> None:
    assert therapies("SRS to the pons in week 10/2023.") == []


def test_a_line_of_therapy_by_calendar_weeks_has_its_months() -> None:
    (line,) = offer_of("T-DM1 KW 10/2023 - KW 30/2023", "clinic_letter").proposals
    assert line.values == ({"drugs": ["T-DM1"], "start": "2023-03", "stop": "2023-07"},)
