"""Reads the CSV files of the mCODE extraction framework: each row becomes the resource that it describes."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from her2board.exchange.tables.sheets import Sheet

_MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
_KINDS = {
    "condition": ("conditionId", "dateOfDiagnosis"),
    "observation": ("observationId", "effectiveDate"),
    "procedure": ("procedureId", "effectiveDate"),
    "medication": ("medicationId", "startDate"),
    "status": ("diseaseStatusCode", "conditionId"),
    "patient": ("mrn", "dateOfBirth"),
}
"""Two headings that each of the files has and the others lack."""
_SNOMED = "http://snomed.info/sct"


def kind_of(sheet: Sheet) -> str:
    """Return which of the framework's files a sheet is; empty where it is none."""
    headings = set(sheet.headings)
    return next((kind for kind, two in _KINDS.items() if "mrn" in headings and headings.issuperset(two)), "")


def as_resources(sheet: Sheet) -> bytes:
    """Return the rows as a bundle of resources."""
    made = (_MAKERS[kind_of(sheet)](dict(zip(sheet.headings, row, strict=True))) for _, row in sheet.rows)
    entries = [{"resource": body} for body in made]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def _coded(row: Mapping[str, str], code: str, system: str, display: str = "") -> dict[str, Any]:
    if not row.get(code):
        return {}
    coding = {"system": row.get(system) or _SNOMED, "code": row[code]}
    return {"coding": [coding | ({"display": row[display]} if row.get(display) else {})]}


def _base(kind: str, row: Mapping[str, str], id_: str) -> dict[str, Any]:
    return {"resourceType": kind, "id": row.get(id_, ""), "subject": {"reference": f"Patient/{row.get('mrn', '')}"}}


def _sites(row: Mapping[str, str]) -> dict[str, Any]:
    site = _coded(row, "bodySite", "")
    side = _coded(row, "laterality", "")
    qualifier = [{"url": f"{_MCODE}mcode-laterality-qualifier", "valueCodeableConcept": side}] if side else []
    return {"bodySite": [site | ({"extension": qualifier} if qualifier else {})]} if site else {}


def _intent(row: Mapping[str, str]) -> dict[str, Any]:
    intent = _coded(row, "treatmentIntent", "")
    return {"extension": [{"url": f"{_MCODE}mcode-procedure-intent", "valueCodeableConcept": intent}]} if intent else {}


def _condition(row: Mapping[str, str]) -> dict[str, Any]:
    histology = _coded(row, "histology", "")
    extension = [{"url": f"{_MCODE}mcode-histology-morphology-behavior", "valueCodeableConcept": histology}]
    return {
        **_base("Condition", row, "conditionId"),
        "code": _coded(row, "code", "codeSystem", "displayName"),
        "verificationStatus": {"coding": [{"code": row.get("verificationStatus", "")}]},
        **({"onsetDateTime": row["dateOfDiagnosis"]} if row.get("dateOfDiagnosis") else {}),
        **_sites(row),
        **({"extension": extension} if histology else {}),
    }


def _observation(row: Mapping[str, str]) -> dict[str, Any]:
    value = row.get("value", "")
    coded = _coded(row, "value", "valueCodeSystem") if row.get("valueCodeSystem") else {}
    found: dict[str, Any] = {"valueCodeableConcept": coded} if coded else {"valueString": value} if value else {}
    if not coded and value.isdigit():
        found = {"valueInteger": int(value[:9])}
    return {
        **_base("Observation", row, "observationId"),
        "status": row.get("status", ""),
        "code": _coded(row, "code", "codeSystem", "displayName"),
        **({"effectiveDateTime": row["effectiveDate"]} if row.get("effectiveDate") else {}),
        **({"bodySite": _coded(row, "bodySite", "")} if row.get("bodySite") else {}),
        **found,
    }


def _procedure(row: Mapping[str, str]) -> dict[str, Any]:
    reason = _coded(row, "reasonCode", "reasonCodeSystem", "reasonDisplayName")
    return {
        **_base("Procedure", row, "procedureId"),
        "status": row.get("status", ""),
        "code": _coded(row, "code", "codeSystem", "displayName"),
        **({"performedDateTime": row["effectiveDate"]} if row.get("effectiveDate") else {}),
        **({"reasonCode": [reason]} if reason else {}),
        **({"reasonReference": [{"reference": f"Condition/{row['conditionId']}"}]} if row.get("conditionId") else {}),
        **_sites(row),
        **_intent(row),
    }


def _medication(row: Mapping[str, str]) -> dict[str, Any]:
    dates = {name: row[heading] for name, heading in (("start", "startDate"), ("end", "endDate")) if row.get(heading)}
    return {
        **_base("MedicationAdministration", row, "medicationId"),
        "status": row.get("status", ""),
        "medicationCodeableConcept": _coded(row, "code", "codeSystem", "displayText"),
        **({"effectivePeriod": dates} if dates else {}),
        **_intent(row),
    }


def _status(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        **_base("Observation", row, "diseaseStatusId"),
        "status": row.get("observationStatus") or "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "97509-4"}]},
        "focus": [{"reference": f"Condition/{row.get('conditionId', '')}"}],
        **({"effectiveDateTime": row["dateOfObservation"]} if row.get("dateOfObservation") else {}),
        "valueCodeableConcept": _coded(row, "diseaseStatusCode", "", "diseaseStatusText"),
    }


def _patient(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        "id": row.get("mrn", ""),
        "gender": row.get("gender", ""),
        **({"birthDate": row["dateOfBirth"]} if row.get("dateOfBirth") else {}),
    }


_MAKERS = {
    "condition": _condition,
    "observation": _observation,
    "procedure": _procedure,
    "medication": _medication,
    "status": _status,
    "patient": _patient,
}


def bundles(sheets: Iterable[Sheet]) -> list[tuple[str, bytes]]:
    """Return those of the sheets that are of the framework, as files of resources."""
    return [(sheet.file, as_resources(sheet)) for sheet in sheets if kind_of(sheet)]
