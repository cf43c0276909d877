"""Medications whose name is cut off or longer, that are said by what they hold, and results in other forms."""

import pytest
from support.fhir import LOINC, RXNORM, Body, brought, coded, observation, offered, order, resource

CUT = "TRASTUZUMAB DERUXTEC 100MG PULV"


def _local(display: str, text: str) -> Body:
    return order("m", {"coding": [{"system": "http://x.test", "code": "1", "display": display}], "text": text}, "2024")


def _held(*ingredients: Body) -> Body:
    inside = {"resourceType": "Medication", "id": "x", "ingredient": list(ingredients)}
    named = {"contained": [inside], "medicationReference": {"reference": "#x"}}
    return resource("MedicationRequest", "m", status="active", intent="order", authoredOn="2024-03-01", **named)


def test_a_name_that_goes_on_behind_trastuzumab_is_not_trastuzumab() -> None:
    found = brought(_local("TRASTUZUMAB", CUT))
    assert found.offer.proposals == ()
    assert [problem.what for problem in found.problems] == [f"'{CUT}' says more than trastuzumab: another drug?"]


def test_a_name_that_goes_on_beside_a_listed_code_is_looked_at() -> None:
    (line,) = brought(
        order("m", coded(RXNORM, "224905", "trastuzumab", "Trastuzumab Invented 150 mg"), "2024")
    ).offer.proposals
    assert line.value == {"drugs": ["trastuzumab"], "start": "2024"}
    assert line.asks == "'Trastuzumab Invented 150 mg' says more than trastuzumab: another drug?"


@pytest.mark.parametrize(
    ("display", "text"),
    [("trastuzumab", "Trastuzumab (Ogivri) 150 mg"), ("trastuzumab", "trastuzumab-dkst 150 MG Injection")],
)
def test_a_name_with_another_of_the_same_drug_is_that_drug(display: str, text: str) -> None:
    (line,) = brought(_local(display, text)).offer.proposals
    assert (line.value["drugs"], line.asks) == (["trastuzumab"], "")


@pytest.mark.parametrize(
    ("name", "seen"), [(CUT, True), ("Docetaxel Invented 20 mg", True), ("Dexamethason Augentropfen", False)]
)
def test_a_name_that_begins_with_a_drug_against_the_cancer_is_not_passed_over(name: str, seen: bool) -> None:
    found = brought(order("m", name, "2024")).offer
    assert (found.proposals, [one.because for one in found.not_offered]) == ((), ["not_known"] if seen else [])


def test_a_medication_is_said_by_what_it_holds() -> None:
    two = offered(
        _held({"itemCodeableConcept": {"text": "trastuzumab"}}, {"itemCodeableConcept": {"text": "pertuzumab"}})
    )
    assert two["systemic.lines[]"][0]["drugs"] == ["trastuzumab", "pertuzumab"]
    one = offered(_held({"item": {"concept": coded(RXNORM, "2267577")}}))
    assert one["systemic.lines[]"][0]["drugs"] == ["trastuzumab deruxtecan"]


def test_a_code_of_atc_is_read_under_its_number_as_address() -> None:
    lines = offered(order("m", coded("urn:oid:2.16.840.1.113883.6.73", "L01FD04"), "2024"))["systemic.lines[]"]
    assert lines == [{"drugs": ["trastuzumab deruxtecan"], "start": "2024"}]


def test_results_inside_a_panel_are_read() -> None:
    three = {"coding": [{"system": LOINC, "code": "LA11843-2"}]}
    inner = {"resourceType": "Observation", "id": "h", "status": "final", "code": coded(LOINC, "85319-2")}
    inside = [inner | {"valueCodeableConcept": three}]
    panel = observation("o", "Receptor panel", "2024-02-01", hasMember=[{"reference": "#h"}], contained=inside)
    assert offered(panel)["tumour.specimens[]"] == [{"day": "2024-02-01", "ihc": "3+", "her2_tested": True}]


def test_a_range_is_seen_with_its_ends() -> None:
    share = {"low": {"value": 20, "unit": "%"}, "high": {"value": 30, "unit": "%"}}
    (seen,) = brought(observation("ki", coded(LOINC, "85330-9"), "2024", valueRange=share)).offer.not_offered
    assert (seen.value, seen.because) == ({"ki67_percent": "20 % - 30 %"}, "not_known")


def test_an_end_beside_the_status_active_is_asked_about() -> None:
    period = {"start": "2025-03-01", "end": "2027-09-01"}
    drug = {"text": "trastuzumab deruxtecan"}
    going = resource(
        "MedicationStatement", "m", status="active", medicationCodeableConcept=drug, effectivePeriod=period
    )
    (line,) = [one for one in brought(going).offer.proposals if one.field == "systemic.lines[]"]
    assert "has it ended, or is that planned?" in line.asks
    (done,) = [
        one for one in brought(going | {"status": "completed"}).offer.proposals if one.field == "systemic.lines[]"
    ]
    assert "has it ended" not in done.asks
