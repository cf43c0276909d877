"""Reads what one radiotherapy says of itself: kinds, places, dose, fractions."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.proposal import Element
from her2board.capture.radiotherapy import Kind, Radiotherapy, read_radiotherapy
from her2board.case.terms import LocalKind
from her2board.exchange import codes
from her2board.exchange.codes import Concept
from her2board.exchange.fhir.part import Part
from her2board.exchange.fhir.record import Item, Record
from her2board.wording import tr

_TO_GY = {"gy": 1.0, "gray": 1.0, "cgy": 0.01, "centigray": 0.01}
_MOST_GY, _MOST_FRACTIONS = 100, 60
_ROUNDED_GY = 0.1
"""A dose of a day is often rounded to a tenth."""
IN_BRAIN = ("brain", "part_of_brain", "whole_brain")


class Volume(Struct, frozen=True):
    """One irradiated volume with its dose."""

    where: Element
    site: str
    dose_gy: float | None
    fractions: int | None
    whole: bool = False
    """It is the whole brain."""


class Places(Struct, frozen=True):
    """Where a procedure was done, as codes and words say."""

    codes: frozenset[str]
    texts: tuple[str, ...]
    entire: bool = False
    partial: bool = False

    @property
    def brain(self) -> bool:
        """Whether a code or a word says brain."""
        return bool(self.codes & set(IN_BRAIN)) or any(codes.in_brain(text) for text in self.texts)

    @property
    def whole_brain(self) -> bool:
        """Whether the whole of it is said."""
        said = any(codes.has_word(text, codes.words()["whole_brain"]) for text in self.texts)
        return "whole_brain" in self.codes or said or (self.entire and self.brain)

    @property
    def part(self) -> bool:
        """Whether a part of the brain is said."""
        return "part_of_brain" in self.codes or (self.partial and self.brain) or any(map(codes.part_inside, self.texts))

    @property
    def elsewhere(self) -> str:
        """Return a place outside the brain; empty where none is said."""
        found = next((code for code in sorted(self.codes) if code not in (*IN_BRAIN, "brain_and_spine")), "")
        if found or self.brain:
            return found
        if any(codes.has_word(text, codes.words()["spine"]) for text in self.texts):
            return "spine"
        named = (codes.place_in(text) for text in self.texts)
        breast = next(
            ("breast" for text in self.texts if codes.has_word(text, ("breast", "mamma", "sein", "mama"))), ""
        )
        return next((place for place in named if place and place != "meninges"), "") or breast


def places_of(record: Record, item: Item) -> Places:
    """Return where a procedure was done: its body sites, its volumes, and the target of German registries."""
    sites = list(item.body.parts("bodySite"))
    concepts = [part.as_concept() for part in sites]
    qualifiers = [q.value_concept() for part in sites for q in part.extensions("body-location-qualifier")]
    for body in _volume_bodies(record, item):
        concepts.append(body.concept("location"))
        qualifiers += body.concepts("locationQualifier")
    concepts += [part.value_concept() for part in _target(item, "Zielgebiet")]
    means = frozenset(code for concept in concepts for code in concept.means("site"))
    parts = {part for concept in qualifiers for part in concept.means("part")}
    texts = tuple(dict.fromkeys((*(text for concept in concepts for text in _free_words(concept)), *words_of(item))))
    return Places(means, texts, "entire" in parts, "partial" in parts)


def _free_words(concept: Concept) -> tuple[str, ...]:
    """Return the words of a place whose code is not known, and its text, which may say more than the code."""
    if concept.means("site"):
        return (concept.text,) if concept.text else ()
    return concept.all_words


def _target(item: Item, name: str) -> Iterator[Part]:
    for course in item.body.extensions("strahlentherapie-bestrahlung"):
        yield from course.extensions(name)


def techniques(item: Item) -> tuple[Concept, ...]:
    """Return what is said of modality and technique."""
    found = [part.value_concept() for part in _target(item, "Applikationsart")]
    found += [part.value_concept() for part in item.body.extensions("procedure-method")]
    for group in item.body.extensions("radiotherapy-modality-and-technique"):
        found += [part.value_concept() for part in group.parts("extension")]
    return (*found, *item.body.concepts("usedCode"))


def _volume_bodies(record: Record, item: Item) -> Iterator[Part]:
    for group in item.body.extensions("radiotherapy-dose-delivered-to-volume"):
        for part in group.extensions("volume"):
            reference = part.reference("valueReference")
            body = record.follow(reference, item)
            if body is not None and not body.gate.because:
                record.read.add(body.label)
                yield body.body
            elif reference and body is None:
                words = tr("the volume '{name}' is not in the file").format(name=reference)
                record.found.problem(words, group.at("volume"))


def volumes_of(record: Record, item: Item) -> tuple[tuple[Volume, ...], tuple[str, ...]]:
    """Return the doses given to volumes, and what is looked at."""
    found, asks = [], []
    for group in item.body.extensions("radiotherapy-dose-delivered-to-volume"):
        total = next(iter(group.extensions("totalDoseDelivered")), None)
        dose, ask = _dose(record, total, "cgy") if total else (None, "")
        count = next(iter(group.extensions("fractionsDelivered")), None)
        number = count.number(next(iter(count.values()), "valueUnsignedInt")) if count else None
        fractions = int(number) if number is not None and number == int(number) and 1 <= number <= 60 else None
        reference = next((part.reference("valueReference") for part in group.extensions("volume")), "")
        body = record.follow(reference, item)
        where, site = (body.where, _site_of(body.body)) if body else (group.where, "")
        found.append(Volume(where, site, dose, fractions, body is not None and _is_whole(body.body)))
        asks.append(ask)
    whole, single = _doses_of_german(item)
    for number, part in enumerate(whole):
        dose, ask = _dose(record, part, "gy")
        once = _dose(record, single[number], "gy")[0] if number < len(single) else None
        fractions = round(dose / once) if dose and once else None
        if (
            fractions
            and dose
            and once
            and (abs(fractions * once - dose) > _ROUNDED_GY or not 1 <= fractions <= _MOST_FRACTIONS)
        ):
            fractions = None
        found.append(Volume(part.where, "", dose, fractions))
        asks.append(ask)
        asks.append(
            tr("{n} fractions, worked out from {dose:g} Gy at {once:g} Gy").format(n=fractions, dose=dose, once=once)
            if fractions
            else ""
        )
    return tuple(found), tuple(filter(None, asks))


def _doses_of_german(item: Item) -> tuple[list[Part], list[Part]]:
    """Return the total doses and those of a day: inside one extension, or since 2026 each in one of its own."""
    found = []
    for name in ("Gesamtdosis", "Einzeldosis"):
        direct = item.body.extensions(f"strahlentherapie-bestrahlung-{name.casefold()}")
        found.append([*_target(item, name), *direct])
    return found[0], found[1]


def _dose(record: Record, part: Part, expected: str) -> tuple[float | None, str]:
    """Return a dose in Gy; one without a unit is none, and one in another unit than the profile's is looked at."""
    quantity = part.part("valueQuantity")
    number, unit = quantity.number("value"), quantity.text("code") or quantity.text("unit")
    if number is None:
        return None, ""
    if unit.casefold() not in _TO_GY:
        what = tr("the dose {number:g} has no unit that is read: Gy or cGy?").format(number=number)
        record.found.problem(what, part.at("valueQuantity"))
        return None, what
    gray = round(number * _TO_GY[unit.casefold()], 3)
    if not 0 < gray <= _MOST_GY:
        what = tr("{number:g} {unit} is no dose of a course").format(number=number, unit=unit)
        record.found.problem(what, part.at("valueQuantity"))
        return None, what
    if unit.casefold() in (expected, {"cgy": "centigray", "gy": "gray"}[expected]):
        return gray, ""
    what = tr("the dose is in {unit}, where the profile asks for {expected}").format(unit=unit, expected="cGy")
    if expected == "cgy":
        record.found.problem(what, part.at("valueQuantity"), readings=(f"{number:g} {unit}",))
    return gray, what


def _site_of(body: Part) -> str:
    """Return what a volume is called, where that says a place in the brain."""
    if body.own("volume"):
        named = body.concept("location").text
        return "" if named in [kind.label for kind in LocalKind] else named
    numbers = (part.text("value") for part in body.parts("identifier"))
    texts = (body.text("description"), body.concept("location").text, *numbers)
    return next((text[:300] for text in texts if text and (codes.part_inside(text) or _is_cavity(text))), "")


def _is_whole(body: Part) -> bool:
    """Tell whether a volume is the whole brain, by its code or its words."""
    location = body.concept("location")
    texts = (*location.all_words, body.text("description"))
    return "whole_brain" in location.means("site") or any(
        codes.has_word(text, codes.words()["whole_brain"]) for text in texts
    )


def _is_cavity(text: str) -> bool:
    return codes.has_word(text, ("cavity", "resection cavity", "tumorbett", "resektionshohle"))


def words_of(item: Item) -> tuple[str, ...]:
    """Return the words of what was done: of its code and of its technique, not of its notes."""
    found = [*item.body.concept("code").all_words]
    found += [text for concept in techniques(item) for text in concept.all_words]
    return tuple(dict.fromkeys(found))


def course_in_words(item: Item) -> Radiotherapy:
    """Return what the words of a procedure say of kind, dose and fractions; of a doubt or two kinds, nothing."""
    for text in words_of(item):
        found = read_radiotherapy(text)
        if found.question:
            continue
        if found.kind:
            return found
        if (kind := _kind_in(text)) and codes.has_word(text, codes.words()["radiotherapy"]):
            return replace(read_radiotherapy(_amount_in(text)), kind=kind)
    return Radiotherapy()


def _kind_in(text: str) -> Kind | None:
    """Return the kind that the words of another language say; none where they say both."""
    table = codes.words()
    whole, stereotactic = codes.has_word(text, table["whole_brain"]), codes.has_word(text, table["stereotactic"])
    return None if whole == stereotactic else "whole_brain" if whole else "radiosurgery"


def _amount_in(text: str) -> str:
    """Return what of a text is an amount: '30 Gy en 10 fractions'."""
    match = re.search(r"\d[\d.,]*\s*c?Gy\b.*", text, re.IGNORECASE)
    return match[0] if match else ""
