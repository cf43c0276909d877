"""Lines of therapy without a date, and letters of which the text does not decide what drug they are."""

import pytest
from support.report_texts import offer_of

from her2board.capture.proposal import Proposal


def _lines(text: str) -> tuple[Proposal, ...]:
    return tuple(one for one in offer_of(text, "systemic_history").proposals if one.field == "systemic.lines[]")


@pytest.mark.parametrize("letters", ["P+H", "P/H", "T/H", "D/H/P", "T + H + P"])
def test_letters_that_may_be_several_drugs_are_seen_and_not_offered(letters: str) -> None:
    text = f"First line: {letters} x 6."
    assert not _lines(text)
    seen = [one for one in offer_of(text, "systemic_history").not_offered if one.field == "systemic.lines[]"]
    assert [(one.words, one.because) for one in seen] == [(letters, "open")]


def test_letters_outside_a_treatment_are_not_seen() -> None:
    offer = offer_of("On examination P/H/T normal, T 36.8.", "clinic_letter")
    assert [one for one in offer.not_offered if one.field == "systemic.lines[]"] == []


@pytest.mark.parametrize(
    ("letters", "drugs"),
    [
        ("Doc/H/P", ["docetaxel", "trastuzumab", "pertuzumab"]),
        ("paclitaxel + H + P", ["paclitaxel", "trastuzumab", "pertuzumab"]),
        ("cape/tuc/tras", ["capecitabine", "tucatinib", "trastuzumab"]),
        ("tuc/cape/T", ["tucatinib", "capecitabine", "trastuzumab"]),
        ("vino/H", ["vinorelbine", "trastuzumab"]),
        ("lap/cape", ["lapatinib", "capecitabine"]),
    ],
)
def test_letters_mean_the_drugs_that_the_list_decides(letters: str, drugs: list[str]) -> None:
    assert [line.value["drugs"] for line in _lines(f"First line: {letters}, PD in brain.")] == [drugs]


@pytest.mark.parametrize("letters", ["doc/cap", "carbo/P/H", "docetaxel/P", "cape/tuc/C", "Doc/X/P", "p/h/docetaxel"])
def test_a_list_with_one_letter_that_is_open_is_not_offered(letters: str) -> None:
    assert _lines(f"First line: {letters}, PD in brain. First line: {letters} 2021 to 2022.") == ()


def test_a_line_without_a_date_asks_for_the_dates() -> None:
    assert [line.asks for line in _lines("Second line T-DM1, PD in brain.")] == ["dates"]
    assert [line.asks for line in _lines("She received T-DM1.")] == ["dates and setting"]
    assert [line.asks for line in _lines("Adjuvant TCHP x 6.")] == ["which taxane?"]


def test_the_number_of_an_entry_is_no_day_of_its_date() -> None:
    text = (
        "1. March 2021 - August 2021 neoadjuvant TCHP\n2. 09.2021 - 06.2022 adjuvant T-DM1\n3. May 2023 started T-DXd"
    )
    assert [line.value["start"] for line in _lines(text)] == ["2021-03", "2021-09", "2023-05"]


def test_a_day_below_a_treatment_is_not_that_of_the_next() -> None:
    text = "Adjuvant T-DM1\nMarch 2021\nFirst line THP\nMay 2023\nSecond line T-DXd\nJune 2024"
    assert not any({"start", "stop"} & line.value.keys() for line in _lines(text))


def test_a_drug_that_another_sentence_denies_is_not_offered() -> None:
    assert not _lines("Previous: T-DM1, T-DXd.\nShe has never received T-DM1.\nT-DXd has not been given.")


def test_a_table_of_lines_gives_number_setting_and_place_of_progression() -> None:
    headings = "Line | Regimen | Start | Stop | Best response | Reason"
    text = f"{headings}\n2L met | T-DM1 (Kadcyla) | 3/2021 | 9/2021 | SD | PD (CNS)"
    line = _lines(text)[0].value
    assert (line["drugs"], line["line"], line["setting"]) == (["T-DM1"], 2, "metastatic")
    assert (line["best_response"], line["reason_stopped"], line["progressed_in"]) == ("stable", "progression", "brain")


def test_where_the_disease_was_held_is_no_place_of_progression() -> None:
    text = "First line THP 03/2024 - 05/2025, ceased PD (nodes, bone), CNS stable"
    assert _lines(text)[0].value["progressed_in"] == "body"


def test_what_is_foreseen_upon_progression_is_not_offered() -> None:
    assert _lines("Trastuzumab deruxtecan foreseen upon progression.") == ()


def test_a_range_of_years_gives_both() -> None:
    line = _lines("2020-2021 T-DM1, PD bone")[0].value
    assert (line["start"], line["stop"]) == ("2020", "2021")


def test_the_drugs_of_one_entry_are_joined_over_cycles_and_schedules() -> None:
    text = "1st line Docetaxel x6 + Phesgo 04/2022 - 07/2022\n2nd line paclitaxel weekly + HP 09/2023 - 02/2024, PR"
    assert [line.value["drugs"] for line in _lines(text)] == [["Docetaxel", "Phesgo"], ["paclitaxel", "HP"]]
