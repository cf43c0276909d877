"""Reads measured brain lesions and the scan they were measured on. They are never counted."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from her2board.capture.date_readings import show_date
from her2board.capture.typed import Candidate
from her2board.exchange import codes
from her2board.exchange.fhir.days import effective_day, surely_before
from her2board.exchange.fhir.diagnoses import BOTH, BRAIN, Diagnosis
from her2board.exchange.fhir.found import Said
from her2board.exchange.fhir.observations import Measured
from her2board.exchange.fhir.part import Part
from her2board.exchange.fhir.record import Item, Record
from her2board.exchange.fhir.scans import Scan, offer_scan
from her2board.wording import tr

_TO_MM = {"mm": 1, "millimeter": 1, "millimetre": 1, "cm": 10, "centimeter": 10, "centimetre": 10}
_MOST_MM = 200
_IN_BRAIN = ("brain", "part_of_brain", "whole_brain")


class _Size(Struct, frozen=True):
    """The axes of one lesion on one day, as a case file holds them."""

    one: Measured
    longest: Any
    across: Any = None
    asks: str = ""


def read_lesions(
    record: Record, measured: Sequence[Measured], diagnoses: Sequence[Diagnosis], scans: Sequence[Scan]
) -> None:
    """Offer each measured brain lesion, and date and modality of the newest scan; else those of ``scans``."""
    by_lesion: dict[str, tuple[Item, list[_Size]]] = {}
    for one in _sizes_of(record, measured):
        reference = one.item.body.reference("focus") or one.item.body.reference("bodyStructure")
        lesion = record.follow(reference, one.item)
        if lesion is None or lesion.resource.kind != "BodyStructure":
            record.found.skip(
                "brain.lesions[]",
                None,
                "another_thing",
                one.item.where,
                one.words,
                tr("no lesion of the body is named"),
            )
            continue
        record.read.update((one.item.label, lesion.label))
        if lesion.gate.because or not _in_brain(record, lesion, diagnoses):
            because = lesion.gate.because or "another_thing"
            record.found.skip(
                "brain.lesions[]", None, because, one.item.where, one.words, tr("not known to be in the brain")
            )
            continue
        size = _size(record, one)
        if size is not None:
            by_lesion.setdefault(lesion.label, (lesion, []))[1].append(size)
    shown = [size for lesion, sizes in by_lesion.values() if (size := _offer(record, lesion, sizes))]
    if shown:
        _offer_scan(record, shown, scans)
    else:
        offer_scan(record, scans)


def _sizes_of(record: Record, measured: Sequence[Measured]) -> list[Measured]:
    """Return the observations of sizes, whose values are in their components."""
    found = [one for one in measured if one.test == "tumour_size"]
    known = {one.item.label for one in found}
    for item in record.each("Observation"):
        name = item.body.concept("code")
        if item.label in known or "tumour_size" not in name.means("test"):
            continue
        record.read.add(item.label)
        one = Measured(item, item.body, "tumour_size", name, effective_day(item.body))
        if not item.gate.because and item.body.parts("component"):
            found.append(one)
    return found


def _in_brain(record: Record, lesion: Item, diagnoses: Sequence[Diagnosis]) -> bool:
    location = lesion.body.concept("location")
    places = location.means("site")
    if places:
        return all(place in _IN_BRAIN for place in places)
    texts = (*location.all_words, lesion.body.text("description"))
    if any(codes.in_brain(text) for text in texts):
        return True
    related = (part.reference("valueReference") for part in lesion.body.extensions("related-condition"))
    about = {condition.label for ref in related if (condition := record.follow(ref, lesion))}
    return any(d.item.label in about and d.place in (BRAIN, BOTH) for d in diagnoses)


def _size(record: Record, one: Measured) -> _Size | None:
    """Return the axes of one measurement in mm; what is no size is reported."""
    parts = one.item.body.parts("component")
    longest = [p for p in parts if "longest" in p.concept("code").means("size")]
    others = [p for p in parts if "other" in p.concept("code").means("size")]
    values = [millimetres(record, part) for part in (longest or [one.item.body])]
    if len(values) != 1 or values[0] is None:
        if len(values) > 1:
            record.found.problem(tr("two longest diameters in one measurement"), one.item.where)
        return None
    across = [mm for part in others if (mm := millimetres(record, part)) is not None]
    exact = [mm for mm in across if not isinstance(mm, dict)]
    width = max(exact) if exact else None
    if width is not None and not isinstance(values[0], dict) and width > values[0]:
        what = tr("the axis across ({across:g} mm) is longer than the diameter ({long:g} mm)")
        record.found.problem(what.format(across=width, long=values[0]), one.item.where)
        return None
    asks = tr("{n} further axes are left out").format(n=len(others) - 1) if len(others) > 1 else ""
    return _Size(one, values[0], width, asks)


def millimetres(record: Record, part: Part, field: str = "brain.lesions[]") -> Any:
    """Return a diameter in mm as a case file holds it."""
    quantity = part.part("valueQuantity")
    number, unit = quantity.number("value"), (quantity.text("code") or quantity.text("unit")).casefold()
    if number is None:
        return None
    if unit not in _TO_MM or not 0 < number * _TO_MM[unit] <= _MOST_MM:
        what = tr("'{number:g} {unit}' is no diameter in mm or cm").format(number=number, unit=unit)
        record.found.problem(what, part.at("valueQuantity"))
        record.found.skip(field, None, "not_given", part.where, f"{number:g} {unit}", what)
        return None
    mm = round(number * _TO_MM[unit], 2)
    mm = int(mm) if mm == int(mm) else mm
    match quantity.text("comparator"):
        case "":
            return mm
        case "<" | "<=" as sign:
            return {"high": mm} | ({"high_included": False} if sign == "<" else {})
        case ">" | ">=" as sign:
            return {"low": mm} | ({"low_included": False} if sign == ">" else {})
    return None


def _offer(record: Record, lesion: Item, sizes: list[_Size]) -> _Size | None:
    """Offer one lesion with its newest size; return that."""
    dated = [size for size in sizes if size.one.day]
    latest = max((size.one.day.date for size in dated), default=None)
    now = [size for size in sizes if size.one.day and size.one.day.date == latest] or sizes
    if len({str((size.longest, size.across)) for size in now}) > 1:
        readings = tuple(_shown(size) for size in now)
        what = tr("two sizes of one lesion: {readings}").format(readings="; ".join(readings))
        record.found.problem(what, lesion.where, *(size.one.item.where for size in now), readings=readings)
        record.found.skip("brain.lesions[]", None, "open", lesion.where, readings[0], what)
        return None
    newest = now[0]
    site = _site(lesion)
    entry: dict[str, Any] = ({"site": site} if site else {}) | {"diameter_mm": newest.longest}
    entry |= {"perpendicular_mm": newest.across} if newest.across is not None else {}
    earlier = sorted((size for size in dated if size not in now), key=lambda size: size.one.day.date)
    if earlier:
        entry["earlier_sizes"] = [{"mm": size.longest, "day": size.one.day.iso} for size in earlier]
    words = [Said(None, size.one.item.where, _shown(size), _asked(size)) for size in (*now[:1], *earlier)]
    said = [Said(None, lesion.where, site or lesion.body.concept("location").words or lesion.label), *words]
    record.found.offer("brain.lesions[]", entry, "fhir.lesion", said)
    return newest


def _asked(size: _Size) -> str:
    return "; ".join(filter(None, (size.asks, size.one.asks, size.one.day.asks, size.one.item.gate.asks)))


def _site(lesion: Item) -> str:
    location = lesion.body.concept("location")
    said = location.text or lesion.body.text("description")
    return (said or ("" if "brain" in location.means("site") else location.words))[:300]


def _shown(size: _Size) -> str:
    axes = [str(axis) for axis in (size.longest, size.across) if axis is not None]
    return ", ".join(filter(None, (" x ".join(axes) + " mm", size.one.day.words)))


def _offer_scan(record: Record, shown: list[_Size], scans: Sequence[Scan]) -> None:
    dated = [size for size in shown if size.one.day]
    if dated:
        newest = max(dated, key=lambda size: size.one.day.date)
        others = {size.one.day.iso for size in dated} - {newest.one.day.iso}
        day = newest.one.day
        said = [Said(day.iso, day.where or newest.one.item.where, day.words, newest.one.item.gate.asks)]
        asks = (
            tr("other lesions were measured on {days}").format(days=", ".join(map(show_date, sorted(others))))
            if others
            else ""
        )
        later = max((scan.day.iso for scan in scans if surely_before(day.iso, scan.day.iso)), default="")
        asks = "; ".join(
            filter(None, (asks, tr("a later scan is of {day}").format(day=show_date(later)) if later else ""))
        )
        record.found.offer(
            "brain.imaging_date", day.iso, "fhir.scan", said, asks="; ".join(filter(None, (asks, day.asks)))
        )
        shown = [size for size in dated if size.one.day.iso == day.iso]
    methods = [(m, size.one.item) for size in shown for m in size.one.item.body.concept("method").means("method")]
    said = [item.said(method, "method", item.body.concept("method").words) for method, item in methods]
    different = list(dict.fromkeys(method for method, _ in methods))
    if len(different) == 1:
        record.found.offer("brain.modality", different[0], "fhir.scan", said)
    elif different:
        readings = tuple(Candidate(method, method) for method in different)
        record.found.offer(
            "brain.modality", None, "fhir.scan", said, trust="two_readings", readings=readings, asks=tr("which scan?")
        )
