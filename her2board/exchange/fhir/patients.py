"""Reads the patient: sex and year of birth. Names and record numbers are not taken over."""

from her2board.exchange.fhir.days import read_day
from her2board.exchange.fhir.record import Item, Record
from her2board.wording import tr

_SEXES = ("female", "male")
_YEAR = 4


def read_patient(record: Record) -> None:
    """Offer sex and year of birth of the patient."""
    for item in record.each("Patient"):
        if item.gate.because:
            continue
        record.read.add(item.label)
        if (sex := item.body.text("gender").casefold()) in _SEXES:
            record.found.offer("patient.sex", sex, "fhir.patient", [item.said(sex, "gender", sex)])
        if item.body.body.get("deceasedBoolean") is True or item.body.text("deceasedDateTime"):
            record.found.problem(tr("the record says that the patient has died"), item.where)
        _birth(record, item)
        for field, name in (("identity.name", "name"), ("identity.record_number", "identifier")):
            if item.body.parts(name):
                note = tr("names and record numbers are typed by a person")
                record.found.skip(field, None, "never", item.body.at(name), "", note)


def _birth(record: Record, item: Item) -> None:
    """Offer the year: a full date of birth names a person, and a year gives the age at every meeting."""
    day = read_day(item.body, "birthDate")
    if not day or day.date.bound:
        return
    year = day.iso[:_YEAR]
    said = [item.said(year, "birthDate", year)]
    if len(day.iso) == _YEAR:
        record.found.offer("patient.birth_year", int(year), "fhir.patient", said)
    else:
        derived = tr("the year alone is taken over")
        record.found.offer("patient.birth_year", int(year), "fhir.patient", said, trust="worked_out", derived=derived)
    note = tr("a year gives no single age")
    record.found.offer("patient.age_note", f"born {year}", "fhir.patient", said, trust="worked_out", derived=note)
