"""Reads FHIR files as proposals, one record for each patient in them."""

from collections.abc import Iterable
from dataclasses import replace

from her2board.capture.proposal import Element
from her2board.case.drugs import Vocabulary
from her2board.exchange.fhir.brain_findings import read_brain_findings
from her2board.exchange.fhir.conditions import read_conditions
from her2board.exchange.fhir.disease_status import read_disease_status
from her2board.exchange.fhir.files import Held, Resource, read_files
from her2board.exchange.fhir.histology import read_histology
from her2board.exchange.fhir.lesions import read_lesions
from her2board.exchange.fhir.medications import read_rows
from her2board.exchange.fhir.observations import measurements
from her2board.exchange.fhir.part import Part
from her2board.exchange.fhir.patients import read_patient
from her2board.exchange.fhir.procedures import read_procedures
from her2board.exchange.fhir.record import Record
from her2board.exchange.fhir.scans import read_scans
from her2board.exchange.fhir.scores import read_scores
from her2board.exchange.fhir.specimens import read_specimens
from her2board.exchange.fhir.steroids import read_steroids
from her2board.exchange.fhir.therapy_lines import read_lines
from her2board.exchange.model import Brought, Origin, Stop, never
from her2board.wording import tr

_OF_NOBODY = ("Medication", "Organization", "Practitioner", "PractitionerRole", "Location", "Device", "Substance")
"""Resources that name no patient; others refer to them."""


def read_fhir(files: Iterable[tuple[str, bytes]], vocabulary: Vocabulary, stop: Stop = never) -> tuple[Brought, ...]:
    """Return what each patient's resources in the files give.

    Raises UnreadableError naming file and place, and StoppedError.
    """
    held = read_files(files)
    records = _by_patient(held, vocabulary)
    for record in records:
        record.stop = stop
    patients = {resource.label for resource in held.resources if resource.kind == "Patient"}
    for record in records:
        _read(record)
    _say_twice(held, records)
    for record in records:
        if record.label not in patients and patients and record.label:
            words = tr("the patient '{name}' is not in the file: is it another person?")
            record.found.problem(
                words.format(name=record.label), *(r.where for r in map(record.item, record.resources))
            )
    return tuple(_finished(record) for record in records)


def _read(record: Record) -> None:
    read_patient(record)
    diagnoses = read_conditions(record)
    measured = measurements(record)
    read_specimens(record, measured)
    scans = read_scans(record, read_brain_findings(record, measured))
    read_lesions(record, measured, diagnoses, scans)
    read_histology(record, measured)
    read_scores(record, measured)
    read_disease_status(record, measured, diagnoses)
    read_procedures(record, diagnoses)
    rows = read_rows(record)
    read_lines(record, rows)
    read_steroids(record, rows)


def _by_patient(held: Held, vocabulary: Vocabulary) -> list[Record]:
    """Return a record for each patient; what names no patient belongs to the only one there is."""
    patients = [resource for resource in held.resources if resource.kind == "Patient"]
    records = {patient.label: Record(patient.label, held, vocabulary, resources=[patient]) for patient in patients}
    homeless: list[Resource] = []
    for resource in held.resources:
        if resource.kind == "Patient":
            continue
        reference = _subject(resource)
        patient = held.resolve(reference, resource) if reference else None
        label = patient.label if patient is not None and patient.kind == "Patient" else reference
        if label:
            records.setdefault(label, Record(label, held, vocabulary)).resources.append(resource)
        elif resource.kind not in _OF_NOBODY:
            homeless.append(resource)
    if not records:
        records[""] = Record("", held, vocabulary)
    only = next(iter(records.values())) if len(records) == 1 else None
    for resource in homeless:
        if only is not None:
            only.resources.append(resource)
        else:
            record = next(iter(records.values()))
            what = tr("names no patient, and the file holds {n}; nothing was read from it").format(n=len(records))
            record.found.problem(what, Element(resource.label, "subject", resource.file))
    return list(records.values())


def _subject(resource: Resource) -> str:
    quiet = Part(resource.body, Element(resource.label, "", resource.file), lambda *_: None)
    return next(filter(None, (quiet.reference(name) for name in ("subject", "patient", "individual", "for"))), "")


def _say_twice(held: Held, records: list[Record]) -> None:
    by_label = {resource.label: record for record in reversed(records) for resource in record.resources}
    by_resource = {id(resource): record for record in records for resource in record.resources}
    for resource in held.twice:
        record = by_label.get(resource.label, records[0])
        record.found.problem(tr("duplicate entry; it is read once"), Element(resource.label, "", resource.file))
    for first, second in held.versions:
        record = by_resource.get(id(first), records[0])
        unsure = second.label in held.unsure
        what = tr("two different resources of this name; the newer one is read")
        what = (
            tr("two different resources of this name, and nothing says which is newer: none is read")
            if unsure
            else what
        )
        record.found.problem(what, Element(second.label, "", second.file))


def _finished(record: Record) -> Brought:
    """Count what nothing was read from, and keep what a person reads beside the proposals."""
    for resource in record.resources:
        if resource.label not in record.read:
            record.found.not_read[resource.kind] += 1
    made = record.found.brought(record.label)
    own = {id(resource) for resource in record.resources}
    referred = {(source.resource, source.file) for source in made.sources() if isinstance(source, Element)}
    held = (r for r in record.held.resources if id(r) in own or (r.label, r.file) in referred)
    return replace(made, origins=tuple(Origin(Element(r.label, "", r.file), r.label, r.body) for r in held))
