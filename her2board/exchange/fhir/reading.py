"""Reads FHIR files as proposals, one record for each patient in them."""

from collections.abc import Iterable
from dataclasses import replace

from her2board.capture.proposal import Element
from her2board.case.drugs import Vocabulary
from her2board.exchange.fhir.belonging import by_patient
from her2board.exchange.fhir.brain_findings import read_brain_findings
from her2board.exchange.fhir.conditions import read_conditions
from her2board.exchange.fhir.disease_status import read_disease_status
from her2board.exchange.fhir.files import Held, read_files
from her2board.exchange.fhir.gaps import outcome_words
from her2board.exchange.fhir.histology import read_histology
from her2board.exchange.fhir.lesions import read_lesions
from her2board.exchange.fhir.lists import read_lists
from her2board.exchange.fhir.medications import read_rows
from her2board.exchange.fhir.observations import measurements
from her2board.exchange.fhir.patients import read_patient
from her2board.exchange.fhir.procedures import read_procedures
from her2board.exchange.fhir.record import Record
from her2board.exchange.fhir.scans import read_scans
from her2board.exchange.fhir.scores import read_scores
from her2board.exchange.fhir.specimens import read_specimens
from her2board.exchange.fhir.steroids import read_antiseizure, read_steroids
from her2board.exchange.fhir.therapy_lines import read_lines
from her2board.exchange.model import Brought, Origin, Stop, never
from her2board.wording import tr


def read_fhir(files: Iterable[tuple[str, bytes]], vocabulary: Vocabulary, stop: Stop = never) -> tuple[Brought, ...]:
    """Return what each patient's resources in the files give.

    Raises UnreadableError naming file and place, and StoppedError.
    """
    held = read_files(files)
    records = by_patient(held, vocabulary)
    for record in records:
        record.stop = stop
    patients = {resource.label for resource in held.resources if resource.kind == "Patient"}
    for record in records:
        _read(record)
    _say_twice(held, records)
    _say_gaps(held, records)
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
    read_antiseizure(record, rows)
    read_lists(record)


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


def _say_gaps(held: Held, records: list[Record]) -> None:
    """Say in every record what the files themselves say is missing from them."""
    outcomes = [resource for resource in held.resources if resource.kind == "OperationOutcome"]
    for record in records:
        for gap in held.gaps:
            record.found.problem(gap.words, Element("Bundle", "", gap.file))
        for resource in outcomes:
            for words in outcome_words(resource.body):
                record.found.problem(words, Element(resource.label, "", resource.file))


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
