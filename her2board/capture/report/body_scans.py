"""Reads what a letter or note says of the last CT or PET of the body: its day, and what it showed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.proposal import Trust
from her2board.capture.report.context import Context, is_said
from her2board.capture.report.document import begun
from her2board.capture.report.letter_days import written_on
from her2board.capture.report.model import Document, Event, FoundDate, Kind, Sentence
from her2board.capture.report.patterns import named
from her2board.capture.report.staging import has_grown, staging_events
from her2board.capture.report.values import dated, span_of

_KINDS: tuple[Kind, ...] = (
    "clinic_letter",
    "discharge_summary",
    "board_note",
    "systemic_history",
    "emergency_note",
    "radiotherapy_summary",
)
_READ = ("title", "body", "findings", "impression")
_NOT_NOW: tuple[Context, ...] = ("planned", "conditional", "declined", "another_person", "earlier", "uncertain")
_OF_A_SCAN = ("systemic.extracranial", "systemic.staging_date")
_MOST_AFTER = 3
"""Sentences of the same line that go on with a scan."""
_WHOLE = len("2025-01-01")
_OF_NOW = timedelta(days=190)
"""A staging that a letter reports as its own is no older: two are made a year, or more."""


class _Scan(Struct, frozen=True):
    """One scan of the body: where it is named, its day, and the sentences that say what was seen."""

    start: int
    end: int
    sentence: Sentence
    day: FoundDate
    seen: tuple[Sentence, ...]


def body_scan_events(document: Document) -> Iterator[Event]:
    """Yield the day of the last scan of the body that a text reports, and what that showed."""
    if document.kind not in _KINDS:
        return
    for scan in _last(document, [scan for scan in _scans(document) if scan]):
        shown = _shown(document, scan)
        if not shown and not named("body_scan_whole").search(document.plain, scan.start, scan.end):
            continue
        value = dated(scan.day)
        trust: Trust = "two_readings" if value.readings else "needs_eye"
        place = (scan.start, scan.end, scan.sentence)
        yield Event("body-scan-day", "systemic.staging_date", value.value, *place, trust, readings=value.readings)
        for event in shown:
            yield replace(event, sentence=scan.sentence)


def _shown(document: Document, scan: _Scan) -> list[Event]:
    """Return what a scan showed; not controlled where any of it grows."""
    marked = begun(document.marked, scan.seen)
    events = list(staging_events(replace(document, kind="staging_ct", sentences=scan.seen, marked=marked, forms=())))
    grows = any(has_grown(document, one) for one in scan.seen)
    return [event for event in events if not (grows and event.value in ("controlled", "absent"))]


def is_of_an_old_scan(document: Document, event: Event) -> bool:
    """Return whether the course of disease is read in a sentence whose only day is long before the text was written."""
    if event.field not in _OF_A_SCAN or not (written := written_on(document)):
        return False
    days = document.dates_in(event.sentence.start, event.sentence.end)
    isos = [iso for day in days for iso in day.isos]
    return len(days) == 1 and all(len(iso) == _WHOLE and _day(written) - _day(iso) > _OF_NOW for iso in isos)


def _scans(document: Document) -> Iterator[_Scan | None]:
    """Yield the scans of the body that are reported as made, each with its day."""
    for number, sentence in enumerate(document.sentences):
        if sentence.role not in _READ or not document.dates_in(sentence.start, sentence.end):
            continue
        for match in named("body_scan_statement").finditer(document.marked, sentence.start, sentence.end):
            yield _scan(document, number, match)


def _scan(document: Document, number: int, match: re.Match[str]) -> _Scan | None:
    sentence = document.sentences[number]
    words = document.plain[match.start() : match.end()]
    days = document.dates_in(*match.span())
    if len(days) != 1 or named("body_scan_other").search(words) or not named("body_scan_part").search(words):
        return None
    start, end = span_of(match, "scan") or match.span()
    place = (start, end, sentence.start, sentence.end)
    if any(is_said(context, document.marked, *place) for context in _NOT_NOW):
        return None
    if named("body_scan_not_made").match(document.plain, match.end(), sentence.end):
        return None
    first = replace(sentence, start=match.end(), role="impression")
    after = _following(document, number)
    seen = [first, *after] if document.plain[match.end() : sentence.end].strip(" .") else after
    if not match["verb"] and not (seen and named("body_scan_this").match(document.plain, seen[0].start, seen[0].end)):
        return None
    if seen and named("body_scan_another").search(document.marked, first.start, first.end):
        return None  # a sentence that reports two examinations
    return _Scan(min(start, days[0].start), match.end(), sentence, days[0], tuple(seen))


def _following(document: Document, number: int) -> list[Sentence]:
    """Return the sentences of the same line that go on with what was seen, up to one on something else."""
    behind = document.sentences[number + 1 : number + 1 + _MOST_AFTER]
    role, ends = document.sentences[number].role, named("body_scan_ends")
    same = takewhile(
        lambda one: one.role == role and not one.starts_line and not ends.search(document.marked, one.start, one.end),
        behind,
    )
    return [replace(one, role="impression") for one in same]


def _last(document: Document, found: list[_Scan]) -> list[_Scan]:
    """Return the scans of the last day; none where that is not plain, or long before what else the text dates."""
    isos = [scan.day.iso for scan in found]
    if not found or (len(found) > 1 and not all(len(iso) == _WHOLE for iso in isos)):
        return []
    last = [scan for scan in found if scan.day.iso == max(isos)]
    written = written_on(document)
    now = _day(written or max(max(one.isos) for one in document.dates))
    before = [now - _day(iso) for iso in last[0].day.isos]
    earliest = timedelta(0) if written else -_OF_NOW
    return last if all(earliest <= one <= _OF_NOW for one in before) else []


def _day(iso: str) -> date:
    """Return a day, the first of a month or year that is no more exact."""
    return date.fromisoformat(iso + "-01-01"[len(iso) - _WHOLE :] if len(iso) < _WHOLE else iso)
