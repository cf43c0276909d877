"""Reads several courses of one summary: a list of targets or courses, each item with its own dose."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from her2board.capture.proposal import Reason
from her2board.capture.report.context import Context
from her2board.capture.report.course_words import doses, kinds, last_days, result_in
from her2board.capture.report.matching import events, first_context
from her2board.capture.report.model import Document, FoundDate, Role, Sentence, Span
from her2board.capture.report.patterns import named
from her2board.capture.report.rules import rules_for
from her2board.capture.report.sites import Site, find_sites
from her2board.capture.report.values import as_written, number_of

_CURRENT: tuple[Role, ...] = ("title", "body", "findings", "impression", "technique")
_NOT_YET: tuple[Context, ...] = ("planned", "conditional", "declined", "another_person")
_ITEM = named("courses_item")
_ELSEWHERE = named("courses_elsewhere")
_OTHERWISE = named("courses_item_otherwise")
_VOLUME = named("courses_volume")
_FRACTIONS = named("courses_item_fractions")
_LEADS = named("courses_lead")
_OF_ALL = named("courses_of_all")
_SURGERY_AFTER = named("courses_surgery_after")
_CAVITY = re.compile(r"(?:\s(?:resection|surgical))?\scavity(?!\w)")
_DATE_LABEL = re.compile(r"\s*(?:date|day|datum|fecha|data)(?: of (?:treatment|procedure))?\s?:")
_FEWEST = 2


class Found:
    """One course as an item reads: its value, the places of its parts, and the day it ended."""

    def __init__(
        self, sentence: Sentence, value: dict[str, Any], spans: list[Span], days: tuple[FoundDate, ...]
    ) -> None:
        """Keep what was read."""
        self.sentence, self.value, self.spans, self.days = sentence, value, spans, days
        self.because: Reason | None = None


def course_items(document: Document) -> tuple[list[Found], list[Span]]:
    """Return the courses of a list of a summary and its places; none where no two of its items have a dose."""
    items = list(_items(document))
    if not items:
        return [], []
    lead = [one for one in document.sentences if one.start < items[0].start and one.role in _CURRENT]
    above = {kind for one in lead for kind in kinds(document.marked, one.start, one.end)} - {"surgery"}
    day = _day_above(document, lead)
    found = [one for item in items for one in _courses(document, item, above, day)]
    dosed = [one for one in found if "dose_gy" in one.value]
    if any(named("courses_single").search(document.plain, one.start, one.end) for one in lead):
        for one in dosed:
            if one.value["kind"] == "radiosurgery":
                one.value.setdefault("fractions", 1)
    if len(dosed) < _FEWEST and not any(one.value.get("kind") == "whole_brain" for one in dosed):
        return [], []
    _say_of_all(document, items[-1].end, dosed)
    return found, [(item.start, item.end) for item in items]


def _say_of_all(document: Document, after: int, found: list[Found]) -> None:
    """Give the courses what the sentence after their list says of all of them."""
    sentence = next((one for one in document.sentences if one.start >= after), None)
    if sentence is None or not (match := _OF_ALL.match(document.plain, sentence.start, sentence.end)):
        return
    days = last_days(document, sentence.start, sentence.end, one_day=True)
    for one in found:
        if "fractions" not in one.value and match["single"]:
            one.value["fractions"] = 1
        one.days = one.days or days


def _items(document: Document) -> Iterator[Sentence]:
    """Yield the items of a list of courses, each from its bullet to the end of its line."""
    item: Sentence | None = None
    for sentence in document.sentences:
        if sentence.starts_line:
            if item:
                yield item
            begins = _ITEM.match(document.plain, sentence.start, sentence.end) and sentence.role in _CURRENT
            item = sentence if begins else None
        elif item:
            item = replace(item, end=sentence.end)
    if item:
        yield item


def _day_above(document: Document, lead: list[Sentence]) -> FoundDate | None:
    """Return the one day of the sentence that introduces the list, or of the date of a summary of one day."""
    for one in reversed(lead):
        dates = document.dates_in(one.start, one.end)
        leads = _LEADS.search(document.marked, one.start, one.end) or _DATE_LABEL.match(
            document.plain, one.start, one.end
        )
        if dates and leads:
            return dates[0] if len(dates) == 1 else None
    return None


def _courses(document: Document, item: Sentence, above: set[str], day: FoundDate | None) -> Iterator[Found]:
    """Yield the course of an item, and the operation that it says it followed."""
    text, start, end = document.marked, item.start, item.end
    if _OTHERWISE.search(document.plain, start, end) or _ELSEWHERE.search(document.plain, start, end):
        return
    after = _SURGERY_AFTER.search(text, start, end)
    part = replace(item, end=after.start()) if after else item
    if found := _course(document, part, above, day):
        yield found
        if after and (operation := _operation(document, replace(item, start=after.start()))):
            yield operation


def _course(document: Document, item: Sentence, above: set[str], day: FoundDate | None) -> Found | None:
    text, start, end = document.marked, item.start, item.end
    given = doses(text, start, end)
    named_here = kinds(text, start, end)
    own = set(named_here) or above
    sites = find_sites(document, item)
    if len(given) != 1 or len(own) != 1 or "surgery" in own or first_context(_NOT_YET, document, item, end, end):
        return None
    kind, dose = next(iter(own)), given[0]
    if any(first_context(_NOT_YET, document, item, *place) for places in named_here.values() for place in places):
        return None
    value: dict[str, Any] = {"kind": kind}
    spans: list[Span] = [(dose.start, dose.end), *(place for places in named_here.values() for place in places[:1])]
    if kind == "radiosurgery":
        if len({site.words for site in sites}) != 1:
            return None
        value["site"], place = course_site(document, sites[0])
        spans.append(place)
    value["dose_gy"] = dose.dose_gy
    counts = {int(match[1]) for match in _FRACTIONS.finditer(document.plain, start, end)}
    if dose.fractions or len(counts) == 1:
        value["fractions"] = dose.fractions or counts.pop()
    if volume := volume_in(document, start, end):
        value["volume_ml"] = volume
        spans += [match.span() for match in _VOLUME.finditer(document.plain, start, end)]
    if kind == "whole_brain":
        value |= whole_brain_parts(document, item)
    days = last_days(document, start, end, one_day=value.get("fractions") == 1) or document.dates_in(start, end)
    if not days and day and (value.get("fractions") == 1 or kind == "radiosurgery"):
        days = (day,)
    return Found(item, value, spans, tuple(days))


def course_of_item(document: Document, item: Sentence, above: set[str]) -> Found | None:
    """Return the course of one item below a heading that names its kind; None where it is none that was given."""
    plain = document.plain
    if _OTHERWISE.search(plain, item.start, item.end) or _ELSEWHERE.search(plain, item.start, item.end):
        return None
    return _course(document, item, above, None)


def _operation(document: Document, part: Sentence) -> Found | None:
    """Return the operation that a course followed, where its site and day are said."""
    sites, days = find_sites(document, part), document.dates_in(part.start, part.end)
    if len({site.words for site in sites}) != 1 or len(days) != 1:
        return None
    value: dict[str, Any] = {"kind": "surgery", "site": sites[0].written}
    spans = [(part.start, part.end)]
    if result := result_in(document, part.start, part.end):
        value["result"] = result[0]
    return Found(part, value, spans, days)


def whole_brain_parts(document: Document, sentence: Sentence) -> dict[str, Any]:
    """Return what a sentence says of hippocampal avoidance and memantine."""
    alone = replace(document, sentences=(sentence,))
    found = events(rules_for(document.kind, "course"), alone)
    return {key: value for event in found if event.because is None for key, value in event.value.items()}


def course_site(document: Document, site: Site) -> tuple[str, Span]:
    """Return the words of a site that was treated, with the cavity an operation left there, and their place."""
    cavity = _CAVITY.match(document.plain, site.end)
    end = cavity.end() if cavity else site.end
    return (f"{site.written} cavity" if cavity else site.written), (site.start, end)


def volume_in(document: Document, start: int, end: int) -> float | int | None:
    """Return the one volume that a part of a text gives, in millilitres."""
    found = {number_of(match["value"]) for match in _VOLUME.finditer(document.plain, start, end)}
    return as_written(found.pop()) if len(found) == 1 else None
