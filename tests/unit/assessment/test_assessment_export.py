"""The assessment as JSON: the keys the design names, plain values, nothing lost."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError
from support.strategies import AS_OF, case_of, cases, full_case, lines, local_therapies, specimens

from her2board import paths
from her2board.assessment.assess import assess
from her2board.assessment.export import to_json
from her2board.assessment.published import PublishedAssessment
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.case.terms import OptionKind
from her2board.evidence.library import EvidenceLibrary


def exported(case: Case, library: EvidenceLibrary) -> dict[str, Any]:
    document = to_json(assess(case, library, AS_OF), library)
    plain: dict[str, Any] = json.loads(json.dumps(document))
    assert plain == document
    return plain


@pytest.fixture(params=["empty", "full", "urgent"])
def document(request: pytest.FixtureRequest, library: EvidenceLibrary) -> dict[str, Any]:
    made = {"empty": case_of(), "full": full_case(), "urgent": case_of({"urgency.urgent": True})}
    return exported(made[request.param], library)


def test_the_document_has_the_keys_the_design_names(document: dict[str, Any]) -> None:
    keys = "case as_of evidence_release facts contradictions cohorts options pause ask_next"
    assert set(document) == {*keys.split(), "build", "intended_use"}
    for cohort in document["cohorts"]:
        assert {"id", "outcome", "population", "entry", "findings"} <= set(cohort)
        assert cohort["outcome"] in ("all_met", "differs", "cannot_tell")
        for group in ("population", "entry"):
            assert set(cohort[group]) == {"truth", "met", "not_met", "unknown"}
        for finding in cohort["findings"]:
            assert {"criterion", "group", "truth", "reason", "facts_used", "facts_missing"} <= set(finding)
            assert finding["truth"] in ("MET", "NOT_MET", "UNKNOWN")
    for option in document["options"]:
        assert {"id", "kind", "standing", "because", "cautions", "statements", "cohorts"} <= set(option)
    assert {"bypass", "items"} == set(document["pause"])


def test_counts_are_those_of_the_findings(document: dict[str, Any]) -> None:
    for cohort in document["cohorts"]:
        for group in ("population", "entry"):
            truths = [one["truth"] for one in cohort["findings"] if one["group"] == group]
            counts = {"met": "MET", "not_met": "NOT_MET", "unknown": "UNKNOWN"}
            assert {name: truths.count(truth) for name, truth in counts.items()} == {
                name: cohort[group][name] for name in counts
            }


def test_the_document_names_its_case_day_and_release(library: EvidenceLibrary) -> None:
    document = exported(case_of(), library)
    assert (document["case"], document["as_of"]) == ("T1", "2026-11-20")
    assert document["evidence_release"] == {
        "version": library.release.version,
        "hash": library.content_hash,
        "as_reviewed": True,
    }


@pytest.mark.parametrize(
    ("fact", "recorded", "value"),
    [
        ("her2_status", specimens({"ihc": "3+"}), "positive"),
        ("her2_status", specimens({"ish": "negative"}), {"one_of": ["low", "negative"]}),
        ("leptomeningeal_disease", {"brain.leptomeninges": "suspected"}, {"one_of": [False, True]}),
        ("symptoms", {"neurology.symptoms_present": False}, False),
        ("lesion_count", {"brain.lesion_count": {"low": 20, "high": 20}}, 20),
        ("lesion_count", {"brain.lesion_count": {"low": 2}}, {"low": 2, "high": None}),
        ("cns_class", {"brain.cns_class": ["untreated", "stable"]}, {"has": ["stable", "untreated"], "maybe": []}),
        (
            "last_wbrt",
            local_therapies({"kind": "whole_brain", "day": "2026-03"}),
            {"earliest": "2026-03-01", "latest": "2026-03-31"},
        ),
        ("last_wbrt", local_therapies({"kind": "whole_brain"}), {"earliest": None, "latest": None}),
        ("last_wbrt", local_therapies(), "never"),
        ("given.tucatinib", lines({"drugs": ["Tukysa"]}), True),
        ("ecog", {}, None),
    ],
)
def test_a_fact_is_a_plain_value_and_an_interval_keeps_both_ends(
    fact: str, recorded: dict[str, Any], value: object, library: EvidenceLibrary
) -> None:
    assert exported(case_of(recorded), library)["facts"][fact]["value"] == value


def test_a_fact_says_how_it_is_known_or_why_it_is_not(library: EvidenceLibrary) -> None:
    recorded = {"organs.lvef_percent": 40.0, "patient.ecog": 1, "patient.performance_date": "2026-01-05"}
    facts = exported(case_of({**lines({"drugs": ["study drug X"]}), **recorded}), library)["facts"]
    assert facts["lvef_percent"] == {"label": "LVEF", "value": 40.0, "shown": "40 %", "why": None, "marks": []}
    assert facts["given.tucatinib"] == {
        "label": "Tucatinib given before",
        "value": None,
        "shown": None,
        "why": "a line does not name its drugs, or names one that is not known",
        "marks": [],
    }
    assert facts["ecog"]["marks"] == ["out of date: 319 days old at the discussion, limit 28"]


def test_a_contradiction_names_its_fields_and_facts(library: EvidenceLibrary) -> None:
    recorded = {"neurology.symptoms_present": False, "neurology.symptoms": ["ataxia"]}
    (found,) = exported(case_of(recorded), library)["contradictions"]
    assert found == {
        "text": "no neurological symptoms recorded, yet symptoms are named",
        "fields": ["neurology.symptoms_present", "neurology.symptoms"],
        "facts": ["symptoms", "neurologically_stable"],
    }


def test_a_question_names_who_knows_who_was_asked_and_what_it_settles(library: EvidenceLibrary) -> None:
    pending = {"patient.ecog": {"reason": "pending", "owner": "Dr B", "due": "2026-11-18"}}
    case = case_of(absences=pending)
    counted = {ask.field: ask for ask in assess(case, library, AS_OF).ask_next}["patient.ecog"]
    asked = {ask["fields"][0]: ask for ask in exported(case, library)["ask_next"]}
    assert asked["patient.ecog"] == {
        "fields": ["patient.ecog"],
        "label": "ECOG",
        "asks": "oncology",
        "facts": ["ecog"],
        "detail": "",
        "decides": {"consequence": None, "options": list(counted.named), "points": list(counted.before)},
        "settles": {"cohorts": counted.cohorts, "options": counted.options, "pause_items": counted.points},
        "owner": "Dr B",
        "due": "18 Nov 2026",
    }
    assert (asked["patient.kps"]["owner"], asked["patient.kps"]["due"]) == (None, None)


def test_contradictions_cautions_and_why_a_statement_speaks_of_the_case_are_reported(library: EvidenceLibrary) -> None:
    recorded = {**specimens({"ihc": "3+"}), **lines({"drugs": ["study drug X"]}), "organs.lvef_percent": 40.0}
    document = exported(case_of(recorded), library)
    assert "'study drug X' is not a known drug name" in document["contradictions"][0]["text"]
    cautions = [caution for option in document["options"] for caution in option["cautions"]]
    assert any("LVEF: 40 %" in caution["because"] for caution in cautions)
    assert all(caution["source"]["ref"] for caution in cautions)
    reasons = {said["id"]: said["reason"] for option in document["options"] for said in option["statements"]}
    assert reasons["asco-her2-lvef"] == "LVEF: 40 %"
    assert reasons["csco-local"] is None


def test_the_pause_says_who_recorded_urgency_and_what_the_case_says_to_an_item(library: EvidenceLibrary) -> None:
    recorded = {"urgency.urgent": True, "urgency.recorded_by": "Dr A", "urgency.recorded_on": "2026-11-19"}
    assert exported(case_of(recorded), library)["pause"]["bypass"]["recorded"] == "recorded by Dr A 19 Nov 2026"
    calm = exported(case_of({"brain.lesion_count": {"low": 2}}), library)["pause"]
    assert calm["bypass"] == {"open": False, "reasons": [], "recorded": None}
    here = {(item["group"], item["id"]): item["here"] for item in calm["items"]}
    assert here["must_know", "lesion-number"] == "Number of metastases: 2 or more"
    assert {words for (group, _), words in here.items() if group == "context"} == {None}


def test_the_same_case_gives_the_same_document(library: EvidenceLibrary) -> None:
    one, other = (json.dumps(exported(full_case(), library)) for _ in range(2))
    assert one == other


def published(case: Case, library: EvidenceLibrary) -> None:
    """Raise ValidationError unless the document of ``case`` has the published shape."""
    PublishedAssessment.model_validate_json(json.dumps(to_json(assess(case, library, AS_OF), library)))


@pytest.mark.parametrize("path", sorted(paths.resources_dir().glob("examples/*.her2case")), ids=lambda path: path.stem)
def test_every_example_has_the_published_shape(path: Path, library: EvidenceLibrary) -> None:
    published(load(path), library)


@pytest.mark.parametrize("path", sorted(paths.resources_dir().glob("examples/*.her2case")), ids=lambda path: path.stem)
def test_every_kind_of_option_is_in_every_case(path: Path, library: EvidenceLibrary) -> None:
    kinds = {option["kind"] for option in exported(load(path), library)["options"]}
    assert kinds == set(OptionKind)


@settings(max_examples=15)
@given(case=cases())
def test_any_case_has_the_published_shape(case: Case, library: EvidenceLibrary) -> None:
    published(case, library)


def test_a_document_of_another_shape_is_refused(library: EvidenceLibrary) -> None:
    document = to_json(assess(case_of(), library, AS_OF), library)
    with pytest.raises(ValidationError, match="advice"):
        PublishedAssessment.model_validate_json(json.dumps({**document, "advice": "none"}))
    document["options"][0]["standing"] = "best"
    with pytest.raises(ValidationError, match="standing"):
        PublishedAssessment.model_validate_json(json.dumps(document))


def test_conflicting_statements_stand_side_by_side_with_their_dates(library: EvidenceLibrary) -> None:
    options = {option["id"]: option for option in exported(case_of(), library)["options"]}
    interval = next(c for c in options["t-dxd-pertuzumab"]["conflicts"] if c["id"] == "relapse-interval")
    assert interval["topic"] == "Relapse interval after adjuvant therapy"
    assert {side["id"] for side in interval["sides"]} == {"asco-her2-5-0", "asco-her2-5-1", "db09-interval"}
    years = [side["year"] or 0 for side in interval["sides"]]
    assert years == sorted(years)
    assert all(side["body"] and side["text"] for side in interval["sides"])


def test_the_same_case_gives_the_same_bytes_in_every_process() -> None:
    command = [sys.executable, "-m", "her2board", "assess", "--json", str(paths.example_case("b07-invented-complete"))]

    def said(seed: str) -> bytes:
        around = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(command, env=around, check=True, capture_output=True, timeout=120).stdout

    assert said("1") == said("2")


def test_a_number_in_quotes_does_not_have_the_published_shape(document: dict[str, Any]) -> None:
    document["cohorts"][0]["population"]["met"] = "3"
    with pytest.raises(ValidationError, match=r"population\.met"):
        PublishedAssessment.model_validate_json(json.dumps(document))


def test_a_document_once_read_does_not_change(document: dict[str, Any]) -> None:
    read = PublishedAssessment.model_validate_json(json.dumps(document))
    with pytest.raises(ValidationError, match="frozen"):
        read.case = "other"
