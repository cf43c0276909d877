"""What all written resources share: names, addresses, codes, and which fields of the case are in them."""

from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct, field

from her2board.case.dates import PartialDate
from her2board.case.drugs import Vocabulary
from her2board.case.model import Case
from her2board.exchange import codes

PROFILE = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-"
OWN = "urn:her2board:"
"""Begins the addresses of this program's own markers, by which it knows its bundles again."""
_NAMESPACE = UUID("3c0a4c6e-6d0e-5b7a-9a57-6f1f2b7d9d10")
_CATEGORY = "http://terminology.hl7.org/CodeSystem/"
Body = dict[str, Any]


def coded(meaning: str, system: str, text: str = "") -> Body:
    """Return a meaning as a code with its name, and a text beside it."""
    coding = codes.written(meaning, system)
    body: Body = {"coding": [{"system": coding.system, "code": coding.code, "display": coding.display}]}
    return body | ({"text": text} if text else {})


def category(list_: str, code: str) -> Body:
    """Return a code of one of HL7's own lists."""
    return {"coding": [{"system": f"{_CATEGORY}{list_}", "code": code}]}


def extension(name: str, **value: Any) -> Body:
    """Return an mCODE extension."""
    return {"url": f"{PROFILE}{name}", **value}


def iso(day: PartialDate | None) -> str:
    """Return a date as FHIR writes it; empty where it is before or after another, which FHIR cannot say."""
    return str(day) if day is not None and not day.bound else ""


def amount(number: float, unit: str, comparator: str = "") -> Body:
    """Return a number with its unit."""
    value = int(number) if number == int(number) else number
    body: Body = {"value": value, "system": "http://unitsofmeasure.org", "code": unit}
    return body | ({} if unit == "1" else {"unit": unit}) | ({"comparator": comparator} if comparator else {})


class Writing(Struct):
    """A bundle while it is written."""

    case: Case
    vocabulary: Vocabulary
    entries: list[Body] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    """Paths of the fields that are in it: 'patient.ecog', 'brain.lesions[0].site'."""

    def address(self, id_: str) -> str:
        """Return the address of a resource: the same for the same case and name, whenever it is written."""
        return f"urn:uuid:{uuid5(_NAMESPACE, f'{self.case.code}/{id_}')}"

    def refer(self, id_: str) -> Body:
        """Return a reference to a resource of this bundle."""
        return {"reference": self.address(id_)}

    def add(self, kind: str, id_: str, profile: str, *paths: str, **elements: Any) -> None:
        """Add a resource, and note which fields are in it."""
        whose = {"patient": self.refer("patient")} if kind == "BodyStructure" else {"subject": self.refer("patient")}
        body: Body = {"resourceType": kind, "id": id_}
        body |= {"meta": {"profile": [f"{PROFILE}{profile}"]}} if profile else {}
        body |= ({} if kind == "Patient" else whose) | {name: value for name, value in elements.items() if value}
        self.entries.append({"fullUrl": self.address(id_), "resource": body})
        self.taken.update(paths)

    def observe(self, id_: str, profile: str, code: Body, day: str, *paths: str, **elements: Any) -> None:
        """Add an observation."""
        dated = {"effectiveDateTime": day} if day else {}
        self.add("Observation", id_, profile, *paths, status="final", code=code, **dated, **elements)

    def own(self, name: str, value: str) -> list[Body]:
        """Return the marker by which this program knows its own."""
        return [{"system": f"{OWN}{name}", "value": value}]
