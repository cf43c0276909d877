"""Finds in a text what makes a course of radiotherapy or an operation: kind, dose and fractions, the last day."""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from her2board.capture.proposal import Reason
from her2board.capture.report.model import Document, FoundDate
from her2board.capture.report.patterns import compiled, named
from her2board.capture.report.values import as_written, number_of

_DOSE = named("course_words_dose")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "single": 1}
_PER_FRACTION = named("course_words_per_fraction")
_PER_FRACTION_AFTER = re.compile(r"\s*(?:per|/|a|each)\s?(?:fraction|fx|#|session|day)|\s*(?:max|isodose|bed)")
_SRS = named("course_words_srs")
_WBRT = named("course_words_wbrt")
_SURGERY = named("course_words_surgery")
_NOT_DONE = named("courses_not_done")
_PROGRAMMED = named("courses_programmed")
_RESULT = named("course_words_result")
_END = named("course_words_end")
_RANGE = named("course_words_range")
_BETWEEN = named("course_words_between")
_ON = named("course_words_on")


class Dose(Struct, frozen=True):
    """A dose of a course in Gy, its fractions where they are said, and its place."""

    start: int
    end: int
    dose_gy: float | int
    fractions: int | None


def doses(text: str, start: int, end: int) -> tuple[Dose, ...]:
    """Return the doses of courses in a part of a text; those of one fraction, a maximum or a limit are none."""
    found = []
    for match in _DOSE.finditer(text, start, end):
        before, after = text[max(start, match.start() - 30) : match.start()], text[match.end() : match.end() + 20]
        if _PER_FRACTION.search(before) or (not match["n"] and _PER_FRACTION_AFTER.match(after)):
            continue
        if dose := _dose(match):
            found.append(dose)
    return tuple(found)


def _dose(match: re.Match[str]) -> Dose | None:
    unit = match["unit"] or match["unit2"]
    scale = 100 if unit == "cgy" else 1
    if match["n"]:
        count: int | None = int(match["n"])
        gray = int(match["n"]) * number_of(match["each"]) / scale
    else:
        gray = number_of(re.sub(r",(?=\d{3})", "", match["dose"])) / scale
        words = match["count"] or match["bare"]
        count = 1 if match["single"] or match["once"] else None
        if words:
            count = _WORDS.get(words) or int(words) if not words.isdecimal() else int(words)
        if match["times"]:
            count = int(match["times"])
            gray = gray * count if count > 1 else gray
    if not 0 < gray <= 80 or (count is not None and not 1 <= count <= 40):
        return None
    if match["times"] and (count or 0) > 1 and gray > 60:
        return None
    return Dose(match.start(), match.end(), as_written(round(gray, 2)), count)


def kinds(text: str, start: int, end: int) -> dict[str, list[tuple[int, int]]]:
    """Return the kinds of local therapy that a part of a text names, with the places of their words."""
    patterns = {"radiosurgery": _SRS, "whole_brain": _WBRT, "surgery": _SURGERY}
    found = {kind: [match.span() for match in pattern.finditer(text, start, end)] for kind, pattern in patterns.items()}
    return {kind: places for kind, places in found.items() if places}


def not_done(document: Document, place: tuple[int, int], end: int) -> Reason | None:
    """Return why a therapy was not given, where the words behind it up to ``end`` say so: 'SRS was not performed'."""
    if _PROGRAMMED.match(document.marked, place[1], end):
        return "planned"
    return "declined" if _NOT_DONE.match(document.marked, place[1], end) else None


def result_in(document: Document, start: int, end: int) -> tuple[str, tuple[int, int]] | None:
    """Return how complete a resection was, as written, and where; None where it is not said once."""
    spans = [match.span() for match in _RESULT.finditer(document.plain, start, end)]
    found = {document.normal.text[a:b].lower(): (a, b) for a, b in spans}
    return next(iter(found.items())) if len(found) == 1 else None


def last_days(document: Document, start: int, end: int, *, one_day: bool) -> tuple[FoundDate, ...]:
    """Return the days on which a course ended, as a part of a text says; ``one_day`` takes the day of a treatment."""
    text = document.marked
    spans = [match.span(1) for match in _END.finditer(text, start, end)]
    spans += [match.span(2) for match in _RANGE.finditer(text, start, end)]
    spans += [match.span(1) for match in _BETWEEN.finditer(text, start, end)]
    if not spans and one_day:
        spans = [match.span(1) for match in _ON.finditer(text, start, end)]
    by_place = {(date.start, date.end): date for date in document.dates_in(start, end)}
    return tuple({by_place[span].isos: by_place[span] for span in spans if span in by_place}.values())


def distinct(found: Sequence[Dose]) -> tuple[Dose, ...]:
    """Return doses without the same one said again: '5 fractions of 5 Gy (total 25 Gy)'."""
    counted = {dose.dose_gy for dose in found if dose.fractions}
    return tuple(dose for dose in found if dose.fractions or dose.dose_gy not in counted)


def is_listed_apart(plain: str, value: dict[str, Any], place: tuple[int, int], days: Sequence[FoundDate]) -> bool:
    """Tell whether a day may be that of another item of a list: 'SRS, T-DXd, DVT (2021)'."""
    if not days or {"dose_gy", "site"} & value.keys():
        return False
    day = days[0]
    between = plain[place[1] : day.start] if place[1] <= day.start else plain[day.end : place[0]]
    return "," in between.strip(" ,")


TABLE_DOSE = compiled(r"(?:total |prescribed |prescription |delivered )?(?:dose|dosis|dose totale|dosi)(?!\w)")
