"""Gives a performance status with a day of its own that day: 'Seen by oncology 2026-01-26: ECOG 1' is not of today."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec.structs import replace

from her2board.capture.report.letter_days import written_on
from her2board.capture.report.model import Document, Event, FoundDate, Span
from her2board.capture.report.moments import label_of, named_moment
from her2board.capture.report.values import dated

_WRITTEN_WITHIN = timedelta(days=31)
_SIGNS = " -*>\u2022\x02"
_DAY = "patient.performance_date"
_SCORES = ("patient.ecog", "patient.kps")
_AS_SCORES = (
    "neurology.antiseizure_drugs",
    "neurology.steroid",
    "neurology.symptoms_present",
    "patient.anticoagulated",
)
"""What is not of now where a day before that of the text leads its clause."""


def with_own_days(read: Iterable[Event], document: Document) -> list[Event]:
    """Return the events: a score of an earlier day with that day, or held where the text has one of its own."""
    events = list(read)
    visits = {event.value for event in events if _is_day(event) and event.trust == "needs_eye" and event.value}
    written = max(visits, default="") or written_on(document)
    own = {day for day in visits if _is_close(day, written)}
    found = {id(event): day for event in events if (day := _earlier_day(event, document, written))}
    old = {number: day for number, day in found.items() if day.iso not in own}
    if not old:
        return events
    scores = [event for event in events if event.field in _SCORES and event.because is None]
    current = any(id(event) not in old for event in scores)
    last = max((old[id(event)].iso for event in scores if id(event) in old), default="")
    kept = [_of_its_day(event, old, "" if current else last) for event in events]
    if current or not last:
        return [_held(event) if _is_day(event) and event.value in _isos(old) else event for event in kept]
    return [*(_held(one) if _is_day(one) and one.value != last else one for one in kept), *_days(kept, old, last)]


def _is_close(day: str, written: str) -> bool:
    """Tell whether a visit is the one that a text is about, which was written some days after it."""
    try:
        return date.fromisoformat(written) - date.fromisoformat(day) <= _WRITTEN_WITHIN
    except ValueError:
        return False


def _is_day(event: Event) -> bool:
    return event.field == _DAY and event.because is None


def _isos(old: dict[int, FoundDate]) -> set[str]:
    return {day.iso for day in old.values()}


def _held(event: Event) -> Event:
    return replace(event, because="earlier")


def _earlier_day(event: Event, document: Document, written: str) -> FoundDate | None:
    """Return the day that a state is said to be of, where it is before that of its text."""
    if event.because is not None or not event.field.startswith((*_SCORES, *_AS_SCORES)):
        return None
    if day := _led_by(event, document):
        earlier = day.iso < written[: len(day.iso)] if written else event.field in _SCORES
        return day if day.iso and earlier else None
    day = _followed_by(event, document) if event.field in _SCORES else None
    return day if day and written and day.iso and day.iso < written[: len(day.iso)] else None


def _led_by(event: Event, document: Document) -> FoundDate | None:
    """Return the day that leads the clause of a state: 'Seen by oncology 2026-01-26: ECOG 1', or that of its label."""
    low, text = event.sentence.start, document.marked
    leads, gap, alone = named_moment("day_leads"), named_moment("day_gap"), named_moment("day_gap_alone")
    for day in reversed(document.dates_in(low, event.start)):
        if named_moment("begun").search(text, day.end, event.start):
            continue
        if leads.fullmatch(text, low, day.start) and gap.fullmatch(text, day.end, event.start):
            return day
        if text[low : day.start].strip(_SIGNS):
            continue
        line = event.sentence.starts_line and named_moment("day_gap_of_a_line").fullmatch(text, day.end, event.start)
        if line or alone.fullmatch(text, day.end, event.start):
            return day
    return _of_label(document, label_of(document, event.sentence))


def _of_label(document: Document, label: Span | None) -> FoundDate | None:
    """Return the day of a label that is of a visit of that day, or a day alone."""
    text = document.marked
    for day in document.dates_in(*label) if label else ():
        start, end = label or (0, 0)
        fits = named_moment("day_leads").fullmatch(text, start, day.start) or not text[start : day.start].strip(_SIGNS)
        if fits and named_moment("label_ends").fullmatch(text, day.end, end):
            return day
    return None


def _followed_by(event: Event, document: Document) -> FoundDate | None:
    """Return the day right behind a score: 'ECOG 1 on 21 November 2025'."""
    behind = document.dates_in(event.end, event.sentence.end)[:1]
    fits = named_moment("day_behind").fullmatch
    return next((day for day in behind if fits(document.marked, event.end, day.start)), None)


def _of_its_day(event: Event, old: dict[int, FoundDate], last: str) -> Event:
    """Return a state of an earlier day as such; a score of the last such day to be looked at, with no other offered."""
    day = old.get(id(event))
    if day is None:
        return event
    return replace(event, trust="needs_eye") if event.field in _SCORES and day.iso == last else _held(event)


def _days(kept: list[Event], old: dict[int, FoundDate], last: str) -> list[Event]:
    """Return the day of the scores that are offered, where no rule reads it."""
    if any(_is_day(event) and event.value == last for event in kept):
        return []
    score = next(event for event in kept if event.field in _SCORES and event.because is None)
    day = next(day for day in old.values() if day.iso == last)
    value = dated(day).value
    return [Event("performance-date-own", _DAY, value, day.start, day.end, score.sentence, trust="needs_eye")]
