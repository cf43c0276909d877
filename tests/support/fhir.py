"""FHIR resources of invented patients, in few words."""

import json
from typing import Any

from her2board.capture.proposal import Proposal
from her2board.exchange.fhir.reading import read_fhir
from her2board.exchange.model import Brought
from support.releases import release

LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
RXNORM, ATC = "http://www.nlm.nih.gov/research/umls/rxnorm", "http://fhir.de/CodeSystem/bfarm/atc"
ICD10CM, ICD10GM = "http://hl7.org/fhir/sid/icd-10-cm", "http://fhir.de/CodeSystem/bfarm/icd-10-gm"
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
Body = dict[str, Any]


def coded(system: str, code: str, display: str = "", text: str = "") -> Body:
    coding = {"system": system, "code": code} | ({"display": display} if display else {})
    return {"coding": [coding]} | ({"text": text} if text else {})


def quantity(value: float, unit: str = "", **more: Any) -> Body:
    return {"value": value} | ({"unit": unit, "code": unit} if unit else {}) | more


def resource(kind: str, id_: str, **elements: Any) -> Body:
    subject = {"subject": {"reference": "Patient/p"}} if kind not in ("Patient", "Medication", "BodyStructure") else {}
    subject |= {"patient": {"reference": "Patient/p"}} if kind == "BodyStructure" else {}
    return {"resourceType": kind, "id": id_, **subject, **elements}


def patient(**elements: Any) -> Body:
    return resource("Patient", "p", **elements)


def observation(id_: str, code: Body | str, day: str = "", **elements: Any) -> Body:
    named = {"text": code} if isinstance(code, str) else code
    dated = {"effectiveDateTime": day} if day else {}
    return resource("Observation", id_, **{"status": "final", "code": named, **dated, **elements})


def condition(id_: str, code: Body | str, onset: str = "", **elements: Any) -> Body:
    named = {"text": code} if isinstance(code, str) else code
    return resource("Condition", id_, code=named, **({"onsetDateTime": onset} if onset else {}), **elements)


def order(id_: str, drug: Body | str, start: str = "", **elements: Any) -> Body:
    named = {"text": drug} if isinstance(drug, str) else drug
    body = {"status": "active", "intent": "order", "medicationCodeableConcept": named}
    return resource("MedicationRequest", id_, **{**body, **({"authoredOn": start} if start else {}), **elements})


def bundle(*resources: Body, kind: str = "collection") -> Body:
    entries = [{"fullUrl": f"https://x.test/{r['resourceType']}/{r.get('id')}", "resource": r} for r in resources]
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def brought(*resources: Body) -> Brought:
    """Return what a bundle of one patient's resources gives."""
    everything = resources if any(r["resourceType"] == "Patient" for r in resources) else (patient(), *resources)
    return read_text(json.dumps(bundle(*everything)))[0]


def read_text(*texts: str) -> tuple[Brought, ...]:
    files = [(f"file{n}.json", text.encode()) for n, text in enumerate(texts)]
    return read_fhir(files, release().vocabulary)


def offered(*resources: Body) -> dict[str, Any]:
    """Return the offered values by field; a list of entries, or of the values to choose from."""
    found: dict[str, Any] = {}
    for proposal in brought(*resources).offer.proposals:
        if proposal.is_entry:
            found.setdefault(proposal.field, []).append(proposal.value)
        else:
            found[proposal.field] = proposal.value if not proposal.readings else list(proposal.values)
    return found


def seen(*resources: Body) -> list[tuple[str, Any, str]]:
    """Return what is seen and not offered: field, value, reason."""
    return [(one.field, one.value, one.because) for one in brought(*resources).offer.not_offered]


def problems(*resources: Body) -> list[str]:
    return [problem.what for problem in brought(*resources).problems]


def only(proposals: tuple[Proposal, ...], field: str) -> Proposal:
    (found,) = [one for one in proposals if one.field == field]
    return found
