"""Ready means every required field holds a value or a reason; dated facts grow old."""

from typing import Any

import pytest
from support.strategies import AS_OF, case_of, full_case, lesions, lines, local_therapies, specimens

from her2board.assessment.assess import assess
from her2board.assessment.readiness import knows_patient, readiness, stale
from her2board.case.fields import case_fields
from her2board.case.needed import is_recorded
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.criteria import Leaf
from her2board.logic.evaluate import evaluate
from her2board.logic.truth import Truth
from her2board.logic.values import Among

REQUIRED = [field.path for field in case_fields() if field.info.level == "H" and field.path not in ("code", "status")]
NEVER_MISSED = {"board.outstanding"}


def missed(library: EvidenceLibrary, recorded: dict[str, Any] | None = None, **more: Any) -> set[str]:
    return {gap.path for gap in readiness(case_of(recorded, **more), library, AS_OF).outstanding}


def test_a_new_case_misses_every_required_field(library: EvidenceLibrary) -> None:
    assert missed(library) == set(REQUIRED) - NEVER_MISSED


def test_a_case_with_every_field_filled_is_ready(library: EvidenceLibrary) -> None:
    assert readiness(full_case(), library, AS_OF).ready
    assert not readiness(case_of(), library, AS_OF).ready


def test_meeting_and_clinic_say_nothing_of_the_patient() -> None:
    assert not knows_patient(case_of({"meeting": {"question": "What now?"}, "access": {"radiosurgery": "here"}}))
    assert knows_patient(case_of({"patient": {"age": 52}}))
    assert knows_patient(case_of(absences={"patient.age": {"reason": "pending"}}))


@pytest.mark.parametrize("reason", ["not_done", "pending", "not_available", "declined", "not_applicable"])
def test_a_reason_for_absence_counts_for_readiness(reason: str, library: EvidenceLibrary) -> None:
    absences = {path: {"reason": reason} for path in REQUIRED}
    assert missed(library, absences=absences) == set()


@pytest.mark.parametrize(
    ("recorded", "needless"),
    [
        ({"neurology.symptoms_present": False}, "neurology.trend"),
        ({"neurology.steroid_given": False}, "neurology.dexamethasone_mg"),
        ({"neurology.steroid_given": False}, "neurology.steroid_trend"),
        ({"brain.leptomeninges": "none"}, "brain.leptomeninges_basis"),
        (lines({"drugs": ["docetaxel"]}), "systemic.exposure"),
    ],
)
def test_an_answer_may_make_another_field_needless(
    recorded: dict[str, Any], needless: str, library: EvidenceLibrary
) -> None:
    assert needless in missed(library)
    assert needless not in missed(library, recorded)


def test_a_list_asked_and_empty_is_recorded(library: EvidenceLibrary) -> None:
    assert "brain.local_therapies" in missed(library)
    assert "brain.local_therapies" not in missed(library, {"brain.local_therapies": {"completeness": "complete"}})


def test_an_empty_table_of_disciplines_is_missed(library: EvidenceLibrary) -> None:
    assert "board.disciplines" in missed(library)
    heard = {"board.disciplines": [{"discipline": "pathology", "status": "heard"}]}
    assert "board.disciplines" not in missed(library, heard)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-10-23", None),
        ("2026-10-22", "29 days old at the discussion, limit 28"),
        ("2026-10", "up to 50 days old at the discussion, limit 28"),
        ("2026-11", None),
        ("2027-01", None),
        ("<2026-01", None),
    ],
)
def test_imaging_older_than_its_limit_is_named_with_its_age(
    day: str, words: str | None, library: EvidenceLibrary
) -> None:
    gaps = stale(case_of({"brain.imaging_date": day}), library, AS_OF)
    assert [gap.words for gap in gaps] == ([] if words is None else [words])


def test_a_stale_fact_keeps_its_value_and_carries_a_mark_into_every_finding(library: EvidenceLibrary) -> None:
    case = case_of({"patient.ecog": 1, "patient.performance_date": "2026-01-05"})
    assessed = assess(case, library, AS_OF)
    (mark,) = assessed.facts.read("ecog").marks
    assert mark == "out of date: 319 days old at the discussion, limit 28"
    reasons = [one.reason for result in assessed.cohorts for one in result.findings if "ecog" in one.facts_used]
    assert reasons
    assert all(mark in reason for reason in reasons)


def test_a_comparison_that_rests_on_a_contradicted_fact_is_open_and_names_both_sides(library: EvidenceLibrary) -> None:
    case = case_of({"neurology.symptoms_present": False, "neurology.symptoms": ["ataxia"]})
    assessed = assess(case, library, AS_OF)
    reading = assessed.facts.read("symptoms")
    mark = "contradicted: no neurological symptoms recorded, yet symptoms are named"
    assert (reading.value, reading.said, reading.shown, reading.marks) == (None, Among.exactly(False), "no", (mark,))
    assert len(assessed.contradictions) == 1
    findings = [one for result in assessed.cohorts for one in result.findings if "symptoms" in one.facts_missing]
    assert findings
    assert {one.truth for one in findings} == {Truth.UNKNOWN}
    assert all(f": no; {mark}" in one.reason for one in findings)
    assert not [one for result in assessed.cohorts for one in result.findings if "symptoms" in one.facts_used]
    waiting = [one for option in assessed.options for one in option.findings if "symptoms" in one.facts_missing]
    assert waiting
    assert all(mark in one.reason for one in waiting)


RESTS_ON: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (
        {"tumour.metastatic_date": "2020", **lines({"drugs": ["T-DM1"], "setting": "adjuvant", "start": "2022"})},
        {"fact": "months_since_adjuvant_her2", "at_least": 6},
        "line 1 starts as adjuvant therapy 2022, after metastatic since 2020",
    ),
    (
        {"tumour.metastatic_date": "2020", **lines({"drugs": ["trastuzumab"], "setting": "adjuvant", "start": "2022"})},
        {"fact": "months_since_early.trastuzumab", "at_least": 6},
        "line 1 starts as adjuvant therapy 2022, after metastatic since 2020",
    ),
    (
        {"patient.birth_year": 1990, "tumour.primary_date": "1980"},
        {"fact": "age", "at_least": 18},
        "born 1990, after primary diagnosed 1980",
    ),
    (
        {"tumour.origin": "de_novo", **lines({"drugs": ["T-DM1"], "setting": "adjuvant"})},
        {"fact": "early_only.trastuzumab_emtansine", "is": True},
        "recorded as metastatic from the start, yet line 1 as adjuvant therapy",
    ),
    (
        {**lines({"drugs": ["tucatinib"], "setting": "metastatic"}), **specimens({"ihc": "0"})},
        {"fact": "her2_status", "is": "positive"},
        "line 1 has a drug for HER2-positive disease, yet no specimen is HER2 positive",
    ),
    (
        {"brain.cns_class": ["stable"], **lesions("new")},
        {"fact": "cns_class", "is": "stable"},
        "CNS disease status recorded as stable, the lesion table says untreated",
    ),
    (
        {"urgency.mass_effect": True, "urgency.immediate_local_therapy": False},
        {"fact": "immediate_local_therapy", "is": False},
        "urgency is recorded, yet immediate local therapy is recorded as not needed",
    ),
    (
        {
            "brain.imaging_date": "2026-01",
            "brain.largest_mm": 16.0,
            **local_therapies({"kind": "radiosurgery", "day": "2026-03"}),
        },
        {"fact": "largest_lesion_mm", "below": 20},
        "imaging of Jan 2026 is older than the local therapy of Mar 2026",
    ),
    (
        lines({"drugs": ["trastuzumab"], "setting": "metastatic", "ongoing": True, "reason_stopped": "toxicity"}),
        {"fact": "progressed_on.trastuzumab", "is": False},
        "line 1 is recorded as ongoing, yet with a reason for stopping",
    ),
    (
        {"brain.lesion_count": {"low": 0, "high": 0}, "brain.largest_mm": 16.0},
        {"fact": "largest_lesion_mm", "below": 20},
        "no brain metastases counted, yet recorded: Largest diameter",
    ),
    (
        {"brain.cns_class": ["stable"], "brain.necrosis_in_question": True},
        {"fact": "cns_class", "is": "stable"},
        "radiation necrosis in question, yet no lesion is recorded as progressing",
    ),
]


@pytest.mark.parametrize(
    ("recorded", "leaf", "both"), RESTS_ON, ids=[f"{row[1]['fact']}: {row[2][:50]}" for row in RESTS_ON]
)
def test_whatever_rests_on_a_contradiction_is_open_with_both_facts_in_its_reason(
    recorded: dict[str, Any], leaf: dict[str, Any], both: str, library: EvidenceLibrary
) -> None:
    facts = assess(case_of(recorded), library, AS_OF).facts
    finding = evaluate(Leaf.model_validate(leaf), facts)
    assert finding.truth is Truth.UNKNOWN
    assert finding.facts_missing == (leaf["fact"],)
    assert f"contradicted: {both}" in finding.reason


def test_whether_a_regimen_goes_on_is_in_doubt_only_where_its_own_row_contradicts_itself(
    library: EvidenceLibrary,
) -> None:
    t_dxd = {"drugs": ["T-DXd"], "setting": "metastatic", "ongoing": True}
    elsewhere = {"drugs": ["trastuzumab"], "setting": "metastatic", "ongoing": True, "reason_stopped": "toxicity"}
    own, other = (
        assess(case_of(lines(*rows)), library, AS_OF)
        for rows in ([{**t_dxd, "reason_stopped": "toxicity"}], [t_dxd, elsewhere])
    )
    assert own.contradictions
    assert other.contradictions
    assert own.facts.read("in_use.t_dxd").value is None
    reading = other.facts.read("in_use.t_dxd")
    assert (reading.value, reading.marks) == (Among.exactly(True), ())


def test_a_remark_on_a_contradicted_value_stays_and_is_marked(library: EvidenceLibrary) -> None:
    coherent = {"organs.ild_history": True, "organs.ild_grade": 2}
    contradicted = {"organs.ild_history": True, "organs.ild_grade": 0}
    found = []
    for recorded in (coherent, contradicted):
        assessed = assess(case_of(recorded), library, AS_OF)
        found.append({r.id: one for r in assessed.cohorts for one in r.remarks if one.fact == "ild_history"})
    assert found[0]
    assert found[0].keys() == found[1].keys()
    assert all("contradicted: ILD history and its grade 0 disagree" in one.words for one in found[1].values())


def test_a_fact_that_is_contradicted_and_stale_carries_both_marks(library: EvidenceLibrary) -> None:
    case = case_of({"patient.ecog": 1, "patient.kps": 40, "patient.performance_date": "2026-01-05"})
    marks = assess(case, library, AS_OF).facts.read("ecog").marks
    assert [mark.partition(":")[0] for mark in marks] == ["contradicted", "out of date"]


def test_a_drug_of_which_it_is_in_doubt_whether_it_was_given_leaves_its_regimens_open(library: EvidenceLibrary) -> None:
    given = {"drugs": ["T-DXd"], "setting": "metastatic", "start": "2025-01", "stop": "2025-09"}
    case = case_of({**lines(given), "systemic.exposure": {"T-DXd": {"metastatic": False}}})
    assert assess(case, library, AS_OF).facts.read("together.t_dxd").said == Among.exactly(True)


def test_an_age_is_held_against_the_limit_the_clinic_set_and_says_so(library: EvidenceLibrary) -> None:
    case = case_of({"brain.imaging_date": "2026-11-17"})
    assert stale(case, library, AS_OF) == ()
    (gap,) = stale(case, library.with_limits({"brain.imaging_date": 2}), AS_OF)
    assert gap.words == "3 days old at the discussion, the clinic’s limit 2"


def test_no_and_zero_are_recorded_and_an_empty_field_is_not() -> None:
    fields = {field.path: field for field in case_fields()}
    case = case_of({"patient.ecog": 0, "urgency.mass_effect": False, "brain.lesion_count": {"low": 0, "high": 0}})
    assert all(
        is_recorded(case, fields[path]) for path in ("patient.ecog", "urgency.mass_effect", "brain.lesion_count")
    )
    assert not any(is_recorded(case, fields[path]) for path in ("patient.kps", "urgency.urgent", "board.disciplines"))


def test_a_contradiction_about_a_drug_no_criterion_names_is_reported_all_the_same(library: EvidenceLibrary) -> None:
    assert "access.zanidatamab" not in library.readable
    case = case_of({"access.drugs": {"zanidatamab": True, "ZW25": False}})
    assert ["zanidatamab" in found.text for found in assess(case, library, AS_OF).contradictions] == [True]


def test_an_undated_or_unrecorded_fact_is_not_called_stale(library: EvidenceLibrary) -> None:
    assert stale(case_of({"patient.ecog": 1}), library, AS_OF) == ()
    only_the_date = assess(case_of({"patient.performance_date": "2026-01-05"}), library, AS_OF)
    assert only_the_date.facts.read("ecog").marks == ()


AGE, AGE_ON = "patient.age", "patient.age_on"


@pytest.mark.parametrize(
    ("recorded", "words"),
    [
        ({AGE: 52, AGE_ON: "2025-11-20"}, ""),
        ({AGE: 52, AGE_ON: "2025-11-19"}, "366 days old at the discussion, limit 365"),
        ({AGE: 52, "brain.imaging_date": "2026-11-01"}, ""),
        (
            {AGE: 52, "organs.lvef_date": "2025-07-18", "tumour.primary_date": "2020"},
            "date not recorded; the newest in the case is 490 days old at the discussion, limit 365",
        ),
        ({"tumour.primary_date": "2020"}, ""),
        ({AGE: 52, AGE_ON: "2024", "patient.birth_year": 1972}, ""),
    ],
)
def test_an_age_of_more_than_a_year_ago_is_asked_again_unless_the_year_of_birth_gives_it(
    recorded: dict[str, Any], words: str, library: EvidenceLibrary
) -> None:
    case = case_of(recorded)
    gaps = [gap.words for gap in stale(case, library, AS_OF) if gap.path == AGE_ON]
    assert gaps == ([words] if words else [])
    marked = assess(case, library, AS_OF).facts.read("age").marks
    assert [mark.removeprefix("out of date: ") for mark in marked] == gaps


def test_a_year_of_birth_makes_the_age_known(library: EvidenceLibrary) -> None:
    assert "patient.age" in missed(library)
    assert "patient.age" not in missed(library, {"patient.birth_year": 1972})


def test_optional_facts_are_never_missed(library: EvidenceLibrary) -> None:
    optional = {"patient.age_on", "patient.birth_year", "patient.trimester", "patient.delivery_due"}
    assert not missed(library) & {*optional, "patient.performance_words"}


@pytest.mark.parametrize(
    "rows",
    [
        [{"ongoing": True, "reason_stopped": "toxicity"}],
        [
            {"ongoing": True, "start": "2025-01"},
            {"drugs": ["T-DM1"], "start": "2026-01", "setting": "metastatic"},
        ],
    ],
    ids=["a reason for stopping", "a later line"],
)
def test_a_line_called_ongoing_that_cannot_be_leaves_open_what_is_in_use(
    rows: list[dict[str, Any]], library: EvidenceLibrary
) -> None:
    first, *later = rows
    regimen = {"drugs": ["tucatinib", "capecitabine", "trastuzumab"], "setting": "metastatic"}
    assessed = assess(case_of(lines({**regimen, **first}, *later)), library, AS_OF)
    reading = assessed.facts.read("in_use.tucatinib_trastuzumab_capecitabine")
    assert reading.value is None
    assert any("is recorded as ongoing" in mark for mark in reading.marks)
    (option,) = (one for one in assessed.options if one.id == "tucatinib-trastuzumab-capecitabine")
    assert option.standing == "already_used"
    assert any("is recorded as ongoing" in reason for reason in option.because)
