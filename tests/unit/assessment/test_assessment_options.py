"""The standing of an option: its precedence, its reasons, its cautions; never its merit."""

from typing import Any

import pytest
from msgspec.structs import replace
from support.strategies import AS_OF, case_of, full_case, lines, local_therapies, specimens

from her2board.assessment.assess import assess
from her2board.assessment.model import OptionResult
from her2board.case.terms import OptionKind
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Cohort
from her2board.logic.truth import Truth

POSITIVE = specimens({"ihc": "3+"})
T_DXD_OPEN = {**POSITIVE, **lines({"drugs": ["docetaxel"], "setting": "metastatic"}), "organs.ild_history": False}
USED = lines({"drugs": ["Enhertu"], "setting": "metastatic"})


def option(id_: str, recorded: dict[str, Any], library: EvidenceLibrary) -> OptionResult:
    return next(one for one in assess(case_of(recorded), library, AS_OF).options if one.id == id_)


def test_an_option_with_every_condition_met_is_for_discussion(library: EvidenceLibrary) -> None:
    result = option("t-dxd", T_DXD_OPEN, library)
    assert (result.standing, result.standing_words, result.because) == ("for_discussion", "for discussion", ())


@pytest.mark.parametrize(
    ("id_", "recorded", "words"),
    [
        ("surgery", {"patient.declines": ["brain surgery"]}, "does not apply"),
        ("t-dxd", specimens({"ihc": "0"}), "recorded facts speak against it"),
    ],
)
def test_a_choice_before_radiation_does_not_apply_where_facts_speak_against_a_drug(
    id_: str, recorded: dict[str, Any], words: str, library: EvidenceLibrary
) -> None:
    result = option(id_, recorded, library)
    assert (result.standing, result.standing_words) == ("facts_against", words)


def test_a_missing_fact_makes_it_cannot_tell_and_is_named(library: EvidenceLibrary) -> None:
    result = option("t-dxd", {**POSITIVE, **lines()}, library)
    assert result.standing == "cannot_tell"
    assert result.because == ("ILD or pneumonitis ever: not recorded",)


def test_a_recorded_fact_against_it_is_named(library: EvidenceLibrary) -> None:
    result = option("t-dxd", {**T_DXD_OPEN, "organs.ild_history": True, "organs.ild_grade": 3}, library)
    assert result.standing == "facts_against"
    assert result.because == ("Highest ILD grade: 3",)


@pytest.mark.parametrize(
    ("row", "standing", "words"),
    [
        ({"stop": "2025-03"}, "already_used", "T-DXd given for metastatic disease: yes, metastatic"),
        ({"ongoing": True}, "in_use", "T-DXd given now: yes, metastatic"),
        ({"ongoing": True, "progressed_in": "brain"}, "in_use", "T-DXd given now: yes, metastatic"),
        ({"ongoing": True, "reason_stopped": "progression"}, "already_used", "ongoing, yet with a reason for stopping"),
        ({}, "already_used", "whether it goes on is not recorded"),
    ],
)
def test_a_drug_given_for_metastatic_disease_is_in_use_or_already_used(
    row: dict[str, Any], standing: str, words: str, library: EvidenceLibrary
) -> None:
    given = lines({"drugs": ["trastuzumab deruxtecan"], "setting": "metastatic", **row})
    result = option("t-dxd", {**POSITIVE, **given}, library)
    assert result.standing == standing
    assert words in " ".join(result.because)


def test_a_drug_given_in_early_disease_only_is_a_caution_with_the_time_since(library: EvidenceLibrary) -> None:
    early = lines(
        {"drugs": ["trastuzumab deruxtecan"], "setting": "adjuvant", "start": "2025-01", "stop": "2025-09-20"}
    )
    result = option("t-dxd", {**POSITIVE, "organs.ild_history": False, **early}, library)
    assert result.standing == "caution"
    assert any("ended 14 months before" in reason for reason in result.because)


@pytest.mark.parametrize(
    ("rows", "standing"),
    [
        ([["tucatinib", "T-DM1"]], "already_used"),
        ([["tucatinib"], ["T-DM1"]], "already_used"),
        ([["tucatinib", "trastuzumab", "capecitabine"], ["T-DM1"]], "facts_against"),
    ],
)
def test_a_combination_is_used_only_if_its_drugs_were_given_together(
    rows: list[list[str]], standing: str, library: EvidenceLibrary
) -> None:
    days = [("2025-01-02", "2025-03-01"), ("2025-01-10" if len(rows[0]) == 1 else "2025-08-01", "2025-12-01")]
    given = [
        {"drugs": drugs, "setting": "metastatic", "start": start, "stop": stop, "reason_stopped": "progression"}
        for drugs, (start, stop) in zip(rows, days, strict=False)
    ]
    assert option("tucatinib-t-dm1", {**POSITIVE, **lines(*given)}, library).standing == standing


def test_a_caution_is_named_with_its_source(library: EvidenceLibrary) -> None:
    result = option("t-dxd", {**T_DXD_OPEN, "organs.lvef_percent": 45.0}, library)
    assert result.standing == "caution"
    assert any("LVEF: 45 %" in reason for reason in result.because)
    assert all(caution.truth is Truth.MET and caution.source.ref in library.references for caution in result.cautions)


@pytest.mark.parametrize(
    ("recorded", "standing"),
    [
        ({**USED, **specimens({"ihc": "0"}), "organs.lvef_percent": 45.0}, "already_used"),
        ({**T_DXD_OPEN, **specimens({"ihc": "0"}), "organs.lvef_percent": 45.0}, "facts_against"),
        ({**specimens({"ihc": "0"})}, "facts_against"),
        ({**POSITIVE, "organs.lvef_percent": 45.0}, "cannot_tell"),
        ({**T_DXD_OPEN, "organs.lvef_percent": 45.0}, "caution"),
    ],
)
def test_used_goes_before_against_before_unknown_before_caution(
    recorded: dict[str, Any], standing: str, library: EvidenceLibrary
) -> None:
    assert option("t-dxd", recorded, library).standing == standing


def test_earlier_whole_brain_radiotherapy_nobody_asked_about_leaves_it_open(library: EvidenceLibrary) -> None:
    """'Already used' that cannot be judged is not 'not used'."""
    known = {"brain.lesion_count": {"low": 12}, "patient.goals": "to stay at work"}
    assert option("wbrt-conventional", known, library).standing == "cannot_tell"
    assert option("wbrt-conventional", {**known, **local_therapies()}, library).standing == "for_discussion"
    given = {**known, **local_therapies({"kind": "whole_brain"})}
    assert option("wbrt-conventional", given, library).standing == "already_used"


def test_a_caution_whose_fact_is_missing_is_to_ask_and_holds_nothing_back(library: EvidenceLibrary) -> None:
    result = option("t-dxd", T_DXD_OPEN, library)
    assert result.standing == "for_discussion"
    assert result.to_ask
    assert all(caution.truth is Truth.UNKNOWN and caution.facts_missing for caution in result.to_ask)
    asked = {caution.id for caution in result.to_ask}
    assert not asked & {caution.id for caution in result.cautions}
    assert not asked & {caution.id for caution in library.cautions if not caution.ask}


def test_every_option_is_there_in_its_fixed_place_whatever_the_case(library: EvidenceLibrary) -> None:
    order = [one.id for one in library.options]
    for case in (case_of(), case_of(T_DXD_OPEN), full_case()):
        assert [one.id for one in assess(case, library, AS_OF).options] == order


def test_recorded_urgency_makes_drugs_context_and_local_therapy_not(library: EvidenceLibrary) -> None:
    results = assess(case_of({**T_DXD_OPEN, "urgency.mass_effect": True}), library, AS_OF).options
    context = [one for one in results if one.standing_words.startswith("context only, local pathway first; ")]
    local = [one for one in results if one not in context]
    assert {one.kind for one in context} == {"systemic", "intrathecal", "combination", "trial", "deferral"}
    assert {one.kind for one in local} == set(OptionKind) - {one.kind for one in context}


def test_statements_that_speak_of_the_case_come_first_and_newest_first(library: EvidenceLibrary) -> None:
    order = {Truth.MET: 0, Truth.UNKNOWN: 1, Truth.NOT_MET: 2}
    for result in assess(case_of(T_DXD_OPEN), library, AS_OF).options:
        keys = [(order[one.applies], -(one.year or 0), one.id) for one in result.statements]
        assert keys == sorted(keys)


def test_a_statement_says_what_in_the_case_it_speaks_of(library: EvidenceLibrary) -> None:
    said = {one.id: one for one in option("t-dxd", {**POSITIVE, "organs.lvef_percent": 40.0}, library).statements}
    assert (said["asco-her2-lvef"].applies, said["asco-her2-lvef"].reason) == (Truth.MET, "LVEF: 40 %")
    assert all((one.applies, one.reason) == (Truth.MET, "") for id_, one in said.items() if spoken_to_all(id_, library))


def spoken_to_all(statement: str, library: EvidenceLibrary) -> bool:
    group, said = library.statements[statement]
    return said.when is None and group.about is None


def test_a_statement_follows_the_fact_it_speaks_of(library: EvidenceLibrary) -> None:
    before = assess(case_of({"organs.lvef_percent": 40.0}), library, AS_OF)
    after = assess(case_of({"organs.lvef_percent": 60.0}), library, AS_OF, before)
    said = {one.id: one for option in after.options for one in option.statements}
    assert (said["asco-her2-lvef"].applies, said["asco-her2-lvef"].reason) == (Truth.NOT_MET, "LVEF: 60 %")


def test_sources_that_disagree_about_an_option_stand_beside_it_the_older_first(library: EvidenceLibrary) -> None:
    (conflict,) = (one for one in option("t-dxd-pertuzumab", {}, library).conflicts if one.id == "relapse-interval")
    years = [side.year or 0 for side in conflict.sides]
    assert len(years) > 1
    assert years == sorted(years)


def test_the_nearest_cohort_has_the_fewest_differences(library: EvidenceLibrary) -> None:
    assessed = assess(case_of({**T_DXD_OPEN, "brain.cns_class": ["untreated"]}), library, AS_OF)
    result = next(one for one in assessed.options if one.id == "t-dxd")
    nearest, furthest = assessed.cohort(result.cohorts[0]), assessed.cohort(result.cohorts[-1])
    assert nearest.population.not_met == 0
    assert furthest.kind is Truth.UNKNOWN
    assert {assessed.cohort(id_).trial.id for id_ in result.cohorts} <= set(result.option.trials)


def test_a_cohort_of_another_kind_of_disease_is_never_nearest(library: EvidenceLibrary) -> None:
    meninges = {**T_DXD_OPEN, "brain.leptomeninges": "confirmed", "brain.cns_class": ["untreated"]}
    result = option("t-dxd", meninges, library)
    classes = [library.cohorts_by_id[id_][1].cns_class for id_ in result.cohorts]
    assert classes[0] == "leptomeningeal"
    assert "stable" not in classes


def asked(*facts: str, **more: Any) -> dict[str, Any]:
    """Return a cohort that asks for facts to be so."""
    source = {"ref": "harbeck-2024", "locator": "abstract", "read_in": "primary_abstract"}
    conditions = [{"text": fact, "when": {"fact": fact, "is": True}, "source": source} for fact in facts]
    half = len(conditions) // 2
    return {"population": tuple(conditions[:half]), "entry": tuple(conditions[half:]), "cns_class": "stable", **more}


YES_AND_NO = {"neurology.steroid_given": True, "brain.measurable": True, "brain.brainstem": False}
MET, ALSO_MET, NOT_MET = "steroid_given", "measurable_cns", "brainstem_lesion"
OPEN = "near_hippocampus"


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (asked(NOT_MET, MET), asked(NOT_MET, NOT_MET)),
        (asked(MET, ALSO_MET), asked(MET, OPEN)),
        (asked(MET), asked(MET, cns_class="active")),
        (asked(MET, cns_class="active"), asked(MET, cns_class="mixed")),
    ],
    ids=["fewest differences", "all met", "one class", "active before mixed"],
)
def test_cohorts_stand_nearest_first(near: dict[str, Any], far: dict[str, Any], library: EvidenceLibrary) -> None:
    shipped = library.trials_by_id["destiny-breast12"]
    bare: dict[str, Any] = {"population": (), "entry": (), "not_read": (), "no_limit": (), "study_drugs": ()}
    bodies = [{"id": id_, "label": "C", **cohort} for id_, cohort in (("a-far", far), ("b-near", near))]
    made = shipped.model_copy(update={**bare, "cohorts": tuple(Cohort.model_validate(one) for one in bodies)})
    only = library.options_by_id["t-dxd"].model_copy(update={"trials": (made.id,)})
    found = assess(case_of(YES_AND_NO), replace(library, trials=(made,), options=(only,)), AS_OF)
    assert found.options[0].cohorts == (f"{made.id}/b-near", f"{made.id}/a-far")


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("radiotherapy to the brain", "facts_against"),
        ("whole-brain radiotherapy", "facts_against"),
        ("radiotherapy to the breast", "for_discussion"),
        ("WBRT without hippocampal avoidance", "for_discussion"),
        ("surgery to the brain", "for_discussion"),
    ],
)
def test_a_recorded_refusal_speaks_against_the_option_it_names(
    words: str, standing: str, library: EvidenceLibrary
) -> None:
    recorded = {
        "brain.lesion_count": {"low": 3, "high": 3},
        "brain.leptomeninges": "none",
        "patient.goals": "as reported",
        "patient.declines": [words],
        **local_therapies(),
    }
    found = next(o for o in assess(case_of(recorded), library, AS_OF).options if o.id == "wbrt-conventional")
    assert found.standing == standing
    assert (words in " ".join(found.because)) == (standing == "facts_against")


def test_who_declines_every_local_therapy_declines_to_go_on_beside_one(library: EvidenceLibrary) -> None:
    for declined, against in ((["surgery of the brain", "radiation of the brain"], True), (["brain surgery"], False)):
        options = assess(case_of({"patient.declines": declined}), library, AS_OF).options
        found = next(o for o in options if o.id == "local-and-same-systemic")
        assert (found.standing == "facts_against") == against


def test_what_the_meeting_judges_is_asked_and_withholds_nothing_until_the_answer_is_no(
    library: EvidenceLibrary,
) -> None:
    known: dict[str, Any] = {
        "brain.lesion_count": {"low": 3, "high": 3}, "brain.largest_mm": 12, "brain.cns_class": ["untreated"],
        "access.radiosurgery": "here",
    }  # fmt: skip
    found = [
        option("radiosurgery", {**known, **said}, library)
        for said in ({}, {"access.radiosurgery_feasible": True}, {"access.radiosurgery_feasible": False})
    ]
    assert [one.standing for one in found] == ["for_discussion", "for_discussion", "facts_against"]
    asked = [[name for one in result.to_ask for name in one.facts_missing] for result in found]
    assert ["radiosurgery_feasible" in names for names in asked] == [True, False, False]
