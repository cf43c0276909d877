"""Puts receptor results together by specimen: by the specimen they name, else by their day."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field

from her2board.capture.proposal import Reason
from her2board.exchange.fhir.days import Day, first_day, read_day
from her2board.exchange.fhir.found import Said
from her2board.exchange.fhir.markers import Result, read_marker
from her2board.exchange.fhir.observations import RECEPTOR_TESTS, Measured
from her2board.exchange.fhir.record import Item, Record
from her2board.wording import tr

_SURELY = 10
"""Percent of stained cells that no laboratory calls negative."""


class _Group(Struct):
    """The results of one specimen."""

    specimen: Item | None = None
    results: list[tuple[Measured, Result]] = field(default_factory=list)
    contested: frozenset[str] = frozenset()
    """Fields of which one result says two things: no other fills them."""


def read_specimens(record: Record, measured: Sequence[Measured]) -> None:
    """Offer an entry for each specimen that has a result."""
    reports = _reported(record)
    groups: dict[str, _Group] = {}
    for one in measured:
        if one.test not in RECEPTOR_TESTS:
            continue
        result = read_marker(one)
        specimen = _specimen_of(record, one.item, reports)
        key = specimen.label if specimen else f"day {one.day.iso} {one.item.body.concept('bodySite').words}"
        if result.contested:
            groups.setdefault(key, _Group(specimen)).contested |= result.contested
        if result.problem:
            because: Reason = "threshold" if result.threshold else "not_known"
            if result.impossible:
                record.found.problem(result.problem, one.part.where, readings=(one.words,))
            name = {"her2_ihc": "ihc", "her2_status": "her2_stated", "ish_panel": "ish"}.get(one.test, one.test)
            record.found.skip(one.field, {name: one.value_words}, because, one.part.where, one.words, result.problem)
            continue
        if specimen is not None and specimen.gate.because:
            note = tr("its specimen: {note}").format(note=specimen.gate.note)
            record.found.skip(one.field, dict(result.fields), specimen.gate.because, one.part.where, one.words, note)
            continue
        group = groups.setdefault(key, _Group(specimen))
        group.results.append((one, result))
    for group in groups.values():
        _offer(record, group)


def _reported(record: Record) -> dict[str, str]:
    """Return the specimen that a report names for each of its results, by their labels."""
    found: dict[str, str] = {}
    for item in record.each("DiagnosticReport"):
        specimens = item.body.references("specimen")
        for reference in item.body.references("result") if len(specimens) == 1 else ():
            if (result := record.follow(reference, item)) is not None:
                record.read.add(item.label)
                found[result.label] = specimens[0]
    return found


def _specimen_of(record: Record, item: Item, reports: dict[str, str]) -> Item | None:
    reference = item.body.reference("specimen") or reports.get(item.label, "")
    found = record.follow(reference, item)
    if reference and found is None:
        words = tr("the specimen '{name}' is not in the file").format(name=reference)
        record.found.problem(words, item.body.at("specimen"))
    if found is None or found.resource.kind != "Specimen":
        return None
    record.read.add(found.label)
    return found


def _offer(record: Record, group: _Group) -> None:
    value, said, dropped = _merged(record, group)
    if not set(value) - {"her2_tested"}:
        return
    asks = []
    day, site = Day(), ""
    if group.specimen is not None:
        collection = group.specimen.body.part("collection")
        day = first_day(collection, "collectedDateTime") or read_day(collection.part("collectedPeriod"), "start")
        day = day or read_day(group.specimen.body, "receivedTime")
        site = collection.concept("bodySite").words
        where = group.specimen.where
        asks.append(group.specimen.gate.asks)
        said.insert(0, Said(None, where, "; ".join(filter(None, (site, day.words))) or group.specimen.label))
    else:
        asks.append(tr("the specimen is not named; which is it?"))
        site = group.results[0][0].item.body.concept("bodySite").words
    if not day:
        day = min((one.day for one, _ in group.results if one.day), key=lambda d: d.date, default=Day())
        if day and group.specimen is not None:
            asks.append(tr("the day is that of the result"))
    asks += [day.asks, *dropped]
    entry: dict[str, Any] = ({"site": site[:300]} if site else {}) | ({"day": day.iso} if day else {}) | value
    record.found.offer("tumour.specimens[]", entry, "fhir.specimen", said, asks="; ".join(filter(None, asks)))


def _merged(record: Record, group: _Group) -> tuple[dict[str, Any], list[Said], list[str]]:
    """Return what the results of one specimen say together; a field with two values is left out and shown."""
    given: dict[str, list[tuple[Any, Measured]]] = {}
    said: list[Said] = []
    for one, result in group.results:
        said.append(Said(None, one.part.where, one.words, "; ".join(filter(None, (result.asks, one.item.gate.asks)))))
        for name, value in result.fields.items():
            given.setdefault(name, []).append((value, one))
    entry: dict[str, Any] = {}
    dropped: list[str] = []
    for name, values in given.items():
        if name in group.contested:
            what = tr("another result of the specimen contradicts itself")
            for value, one in values:
                record.found.skip(one.field, {name: value}, "open", one.part.where, one.words, what)
            dropped.append(what)
            continue
        if len({value for value, _ in values}) == 1:
            entry[name] = values[0][0]
            continue
        readings = tuple(one.words for _, one in values)
        what = tr("two results of one specimen: {readings}").format(readings="; ".join(readings))
        record.found.problem(what, *(one.part.where for _, one in values), readings=readings)
        for value, one in values:
            record.found.skip(one.field, {name: value}, "open", one.part.where, one.words, what)
        dropped.append(what)
    return _without_contrary(record, group, entry), said, dropped


def _contrary_fields(entry: dict[str, Any]) -> tuple[str, ...]:
    """Return two fields of a specimen that cannot both be so."""
    ihc, ish, stated = entry.get("ihc"), entry.get("ish"), entry.get("her2_stated")
    if (ihc == "3+" and stated == "negative") or (ihc in ("0", "1+") and stated == "positive"):
        return ("ihc", "her2_stated")
    if {ish, stated} == {"positive", "negative"}:
        return ("ish", "her2_stated")
    for name in ("er", "pr"):
        status, share = entry.get(name), entry.get(f"{name}_percent")
        if share is not None and ((status == "positive" and share == 0) or (status == "negative" and share >= _SURELY)):
            return (name, f"{name}_percent")
    return ()


def _without_contrary(record: Record, group: _Group, entry: dict[str, Any]) -> dict[str, Any]:
    """Leave out two results of one specimen that cannot both be so; both are shown."""
    names = _contrary_fields(entry)
    if not names:
        return entry
    ones = [(one, result) for one, result in group.results if result.fields.keys() & set(names)]
    readings = tuple(one.words for one, _ in ones)
    what = tr("results of one specimen contradict each other: {readings}").format(readings="; ".join(readings))
    record.found.problem(what, *(one.part.where for one, _ in ones), readings=readings)
    for one, result in ones:
        for name in result.fields.keys() & set(names):
            record.found.skip(one.field, {name: result.fields[name]}, "open", one.part.where, one.words, what)
    return _without_contrary(record, group, {name: value for name, value in entry.items() if name not in names})
