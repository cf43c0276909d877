"""A cohort beside a case: criterion by criterion, with silence and implied rules."""

from dataclasses import replace
from typing import Any

import pytest
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


SILENT = {"not_stated": ("ild_history", "measurable_cns")}


def test_silence_of_the_source_has_no_effect_on_an_unremarkable_case(library: EvidenceLibrary) -> None:
    result = one(library, {"organs.ild_history": False}, trial(**SILENT))
    assert result.findings == ()
    assert result.not_stated == ("ild_history", "measurable_cns")
    assert result.outcome == "all_met"


def test_silence_of_the_source_leaves_a_notable_case_open(library: EvidenceLibrary) -> None:
    result = one(library, {"organs.ild_history": True, "organs.ild_grade": 1}, trial(**SILENT))
    (finding,) = result.findings
    assert finding.truth is Truth.UNKNOWN
    assert finding.reason == "ILD or pneumonitis ever: yes, grade 1; the source read does not say"
    assert finding.facts_missing == ("source.ild_history",)
    assert result.not_stated == ("measurable_cns",)
    assert result.outcome == "cannot_tell"


def test_silence_of_the_source_leaves_a_case_open_whose_fact_is_not_recorded(library: EvidenceLibrary) -> None:
    (finding,) = one(library, {}, trial(**SILENT)).findings
    assert finding.truth is Truth.UNKNOWN
    assert finding.reason == "ILD or pneumonitis ever: not recorded; the source read does not say"
    assert finding.facts_missing == ("ild_history",)


@pytest.mark.parametrize(
    ("fact", "notable", "unremarkable", "group"),
    [
        ("leptomeningeal_disease", {"brain.leptomeninges": "confirmed"}, {"brain.leptomeninges": "none"}, "population"),
        ("leptomeningeal_disease", {"brain.leptomeninges": "probable"}, {"brain.leptomeninges": "none"}, "population"),
        ("prior_wbrt", local_therapies({"kind": "whole_brain"}), local_therapies(), "population"),
        ("ecog", {"patient.ecog": 2}, {"patient.ecog": 1}, "entry"),
        ("lvef_percent", {"organs.lvef_percent": 49.0}, {"organs.lvef_percent": 50.0}, "entry"),
        ("dexamethasone_mg", {"neurology.dexamethasone_mg": 2.0}, {"neurology.steroid_given": False}, "entry"),
        ("pregnant", {"patient.pregnant": True}, {"patient.menopause": "postmenopausal"}, "entry"),
    ],
)
def test_every_notable_value_counts_in_its_group(
    fact: str, notable: dict[str, Any], unremarkable: dict[str, Any], group: str, library: EvidenceLibrary
) -> None:
    made = trial(not_stated=(fact,))
    (finding,) = one(library, notable, made).findings
    assert (finding.truth, finding.group) == (Truth.UNKNOWN, group)
    assert one(library, unremarkable, made).findings == ()


def test_a_steroid_without_dose_is_notable_too(library: EvidenceLibrary) -> None:
    result = one(library, {"neurology.steroid_given": True}, trial(not_stated=("dexamethasone_mg",)))
    assert [finding.truth for finding in result.findings] == [Truth.UNKNOWN]


def test_a_wash_out_says_what_its_days_are_counted_to(library: EvidenceLibrary) -> None:
    washed = {"text": "7 days", "when": {"fact": "last_radiosurgery", "at_least_days_before": 7}, "source": SOURCE}
    made = trial(entry=(washed,))
    dated = one(library, local_therapies({"kind": "radiosurgery", "day": "2026-09"}), made).findings[0]
    assert dated.truth is Truth.MET
    assert "counted to the meeting; trials count to the first dose" in dated.reason
    never = one(library, local_therapies(), made).findings[0]
    assert (never.truth, never.reason) == (Truth.MET, "Last radiosurgery: none given")


def test_days_are_said_to_be_counted_only_where_days_are_compared(library: EvidenceLibrary) -> None:
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
