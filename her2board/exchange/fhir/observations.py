"""Says what an observation or a part of one measured, and which value it gives."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from her2board.exchange import codes
from her2board.exchange.codes import Concept
from her2board.exchange.fhir.days import Day, effective_day
from her2board.exchange.fhir.part import Part
from her2board.exchange.fhir.record import Item, Record
from her2board.wording import tr

RECEPTOR_TESTS = frozenset(
    (
        "her2_ihc",
        "her2_status",
        "ish",
        "ish_panel",
        "ish_ratio",
        "her2_copies",
        "er",
        "er_percent",
        "pr",
        "pr_percent",
        "ki67_percent",
    )
)
_COMPARATORS = ("<", "<=", ">", ">=", "ad", "~")


class Amount(Struct, frozen=True):
    """A number with its unit as sent."""

    number: float
    unit: str = ""
    comparator: str = ""

    @property
    def shown(self) -> str:
        """Return it as read: '<2.2', '58 %'."""
        return f"{self.comparator}{self.number:g} {self.unit}".strip()


class Measured(Struct, frozen=True):
    """One test with the part that holds its value."""

    item: Item
    part: Part
    test: str
    name: Concept
    day: Day
    asks: str = ""

    @property
    def words(self) -> str:
        """Return test and value as read."""
        return f"{self.name.words}: {self.value_words}"

    @property
    def value_words(self) -> str:
        """Return the value as read."""
        amount, concept = self.amount, self.part.value_concept()
        return amount.shown if amount else concept.words or self.text or _range_words(self.part) or "?"

    @property
    def amount(self) -> Amount | None:
        """Return the number the value is; None where it is none."""
        quantity = self.part.part("valueQuantity")
        if quantity:
            number = quantity.number("value")
            unit = quantity.text("code") or quantity.text("unit")
            comparator = quantity.text("comparator")
            return None if number is None else Amount(number, unit, comparator)
        for name in ("valueInteger", "valueDecimal", "valueUnsignedInt", "valuePositiveInt"):
            if (number := self.part.number(name)) is not None:
                return Amount(number)
        return None

    @property
    def text(self) -> str:
        """Return the value where it is a text."""
        return self.part.text("valueString")

    @property
    def field(self) -> str:
        """Return the field of a case that the test fills."""
        fields = {
            "ecog": "patient.ecog",
            "kps": "patient.kps",
            "lvef": "organs.lvef_percent",
            "tumour_size": "brain.lesions[]",
            "lesion_count": "brain.lesion_count",
            "largest_lesion": "brain.largest_mm",
            "leptomeninges": "brain.leptomeninges",
            "histology": "tumour.histology",
        }
        status = {"disease_status": "systemic.extracranial"}
        return "tumour.specimens[]" if self.test in RECEPTOR_TESTS else (fields | status).get(self.test, "")


def measurements(record: Record) -> tuple[Measured, ...]:
    """Return what all observations and their components measured; not those that give no value."""
    return tuple(one for item in record.each("Observation") for one in _of_item(record, item))


def _of_item(record: Record, item: Item) -> Iterator[Measured]:
    """Yield the tests of one observation that may be used; what is not is seen, and said once."""
    day = effective_day(item.body) or _day_of_report(record, item)
    parts = (item.body, *(item.body.parts("component")))
    for part in parts:
        name = part.concept("code")
        test, asks = test_of(name)
        if not test:
            if asks and not item.gate.because:
                record.read.add(item.label)
                record.found.problem(f"{name.shown}: {asks}", part.at("code"), readings=(name.shown, name.words))
                seen = Measured(item, part, name.means("test")[0], name, day)
                record.found.skip(seen.field, _plain_value(seen), "open", part.where, seen.words, asks)
            else:
                _unknown_code(record, item, part, name)
            continue
        record.read.add(item.label)
        one = Measured(item, part, test, name, day, asks)
        values = part.values()
        if item.gate.because:
            if values or part is item.body:
                record.found.skip(
                    one.field, _plain_value(one), item.gate.because, item.where, one.words, item.gate.note
                )
        elif part.part("dataAbsentReason"):
            note = part.concept("dataAbsentReason").words
            record.found.skip(one.field, None, "not_given", item.where, name.words, note)
        elif len(values) > 1:
            _two_values(record, one, values)
        elif values:
            yield one
        elif test in RECEPTOR_TESTS and (said := _interpreted(part)):
            yield replace(one, part=said, asks=tr("said as an interpretation, without a value"))


def _day_of_report(record: Record, item: Item) -> Day:
    """Return the day of the report that an observation is inside; none where it is in none."""
    return effective_day(record.item(item.resource.inside).body) if item.resource.inside is not None else Day()


def _interpreted(part: Part) -> Part | None:
    """Return an observation whose interpretation says positive or negative, with that as its value."""
    words = [text for concept in part.concepts("interpretation") for text in concept.all_words]
    known = [text for text in words if text.casefold() in ("positive", "negative")]
    return replace(part, body={**part.body, "valueString": known[0]}) if len(known) == 1 else None


def _range_words(part: Part) -> str:
    """Return what is between two numbers as read: '20 to 30 %'; nothing for another value."""
    ends = [part.part("valueRange").part(name) for name in ("low", "high")]
    shown = [f"{end.text('value')} {end.text('unit') or end.text('code')}".strip() for end in ends if end]
    return " - ".join(shown)


def _plain_value(one: Measured) -> object:
    """Return what would have been offered, for the list of what is not."""
    amount, concept = one.amount, one.part.value_concept()
    score = next(iter(concept.means("ihc")), "")
    if one.test in RECEPTOR_TESTS:
        key = {"her2_ihc": "ihc", "her2_status": "her2_stated", "ish_panel": "ish"}.get(one.test, one.test)
        return {key: score or (amount.number if amount else concept.words or one.text)}
    return amount.number if amount else concept.words or one.text or None


def _two_values(record: Record, one: Measured, values: tuple[str, ...]) -> None:
    shown = tuple(_shown(one, name) for name in values)
    what = tr("two values in one observation: {values}").format(values="; ".join(shown))
    record.found.problem(what, one.part.where, readings=shown)
    record.found.skip(one.field, None, "open", one.part.where, one.name.words, what)


def _shown(one: Measured, name: str) -> str:
    concept = one.part.concept(name) if isinstance(one.part.body[name], dict) else Concept()
    amount = one.amount
    if name == "valueQuantity" and amount:
        return tr("the number {number}").format(number=amount.shown)
    return concept.words or str(one.part.body[name])[:60]


def test_of(name: Concept) -> tuple[str, str]:
    """Return the test a code means, and what is looked at: a name without a known code is."""
    meant = name.means("test")
    if meant:
        other = next((text for text in name.all_words if codes.names_another(meant[0], text)), "")
        if other:
            return "", tr("its code and its name '{name}' are of different tests").format(name=other)
        return meant[0], "" if len(meant) == 1 else tr("its codes name several tests")
    if name.is_coded:
        return "", ""
    tests = {test for text in name.all_words if (test := codes.test_named(text))}
    if len(tests) != 1:
        return "", ""
    return tests.pop(), tr("the test has a name alone, '{name}', and no known code").format(name=name.words)


def _unknown_code(record: Record, item: Item, part: Part, name: Concept) -> None:
    """Say of a code that is not listed that its name looks like a test of ours: nothing is read from it."""
    tests = {test for text in name.all_words if (test := codes.test_named(text))}
    if not name.is_coded or len(tests) != 1:
        return
    one = Measured(item, part, tests.pop(), name, Day())
    coding = next(c for c in name.codings if codes.system_of(c.system))
    note = tr("{code} is not a known code of '{name}'").format(code=coding.shown, name=name.words)
    record.read.add(item.label)
    record.found.problem(note, part.at("code"), readings=(coding.shown, name.words))
    record.found.skip(one.field, None, item.gate.because or "not_known", part.at("code"), one.words, note)


def digits_of(one: Measured) -> float | None:
    """Return the one number a text value is, with nothing else that says something: '1', 'ECOG 1', '58 %'."""
    text = codes.normal(one.text)
    bare = re.sub(
        r"\b(?:ecog|kps|karnofsky|ps|who|oms|grade|grad|score|lvef|ef|index|status|performance)\b|[:=%]", " ", text
    )
    match = re.fullmatch(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*", bare)
    return float(match[1].replace(",", ".")) if match else None
