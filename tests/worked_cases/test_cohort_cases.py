"""Runs the cohort cases: for every cohort one case that meets its population, one that does not, one that cannot tell.

They are read and reviewed as text, one file per trial; ``cohorts/_bases.yaml`` holds what they start from.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support.releases import release
from support.version_1 import as_version_1
from support.worked import Located, document

from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment, CohortFinding
from her2board.case.model import Case
from her2board.case.storage import parse_stored
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.evaluate import SOURCE
from her2board.logic.truth import Truth

HERE = Path(__file__).parent / "cohorts"
AS_OF = date(2026, 11, 20)
TRUTHS = {"met": Truth.MET, "not_met": Truth.NOT_MET, "unknown": Truth.UNKNOWN}
ENDINGS = {"met": "population met.", "not_met": "population differs.", "unknown": "cannot tell."}
KEYS = {
    "met": {"cohort", "says", "from", "case", "population"},
    "not_met": {"cohort", "says", "from", "case", "population", "differs"},
    "unknown": {"cohort", "says", "from", "case", "population", "missing"},
}
FEWEST_WORDS = 5

BASES = document(HERE / "_bases.yaml")
FILES = {path.stem: document(path) for path in sorted(HERE.glob("*.yaml")) if not path.stem.startswith("_")}


def _laid_over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return ``under`` updated in depth; lists and plain values are replaced."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _laid_over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _recorded(worked: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of a case or base, with all it starts from underneath."""
    body: dict[str, Any] = {}
    for name in worked.get("from", ()):
        body = _laid_over(body, _recorded(BASES[name]))
    return _laid_over(body, deepcopy(worked.get("case") or {}))


def case_of(worked: dict[str, Any]) -> Case:
    """Return the case as the real model reads it; an unknown field is refused."""
    return Case.model_validate_json(_text(worked))


def _text(worked: dict[str, Any]) -> str:
    return json.dumps({"code": "W1", **_recorded(worked)})


@cache
def _assessed(text: str) -> Assessment:
    """Return the assessment of a case; many cohorts ask about the same one."""
    return assess(Case.model_validate_json(text), release(), AS_OF)


def _cases() -> Iterator[tuple[str, Located]]:
    for trial, content in FILES.items():
        for worked in content["cases"]:
            yield trial, worked


def test_every_cohort_case_written_in_version_1_opens_as_the_same_case() -> None:
    """So it is assessed alike: an assessment depends on nothing else."""
    texts = {_text(worked) for _, worked in _cases()}
    assert len(texts) > 150
    for text in texts:
        case = Case.model_validate_json(text)
        old = parse_stored(as_version_1(case))
        assert (old.version, old.case) == (1, case)


@pytest.mark.parametrize(("trial", "worked"), [pytest.param(*case, id=case[1].where) for case in _cases()])
def test_a_cohort_case_comes_out_as_it_says(trial: str, worked: Located) -> None:
    library = release()
    assert set(worked) == KEYS[worked["population"]], "expectations nobody checks, or one that is missing"
    assert worked["says"].endswith(ENDINGS[worked["population"]])
    assert len(worked["says"].split()) >= FEWEST_WORDS
    assessed = _assessed(_text(worked))
    assert assessed.contradictions == (), "a worked case does not contradict itself"
    result = assessed.cohort(f"{trial}/{worked['cohort']}")
    population = [one for one in result.findings if one.group == "population"]
    reasons = [(one.criterion, one.truth.value, one.reason) for one in population]
    assert result.population.truth is TRUTHS[worked["population"]], reasons
    if "differs" in worked:
        _differs(worked["differs"], population)
    if "missing" in worked:
        _missing(worked["missing"], population, library)


def _differs(text: str, population: list[CohortFinding]) -> None:
    against = [one.criterion for one in population if one.truth is Truth.NOT_MET]
    assert any(text in criterion for criterion in against), against


def _missing(label: str, population: list[CohortFinding], library: EvidenceLibrary) -> None:
    """``label`` names a fact nobody recorded; 'source: label' one on which the source read is silent."""
    names = [name for one in population if one.truth is Truth.UNKNOWN for name in one.facts_missing]
    labels = [
        ("source: " if name.startswith(SOURCE) else "") + library.catalogue[name.removeprefix(SOURCE)].label
        for name in names
    ]
    assert label in labels, labels


def test_every_cohort_has_a_case_that_meets_it_one_that_does_not_and_one_that_cannot_tell() -> None:
    written = {(f"{trial}/{worked['cohort']}", worked["population"]) for trial, worked in _cases()}
    wanted = {(f"{trial.id}/{cohort.id}", kind) for trial, cohort in release().cohorts() for kind in TRUTHS}
    assert wanted - written == set(), "cohorts without a case"
    assert written - wanted == set(), "cases of cohorts that do not exist"


def test_every_file_is_named_after_its_trial_and_holds_its_cases() -> None:
    assert {name: set(content) for name, content in FILES.items()} == {name: {"trial", "cases"} for name in FILES}
    assert {name: content["trial"] for name, content in FILES.items()} == {name: name for name in FILES}
    assert set(FILES) == {trial.id for trial in release().trials}


def test_every_base_is_a_case_in_itself_and_is_used() -> None:
    for base in BASES.values():
        assert set(base) <= {"says", "from", "case"}
        assert base["says"].endswith(".")
        assert case_of(base).code == "W1"
    used = {name for _, worked in _cases() for name in worked["from"]}
    used |= {name for base in BASES.values() for name in base.get("from", ())}
    assert used == set(BASES)
