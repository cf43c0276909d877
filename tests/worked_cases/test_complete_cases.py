"""Runs the complete cases: everything recorded, how many cohorts fit, which is nearest and why, what is still asked.

They are read and reviewed as text, one patient per file; ``complete/_bases.yaml`` holds what they share.
"""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support.releases import release
from support.strategies import case_of
from support.worked import Located, document

from her2board import paths
from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.logic.truth import Truth

HERE = Path(__file__).parent / "complete"
ORDINARY = document(HERE / "_bases.yaml")["ordinary"]
FILES = {path.stem: document(path) for path in sorted(HERE.glob("*.yaml")) if not path.stem.startswith("_")}
KEYS = {"says", "case", "example", "cohorts", "nearest", "no_cohort", "ask_next"}
OUTCOMES = {"all_met", "cannot_tell", "differs"}
MEETING = date(2026, 12, 3)
FIRST = 5
LEAST_WORDS = 5
NAMES = pytest.mark.parametrize("name", FILES)


@cache
def _case(name: str) -> Case:
    worked = FILES[name]
    if "example" in worked:
        return load(paths.example_case(worked["example"]))
    return case_of({path: value for path, value in {**ORDINARY, **worked["case"]}.items() if value is not None})


@cache
def _assessed(name: str) -> Assessment:
    return assess(_case(name), release(), MEETING)


@NAMES
def test_a_complete_case_is_invented_whole_and_free_of_contradictions(name: str) -> None:
    worked, assessed = FILES[name], _assessed(name)
    assert set(worked) <= KEYS, "expectations nobody checks"
    assert worked["says"].endswith(".")
    assert _case(name).origin == "invented"
    assert assessed.contradictions == ()
    if "example" not in worked:
        assert [gap.label for gap in assessed.readiness.outstanding] == []
        assert [gap.label for gap in assessed.readiness.stale] == []


@NAMES
def test_so_many_cohorts_fit_a_complete_case(name: str) -> None:
    expected = dict(FILES[name]["cohorts"])
    assert set(expected) == OUTCOMES
    assert dict(Counter(one.outcome for one in _assessed(name).cohorts)) == expected


@NAMES
def test_the_nearest_cohort_of_a_leading_option_is_the_one_defended(name: str) -> None:
    worked, assessed = FILES[name], _assessed(name)
    nearest = {option.id: option.cohorts[0] if option.cohorts else None for option in assessed.options}
    assert {id_: nearest[id_] for id_ in worked["nearest"]} == {k: v["cohort"] for k, v in worked["nearest"].items()}
    assert [nearest[id_] for id_ in worked.get("no_cohort", [])] == [None] * len(worked.get("no_cohort", []))
    for entry in worked["nearest"].values():
        _defended(entry, assessed)


def _defended(entry: Located, assessed: Assessment) -> None:
    assert set(entry) <= {"cohort", "why", "differs", "open", "remarks"}
    assert len(entry["why"].split()) >= LEAST_WORDS
    result = assessed.cohort(entry["cohort"])
    for key, truth in (("differs", Truth.NOT_MET), ("open", Truth.UNKNOWN)):
        found, wanted = [one.criterion for one in result.of(truth)], entry.get(key, [])
        assert len(found) == len(wanted), found
        assert all(any(words in text for text in found) for words in wanted), found
    if "remarks" in entry:
        assert [one.fact for one in result.remarks] == entry["remarks"]


@NAMES
def test_what_is_asked_first_of_a_complete_case_is_what_a_clinician_would_ask(name: str) -> None:
    judged: list[dict[str, Any]] = FILES[name]["ask_next"]
    assert [ask.field for ask in _assessed(name).ask_next[:FIRST]] == [entry["field"] for entry in judged]
    assert all(len(entry["judged"].split()) >= LEAST_WORDS for entry in judged)


def test_the_complete_cases_are_those_a_board_meets_most() -> None:
    assert set(FILES) == {
        "b07",
        "thp-then-brain",
        "t-dxd-then-progression",
        "tucatinib-then-progression",
        "leptomeningeal-without-brain",
        "leptomeningeal-with-brain",
        "her2-low-in-the-brain",
        "pregnant",
    }
