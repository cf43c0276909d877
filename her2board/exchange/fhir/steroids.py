"""Reads the present steroid and its dose, where the order says it completely, and the present anti-seizure drugs."""

from collections.abc import Sequence

from her2board.exchange import codes
from her2board.exchange.fhir.medications import DrugRow
from her2board.exchange.fhir.part import Part
from her2board.exchange.fhir.record import Record
from her2board.wording import tr

OWN_STEROID = "steroid, dose as dexamethasone equivalent"
"""What this program's own bundles call the steroid of a case, which does not record its name."""
_TIMES_A_DAY = {"d": 1.0, "h": 24.0}
_MOST_MG = 100


def read_steroids(record: Record, rows: Sequence[DrugRow]) -> None:
    """Offer that a steroid is given now, with the daily dose of dexamethasone."""
    steroids = record.vocabulary.members("steroid")
    present = []
    for row in rows:
        own = row.concept.text == OWN_STEROID
        if not own and (not row.drug.ids or not set(row.drug.ids) <= steroids or "budesonide" in row.drug.ids):
            continue
        status = row.item.body.text("status").casefold()
        if _as_needed(row):
            note = tr("ordered as needed; whether it is given is not said")
            record.found.skip("neurology.steroid_given", None, "open", row.where, row.words, note)
        elif any(codes.has_word(text, codes.words()["premedication"]) for text in _texts(row)):
            note = tr("given for a day beside another drug")
            record.found.skip("neurology.steroid_given", None, "another_thing", row.where, row.words, note)
        elif status in ("active", "in-progress") and not row.stop:
            present.append(row)
        else:
            record.found.skip("neurology.steroid_given", True, "earlier", row.where, row.words, tr("no longer given"))
    if not present:
        return
    said = [row.item.said(True, "status", row.words, row.drug.asks) for row in present]
    record.found.offer("neurology.steroid_given", True, "fhir.steroid", said)
    dexamethasone = [row for row in present if row.drug.ids == ("dexamethasone",) or row.concept.text == OWN_STEROID]
    if len(present) > 1 or not dexamethasone:
        words = tr("{n} steroids are ordered; the dose is not worked out").format(n=len(present))
        for row in present:
            record.found.skip("neurology.dexamethasone_mg", None, "open", row.where, row.words, words)
        return
    _offer_dose(record, dexamethasone[0])


def read_antiseizure(record: Record, rows: Sequence[DrugRow]) -> None:
    """Offer the anti-seizure drugs that are taken now; that there are none, no list of drugs says."""
    known = record.vocabulary.members("antiseizure")
    taken = []
    for row in rows:
        if row.line or not row.drug.ids or not set(row.drug.ids) <= known:
            continue
        status = row.item.body.text("status").casefold()
        if _as_needed(row):
            note = tr("ordered as needed; whether it is given is not said")
            record.found.skip("neurology.antiseizure_drugs", None, "open", row.where, row.words, note)
        elif status in ("active", "in-progress") and not row.stop:
            taken.append(row)
        else:
            names = list(row.drug.names)
            record.found.skip(
                "neurology.antiseizure_drugs", names, "earlier", row.where, row.words, tr("no longer given")
            )
    if taken:
        names = list(dict.fromkeys(name for row in taken for name in row.drug.names))
        said = [row.item.said(names, "status", row.words, row.drug.asks) for row in taken]
        record.found.offer("neurology.antiseizure_drugs", names, "fhir.antiseizure", said)


def _dosages(row: DrugRow) -> list[Part]:
    return [*row.item.body.parts("dosageInstruction"), *row.item.body.parts("dosage")]


def _texts(row: DrugRow) -> list[str]:
    return [row.concept.text, *(part.text("text") for part in _dosages(row))]


def _as_needed(row: DrugRow) -> bool:
    """Tell whether an order is to be given as needed: by its flag, or by its words."""
    dosages, texts = _dosages(row), _texts(row)
    flagged = any(
        part.body.get("asNeededBoolean") is True or "asNeededCodeableConcept" in part.body for part in dosages
    )
    return flagged or any(codes.has_word(text, codes.words()["as_needed"]) for text in texts)


def _offer_dose(record: Record, row: DrugRow) -> None:
    dosages = [*row.item.body.parts("dosageInstruction"), *row.item.body.parts("dosage")]
    daily = [_daily(part) for part in dosages]
    if len(daily) != 1 or daily[0] is None:
        words = tr("the order does not say a daily dose completely")
        record.found.skip("neurology.dexamethasone_mg", None, "open", row.where, row.words, words)
        return
    mg, times = daily[0]
    dose = round(mg * times, 3)
    if not 0 < dose <= _MOST_MG:
        words = tr("{dose:g} mg is no daily dose of dexamethasone").format(dose=dose)
        record.found.problem(words, row.where, readings=(row.words,))
        record.found.skip("neurology.dexamethasone_mg", None, "not_known", row.where, row.words, words)
        return
    derived = tr("{mg:g} mg, {times:g} times a day").format(mg=mg, times=times)
    said = [row.item.said(dose, "dosageInstruction", dosages[0].text("text") or derived)]
    record.found.offer(
        "neurology.dexamethasone_mg",
        int(dose) if dose == int(dose) else dose,
        "fhir.steroid",
        said,
        trust="worked_out",
        derived=derived,
    )


def _daily(dosage: Part) -> tuple[float, float] | None:
    """Return mg at a time and times a day; None where either, or whether it is taken at all, is open."""
    if dosage.body.get("asNeededBoolean", False) is not False or "asNeededCodeableConcept" in dosage.body:
        return None
    rates = dosage.parts("doseAndRate")
    quantity = rates[0].part("doseQuantity") if len(rates) == 1 else dosage.part("doseQuantity")
    mg, unit = quantity.number("value"), (quantity.text("code") or quantity.text("unit")).casefold()
    repeat = dosage.part("timing").part("repeat")
    frequency, period = repeat.number("frequency"), repeat.number("period")
    unit_of_time = repeat.text("periodUnit")
    if mg is None or unit != "mg" or quantity.text("comparator") or not frequency or not period or len(rates) > 1:
        return None
    if unit_of_time not in _TIMES_A_DAY or any(
        repeat.body.get(name) for name in ("frequencyMax", "periodMax", "dayOfWeek")
    ):
        return None
    return mg, frequency * _TIMES_A_DAY[unit_of_time] / period
