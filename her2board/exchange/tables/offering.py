"""Offers what the rows of one patient say: of several visits the latest, and what differs as readings."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from her2board.capture.typed import Candidate
from her2board.case.dates import PartialDate
from her2board.case.fields import field_by_path
from her2board.exchange.fhir.found import Found, Said
from her2board.exchange.tables.mapping import field_of
from her2board.wording import tr

_LASTING = ("tumour.", "patient.sex", "patient.birth_year", "patient.age")
"""What does not change from visit to visit: two values of it contradict each other."""


class CellValue(Struct, frozen=True):
    """What one cell gives: values by path, what is looked at, and how they were worked out."""

    said: Said
    values: Mapping[str, Any] = field(default_factory=dict)
    readings: tuple[Candidate, ...] = ()
    derived: str = ""
    ticked: bool = False
    """It is one of several boxes: what it says is added to what the others say."""
    day: str = ""
    """The day that it is of, as ISO text: its own, or that of the visit."""
    visit: str = ""
    """The day of the visit that the row is of, as ISO text."""
    event: str = ""
    """The event of a longitudinal project that the row is of."""


ReadEntry = tuple[str, dict[str, Any], list[CellValue]]
"""An entry as a row says it: of which list, what, in which cells."""


def specimens_once(entries: Sequence[ReadEntry]) -> list[ReadEntry]:
    """Return the entries with what several rows say of a specimen in the same words once; a person looks at it."""
    found: list[ReadEntry] = []
    for name, value, cells in entries:
        same = next((one for one in found if one[0] == name == "tumour.specimens[]" and one[1] == value), None)
        if same is None:
            found.append((name, value, list(cells)))
            continue
        asks = tr("said in several rows: one specimen?")
        same[2].extend(replace(cell, said=replace(cell.said, asks=asks)) for cell in cells)
    return found


def of_now(found: Found, plain: Mapping[str, Sequence[CellValue]]) -> dict[str, Sequence[CellValue]]:
    """Return what holds at the latest visit: what an earlier one says of no day of its own is seen and not offered."""
    visits = [read.visit for reads in plain.values() for read in reads if read.visit]
    latest = max(visits, key=lambda day: PartialDate.parse(day), default="")
    kept: dict[str, Sequence[CellValue]] = {}
    for path, reads in plain.items():
        target = field_of(path)
        passing = target is not None and not target.info.dated_by and target.kind != "date"
        passing = passing and not path.startswith(_LASTING)
        past = [r for r in reads if passing and r.visit and _after(latest, r.visit)]
        for read in past:
            found.skip(path, read.values.get(path), "earlier", read.said.where, read.said.words)
        if now := [read for read in reads if read not in past]:
            kept[path] = now
    kept |= _worked_out(kept)
    events = list(dict.fromkeys(read.event for reads in plain.values() for read in reads if read.event))
    return {path: _of_one_event(path, reads, events) for path, reads in kept.items()}


def _of_one_event(path: str, reads: Sequence[CellValue], events: Sequence[str]) -> Sequence[CellValue]:
    """Return what was read, looked at where it may have passed: the latest event of the table does not say it."""
    if path.startswith(_LASTING) or len(events) < 2 or any(read.event in ("", events[-1]) for read in reads):
        return reads
    words = tr("said at '{event}', and not at '{last}': does it still hold?")
    asks = [words.format(event=read.event, last=events[-1]) for read in reads]
    return [
        replace(read, said=replace(read.said, asks="; ".join(filter(None, (read.said.asks, ask)))))
        for read, ask in zip(reads, asks, strict=True)
    ]


def _worked_out(kept: Mapping[str, Sequence[CellValue]]) -> dict[str, Sequence[CellValue]]:
    """Return that a steroid is given, where a dose of it is recorded and nothing else is said of it."""
    dose, given = "neurology.dexamethasone_mg", "neurology.steroid_given"
    values = [read for read in kept.get(dose, ()) if (read.values.get(dose) or 0) > 0]
    if not values or given in kept:
        return {}
    return {given: [replace(read, values={given: True}, derived=tr("a dose is recorded")) for read in values]}


def _after(day: str, other: str) -> bool:
    return PartialDate.parse(day).surely_after(PartialDate.parse(other))


def offer_plain(found: Found, path: str, reads: Sequence[CellValue]) -> None:
    """Offer what the cells of one field say together."""
    reads = _latest(found, path, reads)
    target = field_of(path)
    if target is not None and target.kind == "texts":
        listed = [text for read in reads for text in read.values.get(path, ())]
        texts = listed if len(reads) == 1 else list(dict.fromkeys(listed))
        found.offer(path, texts, "table.column", [read.said for read in reads])
        return
    readings = {
        str(read.values[path]): Candidate(read.values[path], read.said.words) for read in reads if path in read.values
    }
    readings |= {str(c.value): c for read in reads for c in read.readings}
    said = [read.said for read in reads]
    derived = "; ".join(dict.fromkeys(filter(None, (read.derived for read in reads))))
    if len(readings) == 1 and not any(read.readings for read in reads):
        value = next(iter(readings.values())).value
        found.offer(path, value, "table.column", said, trust="worked_out" if derived else "stated", derived=derived)
    elif readings:
        shown = tuple(readings.values())
        if len(reads) > 1:
            words = tr("different values in several rows: {readings}").format(
                readings="; ".join(c.words for c in shown)
            )
            found.problem(words, *(read.said.where for read in reads), readings=tuple(c.words for c in shown))
        found.offer(path, None, "table.column", said, trust="two_readings", readings=shown, asks=tr("which of them?"))


def offer_entry(found: Found, name: str, value: dict[str, Any], cells: Sequence[CellValue]) -> None:
    """Offer one entry of a list, or what is answered about one drug."""
    derived = "; ".join(dict.fromkeys(filter(None, (read.derived for read in cells))))
    said = [read.said for read in cells]
    table = field_by_path()[name.removesuffix("[]")]
    if table.kind == "mapping":
        if drug := value.pop("drug", ""):
            found.offer(f"{table.path}.{drug}", value, "table.row", said)
        return
    found.offer(name, value, "table.row", said, trust="worked_out" if derived else "stated", derived=derived)


def _latest(found: Found, path: str, reads: Sequence[CellValue]) -> Sequence[CellValue]:
    """Return what the latest visit says, where the rows are of different days; the others are earlier."""
    if path.startswith(_LASTING) or len(reads) < 2 or not all(read.day for read in reads):
        return reads
    latest = max((read.day for read in reads), key=lambda day: PartialDate.parse(day))
    now = [read for read in reads if read.day == latest]
    earlier = [read for read in reads if read.day != latest]
    if not all(_after(latest, read.day) for read in earlier):
        return reads
    for read in earlier:
        found.skip(path, read.values.get(path), "earlier", read.said.where, read.said.words)
    return now
