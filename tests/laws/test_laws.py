"""What must hold for every case: recording settles and never turns, erasing only opens, order is nothing."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support.erasing import Steps, only_opens, places, without, written
from support.hard_cases import HARD
from support.records import walk
from support.releases import release
from support.strategies import (
    AS_OF,
    case_of,
    cases,
    coherent_cases,
    facts_of,
)

from her2board import paths
from her2board.assessment.assess import assess
from her2board.assessment.cohorts import compare_cohorts
from her2board.assessment.gaps import domain
from her2board.assessment.model import CohortResult
from her2board.assessment.options import stand_options
from her2board.assessment.readiness import marked
from her2board.case.catalogue import FactSpec
from her2board.case.contradictions import contradictions
from her2board.case.edit import with_value
from her2board.case.fields import value_at
from her2board.case.model import Case
from her2board.case.storage import dump, load, parse
from her2board.logic.criteria import Criterion, Leaf
from her2board.logic.evaluate import SOURCE, evaluate, truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Facts, Value

LIBRARY = release()
"""Hypothesis builds cases before fixtures run, so the release is read here."""


def _criteria() -> dict[str, Criterion]:
    """Return every criterion of the release, each once, with every comparison inside it."""
    found: dict[str, Criterion] = {}
    records = (
        *LIBRARY.trials,
        *LIBRARY.guidelines,
        *LIBRARY.options,
        *LIBRARY.cautions,
        LIBRARY.pause,
        LIBRARY.release,
    )
    for record in records:
        for _, part in walk(record):
            criteria = [part] if isinstance(part, Leaf) else [getattr(part, name, None) for name in _PLACES]
            found |= {repr(criterion): criterion for criterion in criteria if criterion is not None}
    return found


_PLACES = ("when", "used_when", "required_when")
CRITERIA = _criteria()


def _turned(before: Truth, after: Truth) -> bool:
    """Tell whether making a value not recorded did anything but open the truth."""
    return after is not Truth.UNKNOWN and after is not before


def _changes(full: Facts, erased: Facts) -> Iterator[str]:
    for text, criterion in CRITERIA.items():
        before, after = truth_of(criterion, full), truth_of(criterion, erased)
        if _turned(before, after):
            yield f"{before} -> {after}: {text}"


def _standing_changes(full: Facts, erased: Facts) -> Iterator[str]:
    """A standing may open, or fall back to what stood behind 'already used', a refusal or a 'no' of the meeting.

    It never comes closer otherwise: while nobody has refused a choice or called it not feasible, neither is held
    against it, and feasibility is asked.
    """
    nearness = {"for_discussion": 2, "caution": 2, "already_used": 1, "in_use": 1, "cannot_tell": 0, "facts_against": 0}
    before_all, now = (stand_options(LIBRARY, facts) for facts in (full, erased))
    for before, after in zip(before_all, now, strict=True):
        options = [after.option, *(LIBRARY.options_by_id[id_] for id_ in after.option.beside)]
        refused = any(truth_of(LIBRARY.declined[one.id], full) is Truth.MET for one in options)
        judged = any(c.ask and truth_of(c.when, full) is Truth.NOT_MET for one in options for c in one.conditions)
        if nearness[after.standing] > nearness[before.standing] and not refused and not judged:
            yield f"{after.id}: {before.standing} -> {after.standing}"


def _cohort_changes(full: Facts, erased: Facts) -> Iterator[str]:
    before = {result.id: result for result in compare_cohorts(LIBRARY, full)}
    for result in compare_cohorts(LIBRARY, erased):
        yield from _result_changes(before[result.id], result)


def _result_changes(full: CohortResult, erased: CohortResult) -> Iterator[str]:
    if full.outcome != "all_met" and erased.outcome == "all_met":
        yield f"{full.id}: {full.outcome} -> all met"
    for group in ("population", "entry"):
        before, after = getattr(full, group).truth, getattr(erased, group).truth
        if _turned(before, after):
            yield f"{full.id}: {group} {before} -> {after}"
    known = _by_criterion(full)
    for key, truths in _by_criterion(erased).items():
        for before, after in zip(known.get(key, []), truths, strict=False):
            if _turned(before, after):
                yield f"{full.id}: {key} {before} -> {after}"


def _by_criterion(result: CohortResult) -> dict[tuple[str, str], list[Truth]]:
    found = defaultdict(list)
    for finding in result.findings:
        found[finding.group, finding.criterion].append(finding.truth)
    return found


Check = Callable[[Facts, Facts], Iterator[str]]


def _broken(check: Check, case: Case, random: Random, erased_values: int) -> Steps | None:
    """Return the first place whose erasure breaks a law; None when the law holds."""
    full = facts_of(case, LIBRARY)
    ways = only_opens(case)
    for place in random.sample(ways, min(erased_values, len(ways))):
        erased = facts_of(without(case, place), LIBRARY).building_on(full)  # what reads no changed fact is the same
        if erased != full and next(check(full, erased), None):
            return place
    return None


def _explained_by(check: Check, case: Case, place: Steps | None) -> str:
    """Say what breaks the law, in the smallest case that still does: quicker than shrinking a whole case."""
    if place is None:
        return ""
    for other in reversed(places(case)):
        less = without(case, other) if other != place[: len(other)] and other in places(case) else case
        if not contradictions(less, LIBRARY.vocabulary) and _changed(check, less, place):
            case = less
    shown = json.dumps(case.model_dump(mode="json", exclude_none=True, exclude_defaults=True))
    return f"erasing {written(place)} of {shown}: {'; '.join(_changed(check, case, place))}"


def _changed(check: Check, case: Case, place: Steps) -> list[str]:
    return list(check(facts_of(case, LIBRARY), facts_of(without(case, place), LIBRARY)))


@cache
def _questions(spec: FactSpec) -> tuple[Leaf, ...]:
    asked: dict[str, list[tuple[str, object]]] = {
        "flag": [("is", True)],
        "choice": [("is", option) for option in spec.options],
        "set": [(operator, option) for operator in ("is", "includes", "stratum") for option in spec.options],
        "number": [(operator, n) for operator in ("at_least", "at_most") for n in (0, 1, 2, 3, 5, 10, 40)],
        "day": [("at_least_days_before", n) for n in (7, 21, 365, 3650)],
        "words": [("recorded", True)],
    }
    return tuple(Leaf.model_validate({"fact": spec.name, name: operand}) for name, operand in asked[spec.kind])


def _fact_changes(full: Facts, erased: Facts) -> Iterator[str]:
    """Ask of every fact what criteria could ask, whether the release does or not."""
    for spec in LIBRARY.catalogue.values():
        if full.read(spec.name).value == erased.read(spec.name).value:
            continue
        for leaf in _questions(spec):
            before, after = truth_of(leaf, full), truth_of(leaf, erased)
            if _turned(before, after):
                yield f"{before} -> {after}: {leaf.fact} {leaf.operator} {leaf.operand}"


@pytest.mark.parametrize("recorded", HARD.values(), ids=HARD)
def test_a_hard_case_either_contradicts_itself_or_only_opens(recorded: dict[str, Any]) -> None:
    case = case_of(recorded)
    if not contradictions(case, LIBRARY.vocabulary):
        place = _broken(_fact_changes, case, Random(0), 10_000)
        assert place is None, _explained_by(_fact_changes, case, place)


NO_SHRINKING = settings(phases=[Phase.explicit, Phase.generate])
SLOW = settings(max_examples=settings().max_examples // 3)


@NO_SHRINKING
@given(coherent_cases(LIBRARY), st.randoms(use_true_random=False))
def test_erasing_any_one_value_only_opens_whatever_could_be_asked_of_a_fact(case: Case, random: Random) -> None:
    place = _broken(_fact_changes, case, random, 12)
    assert place is None, _explained_by(_fact_changes, case, place)


@NO_SHRINKING
@given(coherent_cases(LIBRARY), st.randoms(use_true_random=False))
def test_erasing_any_one_value_only_opens_every_criterion_of_the_release(case: Case, random: Random) -> None:
    place = _broken(_changes, case, random, 12)
    assert place is None, _explained_by(_changes, case, place)


@NO_SHRINKING
@given(coherent_cases(LIBRARY), st.randoms(use_true_random=False))
def test_erasing_any_one_value_never_brings_an_option_closer(case: Case, random: Random) -> None:
    place = _broken(_standing_changes, case, random, 12)
    assert place is None, _explained_by(_standing_changes, case, place)


@NO_SHRINKING
@given(coherent_cases(LIBRARY), st.randoms(use_true_random=False))
def test_erasing_any_one_value_never_brings_a_cohort_closer(case: Case, random: Random) -> None:
    place = _broken(_cohort_changes, case, random, 4)
    assert place is None, _explained_by(_cohort_changes, case, place)


@pytest.mark.parametrize(
    "path", sorted((paths.resources_dir() / "examples").glob("cr*.her2case")), ids=lambda p: p.stem
)
def test_erasing_any_one_value_of_a_published_case_only_opens(path: Path) -> None:
    case = load(path)
    for check, values in ((_changes, 10_000), (_standing_changes, 25), (_cohort_changes, 6)):
        place = _broken(check, case, Random(0), values)
        assert place is None, _explained_by(check, case, place)


@given(cases())
def test_unknown_always_names_a_missing_fact_and_no_finding_rests_on_one(case: Case) -> None:
    facts = facts_of(case, LIBRARY)
    for criterion in CRITERIA.values():
        finding = evaluate(criterion, facts)
        assert finding.truth is truth_of(criterion, facts)
        assert (finding.truth is Truth.UNKNOWN) == bool(finding.facts_missing)
        assert all(facts.recorded(name) for name in finding.facts_used)


@SLOW
@given(cases())
def test_a_contradiction_only_opens_and_leaves_what_is_recorded_for_remarks(case: Case) -> None:
    facts = facts_of(case, LIBRARY)
    doubtful = marked(facts, contradictions(case, LIBRARY.vocabulary), (), LIBRARY)
    for criterion in CRITERIA.values():
        assert truth_of(criterion, doubtful) in (Truth.UNKNOWN, truth_of(criterion, facts))
    said = doubtful.as_said(facts.readings)
    assert all(said.readings[name].value == reading.value for name, reading in facts.readings.items())


@SLOW
@given(coherent_cases(LIBRARY))
def test_every_undecided_finding_of_a_cohort_names_what_is_missing(case: Case) -> None:
    facts = facts_of(case, LIBRARY)
    for result in compare_cohorts(LIBRARY, facts):
        for finding in result.findings:
            assert (finding.truth is Truth.UNKNOWN) == bool(finding.facts_missing), (result.id, finding)
            assert all(facts.recorded(name) for name in finding.facts_used)
            assert finding.reason


@SLOW
@given(coherent_cases(LIBRARY), st.randoms(use_true_random=False))
def test_the_order_in_which_the_release_lists_its_trials_changes_nothing(case: Case, random: Random) -> None:
    trials = list(LIBRARY.trials)
    random.shuffle(trials)
    shuffled = replace(LIBRARY, trials=tuple(trials))
    one, other = assess(case, LIBRARY, AS_OF), assess(case, shuffled, AS_OF)
    assert one.cohorts == other.cohorts
    assert one.options == other.options
    assert one.ask_next == other.ask_next


@SLOW
@given(cases(at_least=10))
def test_a_case_read_back_from_its_file_is_assessed_the_same(case: Case) -> None:
    assert assess(parse(dump(case)), LIBRARY, AS_OF) == assess(case, LIBRARY, AS_OF)


@given(cases(), st.randoms(use_true_random=False))
def test_answering_every_fact_a_finding_names_settles_it(case: Case, random: Random) -> None:
    facts = facts_of(case, LIBRARY)
    for criterion in CRITERIA.values():
        missing = evaluate(criterion, facts).facts_missing
        if any(name.startswith(SOURCE) for name in missing):
            continue  # only the source could tell
        answered = facts
        for name in missing:
            answers = domain(LIBRARY.catalogue[name], LIBRARY.comparisons.get(name, ()), facts)
            answered = random.choice([one for answer in answers if (one := _settling(answered, name, answer))])
        assert truth_of(criterion, answered) is not Truth.UNKNOWN, (criterion, missing)


def _settling(facts: Facts, name: str, answer: Value) -> Facts | None:
    """Return the facts with an answer; None where it leaves open what waits for it: necrosis is still in question."""
    answered = facts.replacing(name, answer, "answered")
    waits = (answered.readings[other] for other in answered.waiting)
    still = any(one.waits is not None and one.waits.fact == name and one.value is not None for one in waits)
    return None if still else answered


LISTS = ("brain.lesions", "brain.local_therapies", "tumour.specimens")


@SLOW
@given(coherent_cases(LIBRARY), st.randoms(use_true_random=False))
def test_the_order_in_which_a_case_lists_lesions_therapies_and_specimens_changes_no_truth(
    case: Case, random: Random
) -> None:
    """Lines are left out: one that continues another is known by its place."""
    shuffled = case
    for path in LISTS:
        found = value_at(case, path)
        items = random.sample(found.items, len(found.items))
        shuffled = with_value(shuffled, path, found.model_copy(update={"items": tuple(items)}).model_dump(mode="json"))
    one, other = facts_of(case, LIBRARY), facts_of(shuffled, LIBRARY)
    for criterion in CRITERIA.values():
        assert truth_of(criterion, one) is truth_of(criterion, other), criterion


def test_the_laws_speak_of_the_whole_release() -> None:
    """A law over nothing would always hold."""
    leaves = {criterion.fact for criterion in CRITERIA.values() if isinstance(criterion, Leaf)}
    assert len(CRITERIA) > 200
    assert {"her2_status", "cns_class", "last_wbrt", "given.tucatinib", "metastatic_lines"} <= leaves


@pytest.mark.parametrize("wanted", [Truth.MET, Truth.NOT_MET, Truth.UNKNOWN])
def test_random_cases_reach_every_truth(wanted: Truth) -> None:
    seen: set[Truth] = set()

    @given(coherent_cases(LIBRARY))
    def look(case: Case) -> None:
        facts = facts_of(case, LIBRARY)
        seen.update(truth_of(criterion, facts) for criterion in CRITERIA.values())

    look()
    assert wanted in seen
