"""Resources about somebody else or no person, results inside reports, and results that their own record takes back."""

import json
from typing import Any

import pytest
from support.fhir import (
    LOINC,
    SNOMED,
    Body,
    brought,
    bundle,
    coded,
    condition,
    observation,
    offered,
    patient,
    problems,
    quantity,
    read_text,
    resource,
    seen,
)

IHC, ER, ECOG = coded(LOINC, "85319-2"), coded(LOINC, "85337-4"), coded(LOINC, "89247-1")
TWO, THREE = coded(LOINC, "LA11842-4", "2+"), coded(LOINC, "LA11843-2", "3+")
POSITIVE, NEGATIVE = coded(SNOMED, "10828004", "Positive"), coded(SNOMED, "260385009", "Negative")
BRAIN = coded(SNOMED, "94225005")


def _ecog(**more: Any) -> Body:
    return observation("e", ECOG, "2025-01-01", valueInteger=1, **more)


@pytest.mark.parametrize("about", ["Patient/mother", "RelatedPerson/m", "https://x.test/Patient/mother"])
def test_an_observation_about_a_relative_is_of_another_person(about: str) -> None:
    body = observation("o", IHC, "2010-01-01", valueCodeableConcept=THREE, focus=[{"reference": about}])
    assert offered(patient(), body) == {}
    assert [one[2] for one in seen(patient(), body)] == ["another_person"]


@pytest.mark.parametrize("about", ["Patient/p", "BodyStructure/b", "Condition/c"])
def test_an_observation_about_the_patient_or_a_finding_of_hers_is_hers(about: str) -> None:
    assert offered(_ecog(focus=[{"reference": about}]))["patient.ecog"] == 1


@pytest.mark.parametrize("subject", ["Group/cohort", "Device/linac", "Location/ward", "https://x.test/Group/cohort"])
def test_what_is_about_no_person_is_of_nobody(subject: str) -> None:
    group = {"resourceType": "Group", "id": "cohort", "type": "person", "actual": True}
    body = {**_ecog(), "subject": {"reference": subject}}
    (record,) = read_text(json.dumps(bundle(patient(), group, body)))
    assert record.offer.proposals == ()
    assert "which is no patient" in record.problems[0].what


def test_a_patient_named_by_a_number_alone_is_found_by_it_and_never_guessed() -> None:
    body = {**_ecog(), "subject": {"identifier": {"value": "4711"}}}
    known = patient(identifier=[{"value": "4711"}])
    assert offered(known, body)["patient.ecog"] == 1
    assert offered(patient(identifier=[{"value": "4712"}]), body) == {}
    assert "by a number alone" in problems(patient(), body)[0]
    asks = {**_ecog(), "subject": {"reference": "Patient?identifier=https://x.test/mrn|4711"}}
    (record,) = read_text(json.dumps(bundle(known, asks, kind="transaction")))
    assert [one.value for one in record.offer.proposals if one.field == "patient.ecog"] == [1]
    unlike = {**asks, "subject": {"reference": "Patient?identifier=https://x.test/mrn|4712"}}
    hers, other = read_text(json.dumps(bundle(known, unlike, kind="transaction")))
    assert [one.field for one in hers.offer.proposals] == []
    assert "is it another person?" in other.problems[0].what


def _report(id_: str, results: list[Body], **more: Any) -> Body:
    inside = [{name: value for name, value in body.items() if name != "subject"} for body in results]
    references = [{"reference": f"#{body['id']}"} for body in inside if body["resourceType"] == "Observation"]
    body = {"status": "final", "code": {"text": "Pathology"}, "effectiveDateTime": "2024-04-04"}
    return resource("DiagnosticReport", id_, **{**body, "contained": inside, "result": references, **more})


def test_results_inside_a_report_are_read_with_its_day_and_its_specimen() -> None:
    specimen = {
        "resourceType": "Specimen",
        "id": "s",
        "collection": {"collectedDateTime": "2024-04-02", "bodySite": {"text": "Liver"}},
    }
    results = [observation("a", IHC, valueCodeableConcept=TWO), observation("b", ER, valueCodeableConcept=NEGATIVE)]
    found = offered(_report("r", [specimen, *results], specimen=[{"reference": "#s"}]))
    assert found["tumour.specimens[]"] == [
        {"site": "Liver", "day": "2024-04-02", "ihc": "2+", "her2_tested": True, "er": "negative"}
    ]
    assert offered(_report("r", results))["tumour.specimens[]"][0]["day"] == "2024-04-04"


def test_results_of_two_reports_that_bear_one_name_are_two() -> None:
    first = _report("r1", [observation("a", IHC, valueCodeableConcept=TWO)])
    second = _report("r2", [observation("a", IHC, valueCodeableConcept=THREE)], effectiveDateTime="2025-04-04")
    scores = [entry["ihc"] for entry in offered(first, second)["tumour.specimens[]"]]
    assert scores == ["2+", "3+"]


@pytest.mark.parametrize(
    ("status", "because"), [("entered-in-error", "entered_in_error"), ("preliminary", "uncertain")]
)
def test_results_inside_a_report_say_no_more_than_the_report(status: str, because: str) -> None:
    body = _report("r", [observation("a", IHC, valueCodeableConcept=THREE)], status=status)
    assert offered(body) == {}
    assert [one[2] for one in seen(body)] == [because]


def test_the_result_of_a_specimen_entered_in_error_is_none() -> None:
    specimen = resource("Specimen", "s", status="entered-in-error")
    body = observation("o", IHC, "2024-04-04", valueCodeableConcept=THREE, specimen={"reference": "Specimen/s"})
    assert offered(specimen, body) == {}
    assert [one[2] for one in seen(specimen, body)] == ["entered_in_error"]
    poor = {**specimen, "status": "unsatisfactory"}
    assert "unsatisfactory" in brought(poor, body).offer.proposals[0].asks


def test_a_result_whose_interpretation_says_the_opposite_is_a_contradiction() -> None:
    against = {"interpretation": [{"coding": [{"code": "NEG"}]}]}
    body = observation("o", ER, "2024-04-04", valueCodeableConcept=POSITIVE, **against)
    other = observation("x", ER, "2024-04-04", valueCodeableConcept=NEGATIVE)
    assert offered(body) == offered(body, other) == {}
    assert "its interpretation says negative" in problems(body)[0]
    score = observation("o", IHC, "2024-04-04", valueCodeableConcept=THREE, **against)
    assert offered(score) == {}
    with_it = {"interpretation": [{"coding": [{"code": "POS"}]}]}
    agrees = observation("o", ER, "2024-04-04", valueCodeableConcept=POSITIVE, **with_it)
    assert offered(agrees)["tumour.specimens[]"][0]["er"] == "positive"


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ("2024-11-01", "2024-11-30", "2024-11"),
        ("2024-03-01", "2024-11-30", "2024"),
        ("2024-03-01", "2025-11-30", "2024-03-01"),
        ("2024-11-01", "2024-11-01", "2024-11-01"),
        ("2024-11-01", None, "2024-11-01"),
    ],
)
def test_an_onset_within_a_period_is_no_more_exact_than_the_period(start: str, end: str | None, day: str) -> None:
    period = {"start": start} | ({"end": end} if end else {})
    body = condition("c", BRAIN, onsetPeriod=period)
    (proposal,) = brought(body).offer.proposals
    assert (proposal.value, "between" in proposal.asks) == (day, end not in (None, start))


def test_what_is_dated_after_its_document_was_composed_is_a_problem() -> None:
    composed = {"resourceType": "Composition", "id": "d", "date": "2025-11-01", "subject": {"reference": "Patient/p"}}
    late = condition("c", coded(SNOMED, "94222008"), "2030-01-01")
    (record,) = read_text(json.dumps(bundle(composed, patient(), late, kind="document")))
    assert record.offer.proposals == ()
    assert "after the file was made" in record.problems[0].what
    sent = {**bundle(patient(), late), "meta": {"lastUpdated": "2025-11-01T10:00:00Z"}}
    assert "after the file was made" in read_text(json.dumps(sent))[0].problems[0].what


def test_of_a_whole_brain_course_with_a_boost_the_dose_is_that_of_the_brain() -> None:
    def dose(volume: str, gray: float) -> Body:
        parts = [
            {"url": "volume", "valueReference": {"reference": f"BodyStructure/{volume}"}},
            {"url": "totalDoseDelivered", "valueQuantity": quantity(gray * 100, "cGy")},
            {"url": "fractionsDelivered", "valueUnsignedInt": 10},
        ]
        return {"url": "https://x.test/mcode-radiotherapy-dose-delivered-to-volume", "extension": parts}

    brain = resource("BodyStructure", "w", location=coded(SNOMED, "258335003"))
    boost = resource("BodyStructure", "b", location=coded(SNOMED, "12738006"), description="right parietal metastasis")
    course = resource(
        *("Procedure", "x"),
        status="completed",
        code=coded(SNOMED, "1217123003"),
        performedPeriod={"start": "2024-01-08", "end": "2024-01-19"},
        extension=[dose("w", 30), dose("b", 40)],
    )
    (proposal,) = brought(brain, boost, course).offer.proposals
    assert proposal.value == {"kind": "whole_brain", "day": "2024-01-19", "dose_gy": 30, "fractions": 10}
    assert "right parietal metastasis, 40 Gy" in proposal.asks
