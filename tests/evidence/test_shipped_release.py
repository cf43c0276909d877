"""The release that is shipped: whole, traced to its sources, complete in kinds, honest about silence."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from support.records import walk
from support.releases import release
from support.screen import TODAY
from support.strategies import AS_OF, case_of, cases, facts_of, local_therapies, specimens

from her2board import paths
from her2board.assessment.cohorts import compare_cohorts
from her2board.case.model import Case
from her2board.case.terms import Discipline, OptionKind
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import problems_of
from her2board.evidence.records import Cohort, Condition, Trial
from her2board.evidence.references import Source
from her2board.evidence.values import Measured
from her2board.logic.criteria import leaves
from her2board.logic.evaluate import truth_of
from her2board.logic.truth import Truth

LIBRARY = release()
COHORTS = [pytest.param(trial, cohort, id=f"{trial.id}/{cohort.id}") for trial, cohort in LIBRARY.cohorts()]
RECORDS = (
    *LIBRARY.trials,
    *LIBRARY.guidelines,
    *LIBRARY.options,
    *LIBRARY.cautions,
    *LIBRARY.local_therapy,
    *LIBRARY.background,
    LIBRARY.pause,
    LIBRARY.release,
)


def test_the_shipped_release_has_no_problem() -> None:
    assert problems_of() == ()


def test_every_registered_trial_is_there() -> None:
    expected = (
        "destiny-breast12 destiny-breast03 destiny-breast-pooled destiny-breast01 tuxedo-1 debbrah roset-bm fabi-2025 "
        "her2climb tbcrc-022 permeate landscape kamilla emilia"
    )
    assert {trial.id for trial in LIBRARY.trials} >= set(expected.split())


@pytest.mark.parametrize(
    "id_", ["destiny-breast12/active-untreated", "her2climb/stable", *(f"debbrah/cohort-{n}" for n in range(1, 6))]
)
def test_a_cohort_named_in_the_design_is_there(id_: str) -> None:
    assert LIBRARY.cohorts_by_id[id_][1].id == id_.partition("/")[2]


def test_every_number_has_a_reference_that_exists_and_a_place_in_it() -> None:
    measured = [part for record in RECORDS for _, part in walk(record) if isinstance(part, Measured)]
    sources = [part for record in RECORDS for _, part in walk(record) if isinstance(part, Source)]
    assert len(measured) > 100
    for source in sources:
        assert source.ref in LIBRARY.references
        assert len(source.locator.strip()) >= 3, source


def test_every_reference_is_used_and_says_what_it_is() -> None:
    used = {part.ref for record in RECORDS for _, part in walk(record) if isinstance(part, Source)}
    used |= {group.ref for group in LIBRARY.guidelines}
    assert set(LIBRARY.references) - used == set()
    for reference in LIBRARY.references.values():
        assert any((reference.title, reference.journal, reference.doi, reference.registry, reference.note)), (
            reference.id
        )


def test_no_measured_value_is_a_convention_of_the_program() -> None:
    for record in RECORDS:
        for _, part in walk(record):
            if isinstance(part, Measured):
                assert part.source.read_in != "program", part


def test_a_value_from_a_secondary_report_is_marked_and_some_are() -> None:
    sources = [part for record in RECORDS for _, part in walk(record) if isinstance(part, Source)]
    marked = [source for source in sources if source.secondary]
    assert marked
    assert all(source.read_in == "secondary_report" for source in marked)
    assert len(marked) < len(sources)


@pytest.mark.parametrize(("trial", "cohort"), COHORTS)
def test_a_fact_is_either_a_criterion_or_not_stated(trial: Trial, cohort: Cohort) -> None:
    conditions = _conditions(trial, cohort)
    stated = {leaf.fact for condition in conditions for leaf in leaves(condition.when)}
    stated |= {entry.fact for entry in (*trial.allowed, *cohort.allowed)}
    silent = [name for name, _ in (*trial.not_stated, *cohort.not_stated)]
    assert stated & set(silent) == set()
    assert len(silent) == len(set(silent))


def _conditions(trial: Trial, cohort: Cohort) -> tuple[Condition, ...]:
    return (*trial.population, *cohort.population, *trial.entry, *cohort.entry)


ABOUT_THE_BRAIN = {"cns_class", "brain_metastases", "leptomeningeal_disease", "leptomeningeal_status", "measurable_cns"}


@pytest.mark.parametrize(("trial", "cohort"), COHORTS)
def test_every_cohort_says_who_its_patients_were(trial: Trial, cohort: Cohort) -> None:
    stated = {leaf.fact for condition in (*trial.population, *cohort.population) for leaf in leaves(condition.when)}
    stated |= {entry.fact for entry in (*trial.allowed, *cohort.allowed)}
    assert "her2_status" in stated
    if "brain_metastases" in dict((*trial.not_stated, *cohort.not_stated)):
        assert cohort.cns_class == "none"
        assert trial.cns_relevance
    else:
        assert stated & ABOUT_THE_BRAIN


@pytest.mark.parametrize(("trial", "cohort"), COHORTS)
def test_patients_counted_twice_are_named_on_both_sides(trial: Trial, cohort: Cohort) -> None:
    own = f"{trial.id}/{cohort.id}"
    assert own not in cohort.same_patients_as
    for other in cohort.same_patients_as:
        trial_id = other.partition("/")[0]
        if trial_id == trial.id:
            assert own in LIBRARY.cohorts_by_id[other][1].same_patients_as, other


def test_a_pooled_study_names_what_it_holds_or_says_that_it_was_not_read() -> None:
    for trial in LIBRARY.trials:
        if trial.design == "pooled" and not trial.contains:
            assert "not read" in (trial.note or ""), trial.id


def test_every_kind_of_option_is_there() -> None:
    assert {option.kind for option in LIBRARY.options} == set(OptionKind)


def test_options_have_their_own_place_in_the_list() -> None:
    places = [option.order for option in LIBRARY.options]
    assert places == sorted(places)
    assert len(places) == len(set(places))


def test_every_option_rests_on_a_statement_or_a_trial() -> None:
    spoken = {id_ for _, statement in LIBRARY.statements.values() for id_ in statement.options}
    for option in LIBRARY.options:
        assert option.trials or option.id in spoken or option.kind in ("trial", "supportive"), option.id


def test_whole_brain_radiotherapy_has_as_much_room_as_its_alternatives() -> None:
    pause = LIBRARY.pause
    whole_brain = [one for one in pause.alternatives if "WBRT" in one.name and "deferred" not in one.name]
    always = [one for one in pause.alternatives if one.when is None and one not in whole_brain]
    assert len(whole_brain) == 3
    assert len(pause.reasonable) >= len(always)
    assert {"medical_oncology", "radiation_oncology", "neurosurgery", "neuroradiology"} <= {
        role.discipline for role in pause.disciplines
    }
    assert {role.discipline for role in pause.disciplines} <= set(Discipline)


def test_the_review_is_due_after_the_release_and_ages_are_ordered() -> None:
    release = LIBRARY.release
    assert date.fromisoformat(release.as_of) < date.fromisoformat(release.review_by)
    assert 0 < release.amber_after_days < release.red_after_days
    assert LIBRARY.age_days(date.fromisoformat(release.as_of)) == 0


def test_remarks_are_each_about_another_fact_and_two_facts_stay_open() -> None:
    names = [entry.fact for entry in LIBRARY.release.remarks]
    assert len(names) == len(set(names))
    assert {"ild_history", "lvef_percent", "ecog", "dexamethasone_mg", "pregnant", "prior_wbrt"} <= set(names)
    assert [e.fact for e in LIBRARY.release.kept_open] == ["leptomeningeal_disease", "immediate_local_therapy"]


@given(cases(tuple(field for spec in LIBRARY.catalogue.values() for field in spec.fields), at_least=12))
def test_a_cohort_of_her2_low_disease_never_resembles_a_her2_positive_case(case: Case) -> None:
    positive = case.tumour.model_copy(update={"specimens": case_of(specimens({"ihc": "3+"})).tumour.specimens})
    facts = facts_of(case.model_copy(update={"tumour": positive}), LIBRARY)
    result = next(one for one in compare_cohorts(LIBRARY, facts) if one.id == "debbrah/cohort-4")
    assert result.outcome == "differs"
    assert result.population.truth is Truth.NOT_MET


def test_the_day_of_the_screen_tests_lies_inside_the_release(library: EvidenceLibrary) -> None:
    assert date.fromisoformat(library.release.as_of) <= TODAY < date.fromisoformat(library.release.review_by)


def test_every_example_and_every_record_lies_where_the_program_looks() -> None:
    assert (paths.evidence_dir() / "release.yaml").is_file()
    assert paths.example_case("cr18-untreated-asymptomatic").is_file()


@pytest.mark.parametrize("trial", ["kamilla", "tuxedo-4"])
@pytest.mark.parametrize(
    ("given", "truth"),
    [
        ([{"kind": "spinal_radiotherapy", "day": "2026-11-12"}], Truth.NOT_MET),
        ([{"kind": "extracranial_radiotherapy", "day": "2026-10-01"}], Truth.MET),
        ([{"kind": "spinal_surgery", "day": "2026-11-12"}], Truth.MET),
        ([], Truth.MET),
        ([{"kind": "kind_not_known", "day": "2026-11"}], Truth.UNKNOWN),
    ],
)
def test_radiotherapy_of_any_site_counts_where_a_trial_counts_it(trial: str, given: list[Any], truth: Truth) -> None:
    facts = facts_of(case_of(local_therapies(*given)), LIBRARY, AS_OF)
    asked = [part.when for part in LIBRARY.trials_by_id[trial].entry if part.text.startswith("Radiotherapy")]
    assert [truth_of(one, facts) for one in asked] == [truth]
