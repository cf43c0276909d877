"""Reads which scans of the brain a record holds: of reports, and of what was measured in them."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from her2board.capture.date_readings import show_date
from her2board.capture.proposal import Reason
from her2board.exchange import codes
from her2board.exchange.codes import Concept
from her2board.exchange.fhir.days import Day, effective_day, surely_before
from her2board.exchange.fhir.found import Said
from her2board.exchange.fhir.observations import Measured
from her2board.exchange.fhir.record import Item, Record
from her2board.wording import tr


class Scan(Struct, frozen=True):
    """One scan of the brain: its day, how it was done where that is said, and what says so."""

    day: Day
    modality: str
    words: str
    item: Item


def read_scans(record: Record, found: Iterable[Measured]) -> tuple[Scan, ...]:
    """Return the scans of the brain with a day; a report that is not final is seen and not offered."""
    scans = []
    for item in record.each("DiagnosticReport", "ImagingStudy"):
        name = item.body.concept("code") if item.resource.kind == "DiagnosticReport" else _of_study(item)
        modality = modality_of(name)
        if not modality or not _is_of_brain(name):
            continue
        record.read.add(item.label)
        day = effective_day(item.body)
        if item.resource.kind == "ImagingStudy":
            day = effective_day(item.body.renamed("started", "effectiveDateTime"))
        if item.gate.because:
            record.found.skip(
                "brain.imaging_date", day.iso or None, item.gate.because, item.where, name.words, item.gate.note
            )
        elif day:
            scans.append(Scan(day, modality, name.words, item))
    scans += [Scan(one.day, modality_of(one.name), one.words, one.item) for one in found if one.day]
    return tuple(scans)


def _of_study(item: Item) -> Concept:
    """Return what a study says of itself: its description, the first procedure, and its modality."""
    named = item.body.concept("procedureCode")
    modality = " ".join(part.text("code") for part in item.body.parts("modality"))
    return Concept(named.codings, " ".join(filter(None, (modality, item.body.text("description"), named.text))))


def modality_of(name: Concept) -> str:
    """Return how a scan was done, as its code or words say; empty where they say none or several."""
    coded = name.means("scan")
    if coded:
        return coded[0]
    text = " ".join(name.all_words)
    said = [kind for kind, names in codes.words()["modalities"].items() if codes.has_word(text, names)]
    return said[0] if len(said) == 1 else ""


def _is_of_brain(name: Concept) -> bool:
    if name.means("scan"):
        return True
    text = " ".join(name.all_words)
    table = codes.words()
    whole = codes.has_word(text, table["places"]["brain"]) or codes.has_word(text, table["head"])
    return whole and not codes.has_word(text, table["not_head"])


def offer_scan(record: Record, scans: Sequence[Scan]) -> None:
    """Offer day and modality of the scan that was measured, else of the latest MRI, else of the latest scan."""
    measured = [scan for scan in scans if scan.item.resource.kind == "Observation"]
    resonance = [scan for scan in scans if scan.modality == "MRI"]
    which = measured or resonance or scans
    if not which:
        return
    latest = max(scan.day.date for scan in which)
    now = [scan for scan in scans if scan.day.date == latest and (scan in which or measured)]
    asks = ""
    for scan in scans:
        if scan not in now and scan.item.resource.kind != "Observation":
            record.found.skip("brain.imaging_date", scan.day.iso, _why(scan, now), scan.item.where, scan.words)
        if surely_before(now[0].day.iso, scan.day.iso):
            asks = tr("a later scan is of {day}").format(day=show_date(scan.day.iso))
    said = [
        Said(None, scan.day.where or scan.item.where, f"{scan.words}, {scan.day.words}", scan.day.asks) for scan in now
    ]
    record.found.offer("brain.imaging_date", now[0].day.iso, "fhir.scan", said, asks=asks)
    different = list(dict.fromkeys(scan.modality for scan in now if scan.modality))
    if len(different) == 1:
        named = [scan.item.said(scan.modality, "code", scan.words) for scan in now if scan.modality]
        record.found.offer("brain.modality", different[0], "fhir.scan", named)
    elif different:
        note = tr("several scans of one day: {names}").format(names=", ".join(different))
        record.found.skip("brain.modality", None, "open", now[0].item.where, now[0].words, note)


def _why(scan: Scan, now: Sequence[Scan]) -> Reason:
    return "earlier" if surely_before(scan.day.iso, now[0].day.iso) else "another_thing"
