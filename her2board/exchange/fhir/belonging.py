"""Says whom each resource is of: a patient, another person, or what is no person."""

from her2board.capture.proposal import Element
from her2board.case.drugs import Vocabulary
from her2board.exchange.fhir.files import Held, Resource
from her2board.exchange.fhir.part import Part
from her2board.exchange.fhir.record import Record
from her2board.wording import tr

_OF_NOBODY = (
    *("Medication", "Organization", "Practitioner", "PractitionerRole", "Location", "Device", "Substance"),
    *("Group", "OperationOutcome", "Provenance"),
)
"""Resources that name no patient; others refer to them."""
_SUBJECTS = ("subject", "patient", "individual", "for")


def by_patient(held: Held, vocabulary: Vocabulary) -> list[Record]:
    """Return a record for each patient; what names no patient belongs to the only one there is."""
    patients = [resource for resource in held.resources if resource.kind == "Patient"]
    records = {patient.label: Record(patient.label, held, vocabulary, resources=[patient]) for patient in patients}
    homeless: list[Resource] = []
    of_no_person: list[tuple[Resource, str]] = []
    for resource in held.resources:
        if resource.kind == "Patient":
            continue
        said = _subject(resource)
        reference = _numbered(resource, patients, said) or said
        subject = held.resolve(reference, resource) if reference else None
        kind = subject.kind if subject is not None else _kind_named(reference)
        label = subject.label if subject is not None and kind == "Patient" else reference
        if kind not in ("", "Patient"):
            of_no_person.append((resource, reference))
        elif label:
            records.setdefault(label, Record(label, held, vocabulary)).resources.append(resource)
        elif resource.kind not in _OF_NOBODY:
            homeless.append(resource)
    if not records:
        records[""] = Record("", held, vocabulary)
    _take_homeless(records, homeless)
    for resource, reference in of_no_person:
        what = tr("is about '{name}', which is no patient; nothing was read from it").format(name=reference)
        next(iter(records.values())).found.problem(what, Element(resource.label, "subject", resource.file))
    return list(records.values())


def _take_homeless(records: dict[str, Record], homeless: list[Resource]) -> None:
    only = next(iter(records.values())) if len(records) == 1 else None
    for resource in homeless:
        if only is not None and not _names_someone(resource):
            only.resources.append(resource)
            continue
        record = next(iter(records.values()))
        what = tr("names no patient, and the file holds {n}; nothing was read from it").format(n=len(records))
        what = tr("names its patient by a number alone; nothing was read from it") if only is not None else what
        record.found.problem(what, Element(resource.label, "subject", resource.file))


def _quiet(resource: Resource) -> Part:
    return Part(resource.body, Element(resource.label, "", resource.file), lambda *_: None)


def _subject(resource: Resource) -> str:
    """Return what a resource says it is of; what is inside another and says nothing is of the same."""
    part = _quiet(resource)
    said = next(filter(None, (part.reference(name) for name in _SUBJECTS)), "")
    return _subject(resource.inside) if not said and resource.inside is not None else said


def _numbers(part: Part, name: str) -> set[str]:
    return {value for one in part.parts(name) if (value := one.text("value"))}


def _numbered(resource: Resource, patients: list[Resource], said: str) -> str:
    """Return the only patient whose number a resource gives as what it is of; empty where there is none.

    The number is beside no reference, or in one that asks for it: 'Patient?identifier=system|4711'.
    """
    asked = said.rpartition("identifier=")[2].rpartition("|")[2] if said.startswith("Patient?") else ""
    if said and not asked:
        return ""
    given = {number for name in _SUBJECTS for number in _numbers(_quiet(resource).part(name), "identifier")}
    given = {asked} if asked else given
    same = [patient.label for patient in patients if given & _numbers(_quiet(patient), "identifier")]
    return same[0] if len(same) == 1 else ""


def _names_someone(resource: Resource) -> bool:
    """Tell whether a resource names somebody without a reference: by a number, which nobody can follow."""
    return any(_quiet(resource).part(name).part("identifier") for name in _SUBJECTS)


def _kind_named(reference: str) -> str:
    """Return the kind of resource that a reference names: 'Group' of 'Group/7'; empty where it names none."""
    kind = (["", *reference.partition("/_history/")[0].rstrip("/").split("/")])[-2]
    return kind if kind[:1].isupper() and kind.isalpha() else ""
