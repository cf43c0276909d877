"""Reads local therapies from the words right beside them: 'SRS to right frontal (20 Gy/1#), 12 May 2024'.

A segment goes from the words of a therapy over sites, doses, days and small words only, so that a sentence may report
several therapies, and a scan besides.
"""

import re
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from her2board.capture.report.context import CONTEXTS, is_said
from her2board.capture.report.course_items import course_site
from her2board.capture.report.course_words import Dose, doses, kinds, not_done
from her2board.capture.report.matching import first_context
from her2board.capture.report.model import DATE, Document, FoundDate, Sentence, Span
from her2board.capture.report.patterns import named
from her2board.capture.report.sites import Site, find_sites

_GLUE = named("segments_glue")
_BEFORE = named("segments_before")
_AND = named("segments_and")
_SURGERY = named("segments_surgery")
_PAIR = named("segments_pair")
_OTHER_DAY_AFTER = named("segments_other_day_after")
_OTHER_DAY_BEFORE = named("segments_other_day_before")
_DOUBTED = named("segments_doubted")
_ELSEWHERE = named("courses_elsewhere")
_OF_THE_BRAIN = named("segments_of_the_brain")
_OTHER_DISEASE = named("segments_other_disease")
_OTHER_CANCER, _BREAST = named("segments_other_cancer"), named("segments_breast")
_METASTASIS = re.compile(r"(?<!\w)(?:metasta\w+|mets?|deposits?|secondaries)(?!\w)")
_LONGEST = 160
"""Characters of a segment at most."""
_BESIDE = 25
"""Characters beside a segment in which a word speaks against it."""
_FARTHER = 60
"""Characters in which a disease is named that is treated so and is no metastasis."""
_TO = re.compile(r"\s?(?:-|to|until|through|bis|au|al)\s?")
_ENDED = re.compile(r"(?<!\w)(?:completed|finished|finishing|ended|ending|last (?:fraction|treatment))(?!\w)")
_SAME_THERAPY = re.compile(r"[\s,(]*(?:and|with|for|und|e|y|et)?\s?")


class Segment(Struct):
    """One therapy with what is right beside it."""

    kind: str
    place: Span
    start: int
    end: int
    sites: list[Site] = field(default_factory=list)
    doses: list[Dose] = field(default_factory=list)
    days: list[FoundDate] = field(default_factory=list)

    def entries(self) -> list[dict[str, Any]]:
        """Return its entries without their day: one, or one for each pair of a site and its dose; none if unclear."""
        names = list(dict.fromkeys(site.written for site in self.sites))
        if len(names) > 1 and len(names) == len(self.doses) and self.kind == "radiosurgery":
            return [self._entry(name, dose) for name, dose in zip(names, self.doses, strict=True)]
        if len(names) > 1 or len({(dose.dose_gy, dose.fractions) for dose in self.doses}) > 1:
            return []
        return [self._entry(names[0] if names else "", self.doses[0] if self.doses else None)]

    def _entry(self, site: str, dose: Dose | None) -> dict[str, Any]:
        value: dict[str, Any] = {"kind": self.kind}
        if site and self.kind != "whole_brain":
            value["site"] = site
        if dose and self.kind != "surgery":
            value["dose_gy"] = dose.dose_gy
            if dose.fractions:
                value["fractions"] = dose.fractions
        return value


def segments(document: Document, sentence: Sentence) -> list[Segment]:
    """Return the therapies that a sentence reports as done on one day beside them."""
    if not document.dates_in(sentence.start, sentence.end):
        return []
    text = document.marked
    places = [(kind, place) for kind, found in _named(text, sentence.start, sentence.end).items() for place in found]
    found: list[Segment] = []
    for kind, place in _joined(text, sorted(places, key=lambda one: one[1])):
        low = found[-1].end if found else sentence.start
        if place[0] < low:
            continue
        segment = _grown(document, sentence, kind, place, low)
        if segment is not None:
            found.append(segment)
    return [one for one in found if _holds(document, sentence, one)]


def _joined(text: str, places: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Return places, words for one therapy that follow each other as one: 'stereotactic radiosurgery (SRS)'."""
    found: list[tuple[str, Span]] = []
    for kind, (start, end) in places:
        if found and found[-1][0] == kind and _SAME_THERAPY.fullmatch(text, found[-1][1][1], start):
            found[-1] = kind, (found[-1][1][0], end)
        else:
            found.append((kind, (start, end)))
    return found


def _named(text: str, start: int, end: int) -> dict[str, list[Span]]:
    """Return the words of each kind of therapy and their places, 'surgery' and 'operated' among them."""
    found = kinds(text, start, end)
    plain_words = [match.span() for match in _SURGERY.finditer(text, start, end)]
    return {**found, "surgery": [*found.get("surgery", ()), *plain_words]}


def _grown(document: Document, sentence: Sentence, kind: str, place: Span, low: int) -> Segment | None:
    """Return a segment grown from the words of a therapy to both sides."""
    segment = Segment(kind, place, *place)
    around = Sentence(low, min(sentence.end, place[1] + _LONGEST), sentence.role)
    sites = find_sites(document, around)
    given = doses(document.marked, around.start, around.end)
    days = document.dates_in(around.start, around.end)
    _to_the_left(document, segment, sites, days, low)
    _to_the_right(document, segment, sites, given, days, around.end)
    return segment


def _to_the_left(
    document: Document, segment: Segment, sites: tuple[Site, ...], days: tuple[FoundDate, ...], low: int
) -> None:
    at = segment.start
    while at > low:
        site = next((one for one in sites if one.end == at), None)
        day = next((one for one in days if one.end == at), None)
        glue = _BEFORE.search(document.marked, low, at)
        if site and not segment.sites:
            segment.sites.append(site)
            at = segment.start = site.start
        elif day and not segment.days and not document.marked[low : day.start].strip(" \n-*\u2022>(;:."):
            segment.days.append(day)
            at = segment.start = day.start
        elif glue and glue.end() == at and glue.start() < at:
            at = glue.start()
        else:
            return


def _to_the_right(
    document: Document,
    segment: Segment,
    sites: tuple[Site, ...],
    given: tuple[Dose, ...],
    days: tuple[FoundDate, ...],
    high: int,
) -> None:
    at = segment.end
    text = document.marked
    while at < high:
        site = next((one for one in sites if one.start == at), None)
        dose = next((one for one in given if one.start == at), None)
        day = next((one for one in days if one.start == at), None)
        if site:
            words, (_, end) = course_site(document, site)
            segment.sites.append(replace(site, written=words) if segment.kind == "radiosurgery" else site)
            at = segment.end = end
        elif dose:
            segment.doses.append(dose)
            at = segment.end = dose.end
        elif day:
            if segment.days and not _ends_range(text, segment, day):
                return
            segment.days = [day]
            at = segment.end = day.end
        elif segment.kind == "whole_brain" and (pair := _PAIR.match(text, at, high)):
            segment.doses.append(Dose(*pair.span(), float(pair["dose"].replace(",", ".")), int(pair["count"])))
            at = segment.end = pair.end()
        elif glue := _GLUE.match(text, at, high) or _pairs_go_on(segment, sites, text, at, high):
            at = glue.end()
        else:
            return


def _ends_range(text: str, segment: Segment, day: FoundDate) -> bool:
    """Tell whether a day ends what the day before it begins, or says it more exactly: the last is that of a course."""
    between, before = text[segment.days[-1].end : day.start], segment.days[-1].iso
    exact = bool(before) and (day.iso.startswith(f"{before}-") or bool(_ENDED.search(between)))
    return (exact or bool(_TO.fullmatch(between))) and segment.kind != "surgery"


def _pairs_go_on(segment: Segment, sites: tuple[Site, ...], text: str, at: int, high: int) -> re.Match[str] | None:
    """Return the 'and' between pairs of a site and its dose."""
    joined = _AND.match(text, at, high)
    if not joined or not segment.doses or len(segment.doses) != len(segment.sites):
        return None
    return joined if any(one.start == joined.end() for one in sites) else None


def _is_of_another_disease(text: str, sentence: Sentence, segment: Segment) -> bool:
    """Tell whether a therapy was for what is named beside it: 'vestibular schwannoma (R), SRS 2016'."""
    before = re.split(r"[;.]\s", text[max(segment.start - _FARTHER, sentence.start) : segment.start])[-1]
    if _OTHER_CANCER.search(before) and not _BREAST.search(before):
        return True
    found = list(_OTHER_DISEASE.finditer(before))
    if found and not segment.sites and not _METASTASIS.search(before, found[-1].end()):
        return True
    after = re.split(r"[;.]\s", text[segment.end : min(segment.end + _FARTHER, sentence.end)])[0]
    return bool(re.match(rf"\W*(?:for|to|of|on|due to)?\W*(?:[\w-]+ ){{0,3}}?{_OTHER_DISEASE.pattern}", after))


def _holds(document: Document, sentence: Sentence, segment: Segment) -> bool:
    """Tell whether a segment has its day, is of the head, and is said as done."""
    text = document.marked
    left = re.split(r"[,;:.(]", text[max(segment.start - _BESIDE, sentence.start) : segment.start])[-1]
    right = re.split(r"[,;:.)]", text[segment.end : min(segment.end + _BESIDE, sentence.end)])[0]
    own = text[segment.start : segment.end]
    if len(segment.days) != 1 or not segment.entries() or _ELSEWHERE.search(left + own + right):
        return False
    if _is_of_another_disease(text, sentence, segment):
        return False
    of_the_brain = "crani" in own or "trepan" in own or _OF_THE_BRAIN.search(left + own)
    if segment.kind == "surgery" and not segment.sites and not of_the_brain:
        return False
    if _OTHER_DAY_AFTER.match(text, segment.end, sentence.end):
        return False
    in_brackets = "(" in text[segment.place[1] : segment.days[0].start]
    if not in_brackets and _OTHER_DAY_BEFORE.search(text, max(segment.start - _BESIDE, sentence.start), segment.start):
        return False
    if _DOUBTED.search(text, sentence.start, sentence.end):
        return False
    bounds = (sentence.start, sentence.end)
    if is_said("negated", text, *segment.place, *bounds) or not_done(document, segment.place, sentence.end):
        return False
    forbidden = tuple(context for context in CONTEXTS if context not in ("earlier", "negated"))
    return first_context(forbidden, document, sentence, *segment.place) is None and DATE in own
