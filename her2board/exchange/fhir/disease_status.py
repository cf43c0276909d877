"""Reads the trend of disease outside the brain. That of the brain is never offered: the class is a person's."""

from collections.abc import Sequence

from her2board.capture.typed import Candidate
from her2board.exchange.fhir.diagnoses import BOTH, BRAIN, MENINGES, Diagnosis
from her2board.exchange.fhir.found import Said
from her2board.exchange.fhir.observations import Measured
from her2board.exchange.fhir.record import Record
from her2board.wording import tr

_CONTROL = {"improved": "controlled", "stable": "controlled", "worsened": "progressing"}
_CLASS = {"stable": ["stable"], "worsened": ["progressing"]}


def read_disease_status(record: Record, measured: Sequence[Measured], diagnoses: Sequence[Diagnosis]) -> None:
    """Offer the control of disease outside the brain, from the newest status of metastases there."""
    by_label = {diagnosis.item.label: diagnosis for diagnosis in diagnoses}
    outside: list[tuple[str, Measured]] = []
    for one in measured:
        if one.test != "disease_status":
            continue
        focus = [found for ref in one.item.body.references("focus") if (found := record.follow(ref, one.item))]
        places = {by_label[f.label].place if f.label in by_label else "" for f in focus}
        status = next(iter(one.part.value_concept().means("status")), "")
        if places & {BRAIN, BOTH, MENINGES}:
            words = tr("a trend of one day; the class is a person's")
            record.found.skip("brain.cns_class", _CLASS.get(status), "never", one.item.where, one.words, words)
        elif status not in _CONTROL or not places or "" in places:
            words = tr("not said of which metastases") if status in _CONTROL else one.words
            record.found.skip("systemic.extracranial", _CONTROL.get(status), "open", one.item.where, one.words, words)
        else:
            outside.append((_CONTROL[status], one))
    _offer(record, outside)


def _offer(record: Record, outside: list[tuple[str, Measured]]) -> None:
    if not outside:
        return
    dated = [(value, one) for value, one in outside if one.day]
    latest = max((one.day.date for _, one in dated), default=None)
    now = [(value, one) for value, one in dated if one.day.date == latest] or outside
    for value, one in outside:
        if (value, one) not in now:
            record.found.skip("systemic.extracranial", value, "earlier", one.item.where, one.words)
    asks = tr("a trend of one place on one day: does it hold for all disease outside the brain?")
    said = [one.item.said(value, "value", one.words, one.day.asks) for value, one in now]
    values = list(dict.fromkeys(value for value, _ in now))
    if len(values) == 1:
        record.found.offer("systemic.extracranial", values[0], "fhir.status", said, trust="needs_eye", asks=asks)
    else:
        readings = tuple(Candidate(value, one.words) for value, one in now)
        record.found.offer(
            "systemic.extracranial", None, "fhir.status", said, trust="two_readings", readings=readings, asks=asks
        )
    day = now[0][1].day
    if day and day.where:
        record.found.offer(
            "systemic.staging_date", day.iso, "fhir.status", [Said(day.iso, day.where, day.words, day.asks)]
        )
