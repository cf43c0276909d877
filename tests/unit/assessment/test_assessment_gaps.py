"""What to ask next: every answer is tried, and only what would settle something is asked."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from strategies import AS_OF, case_of, facts_of, full_case, lines, specimens

from her2board.assessment.assess import assess
from her2board.assessment.gaps import as_outstanding, domain
from her2board.assessment.model import Ask
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.criteria import AllOf, AnyOf, Leaf
from her2board.logic.values import Among, Day, Never, Span, Subset


def asks(recorded: dict[str, Any], library: EvidenceLibrary, **more: Any) -> dict[str, Ask]:
    return {ask.field: ask for ask in assess(case_of(recorded, **more), library, AS_OF).ask_next if not ask.also}


def test_an_empty_case_asks_for_what_decides_every_cohort_first(library: EvidenceLibrary) -> None:
    listed = assess(case_of(), library, AS_OF).ask_next
    assert listed[0].field in ("systemic.lines", "tumour.specimens", "brain.local_therapies")
    assert listed[0].weight >= len(list(library.cohorts()))
    assert {"tumour.specimens", "brain.cns_class", "organs.ild_history", "patient.ecog"} <= {
        ask.field for ask in listed
    }


def test_the_list_is_ordered_by_what_it_would_settle_then_by_the_form(library: EvidenceLibrary) -> None:
    form = list(field_by_path())
    for recorded in ({}, specimens({"ihc": "3+"}), lines({"drugs": ["tucatinib"]})):
        listed = assess(case_of(recorded), library, AS_OF).ask_next
        keys = [(-ask.weight, *map(form.index, ask.fields)) for ask in listed]
        assert keys == sorted(keys)
        assert len({ask.fields for ask in listed}) == len(listed)


def test_every_ask_names_its_field_its_facts_who_knows_and_what_it_would_settle(library: EvidenceLibrary) -> None:
    for ask in assess(case_of(), library, AS_OF).ask_next:
        assert ask.field in field_by_path()
        assert ask.label
        assert ask.asks
        assert ask.weight == ask.cohorts + ask.options + ask.points > 0
        for fact in ask.facts:
            assert library.catalogue[fact].fields[0] in ask.fields


def test_a_recorded_value_is_not_asked_for(library: EvidenceLibrary) -> None:
    assert "patient.ecog" in asks({}, library)
    assert "patient.ecog" not in asks({"patient.ecog": 1}, library)


def test_a_value_that_is_not_exact_enough_is_asked_for(library: EvidenceLibrary) -> None:
    assert "tumour.specimens" in asks(specimens({"ish": "negative"}), library)
    assert "brain.leptomeninges" in asks({"brain.leptomeninges": "suspected"}, library)


def test_a_reason_for_absence_keeps_the_question_and_names_the_owner(library: EvidenceLibrary) -> None:
    pending = {"organs.lvef_percent": {"reason": "pending", "owner": "Dr B", "due": "2026-11-18"}}
    ask = asks({}, library, absences=pending)["organs.lvef_percent"]
    assert (ask.owner, ask.due) == ("Dr B", "18 Nov 2026")
    bare = asks({}, library, absences={"organs.lvef_percent": {"reason": "not_done"}})["organs.lvef_percent"]
    assert (bare.owner, bare.due) == ("", "")


def test_what_only_the_source_could_tell_is_not_asked_of_the_clinic(library: EvidenceLibrary) -> None:
    for case in (case_of(), full_case(), case_of({**lines({"drugs": ["Enhertu"]}), "organs.ild_history": True})):
        for ask in assess(case, library, AS_OF).ask_next:
            assert not any(fact.startswith("source.") for fact in ask.facts)


def test_the_full_case_asks_for_less_than_the_empty_one(library: EvidenceLibrary) -> None:
    assert len(assess(full_case(), library, AS_OF).ask_next) < len(assess(case_of(), library, AS_OF).ask_next) / 2


def test_recording_an_answer_never_lengthens_the_list(library: EvidenceLibrary) -> None:
    start: dict[str, Any] = {}
    longest = len(asks(start, library))
    for path, value in {"patient.ecog": 1, "brain.leptomeninges": "none", "organs.ild_history": False}.items():
        start[path] = value
        assert len(asks(start, library)) <= longest
        longest = len(asks(start, library))


@pytest.mark.parametrize(
    ("fact", "operator", "operand", "expected"),
    [
        ("symptoms", "is", True, [Among.exactly(True), Among.exactly(False)]),
        ("her2_status", "is", "low", [Among.exactly(one) for one in ("positive", "low", "negative")]),
        (
            "cns_class",
            "stratum",
            "stable",
            [Subset(frozenset({one})) for one in ("stable", "untreated", "progressing")],
        ),
        ("goals", "recorded", True, [Among.exactly("recorded")]),
        ("lvef_percent", "at_least", 50, [Span.exactly(n) for n in (0, 49, 50, 51)]),
        ("lesion_count", "between", (1, 4), [Span.exactly(n) for n in (0, 1, 2, 3, 4, 5)]),
        ("ecog", "at_most", 0, [Span.exactly(n) for n in (0, 1)]),
    ],
)
def test_answers_are_tried_on_both_sides_of_every_threshold(
    fact: str, operator: str, operand: object, expected: list[object], library: EvidenceLibrary
) -> None:
    leaf = Leaf.model_validate({"fact": fact, operator: operand})
    assert domain(library.catalogue[fact], [leaf], facts_of(case_of(), library)) == expected


def test_for_a_day_never_today_and_long_ago_are_tried(library: EvidenceLibrary) -> None:
    never, today, long_ago = domain(library.catalogue["last_wbrt"], [], facts_of(case_of(), library))
    assert never == Never()
    assert today == Day(AS_OF, AS_OF)
    assert isinstance(long_ago, Day)
    assert long_ago.high is not None
    assert long_ago.high.year == 1950


def test_a_leap_day_meeting_has_answers_too(library: EvidenceLibrary) -> None:
    assert assess(Case(code="L"), library, date(2028, 2, 29)).ask_next


def test_a_fact_that_alone_settles_nothing_counts_for_no_cohort_and_no_option(library: EvidenceLibrary) -> None:
    """Where 'one and two, or three and four' is open, no single answer decides it."""
    unused = [n for n, spec in library.catalogue.items() if spec.kind == "flag" and n not in library.criteria_by_fact]
    one, two, three, four = (Leaf(fact=name, operator="is", operand=True) for name in unused[:4])
    either = AnyOf(any=(AllOf(all=(one, two)), AllOf(all=(three, four))))
    trial = library.trials_by_id["destiny-breast12"]
    condition = (*trial.population, *trial.cohorts[0].population)[0].model_copy(update={"when": either})
    cohort = trial.cohorts[0].model_copy(update={"population": (condition,), "entry": (), "not_stated": ()})
    alone = trial.model_copy(update={"population": (), "entry": (), "not_stated": (), "cohorts": (cohort,)})
    option = library.options_by_id["t-dxd"].model_copy(
        update={"conditions": (condition,), "trials": (), "used_when": None}
    )
    small = replace(library, trials=(alone,), options=(option,), cautions=())
    listed = assess(case_of(), small, AS_OF)
    assert set(unused[:4]) <= {name for name, _ in listed.cohorts[0].asked}
    assert listed.options[0].standing == "cannot_tell"
    alone = {name for ask in listed.ask_next if not ask.also for name in ask.facts}
    assert not alone & set(unused[:4])
    pairs = {ask.facts: (ask.cohorts, ask.options) for ask in listed.ask_next if ask.also}
    assert set(map(frozenset, pairs)) == {frozenset(two) for two in combinations(unused[:4], 2)}
    assert set(pairs.values()) == {(1, 1)}


def with_a_knot(library: EvidenceLibrary, *facts: str) -> EvidenceLibrary:
    """One cohort with 'the first and the second, or the third and the fourth' as its only criterion."""
    one, two, three, four = (Leaf(fact=name, operator="is", operand=True) for name in facts)
    trial = library.trials_by_id["destiny-breast12"]
    either = AnyOf(any=(AllOf(all=(one, two)), AllOf(all=(three, four))))
    condition = (*trial.population, *trial.cohorts[0].population)[0].model_copy(update={"when": either})
    cohort = trial.cohorts[0].model_copy(update={"population": (condition,), "entry": (), "not_stated": ()})
    alone = trial.model_copy(
        update={"population": (), "entry": (), "not_stated": (), "cohorts": (cohort,), "study_drugs": ()}
    )
    return replace(library, trials=(alone,), options=(), cautions=())


def test_two_facts_that_settle_only_together_are_asked_for_together(library: EvidenceLibrary) -> None:
    knot = with_a_knot(library, "symptoms", "brainstem_lesion", "near_hippocampus", "trial_willing")
    listed = [ask for ask in assess(case_of(), knot, AS_OF).ask_next if ask.cohorts]
    fields = ("neurology.symptoms_present", "brain.brainstem", "brain.near_hippocampus", "patient.trial_willing")
    assert {frozenset(ask.fields) for ask in listed} == {frozenset(pair) for pair in combinations(fields, 2)}
    pair = next(ask for ask in listed if set(ask.facts) == {"symptoms", "trial_willing"})
    assert pair.label == "Willing to join a trial, together with: Neurological symptoms now"
    assert pair.asks == "patient and oncology"
    known = case_of(absences={"patient.trial_willing": {"reason": "not_done", "owner": "AB"}})
    assert [as_outstanding(pair, path, known).owner for path in pair.fields] == ["AB", "patient and oncology"]


def test_an_answer_to_one_of_the_two_leaves_the_other_to_be_asked_alone(library: EvidenceLibrary) -> None:
    knot = with_a_knot(library, "symptoms", "brainstem_lesion", "near_hippocampus", "trial_willing")
    known = case_of({"neurology.symptoms_present": True, "brain.near_hippocampus": False})
    listed = [ask for ask in assess(known, knot, AS_OF).ask_next if ask.cohorts]
    assert [ask.fields for ask in listed] == [("brain.brainstem",)]


def test_two_facts_of_one_field_are_one_question(library: EvidenceLibrary) -> None:
    knot = with_a_knot(library, "prior_wbrt", "prior_radiosurgery", "near_hippocampus", "symptoms")
    listed = [ask for ask in assess(case_of(), knot, AS_OF).ask_next if ask.cohorts]
    assert [ask.fields for ask in listed] == [("brain.local_therapies",)]


def test_an_ask_noted_as_asked_keeps_who_and_when_somebody_already_named(library: EvidenceLibrary) -> None:
    named = case_of({"meeting.date": "2026-11-26"}, absences={"patient.ecog": {"reason": "not_done", "owner": "AB"}})
    ask = next(ask for ask in assess(named, library, AS_OF).ask_next if ask.field == "patient.ecog")
    noted = as_outstanding(ask, ask.field, named)
    assert (noted.reason, noted.owner, str(noted.due)) == ("pending", "AB", "2026-11-26")
    assert as_outstanding(ask, ask.field, case_of()).owner == "oncology"
    assert as_outstanding(ask, ask.field, case_of()).due is None
    noted = case_of(absences={"patient.ecog": {"reason": "not_done", "note": "ask the ward"}})
    assert as_outstanding(ask, ask.field, noted).note == "ask the ward"


@pytest.mark.parametrize("reason", ["declined", "not_applicable"])
def test_a_reason_that_says_no_answer_will_come_is_not_turned_into_a_question(
    reason: str, library: EvidenceLibrary
) -> None:
    case = case_of(absences={"patient.ecog": {"reason": reason}})
    ask = next(ask for ask in assess(case_of(), library, AS_OF).ask_next if ask.field == "patient.ecog")
    assert as_outstanding(ask, ask.field, case) == case.absences["patient.ecog"]
