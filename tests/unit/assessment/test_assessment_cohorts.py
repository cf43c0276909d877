"""A cohort beside a case: criterion by criterion, with silence and implied rules."""

from typing import Any

import pytest
from msgspec.structs import replace
from support.made_up import ECOG, HER2, SOURCE, trial
from support.strategies import AS_OF, case_of, facts_of, lines, local_therapies, specimens

from her2board.assessment.assess import assess
from her2board.assessment.cohorts import compare_cohorts
from her2board.assessment.model import CohortResult
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Trial
from her2board.logic.truth import Truth

POSITIVE = specimens({"ihc": "3+"})


def compare(library: EvidenceLibrary, recorded: dict[str, Any], *trials: Trial) -> tuple[CohortResult, ...]:
    return compare_cohorts(replace(library, trials=trials), facts_of(case_of(recorded), library))


def one(library: EvidenceLibrary, recorded: dict[str, Any], made: Trial) -> CohortResult:
    (result,) = compare(library, recorded, made)
    return result


@pytest.mark.parametrize(
    ("recorded", "outcome", "population", "entry"),
    [
        ({**POSITIVE, "patient.ecog": 1}, "all_met", (1, 0, 0), (1, 0, 0)),
        ({**POSITIVE, "patient.ecog": 2}, "differs", (1, 0, 0), (0, 1, 0)),
        (POSITIVE, "cannot_tell", (1, 0, 0), (0, 0, 1)),
        ({**specimens({"ihc": "0"})}, "differs", (0, 1, 0), (0, 0, 1)),
        ({}, "cannot_tell", (0, 0, 1), (0, 0, 1)),
    ],
)
def test_the_outcome_follows_from_population_and_entry_with_counts(
    recorded: dict[str, Any],
    outcome: str,
    population: tuple[int, int, int],
    entry: tuple[int, int, int],
    library: EvidenceLibrary,
) -> None:
    result = one(library, recorded, trial(population=(HER2,), entry=(ECOG,)))
    tallies = [(t.met, t.not_met, t.unknown) for t in (result.population, result.entry)]
    assert (result.outcome, *tallies) == (outcome, population, entry)
    assert result.population.total == result.entry.total == 1


def test_what_a_trial_asks_holds_for_each_of_its_cohorts(library: EvidenceLibrary) -> None:
    own = {"population": (HER2,)}
    results = compare(library, {**POSITIVE, "patient.ecog": 0}, trial("made-up", own, {}, entry=(ECOG,)))
    assert [len(result.findings) for result in results] == [2, 1]
    assert all(result.outcome == "all_met" for result in results)


def test_what_trial_and_cohort_ask_is_counted_together(library: EvidenceLibrary) -> None:
    asked = (
        {**ECOG, "when": {"fact": "lvef_percent", "at_least": 50}},
        {**ECOG, "when": {"fact": "age", "at_least": 18}},
    )
    recorded = {**POSITIVE, "patient.ecog": 2, "organs.lvef_percent": 60.0}
    for own in ("population", "entry"):
        made = trial("made-up", {own: asked}, **{own: (HER2, ECOG)})
        tally = getattr(one(library, recorded, made), own)
        assert (tally.truth, tally.met, tally.not_met, tally.unknown, tally.total) == (Truth.NOT_MET, 2, 1, 1, 4)


DRUG = {"study_drugs": ("tucatinib",)}


def implied(result: CohortResult) -> tuple[Truth, str]:
    (finding,) = [finding for finding in result.findings if finding.source is None]
    assert finding.criterion == "tucatinib not given before (implied)"
    assert finding.group == "population"
    return finding.truth, finding.reason


def test_a_study_drug_not_given_before_is_implied(library: EvidenceLibrary) -> None:
    given = lines({"drugs": ["Tukysa"], "setting": "metastatic"})
    assert implied(one(library, lines({"drugs": ["docetaxel"]}), trial(**DRUG)))[0] is Truth.MET
    assert implied(one(library, {}, trial(**DRUG)))[0] is Truth.UNKNOWN
    truth, reason = implied(one(library, given, trial(**DRUG)))
    assert truth is Truth.UNKNOWN
    assert reason.endswith("the source read does not say whether this was allowed")
    result = one(library, given, trial(**DRUG))
    assert (result.population.unknown, result.entry.total, result.outcome) == (1, 0, "cannot_tell")


def test_what_only_the_source_could_tell_is_missing_from_the_source_not_from_the_case(library: EvidenceLibrary) -> None:
    result = one(library, lines({"drugs": ["Tukysa"]}), trial(**DRUG))
    assert result.findings[0].facts_missing == ("source.given.tucatinib",)
    assert result.findings[0].facts_used == ("given.tucatinib",)


@pytest.mark.parametrize("fact", ["given.tucatinib", "given.her2_tki", "given_metastatic.tucatinib"])
def test_a_rule_of_the_source_on_the_drug_takes_the_place_of_the_implied_one(
    fact: str, library: EvidenceLibrary
) -> None:
    stated = {"text": "no TKI", "when": {"fact": fact, "is": False}, "source": SOURCE}
    result = one(library, lines({"drugs": ["Tukysa"], "setting": "metastatic"}), trial(population=(stated,), **DRUG))
    assert [finding.truth for finding in result.findings] == [Truth.NOT_MET]


def test_each_study_drug_is_implied_on_its_own(library: EvidenceLibrary) -> None:
    result = one(library, lines(), trial(study_drugs=("neratinib", "trastuzumab_emtansine")))
    assert [finding.criterion for finding in result.findings] == [
        "neratinib not given before (implied)",
        "T-DM1 not given before (implied)",
    ]


SILENT = {"not_read": ("ild_history", "measurable_cns"), "study_drugs": ("trastuzumab_deruxtecan",)}


def test_what_a_source_does_not_state_has_no_effect_on_an_unremarkable_case(library: EvidenceLibrary) -> None:
    for recorded in ({}, {"organs.ild_history": False}):
        result = one(library, {**lines(), **recorded}, trial(**SILENT))
        assert [finding.truth for finding in result.findings] == [Truth.MET]
        assert result.remarks == ()
        assert [fact for fact, _ in result.not_stated] == ["ild_history", "measurable_cns"]
        assert result.outcome == "all_met"


def test_a_notable_value_beside_a_silent_source_is_a_remark_and_no_finding(library: EvidenceLibrary) -> None:
    recorded = {**lines(), "organs.ild_history": True, "organs.ild_grade": 1}
    result = one(library, recorded, trial(**SILENT))
    (remark,) = result.remarks
    expected = "the source does not say whether this was allowed: ILD or pneumonitis ever: yes, grade 1"
    assert (remark.words, remark.why) == (expected, "not_read")
    assert [fact for fact, _ in result.not_stated] == ["measurable_cns"]
    assert result.outcome == "all_met"


def test_steroid_and_symptoms_of_the_cord_give_no_remark_on_any_cohort(library: EvidenceLibrary) -> None:
    of_the_cord = {
        "neurology.cord_symptoms": ["leg weakness"],
        "neurology.other_steroid_mg": 16.0,
        "neurology.other_steroid_reason": "spinal_cord",
        "neurology.symptoms_present": False,
        "neurology.steroid_given": False,
    }
    remarked = {False: of_the_cord, True: {"neurology.steroid_given": True, "neurology.dexamethasone_mg": 16.0}}
    for expected, recorded in remarked.items():
        results = assess(case_of(recorded), library, AS_OF).cohorts
        assert any(remark.fact in STEROID for result in results for remark in result.remarks) is expected


STEROID = ("steroid_given", "dexamethasone_mg", "symptoms")


def test_a_remark_beside_a_series_says_that_it_has_no_limits(library: EvidenceLibrary) -> None:
    series = trial(design="retrospective", prospective=False, no_limit=("pregnant",))
    (remark,) = one(library, {"patient.pregnant": True}, series).remarks
    assert remark.words == "the series has no entry limits and does not report this apart: Pregnant: yes"


def test_a_remark_is_for_the_drugs_it_is_about(library: EvidenceLibrary) -> None:
    recorded = {**lines(), "organs.ild_history": True}
    about_lapatinib = trial(not_read=("ild_history",), study_drugs=("lapatinib",))
    assert one(library, recorded, about_lapatinib).remarks == ()


def test_earlier_wbrt_is_remarked_only_where_an_outcome_in_the_brain_is_reported(library: EvidenceLibrary) -> None:
    def reported(kind: str) -> dict[str, Any]:
        return {"endpoints": ({"kind": kind, "unit": "months", "value": 7.0, "source": SOURCE},)}

    made = trial("a", reported("cns_pfs_median"), reported("pfs_median"), not_read=("prior_wbrt",))
    results = compare(library, local_therapies({"kind": "whole_brain"}), made)
    assert [len(result.remarks) for result in results] == [1, 0]


@pytest.mark.parametrize(
    ("fact", "notable", "unremarkable"),
    [
        ("ecog", {"patient.ecog": 2}, {"patient.ecog": 1}),
        ("dexamethasone_mg", {"neurology.dexamethasone_mg": 2.0}, {"neurology.steroid_given": False}),
        ("pregnant", {"patient.pregnant": True}, {"patient.menopause": "postmenopausal"}),
    ],
)
def test_every_notable_value_is_remarked_and_only_when_recorded(
    fact: str, notable: dict[str, Any], unremarkable: dict[str, Any], library: EvidenceLibrary
) -> None:
    made = trial(not_read=(fact,))
    assert [remark.fact for remark in one(library, notable, made).remarks] == [fact]
    assert one(library, unremarkable, made).remarks == one(library, {}, made).remarks == ()


def test_a_steroid_without_dose_is_notable_too(library: EvidenceLibrary) -> None:
    result = one(library, {"neurology.steroid_given": True}, trial(not_read=("dexamethasone_mg",)))
    assert [remark.fact for remark in result.remarks] == ["dexamethasone_mg"]


@pytest.mark.parametrize("status", [None, "suspected", "probable", "stated", "confirmed"])
def test_leptomeningeal_disease_stays_open_where_a_prospective_source_does_not_state_it(
    status: str | None, library: EvidenceLibrary
) -> None:
    recorded = {} if status is None else {"brain.leptomeninges": status}
    result = one(library, recorded, trial(not_read=("leptomeningeal_disease",)))
    assert [(found.truth, found.group) for found in result.findings] == [(Truth.UNKNOWN, "population")]
    assert result.kind is Truth.UNKNOWN
    series = trial(design="pooled", prospective=False, no_limit=("leptomeningeal_disease",))
    assert one(library, recorded, series).findings == ()


def test_leptomeninges_recorded_as_none_leave_nothing_open(library: EvidenceLibrary) -> None:
    result = one(library, {"brain.leptomeninges": "none"}, trial(silent=("leptomeningeal_disease",)))
    assert (result.findings, result.outcome) == ((), "all_met")


@pytest.mark.parametrize(("needed", "open_"), [(None, True), (True, True), (False, False)])
def test_immediate_local_therapy_stays_open_for_cohorts_of_metastases_in_the_brain(
    needed: bool | None, open_: bool, library: EvidenceLibrary
) -> None:
    recorded = {} if needed is None else {"urgency.immediate_local_therapy": needed}
    brain, meninges = {"cns_class": "active"}, {"cns_class": "leptomeningeal"}
    results = compare(library, recorded, trial("a", brain, meninges, not_read=("immediate_local_therapy",)))
    found = {result.cohort.cns_class.value: len(result.findings) for result in results}
    assert found == {"active": int(open_), "leptomeningeal": 0}


def test_a_wash_out_says_what_its_days_are_counted_to(library: EvidenceLibrary) -> None:
    washed = {"text": "7 days", "when": {"fact": "last_radiosurgery", "at_least_days_before": 7}, "source": SOURCE}
    made = trial(entry=(washed,))
    dated = one(library, local_therapies({"kind": "radiosurgery", "day": "2026-09"}), made).findings[0]
    assert dated.truth is Truth.MET
    assert "counted to the meeting; trials count to the first dose" in dated.reason
    never = one(library, local_therapies(), made).findings[0]
    assert (never.truth, never.reason) == (Truth.MET, "Last radiosurgery: none given")


def test_days_are_said_to_be_counted_only_where_days_are_compare(library: EvidenceLibrary) -> None:
    washed = {"fact": "last_radiosurgery", "at_least_days_before": 7}
    never = {"fact": "prior_radiosurgery", "is": False}
    dated = local_therapies({"kind": "radiosurgery", "day": "2026-09"})

    def reason(when: dict[str, Any]) -> str:
        made = trial(entry=({"text": "radiosurgery", "when": when, "source": SOURCE},))
        return one(library, dated, made).findings[0].reason

    assert "counted to the meeting" in reason({"any": (never, washed)})
    assert "counted to the meeting" not in reason({"fact": "last_radiosurgery", "recorded": True})


def test_a_recorded_mixed_class_is_open_for_a_stratum_and_nothing_is_missing_from_the_case(
    library: EvidenceLibrary,
) -> None:
    stratum = {"text": "untreated", "when": {"fact": "cns_class", "stratum": "untreated"}, "source": SOURCE}
    mixed = {"brain.cns_class": ["stable", "untreated"]}
    (finding,) = one(library, mixed, trial(population=(stratum,))).findings
    assert finding.truth is Truth.UNKNOWN
    assert "does not say how mixed disease was counted" in finding.reason
    assert finding.facts_missing == ("source.cns_class",)


SIZE = {
    **ECOG,
    "text": "No metastasis above 20 mm",
    "when": {"fact": "largest_lesion_mm", "at_most": 20},
    "left_open": {"why": "larger ones only by agreement with the study physician"},
}
PROGRESSIVE = {
    **HER2,
    "text": "Progressive brain metastases",
    "when": {"fact": "cns_class", "stratum": "progressing"},
    "left_open": {"when": {"fact": "cns_class", "includes": "untreated"}, "why": "whether new ones count is not said"},
}


@pytest.mark.parametrize(
    ("largest", "truth", "reason", "missing"),
    [
        (20.0, Truth.MET, "Largest diameter: 20 mm", ()),
        (
            26.0,
            Truth.UNKNOWN,
            "Largest diameter: 26 mm; larger ones only by agreement with the study physician",
            ("source.largest_lesion_mm",),
        ),
        (None, Truth.UNKNOWN, "Largest diameter: not recorded", ("largest_lesion_mm",)),
    ],
)
def test_what_needs_the_agreement_of_the_study_is_open_and_not_against(
    largest: float | None, truth: Truth, reason: str, missing: tuple[str, ...], library: EvidenceLibrary
) -> None:
    (found,) = one(library, {"brain.largest_mm": largest}, trial(entry=(SIZE,))).findings
    assert (found.truth, found.reason, found.facts_missing) == (truth, reason, missing)


@pytest.mark.parametrize(
    ("class_", "truth", "missing"),
    [
        (("progressing",), Truth.MET, ()),
        (("untreated",), Truth.UNKNOWN, ("source.cns_class",)),
        (("stable", "untreated"), Truth.UNKNOWN, ("source.cns_class",)),
        (("untreated", "progressing"), Truth.UNKNOWN, ("source.cns_class",)),
        (("stable",), Truth.NOT_MET, ()),
        (None, Truth.UNKNOWN, ("cns_class",)),
    ],
)
def test_a_class_that_a_source_may_or_may_not_count_is_open_there_only(
    class_: tuple[str, ...] | None, truth: Truth, missing: tuple[str, ...], library: EvidenceLibrary
) -> None:
    recorded: dict[str, Any] = {"brain.cns_class": class_ and list(class_), "brain.necrosis_in_question": False}
    (found,) = one(library, recorded, trial(population=(PROGRESSIVE,))).findings
    assert (found.truth, found.facts_missing) == (truth, missing)


def test_what_would_leave_a_patient_open_is_asked_while_it_is_not_recorded(library: EvidenceLibrary) -> None:
    recent = {"when": {"fact": "symptoms", "is": True}, "why": "whether symptoms were controlled is not said"}
    made = trial(entry=({**ECOG, "left_open": recent},))
    asked = [
        one(library, {"patient.ecog": 3, "neurology.symptoms_present": given}, made) for given in (None, True, False)
    ]
    assert [(r.findings[0].truth, r.findings[0].facts_missing) for r in asked] == [
        (Truth.UNKNOWN, ("symptoms",)),
        (Truth.UNKNOWN, ("source.ecog",)),
        (Truth.NOT_MET, ()),
    ]


def test_a_recorded_mixed_class_is_not_asked_for_again(library: EvidenceLibrary) -> None:
    asks = assess(case_of({"brain.cns_class": ["stable", "untreated"]}), library, AS_OF).ask_next
    assert "brain.cns_class" not in {ask.field for ask in asks}


def sized(n: int) -> dict[str, Any]:
    return {"n": {"value": n, "source": SOURCE}}


def test_cohorts_stand_in_a_neutral_order(library: EvidenceLibrary) -> None:
    low = {"text": "HER2-low", "when": {"fact": "her2_status", "is": "low"}, "source": SOURCE}
    lvef = {"text": "LVEF", "when": {"fact": "lvef_percent", "at_least": 50}, "source": SOURCE}
    ecog = {"text": "ECOG", "when": {"fact": "kps", "at_least": 70}, "source": SOURCE}
    trials = (
        trial("population-differs", population=(low,)),
        trial("cannot-tell", population=({**lvef, "text": "x"},)),
        trial("entry-differs", population=(HER2,), entry=(ECOG,)),
        trial("entry-open", population=(HER2,), entry=(lvef,)),
        trial("b-large", sized(90), population=(HER2,)),
        trial("a-small", sized(10), population=(HER2,)),
        trial("c-same-size", sized(10), population=(HER2,)),
        trial("looking-back", sized(900), population=(HER2,), prospective=False, entry=(ecog,)),
    )
    recorded = {**POSITIVE, "patient.ecog": 3}
    ids = [result.trial.id for result in compare(library, recorded, *trials)]
    assert ids == [
        "b-large",
        "a-small",
        "c-same-size",
        "entry-open",
        "looking-back",
        "entry-differs",
        "cannot-tell",
        "population-differs",
    ]
    assert [result.trial.id for result in compare(library, recorded, *reversed(trials))] == ids
    assert [result.order_class for result in compare(library, recorded, *trials)] == [0, 0, 0, 0, 0, 1, 2, 3]


def test_findings_are_found_by_their_truth(library: EvidenceLibrary) -> None:
    result = one(library, POSITIVE, trial(population=(HER2,), entry=(ECOG,)))
    assert [finding.criterion for finding in result.of(Truth.MET)] == ["HER2-positive"]
    assert [finding.criterion for finding in result.of(Truth.UNKNOWN)] == ["ECOG 0 or 1"]
    assert result.of(Truth.NOT_MET) == ()


def about(fact: str, **said: Any) -> dict[str, Any]:
    """Return a criterion on one fact."""
    return {"text": fact, "when": {"fact": fact, **said}, "source": SOURCE}


@pytest.mark.parametrize(
    ("recorded", "kind"),
    [
        ({"brain.metastases_present": True}, Truth.UNKNOWN),
        ({}, Truth.UNKNOWN),
        ({"brain.metastases_present": False}, Truth.MET),
    ],
    ids=["metastases", "not recorded", "no metastases"],
)
def test_a_cohort_that_says_nothing_of_the_brain_may_be_about_another_disease_than_brain_metastases(
    recorded: dict[str, Any], kind: Truth, library: EvidenceLibrary
) -> None:
    silent = trial("a", {"cns_class": "none"}, population=(HER2,))
    assert one(library, {**POSITIVE, **recorded}, silent).kind is kind


@pytest.mark.parametrize(
    ("criterion", "like", "unlike"),
    [
        (
            about("brain_metastases", **{"is": True}),
            {"brain.metastases_present": True},
            {"brain.metastases_present": False},
        ),
        (about("cns_class", stratum="stable"), {"brain.cns_class": ["stable"]}, {"brain.cns_class": ["untreated"]}),
        (
            about("leptomeningeal_disease", **{"is": False}),
            {"brain.leptomeninges": "none"},
            {"brain.leptomeninges": "confirmed"},
        ),
        (
            about("leptomeningeal_status", **{"is": "none"}),
            {"brain.leptomeninges": "none"},
            {"brain.leptomeninges": "confirmed"},
        ),
        (HER2, POSITIVE, specimens({"ihc": "0"})),
    ],
    ids=lambda part: part.get("text", ""),
)
def test_the_kind_of_disease_is_given_by_metastases_leptomeninges_and_receptors(
    criterion: dict[str, Any], like: dict[str, Any], unlike: dict[str, Any], library: EvidenceLibrary
) -> None:
    made = trial(population=(criterion, ECOG))
    kinds = [one(library, {**recorded, "patient.ecog": 3}, made).kind for recorded in (like, unlike, {})]
    assert kinds == [Truth.MET, Truth.NOT_MET, Truth.UNKNOWN]
