"""What to ask next: every answer is tried, and only what would settle something is asked."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest
from msgspec.structs import replace
from support.strategies import AS_OF, case_of, facts_of, full_case, lesions, lines, listed, local_therapies, specimens

from her2board.assessment.assess import assess
from her2board.assessment.gaps import as_outstanding, domain
from her2board.assessment.model import Ask, Assessment
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.terms import CohortClass
from her2board.logic.criteria import AllOf, AnyOf, Criterion, Leaf
from her2board.logic.values import Among, Day, Never, Span, Subset


def asks(recorded: dict[str, Any], library: EvidenceLibrary, **more: Any) -> dict[str, Ask]:
    return {ask.field: ask for ask in assess(case_of(recorded, **more), library, AS_OF).ask_next if not ask.also}


def test_an_empty_case_asks_for_urgency_then_safety_then_the_kind_of_disease(library: EvidenceLibrary) -> None:
    listed = assess(case_of(), library, AS_OF).ask_next
    ranks = [ask.rank for ask in listed]
    assert ranks == sorted(ranks)
    assert {ask.field for ask in listed if ask.rank == 0} >= {
        "urgency.immediate_local_therapy",
        "neurology.symptoms_present",
    }
    assert [ask.consequence for ask in listed if ask.rank == 1] == ["whether pregnancy changes what is possible"]
    assert {ask.field for ask in listed if ask.rank == 2} >= {"brain.leptomeninges", "tumour.specimens"}
    assert {"tumour.specimens", "brain.cns_class", "organs.ild_history", "patient.ecog"} <= {
        ask.field for ask in listed
    }


def test_the_list_is_ordered_by_consequence_then_by_what_it_settles_then_by_the_form(
    library: EvidenceLibrary,
) -> None:
    form = list(field_by_path())
    for recorded in ({}, specimens({"ihc": "3+"}), lines({"drugs": ["tucatinib"]})):
        listed = assess(case_of(recorded), library, AS_OF).ask_next
        keys = [(ask.rank, -ask.weight, *map(form.index, ask.fields)) for ask in listed]
        assert keys == sorted(keys)
        assert len({ask.fields for ask in listed}) == len(listed)


def test_every_ask_names_its_field_its_facts_who_knows_and_what_it_would_settle(library: EvidenceLibrary) -> None:
    for ask in assess(case_of(), library, AS_OF).ask_next:
        assert ask.field in field_by_path()
        assert ask.label
        assert ask.asks
        assert ask.weight == ask.cohorts + ask.options + ask.points > 0
        assert (ask.owner, ask.due) == ("", "")
        for fact in ask.facts:
            assert library.catalogue[fact].fields[0] in ask.fields


def test_the_place_of_a_question_adds_up_all_that_its_answer_would_settle() -> None:
    ask = Ask("patient.ecog", "", "ECOG", "oncology", ("ecog",), cohorts=4, options=2, points=1, owner="", due="")
    assert ask.weight == 7


def test_a_question_is_named_by_its_only_fact_or_by_the_field_that_holds_several(library: EvidenceLibrary) -> None:
    listed = asks({}, library)
    assert listed["neurology.trend"].label == "Neurologically stable"
    assert listed["tumour.specimens"].facts == ("her2_status", "hr_status")
    assert listed["tumour.specimens"].label == "Receptor results"


def test_a_question_counts_the_pause_items_that_wait_for_it(library: EvidenceLibrary) -> None:
    assessed = assess(case_of(), library, AS_OF)
    (ask,) = (ask for ask in assessed.ask_next if "lesion_count" in ask.facts)
    waiting = [item.label for item in assessed.pause.items if set(item.facts_missing) & set(ask.facts)]
    assert 0 < len(waiting) < len(assessed.pause.items)
    assert (ask.points, list(ask.before)) == (len(waiting), waiting)


def test_what_nothing_named_depends_on_comes_last_the_pause_before_an_option_before_a_cohort(
    library: EvidenceLibrary,
) -> None:
    decides = {"point": set[int](), "option": set[int](), "cohort": set[int]()}
    for ask in assess(case_of(), library, AS_OF).ask_next:
        if not ask.consequence:
            decides["point" if ask.points else "option" if ask.options else "cohort"].add(ask.rank)
    beyond = len(library.release.consequences)
    assert decides == {"point": {beyond}, "option": {beyond + 1}, "cohort": {beyond + 2}}


def test_a_recorded_value_is_not_asked_for(library: EvidenceLibrary) -> None:
    assert "patient.ecog" in asks({}, library)
    assert "patient.ecog" not in asks({"patient.ecog": 1}, library)


def test_a_value_that_is_not_exact_enough_is_asked_for(library: EvidenceLibrary) -> None:
    assert "tumour.specimens" in asks(specimens({"ish": "negative"}), library)
    assert "brain.leptomeninges" in asks({"brain.leptomeninges": "suspected"}, library)


def test_a_question_about_what_is_recorded_says_what_is_missing_of_it(library: EvidenceLibrary) -> None:
    asked = asks({"brain.leptomeninges": "suspected"}, library)
    assert asked["brain.leptomeninges"].detail == "suspected, not confirmed"
    assert asked["patient.ecog"].detail == ""


def test_a_reason_for_absence_keeps_the_question_and_names_the_owner(library: EvidenceLibrary) -> None:
    pending = {"organs.lvef_percent": {"reason": "pending", "owner": "Dr B", "due": "2026-11-18"}}
    ask = asks({}, library, absences=pending)["organs.lvef_percent"]
    assert (ask.owner, ask.due) == ("Dr B", "18 Nov 2026")
    bare = asks({}, library, absences={"organs.lvef_percent": {"reason": "not_done"}})["organs.lvef_percent"]
    assert (bare.owner, bare.due) == ("", "")


def test_what_only_the_source_could_tell_is_not_asked_of_the_clinic(library: EvidenceLibrary) -> None:
    for case in (case_of(), full_case(), case_of({**lines({"drugs": ["Enhertu"]}), "organs.ild_history": True})):
        assessed = assess(case, library, AS_OF)
        for ask in assessed.ask_next:
            assert not any(fact.startswith("source.") for fact in ask.facts)
        for result in assessed.cohorts:
            assert not any(fact.startswith("source.") for fact in result.waits_for)


RADIOSURGERY = local_therapies({"kind": "radiosurgery", "day": "2026-01", "dose_gy": 20})


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [
        ({"brain.cns_class": ["progressing"], **RADIOSURGERY}, True),
        ({"brain.cns_class": ["progressing"]}, True),
        ({"brain.cns_class": ["progressing"], **RADIOSURGERY, "brain.necrosis_in_question": True}, True),
        ({**lesions("treated_progressing", "treated_stable"), **RADIOSURGERY}, True),
        ({"brain.cns_class": ["progressing"], **RADIOSURGERY, "brain.necrosis_in_question": False}, False),
        ({"brain.cns_class": ["progressing"], **local_therapies({"kind": "surgery"})}, False),
        ({"brain.cns_class": ["stable"], **RADIOSURGERY}, False),
        ({**lesions("treated_stable", "new"), **RADIOSURGERY}, False),
        ({"brain.lesions": listed({"state": "treated_progressing", "histology": "tumour"}), **RADIOSURGERY}, False),
        ({"brain.lesions": listed({"state": "treated_stable", "histology": "necrosis"}), **RADIOSURGERY}, False),
    ],
)
def test_what_progresses_after_radiation_asks_for_necrosis_and_nothing_for_the_class(
    recorded: dict[str, Any], asked: bool, library: EvidenceLibrary
) -> None:
    found = asks(recorded, library)
    assert ("brain.necrosis_in_question" in found) is asked
    assert "brain.cns_class" not in found
    if asked:
        ask = found["brain.necrosis_in_question"]
        assert ask.consequence == "which kind of disease it is"
        assert ask.cohorts > 10


def test_the_answer_to_necrosis_decides_the_class_in_what_is_tried(library: EvidenceLibrary) -> None:
    facts = assess(case_of({"brain.cns_class": ["progressing"], **RADIOSURGERY}), library, AS_OF).facts
    open_ = Subset(frozenset(), frozenset({"progressing", "stable"}))
    assert facts.read("cns_class").value == open_
    yes, no = (facts.replacing("necrosis_in_question", Among.exactly(one), "") for one in (True, False))
    assert yes.read("cns_class").value == open_
    assert no.read("cns_class").value == Subset(frozenset({"progressing"}))


@pytest.mark.parametrize(
    "recorded",
    [
        {"brain.lesion_count": {"low": 0, "high": 0}},
        {"brain.lesion_count": {"low": 0, "high": 0}, **RADIOSURGERY},
        {"brain.metastases_present": False},
        {**lesions("resected"), **local_therapies({"kind": "surgery"})},
        lesions(),
    ],
    ids=["counted", "counted after radiosurgery", "said", "resected", "an empty table"],
)
def test_where_no_lesion_is_left_no_cohort_of_brain_metastases_fits_and_nothing_asks_what_they_are_like(
    recorded: dict[str, Any], library: EvidenceLibrary
) -> None:
    assessed = assess(case_of({**recorded, "brain.leptomeninges": "none"}), library, AS_OF)
    about = [result for result in assessed.cohorts if result.cohort.cns_class is not CohortClass.NONE]
    # two took patients without brain metastases too, one those whose relapse was treated, whatever was left of it
    others = {"her2climb-02/all", "her2climb-04/all", "bridget/all"}
    assert {result.id for result in about if result.outcome != "differs"} <= others
    asked = {field for ask in assessed.ask_next for field in ask.fields}
    of_lesions = ("cns_class", "necrosis_in_question", "largest_mm", "total_volume_ml", "lesion_count", "measurable",
                  "brainstem", "posterior_fossa", "eloquent", "near_hippocampus", "sites")  # fmt: skip
    assert asked.isdisjoint(f"brain.{name}" for name in of_lesions)
    outstanding = {gap.path for gap in assessed.readiness.outstanding}
    assert outstanding.isdisjoint(f"brain.{name}" for name in ("cns_class", "largest_mm", "measurable"))


@pytest.mark.parametrize(("age", "asked"), [(None, True), (55, True), (56, False), (65, False)])
def test_pregnancy_is_not_asked_about_above_55(age: int | None, asked: bool, library: EvidenceLibrary) -> None:
    recorded = {} if age is None else {"patient.age": age, "patient.sex": "female"}
    assert ("patient.pregnant" in asks(recorded, library)) is asked
    assert facts_of(case_of(recorded), library).read("pregnant").value is None, "not asked is not a no"


@pytest.mark.parametrize(("age", "early"), [(None, True), (50, True), (51, False), (55, False)])
def test_pregnancy_is_asked_about_after_the_kind_of_disease_above_50(
    age: int | None, early: bool, library: EvidenceLibrary
) -> None:
    asked = [*asks({} if age is None else {"patient.age": age}, library)]
    assert (asked.index("patient.pregnant") < asked.index("brain.leptomeninges")) is early


def test_pregnancy_is_not_asked_about_without_child_bearing_potential(library: EvidenceLibrary) -> None:
    assert "patient.pregnant" not in asks({"patient.age": 40, "patient.child_bearing": False}, library)


@pytest.mark.parametrize(
    ("later", "first"),
    [
        ("organs.ild_grade", {"organs.ild_history": True}),
        ("brain.leptomeninges_treated", {"brain.leptomeninges": "confirmed"}),
    ],
)
def test_what_follows_from_an_answer_is_asked_after_it(
    later: str, first: dict[str, Any], library: EvidenceLibrary
) -> None:
    assert later not in asks({}, library)
    assert later in asks(first, library)


def test_a_lesion_of_the_cord_is_not_asked_about_where_nothing_presses_on_it(library: EvidenceLibrary) -> None:
    assert "brain.spinal_cord" in asks({}, library)
    assert "brain.spinal_cord" not in asks({"urgency.cord_compression": False}, library)


def test_an_option_that_waits_for_its_source_asks_the_clinic_nothing(library: EvidenceLibrary) -> None:
    stratum = Leaf(fact="cns_class", operator="stratum", operand="untreated")
    shipped_option = library.options_by_id["t-dxd"]
    only = shipped_option.model_copy(
        update={"conditions": (shipped_option.conditions[0].model_copy(update={"when": stratum}),), "used_when": None}
    )
    mixed = case_of({"brain.cns_class": ["stable", "untreated"]})
    assessed = assess(mixed, replace(library, options=(only,), cautions=()), AS_OF)
    assert assessed.options[0].standing == "cannot_tell"
    assert "brain.cns_class" not in {ask.field for ask in assessed.ask_next}


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


FOUR = ("symptoms", "brainstem_lesion", "near_hippocampus", "trial_willing")
FIELDS = ("neurology.symptoms_present", "brain.brainstem", "brain.near_hippocampus", "patient.trial_willing")


def yes(fact: str) -> Leaf:
    return Leaf(fact=fact, operator="is", operand=True)


def either(one: str, two: str, three: str, four: str) -> AnyOf:
    """Build 'one and two, or three and four': where it is open, no single answer decides it."""
    return AnyOf(any=(AllOf(all=(yes(one), yes(two))), AllOf(all=(yes(three), yes(four)))))


def only(library: EvidenceLibrary, *criteria: Criterion) -> EvidenceLibrary:
    """Return a release of one cohort and one option that ask for ``criteria`` alone."""
    trial, option = library.trials_by_id["destiny-breast12"], library.options_by_id["t-dxd"]
    stated = (*trial.population, *trial.cohorts[0].population)[0]
    conditions = tuple(stated.model_copy(update={"when": criterion}) for criterion in criteria)
    bare = {"entry": (), "not_read": (), "no_limit": (), "study_drugs": ()}
    cohort = trial.cohorts[0].model_copy(update={"population": conditions, **bare})
    trial = trial.model_copy(update={"population": (), "cohorts": (cohort,), **bare})
    asked = tuple(option.conditions[0].model_copy(update={"when": criterion, "ask": False}) for criterion in criteria)
    option = option.model_copy(update={"conditions": asked, "trials": (trial.id,), "drugs": ()})
    nothing: Any = dict.fromkeys(("cautions", "guidelines", "conflicts"), ())
    return replace(library, trials=(trial,), options=(option,), **nothing)


def two_options(library: EvidenceLibrary, *populations: tuple[Leaf, ...]) -> EvidenceLibrary:
    """Return a release of an option that asks for symptoms, and one that asks for near_hippocampus.

    The second has one cohort for each of ``populations``.
    """
    small = only(library, yes("symptoms"))
    (option,), (trial,) = small.options, small.trials
    (stated,) = trial.cohorts[0].population
    cohorts = tuple(
        trial.cohorts[0].model_copy(
            update={"id": f"c{n}", "population": tuple(stated.model_copy(update={"when": leaf}) for leaf in leaves)}
        )
        for n, leaves in enumerate(populations)
    )
    near = option.conditions[0].model_copy(update={"when": yes("near_hippocampus")})
    first = option.model_copy(update={"name": "First option", "trials": ()})
    second = library.options_by_id["t-dm1"].model_copy(
        update={"name": "Second option", "conditions": (near,), "trials": (trial.id,), "drugs": (), "used_when": None}
    )
    return replace(small, trials=(trial.model_copy(update={"cohorts": cohorts}),), options=(first, second))


def test_a_question_names_the_options_that_wait_for_it_themselves_or_by_their_cohorts(library: EvidenceLibrary) -> None:
    listed = assess(case_of(), two_options(library, (yes("brainstem_lesion"),)), AS_OF)
    named = {ask.field: (ask.cohorts, ask.options, ask.named) for ask in listed.ask_next if ask.cohorts or ask.options}
    assert {field: named[field] for field in FIELDS[:3]} == {
        "neurology.symptoms_present": (0, 1, ("First option",)),
        "brain.brainstem": (1, 0, ("Second option",)),
        "brain.near_hippocampus": (0, 1, ("Second option",)),
    }


def test_what_a_cohort_that_differs_anyway_does_not_know_is_not_asked(library: EvidenceLibrary) -> None:
    both = two_options(library, (yes("brainstem_lesion"), yes("trial_willing")), (yes("steroid_given"),))
    asked = {
        said: {ask.field for ask in assess(case_of({"brain.brainstem": said}), both, AS_OF).ask_next if ask.cohorts}
        for said in (True, False)
    }
    assert asked == {
        True: {"patient.trial_willing", "neurology.steroid_given"},
        False: {"neurology.steroid_given"},
    }


def settling(listed: Assessment) -> dict[tuple[str, ...], tuple[int, int]]:
    """Return the cohorts and options by the fields asked for."""
    return {ask.fields: (ask.cohorts, ask.options) for ask in listed.ask_next if ask.cohorts or ask.options}


def test_facts_that_alone_settle_nothing_are_asked_for_in_pairs(library: EvidenceLibrary) -> None:
    listed = assess(case_of(), only(library, either(*FOUR)), AS_OF)
    assert set(listed.cohorts[0].waits_for) == set(FOUR)
    assert listed.options[0].standing == "cannot_tell"
    assert {frozenset(pair) for pair in settling(listed)} == {frozenset(pair) for pair in combinations(FIELDS, 2)}
    assert set(settling(listed).values()) == {(1, 1)}
    pair = next(ask for ask in listed.ask_next if set(ask.facts) == {"symptoms", "trial_willing"})
    assert pair.label == "Neurological symptoms now, together with: Willing to join a trial"
    assert pair.asks == "oncology and patient"
    known = case_of(absences={"patient.trial_willing": {"reason": "not_done", "owner": "AB"}})
    assert [as_outstanding(pair, path, known).owner for path in pair.fields] == ["oncology and patient", "AB"]


def test_a_fact_that_settles_one_criterion_does_not_count_for_another(library: EvidenceLibrary) -> None:
    """Symptoms decide the second criterion alone and the first only beside another fact."""
    listed = assess(case_of(), only(library, either(*FOUR), yes("symptoms")), AS_OF)
    assert settling(listed)[("neurology.symptoms_present",)] == (1, 1)
    assert len(settling(listed)) == 1 + 6


def test_only_the_pairs_that_decide_are_asked_for(library: EvidenceLibrary) -> None:
    """Of three open alternatives only both parts of one decide: two refusals leave the third."""
    flags = (*FOUR, "steroid_given", "measurable_cns")
    knot = AnyOf(any=tuple(AllOf(all=(yes(one), yes(two))) for one, two in zip(flags[::2], flags[1::2], strict=True)))
    listed = assess(case_of(), only(library, knot), AS_OF)
    decided = {frozenset(ask.facts) for ask in listed.ask_next if ask.cohorts}
    assert decided == {frozenset(pair) for pair in zip(flags[::2], flags[1::2], strict=True)}


def test_two_facts_of_one_field_are_one_question(library: EvidenceLibrary) -> None:
    knot = either("prior_wbrt", "near_hippocampus", "prior_radiosurgery", "symptoms")
    assert settling(assess(case_of(), only(library, knot), AS_OF)) == {("brain.local_therapies",): (1, 1)}


def test_a_criterion_already_decided_does_not_make_a_fact_worth_asking(library: EvidenceLibrary) -> None:
    decided = AnyOf(any=(yes("symptoms"), yes("steroid_given")))
    listed = assess(case_of({"neurology.steroid_given": True}), only(library, decided), AS_OF)
    assert listed.cohorts[0].population.met == 1
    assert settling(listed) == {}


def test_an_answer_leaves_the_other_of_a_pair_to_be_asked_alone(library: EvidenceLibrary) -> None:
    small = only(library, either(*FOUR))
    answered = case_of({"brain.near_hippocampus": False})
    listed = assess(answered, small, AS_OF, assess(case_of(), small, AS_OF))
    assert set(settling(listed)) == {("neurology.symptoms_present",), ("brain.brainstem",)}


def test_a_study_drug_that_only_the_program_asks_about_counts_its_cohorts(library: EvidenceLibrary) -> None:
    """'Not given before' is the program's own question: no criterion of a source is behind it."""
    cohort = library.trials_by_id["destiny-breast12"].cohorts[0]
    bare = cohort.model_copy(
        update={"population": (), "entry": (), "not_read": (), "no_limit": (), "study_drugs": ("tucatinib",)}
    )
    empty = {"population": (), "entry": (), "not_read": (), "no_limit": (), "allowed": (), "cohorts": (bare,)}
    alone = library.trials_by_id["destiny-breast12"].model_copy(update=empty)
    about = library.options_by_id["t-dxd"].model_copy(update={"trials": (alone.id,), "drugs": ()})
    small = replace(library, trials=(alone,), options=(about,), cautions=(), guidelines=(), conflicts=())
    (ask,) = (ask for ask in assess(case_of(), small, AS_OF).ask_next if "given.tucatinib" in ask.facts)
    assert ask.cohorts == 1


def test_an_ask_noted_as_asked_keeps_who_and_when_somebody_already_named(library: EvidenceLibrary) -> None:
    named = case_of({"meeting.date": "2026-11-26"}, absences={"patient.ecog": {"reason": "not_done", "owner": "AB"}})
    ask = next(ask for ask in assess(named, library, AS_OF).ask_next if ask.field == "patient.ecog")
    noted = as_outstanding(ask, ask.field, named)
    assert (noted.reason, noted.owner, str(noted.due)) == ("pending", "AB", "2026-11-26")
    assert as_outstanding(ask, ask.field, case_of()).owner == "oncology"
    assert as_outstanding(ask, ask.field, case_of()).due is None
    noted = {"reason": "not_done", "note": "ask the ward", "due": "2026-11-24"}
    kept = as_outstanding(ask, ask.field, case_of({"meeting.date": "2026-11-26"}, absences={"patient.ecog": noted}))
    assert (kept.note, str(kept.due)) == ("ask the ward", "2026-11-24")


@pytest.mark.parametrize("reason", ["declined", "not_applicable"])
def test_a_reason_that_says_no_answer_will_come_is_not_turned_into_a_question(
    reason: str, library: EvidenceLibrary
) -> None:
    case = case_of(absences={"patient.ecog": {"reason": reason}})
    ask = next(ask for ask in assess(case_of(), library, AS_OF).ask_next if ask.field == "patient.ecog")
    assert as_outstanding(ask, ask.field, case) == case.absences["patient.ecog"]
