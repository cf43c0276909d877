"""A stated number of lines beside the list, rows of which only the length is known, and disease outside the brain."""

from typing import Any

import pytest
from support.strategies import case_of, facts_of, lines, read

from her2board.case.contradictions import contradictions
from her2board.case.row_dates import duration_words, started, stopped
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.criteria import Leaf
from her2board.logic.evaluate import truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Span

STATED = "systemic.lines_stated"
PROGRESSED = {"setting": "metastatic", "reason_stopped": "progression"}
FIRST = {**PROGRESSED, "drugs": ["docetaxel", "Phesgo"], "start": "2022-01-10", "stop": "2022-09-10"}
SECOND = {**PROGRESSED, "drugs": ["T-DXd"], "start": "2022-10-01", "stop": "2024-02-01"}
BY_THE_LIST = lines(FIRST, SECOND)
SO_FAR = lines(FIRST, SECOND, completeness="partial")


def number(low: int, high: int | None = None) -> dict[str, Any]:
    return {STATED: {"low": low} if high is None else {"low": low, "high": high}}


@pytest.mark.parametrize(
    ("recorded", "value", "words"),
    [
        (number(4, 4), Span(4, 4), "4"),
        (number(3, 5), Span(3, 5), "3 to 5"),
        (number(3), Span(3, None), "3 or more"),
        ({**number(4, 4), **SO_FAR}, Span(4, 4), "4"),
        ({**number(1, 4), **SO_FAR}, Span(2, 4), "2 to 4"),
        ({**number(1), **SO_FAR}, Span(2, None), "2 or more"),
        ({**number(2, 2), **BY_THE_LIST}, Span(2, 2), "2"),
        ({**number(1, 3), **BY_THE_LIST}, Span(2, 2), "2"),
        ({**number(4, 4), **BY_THE_LIST}, Span(2, 4), "2 to 4"),
        ({**number(1, 1), **SO_FAR}, Span(1, None), "1 or more"),
    ],
)
def test_the_number_of_lines_is_what_list_and_statement_leave_open(
    recorded: dict[str, Any], value: Span, words: str, library: EvidenceLibrary
) -> None:
    found = read("metastatic_lines", case_of(recorded), library)
    assert (found.value, found.shown) == (value, words)


def test_both_numbers_are_named_where_there_are_two(library: EvidenceLibrary) -> None:
    why = read("metastatic_lines", case_of({**number(1, 4), **SO_FAR}), library).why
    assert why.startswith("1 to 4, as stated; 2 or more by the list")


@pytest.mark.parametrize(
    ("recorded", "text"),
    [
        ({**number(4, 4), **BY_THE_LIST}, "4 lines of metastatic therapy stated, the list makes 2"),
        ({**number(1, 1), **SO_FAR}, "1 lines of metastatic therapy stated, the list makes 2 or more"),
        ({**number(4, 4), **SO_FAR}, None),
        ({**number(1, 3), **BY_THE_LIST}, None),
        (number(4, 4), None),
    ],
)
def test_a_stated_number_that_the_rows_cannot_make_is_a_contradiction(
    recorded: dict[str, Any], text: str | None, library: EvidenceLibrary
) -> None:
    found = contradictions(case_of(recorded), library.vocabulary)
    assert [clash.text for clash in found] == ([text] if text else [])
    assert all("metastatic_lines" in clash.facts for clash in found)


def test_a_number_of_lines_without_drugs_says_of_no_drug_whether_it_was_given(library: EvidenceLibrary) -> None:
    case = case_of({**number(4, 4), **lines(completeness="partial")})
    assert read("given.tucatinib", case, library).value is None


def row(**columns: Any) -> Any:
    return case_of(lines({"drugs": ["T-DXd"], "setting": "metastatic", **columns})).systemic.lines.items[0]


@pytest.mark.parametrize(
    ("columns", "low", "high"),
    [
        ({"start": "2025-01-01", "cycles": 8, "reason_stopped": "completed"}, "2025-02-19", "2025-08-13"),
        ({"start": "2025-01-01", "months": 2.0, "ongoing": False}, "2025-02-15", "2025-04-03"),
        ({"start": "2025-01-01", "cycles": 8}, "2025-01-01", None),
        ({"start": "2025-01-01", "cycles": 8, "ongoing": True}, "2025-01-01", None),
        ({"start": "2025-01-01", "stop": "2025-03", "cycles": 8}, "2025-03-01", "2025-03-31"),
    ],
)
def test_a_row_that_ended_stopped_between_the_days_that_its_length_allows(
    columns: dict[str, Any], low: str, high: str | None
) -> None:
    found = stopped(row(**columns))
    assert (str(found.low), found.high and str(found.high)) == (low, high)


def test_a_row_of_known_end_and_length_started_before_it() -> None:
    found = started(row(stop="2025-06-30", months=6.0))
    assert (str(found.low), str(found.high)) == ("2024-11-26", "2025-01-16")
    assert started(row(stop="2025-06-30")).low is None


def test_length_in_cycles_and_months_is_said_in_words() -> None:
    assert duration_words(row(cycles=1)) == "1 cycle"
    assert duration_words(row(cycles=8, months=5.5)) == "8 cycles, 5.5 months"
    assert duration_words(row()) == ""


def test_length_settles_what_two_rows_without_a_date_left_open(library: EvidenceLibrary) -> None:
    early = {**PROGRESSED, "drugs": ["T-DM1"], "start": "2024-01-10"}
    late = {"drugs": ["tucatinib"], "setting": "metastatic", "start": "2024-02-05"}
    assert read("metastatic_lines", case_of(lines(early, late)), library).value == Span(1, 2)
    assert read("metastatic_lines", case_of(lines({**early, "cycles": 1}, late)), library).value == Span(1, 2)
    assert read("metastatic_lines", case_of(lines({**early, "months": 5.0}, late)), library).value == Span(1, 1)


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ({"cycles": 20, "months": 2.0}, "line 1: 20 cycles, yet 2 months"),
        ({"cycles": 8, "months": 6.0}, None),
        (
            {"start": "2025-01-01", "stop": "2025-02-01", "months": 6.0},
            "line 1: 6 months, yet from 1 Jan 2025 to 1 Feb 2025",
        ),
        (
            {"start": "2025-01-01", "stop": "2026-01-01", "cycles": 2},
            "line 1: 2 cycles, yet from 1 Jan 2025 to 1 Jan 2026",
        ),
        ({"start": "2025-01", "stop": "2025-06", "cycles": 8}, None),
    ],
)
def test_a_length_that_dates_or_cycles_do_not_allow_is_a_contradiction(
    columns: dict[str, Any], text: str | None, library: EvidenceLibrary
) -> None:
    case = case_of(lines({"drugs": ["T-DXd"], "setting": "metastatic", **columns}))
    assert [clash.text for clash in contradictions(case, library.vocabulary)] == ([text] if text else [])


MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("recorded", "controlled_or_absent", "progressing"),
    [
        ("absent", MET, NOT_MET),
        ("controlled", MET, NOT_MET),
        ("progressing", NOT_MET, MET),
        ("untreated", UNKNOWN, UNKNOWN),
        ("newly_found", NOT_MET, UNKNOWN),
        ("complete_remission", MET, NOT_MET),
    ],
)
def test_what_a_source_says_of_disease_outside_the_brain_is_read_only_as_far_as_it_reaches(
    recorded: str, controlled_or_absent: Truth, progressing: Truth, library: EvidenceLibrary
) -> None:
    facts = facts_of(case_of({"systemic.extracranial": recorded}), library)
    known = Leaf.model_validate({"fact": "extracranial", "any_of": ["absent", "controlled"]})
    grown = Leaf.model_validate({"fact": "extracranial", "is": "progressing"})
    assert (truth_of(known, facts), truth_of(grown, facts)) == (controlled_or_absent, progressing)
    assert read("extracranial", case_of({"systemic.extracranial": recorded}), library).shown == recorded.replace(
        "_", " "
    )
