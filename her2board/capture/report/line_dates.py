"""Reads when a line of therapy began and ended, in the part of a sentence that reports it."""

import re
from typing import Any

from her2board.capture.report.drug_words import DrugGroup
from her2board.capture.report.model import Document, FoundDate, Span
from her2board.capture.report.patterns import named
from her2board.capture.report.resources import BEGINS

SINCE = "_since"
"""Marks a line that began 'since' a day: it goes on where nothing says that it ended."""
EACH = re.compile(r"^\s*(?:[-*\u2022>]|\(?\d{1,2}[.)]|\(?(?:[a-h]|i{1,3}|iv|vi{0,3})[.)](?=\s))\s*")
"""The bullet of an entry."""
UNTIL = named("lines_until")
_RANGE = named("lines_range")
_FROM = named("lines_from")
_SINCE = named("lines_since")
_OFF_BEFORE = named("lines_off_before")
_OFF_AFTER = named("lines_off_after")
"""A drug that she is off since a day did not begin then."""
_NOT_BEGUN = named("lines_not_begun_after")
"""After a drug that the day before it does not begin: '09/2022 T-DM1 continued'."""
_BETWEEN = named("lines_between")
_ENDED = named("lines_ended")
_BEGUN = named("lines_begun")
_ON_THE_DAY = named("lines_on_the_day")


def line_dates(document: Document, start: int, end: int, main: DrugGroup) -> dict[str, Any] | None:
    """Return start, stop and whether it goes on; None where a date is open, or they fit no one line."""
    text = document.marked
    if _OFF_BEFORE.search(text[start : main.start]) or _OFF_AFTER.match(text, main.end, end):
        return None
    by_place = {(date.start, date.end): date for date in document.dates_in(start, end)}
    spans: dict[str, list[Span]] = {"start": [], "stop": []}
    found: dict[str, Any] = {}
    for match in _RANGE.finditer(text, start, end):
        spans["start"].append(match.span(1))
        if match[2]:
            spans["stop"].append(match.span(2))
        else:
            found["ongoing"] = True
    for name, pattern in (("start", _FROM), ("stop", UNTIL)):
        spans[name] += [match.span(1) for match in pattern.finditer(text, start, end)]
    _leading(document, start, main, by_place, spans)
    _beside(document, start, end, main, by_place, spans)
    for name, places in spans.items():
        dates = {by_place[span].isos for span in places if span in by_place}
        if len(dates) > 1 or any(len(isos) > 1 for isos in dates):
            return None
        if dates:
            found[name] = dates.pop()[0]
    if "start" in found and "stop" not in found and _SINCE.search(text, start, end):
        found[SINCE] = True
    return found


def _leading(
    document: Document,
    start: int,
    main: DrugGroup,
    by_place: dict[Span, FoundDate],
    spans: dict[str, list[Span]],
) -> None:
    """Take the date that an entry begins with as the day of what follows it: 'started', else 'completed'."""
    bullet = EACH.match(document.marked[start : main.start])
    first = start + (bullet.end() if bullet else 0)
    leading = next((span for span in by_place if span[0] == first), None)
    if leading is None or spans["start"] or leading in spans["stop"] or _NOT_BEGUN.match(document.marked, main.end):
        return
    between = document.marked[leading[1] : main.start].replace(BEGINS, " ")
    if _BETWEEN.fullmatch(between):
        spans["start"].append(leading)
    elif _ENDED.fullmatch(between) and not spans["stop"]:
        spans["stop"].append(leading)


def _beside(
    document: Document,
    start: int,
    end: int,
    main: DrugGroup,
    by_place: dict[Span, FoundDate],
    spans: dict[str, list[Span]],
) -> None:
    """Take the one date beside a drug that 'was started' or 'completed' as the day of that."""
    before = document.marked[start : main.start]
    begun, ended = _BEGUN.search(before), _ENDED.search(before)
    if begun and len(by_place) == 1 and not any(spans.values()) and next(iter(by_place))[1] <= main.start:
        spans["start"] += list(by_place)
    after = _ON_THE_DAY.match(document.marked, main.end, end)
    name = "start" if begun else "stop" if ended else ""
    if after and name and not spans[name] and after.span(1) in by_place:
        spans[name].append(after.span(1))
