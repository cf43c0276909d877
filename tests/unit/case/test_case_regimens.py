"""A combination was given, or is given now, only if its drugs surely were given at once for metastatic disease."""

from typing import Any

import pytest
from support.strategies import case_of, lines, read

from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among

TUCATINIB = {"drugs": ["tucatinib"], "setting": "metastatic", "start": "2025-01-02"}
T_DM1 = {"drugs": ["T-DM1"], "setting": "metastatic", "start": "2025-01-30"}
BOTH = {**TUCATINIB, "drugs": ["tucatinib", "T-DM1"]}


def said(family: str, rows: list[dict[str, Any]], library: EvidenceLibrary, completeness: str) -> tuple[object, str]:
    """Return the value and the words of a fact of tucatinib with T-DM1."""
    reading = read(f"{family}.tucatinib_t_dm1", case_of(lines(*rows, completeness=completeness)), library)
    (value,) = reading.value.possible if isinstance(reading.value, Among) else (None,)
    return value, reading.shown or reading.why


@pytest.mark.parametrize("completeness", ["complete", "partial"])
@pytest.mark.parametrize(
    ("rows", "value", "words"),
    [
        ([BOTH], True, "yes, metastatic 2 Jan 2025"),
        ([TUCATINIB, T_DM1], True, "yes, metastatic 2 Jan 2025"),
        ([{"drugs": ["tucatinib", "T-DM1"], "setting": "metastatic"}], True, "yes, metastatic"),
        ([{**TUCATINIB, "start": "2025-01"}, T_DM1], None, "whether its drugs were given together is not recorded"),
        ([TUCATINIB, {**T_DM1, "start": None}], None, "whether its drugs were given together is not recorded"),
        ([{**TUCATINIB, "line": 2}, {**T_DM1, "line": 2, "start": "2025-06-01"}], True, "yes, metastatic 2 Jan 2025"),
        ([{**BOTH, "setting": None}], None, "whether its drugs were given together is not recorded"),
        ([TUCATINIB, {**T_DM1, "drugs": ["xyz"]}], None, "whether its drugs were given together is not recorded"),
    ],
)
def test_drugs_were_given_together_if_they_surely_began_within_28_days_or_are_of_one_line(
    rows: list[dict[str, Any]], value: object, words: str, completeness: str, library: EvidenceLibrary
) -> None:
    assert said("together", rows, library, completeness) == (value, words)


@pytest.mark.parametrize(
    ("rows", "value", "words"),
    [
        ([TUCATINIB, {**T_DM1, "start": "2025-01-31"}], False, "no, its drugs were not given together"),
        ([TUCATINIB, {**T_DM1, "start": "2025-02"}], False, "no, its drugs were not given together"),
        (
            [{**TUCATINIB, "start": "2025-01-20"}, {**T_DM1, "start": "2025-02"}],
            None,
            "whether its drugs were given together is not recorded",
        ),
        (
            [{**TUCATINIB, "line": 1}, {**T_DM1, "line": 2, "start": "2025-06-01"}],
            False,
            "no, its drugs were not given together",
        ),
        ([TUCATINIB], False, "no, not all of it was given for metastatic disease"),
        ([{**BOTH, "setting": "adjuvant"}], False, "no, not all of it was given for metastatic disease"),
        ([], False, "no, not all of it was given for metastatic disease"),
    ],
)
def test_a_complete_list_without_the_combination_says_no(
    rows: list[dict[str, Any]], value: object, words: str, library: EvidenceLibrary
) -> None:
    assert said("together", rows, library, "complete") == (value, words)


@pytest.mark.parametrize("rows", [[TUCATINIB], [], [TUCATINIB, {**T_DM1, "start": "2025-06-01"}]])
def test_a_list_that_is_not_complete_never_says_no(rows: list[dict[str, Any]], library: EvidenceLibrary) -> None:
    for family in ("together", "in_use"):
        ended = [{**row, "stop": "2025-09"} for row in rows]
        assert said(family, ended, library, "partial")[0] is None


@pytest.mark.parametrize(
    ("rows", "value", "words"),
    [
        ([{**BOTH, "ongoing": True}], True, "yes, metastatic 2 Jan 2025"),
        (
            [{**TUCATINIB, "ongoing": True}, {**T_DM1, "ongoing": True}],
            True,
            "yes, metastatic 2 Jan 2025; metastatic 30 Jan 2025",
        ),
        (
            [{**BOTH, "ongoing": True}, {"drugs": ["letrozole"], "setting": "metastatic", "ongoing": True}],
            True,
            "yes, metastatic 2 Jan 2025",
        ),
        ([BOTH], None, "whether it goes on is not recorded"),
        ([{**BOTH, "ongoing": True, "setting": None}], None, "whether it goes on is not recorded"),
        ([{**TUCATINIB, "ongoing": True}, T_DM1], None, "whether it goes on is not recorded"),
        ([{**BOTH, "stop": "2025-06"}], False, "no, not among the treatments that go on"),
        ([{**BOTH, "reason_stopped": "toxicity"}], False, "no, not among the treatments that go on"),
        ([{**BOTH, "ongoing": False}], False, "no, not among the treatments that go on"),
        ([{**TUCATINIB, "ongoing": True}], False, "no, not among the treatments that go on"),
        ([{**BOTH, "drugs": ["tucatinib", "xyz"], "ongoing": False}], False, "no, not among the treatments that go on"),
        ([{**BOTH, "drugs": ["tucatinib", "xyz"]}], None, "whether it goes on is not recorded"),
    ],
)
def test_a_combination_is_given_now_if_all_of_it_goes_on(
    rows: list[dict[str, Any]], value: object, words: str, library: EvidenceLibrary
) -> None:
    assert said("in_use", rows, library, "complete") == (value, words)
