"""Reads medications one by one: drug, dates, intent, and why it ended."""

from collections.abc import Iterator
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.proposal import Element
from her2board.case.terms import Setting, StopReason, spoken
from her2board.exchange import codes
from her2board.exchange.codes import Concept
from her2board.exchange.fhir.days import Day, first_day, read_day, surely_before
from her2board.exchange.fhir.drug_names import Medication, read_medication
from her2board.exchange.fhir.record import Item, Record
from her2board.wording import tr

KINDS = (
    "MedicationRequest",
    "MedicationStatement",
    "MedicationAdministration",
    "MedicationUsage",
    "MedicationDispense",
)
OWN_LINE = "urn:her2board:line"
"""Address under which this program's bundles say which drugs are one line."""
_INGREDIENT = ("itemCodeableConcept", "item")
_FIELD = "systemic.lines[]"


class DrugRow(Struct, frozen=True):
    """One medication as read."""

    item: Item
    drug: Medication
    concept: Concept
    start: Day
    stop: Day
    intent: str
    """'curative', 'palliative', 'supportive' or empty."""
    setting: str
    reason: str
    """As the case records it; 'no_response' where only that is said."""
    reason_words: str
    ongoing: bool | None
    line: str = ""
    """Number of the line, in this program's own bundles."""

    @property
    def where(self) -> Element:
        """The resource itself."""
        return self.item.where

    @property
    def words(self) -> str:
        """Return it as read."""
        dates = " to ".join(filter(None, (self.start.words, self.stop.words)))
        return ", ".join(filter(None, (self.concept.words, dates)))


def read_rows(record: Record) -> tuple[DrugRow, ...]:
    """Return the medications that may be offered; the others are seen, with the reason."""
    return tuple(row for item in record.each(*KINDS) for row in _row(record, _with_medication(record, item)))


def _with_medication(record: Record, item: Item) -> Item:
    """Return a resource that is offered no further than the medication it refers to: one entered in error is none."""
    named = item.body.reference("medicationReference") or item.body.reference("medication")
    found = record.follow(named, item) if named else None
    because = found.gate.because if found is not None else None
    return replace(item, gate=found.gate) if found is not None and because and not item.gate.because else item


def _row(record: Record, item: Item) -> Iterator[DrugRow]:
    concept = medication_of(record, item)
    drug = read_medication(concept, record.vocabulary)
    if not concept.words:
        return
    if drug.problem:
        record.read.add(item.label)
        where = item.body.at("medicationCodeableConcept")
        record.found.problem(drug.problem, where, readings=concept.all_words)
        record.found.skip(
            _FIELD, {"drugs": [concept.words]}, item.gate.because or "open", where, concept.words, drug.problem
        )
        return
    if not drug.ids and any(record.vocabulary.read(text).route for text in concept.all_words):
        record.read.add(item.label)
        note = tr("given into the cerebrospinal fluid: no systemic line")
        because = item.gate.because or "another_thing"
        record.found.skip(_FIELD, {"drugs": [concept.words]}, because, item.where, concept.words, note)
        return
    if drug.begins and not _is_for_cancer(item):
        record.read.add(item.label)
        note = tr("begins with the name of a known drug, and goes on")
        because = item.gate.because or "not_known"
        record.found.skip(_FIELD, {"drugs": [concept.words]}, because, item.where, concept.words, note)
        return
    if not drug.ids and not _is_for_cancer(item):
        return  # a drug against something else, or one that nobody knows
    record.read.add(item.label)
    if drug.unlisted:
        record.found.problem(drug.unlisted, item.body.at("medicationCodeableConcept"), readings=concept.all_words)
    if set(drug.ids) & set(codes.words()["also_for_others"]) and not _is_for_cancer(item):
        given = tr("{name} is given for other diseases too: against the cancer?").format(name=", ".join(drug.names))
        drug = replace(drug, asks="; ".join(filter(None, (drug.asks, given))))
    if item.gate.because:
        value = {"drugs": list(drug.names)}
        record.found.skip(_FIELD, value, item.gate.because, item.where, concept.words, item.gate.note)
        return
    start, stop = _dates(item)
    if start and stop and surely_before(stop.iso, start.iso):
        what = tr("end {stop} before start {start}").format(stop=stop.words, start=start.words)
        record.found.problem(what, item.where)
        record.found.skip(_FIELD, {"drugs": list(drug.names)}, "open", item.where, concept.words, what)
        return
    yield _with_context(item, drug, concept, start, stop)


def medication_of(record: Record, item: Item) -> Concept:
    """Return what the medication is, in the resource or in one it refers to."""
    body = item.body
    direct = body.concept("medicationCodeableConcept")
    if direct.words:
        return direct
    reference = body.reference("medicationReference") or body.reference("medication")
    if reference:
        found = record.follow(reference, item)
        if found is None:
            words = tr("the medication '{name}' is not in the file").format(name=reference)
            record.found.problem(words, body.at("medicationReference"))
            return Concept(text=body.part("medicationReference").text("display"))
        record.read.add(found.label)
        code = found.body.concept("code")
        return code if read_medication(code, record.vocabulary).ids else _of_ingredients(record, found) or code
    return body.concept("medication")


def _of_ingredients(record: Record, medication: Item) -> Concept | None:
    """Return what a medication holds as one name; None where it lists nothing."""
    parts = [part for part in medication.body.parts("ingredient") if part.flag("isActive") is not False]
    held = [next((c for name in _INGREDIENT for c in part.concepts(name) if c.words), Concept()) for part in parts]
    drugs = [read_medication(one, record.vocabulary) for one in held]
    names = [drug.names[0] if len(drug.names) == 1 else one.words for drug, one in zip(drugs, held, strict=True)]
    return Concept(text=" + ".join(names)) if names and all(names) else None


def _is_for_cancer(item: Item) -> bool:
    """Tell whether the profile says that an unknown drug is given against the cancer."""
    profiles = item.body.part("meta").body.get("profile")
    listed = profiles if isinstance(profiles, list) else [profiles]
    return any(isinstance(one, str) and "mcode-cancer-related-medication" in one for one in listed)


def _dates(item: Item) -> tuple[Day, Day]:
    body = item.body
    for name in ("effectivePeriod", "occurencePeriod", "occurrencePeriod"):
        if period := body.part(name):
            return read_day(period, "start"), read_day(period, "end")
    for dosage in (*body.parts("dosageInstruction"), *body.parts("dosage")):
        bounds = dosage.part("timing").part("repeat").part("boundsPeriod")
        if bounds:
            return read_day(bounds, "start"), read_day(bounds, "end")
    names = ("effectiveDateTime", "occurenceDateTime", "occurrenceDateTime", "authoredOn", "whenHandedOver")
    return first_day(body, *names), Day()


def _with_context(item: Item, drug: Medication, concept: Concept, start: Day, stop: Day) -> DrugRow:
    intents = [
        c for end in ("procedure-intent", "treatment-intent", "therapie-intention") for c in _extension(item, end)
    ]
    intents += [c for part in item.body.parts("category") for c in (part.as_concept(),)]
    intent = next((meant for concept_ in intents for meant in concept_.means("intent")), "")
    settings = [*_extension(item, "stellung-zur-op"), *item.body.concepts("category")]
    setting = next((meant for concept_ in settings for meant in concept_.means("setting")), "")
    setting = setting or next((text for c in settings for text in c.all_words if text in get_args(Setting)), "")
    why = next(
        (c for c in (*item.body.concepts("statusReason"), *_extension(item, "termination-reason")) if c.words),
        Concept(),
    )
    reason = next(iter(why.means("stop")), "")
    reason = reason or next((one for one in get_args(StopReason) if spoken(one) == why.text), "")
    status = item.body.text("status").casefold()
    active = item.resource.kind in ("MedicationStatement", "MedicationUsage") and status == "active"
    ongoing = active and not stop
    if active and stop and not item.body.own("line"):
        asks = tr("its status is active and its end {day}: has it ended, or is that planned?").format(day=stop.words)
        drug = replace(drug, asks="; ".join(filter(None, (drug.asks, asks))))
    own = next((part.flag("valueBoolean") for part in item.body.extensions("her2board:ongoing")), None)
    going_on = own if own is not None else ongoing or None
    group = item.body.part("groupIdentifier")
    line = group.text("value") if group.text("system") == OWN_LINE else ""
    if line:
        drug = replace(drug, names=(concept.text,), asks="")  # as it was recorded
    return DrugRow(
        item,
        drug,
        concept,
        start,
        stop,
        intent,
        setting,
        reason,
        why.words,
        going_on,
        line,
    )


def _extension(item: Item, end: str) -> list[Concept]:
    return [part.value_concept() for part in item.body.extensions(end)]
