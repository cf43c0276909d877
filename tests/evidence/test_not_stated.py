"""What sources do not state: each field with its reason, and never a reason to leave a series open."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from support.releases import release
from support.strategies import case_of

from her2board import paths
from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.evidence.records import Cohort, Trial
from her2board.evidence.terms import CriteriaRead, Design, WhyNotStated
from her2board.logic.evaluate import SOURCE
from her2board.logic.truth import Truth

LIBRARY = release()
COHORTS = tuple(LIBRARY.cohorts())
MEETING = date(2026, 12, 3)
UNUSUAL: dict[str, Any] = {
    "patient.pregnant": True,
    "patient.ecog": 3,
    "organs.lvef_percent": 40.0,
    "organs.ild_history": True,
    "neurology.dexamethasone_mg": 16.0,
    "neurology.symptoms_present": True,
}
"""Values that entry limits are about."""
CASES = {
    "nothing recorded": case_of(),
    "unusual values": case_of(UNUSUAL),
    "suspected leptomeningeal disease": case_of({"brain.leptomeninges": "suspected"}),
    "confirmed leptomeningeal disease": case_of({"brain.leptomeninges": "confirmed"}),
    **{
        name: load(paths.example_case(name))
        for name in ("b07-invented-complete", "cr03-almost-empty", "cr31-herniation")
    },
}


def _looks_back(trial: Trial) -> bool:
    return not trial.prospective or trial.design in (Design.RETROSPECTIVE, Design.POOLED)


def _assessed(case: Case) -> Assessment:
    return assess(case, LIBRARY, MEETING)


def _reasons(trial: Trial, cohort: Cohort) -> Counter[WhyNotStated]:
    return Counter(why for _, why in (*trial.not_stated, *cohort.not_stated))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_no_series_or_pool_is_left_open_by_a_limit_that_it_does_not_state(case: Case) -> None:
    """A criterion it does state can be open; a limit that does not exist cannot."""
    for result in _assessed(case).cohorts:
        if not _looks_back(result.trial):
            continue
        unstated = {name for name, _ in (*result.trial.not_stated, *result.cohort.not_stated)}
        open_ = {name.removeprefix(SOURCE) for one in result.of(Truth.UNKNOWN) for name in one.facts_missing}
        assert unstated & open_ == set(), result.id


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_field_that_is_not_stated_is_shown_remarked_on_or_kept_open(case: Case) -> None:
    for result in _assessed(case).cohorts:
        unstated = Counter(name for name, _ in (*result.trial.not_stated, *result.cohort.not_stated))
        open_ = {name.removeprefix(SOURCE) for one in result.findings for name in one.facts_missing}
        shown = {name for name, _ in result.not_stated} | {one.fact for one in result.remarks}
        assert max(unstated.values(), default=1) == 1, f"{result.id}: one fact with two reasons"
        assert set(unstated) <= shown | open_, result.id


@pytest.mark.parametrize(("trial", "cohort"), [pytest.param(t, c, id=f"{t.id}/{c.id}") for t, c in COHORTS])
def test_the_reason_fits_how_the_study_was_made_and_what_was_read(trial: Trial, cohort: Cohort) -> None:
    reasons = _reasons(trial, cohort)
    if _looks_back(trial):
        assert set(reasons) <= {WhyNotStated.NO_LIMIT}
    else:
        assert WhyNotStated.NO_LIMIT not in reasons
    if WhyNotStated.SILENT in reasons:
        assert trial.criteria_read in (CriteriaRead.PROTOCOL, CriteriaRead.REGISTRY)


def test_the_reasons_are_counted() -> None:
    """A figure to watch: 'not read' falls as more is read, and rises only with a new study."""
    counted: Counter[str] = Counter()
    for trial, cohort in COHORTS:
        counted.update(str(why) for why in _reasons(trial, cohort).elements())
    assert counted == {"silent": 131, "not_read": 604, "no_limit": 600}
