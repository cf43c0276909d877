"""Reads what observations say of the brain as a whole: how many metastases, the largest, the leptomeninges."""

from collections.abc import Sequence
from typing import Any

from her2board.capture.typed import Candidate
from her2board.exchange import codes
from her2board.exchange.fhir.lesions import millimetres
from her2board.exchange.fhir.observations import Measured
from her2board.exchange.fhir.record import Record
from her2board.wording import tr

_MOST_LESIONS = 200
_TESTS = ("lesion_count", "largest_lesion", "leptomeninges")


def read_brain_findings(record: Record, measured: Sequence[Measured]) -> tuple[Measured, ...]:
    """Offer the latest of each; return what they were read from, as it says when the brain was looked at."""
    used: list[Measured] = []
    for test in _TESTS:
        read = [(value, one) for one in measured if one.test == test if (value := _value(record, one)) is not None]
        used += _offer(record, read)
    return tuple(used)


def _value(record: Record, one: Measured) -> Any:
    """Return what the case records; None where it is not read, and said so."""
    found = _READERS[one.test](record, one)
    if found is None:
        because = "threshold" if one.amount is not None and one.amount.comparator else "not_known"
        note = tr("'{value}' is not read").format(value=one.value_words)
        record.found.skip(one.field, None, because, one.part.where, one.words, note)  # type: ignore[arg-type]  # reason: both are reasons
    return found


def _count(_: Record, one: Measured) -> Any:
    number = one.amount.number if one.amount else float(one.text) if one.text.isdecimal() else None
    if number is None or (one.amount and one.amount.comparator) or number != int(number):
        return None
    return {"low": int(number), "high": int(number)} if 0 < number <= _MOST_LESIONS else None


def _largest(record: Record, one: Measured) -> Any:
    return millimetres(record, one.part, "brain.largest_mm")


def _meninges(_: Record, one: Measured) -> Any:
    table, said = codes.words(), codes.normal(one.text or one.part.value_concept().words)
    answer = one.part.flag("valueBoolean")
    if answer is not None:
        return "stated" if answer else "none"
    for name, meaning in (("absent", "none"), ("suspected", "suspected"), ("present", "stated")):
        if said.partition(" (")[0] in table[name]:
            return meaning
    return None


_READERS = {"lesion_count": _count, "largest_lesion": _largest, "leptomeninges": _meninges}


def _offer(record: Record, read: Sequence[tuple[Any, Measured]]) -> list[Measured]:
    if not read:
        return []
    latest = max((one.day.date for _, one in read if one.day), default=None)
    now = [(value, one) for value, one in read if one.day and one.day.date == latest] or list(read)
    for value, one in read:
        if (value, one) not in now:
            record.found.skip(one.field, value, "earlier", one.part.where, one.words)
    field = now[0][1].field
    said = [
        one.item.said(value, "value", one.words, "; ".join(filter(None, (one.asks, one.day.asks))))
        for value, one in now
    ]
    values = [value for number, (value, _) in enumerate(now) if value not in [other for other, _ in now[:number]]]
    if len(values) == 1:
        record.found.offer(field, values[0], "fhir.brain", said)
    else:
        readings = tuple(Candidate(value, one.words) for value, one in now)
        record.found.problem(tr("{n} different values of one day").format(n=len(values)), *(one.where for one in said))
        record.found.offer(
            field, None, "fhir.brain", said, trust="two_readings", readings=readings, asks=tr("which of them?")
        )
    return [one for _, one in now]
