"""Finds the day on which the course of a summary ended: where it is said to be completed, else as its lines say."""

import re

from her2board.capture.report.course_words import doses, kinds, last_days
from her2board.capture.report.model import Document, FoundDate, Sentence
from her2board.capture.report.patterns import named

_ELSEWHERE = named("courses_elsewhere")
_COMPLETED = re.compile(r"(?<!\w)(?:completed|finished|concluded)(?!\w)")


def course_days(document: Document, read: list[Sentence], *, one_day: bool) -> tuple[FoundDate, ...]:
    """Return the days on which the course of a summary ended: of the sentence that completes it, else as said."""
    here = [one for one in read if not _ELSEWHERE.search(document.plain, one.start, one.end)]
    ended = [one for one in here if _ends(document, one)]
    dates = {day.isos: day for one in ended for day in document.dates_in(one.start, one.end)}
    if len(dates) == 1:
        return tuple(dates.values())
    found = {day.isos: day for one in here for day in last_days(document, one.start, one.end, one_day=one_day)}
    if not found and one_day:
        dosed = [one for one in here if doses(document.marked, one.start, one.end)]
        found = {day.isos: day for one in dosed for day in document.dates_in(one.start, one.end)}
    return tuple(found.values())


def _ends(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence says that a therapy it names was completed."""
    start, end = sentence.start, sentence.end
    return bool(_COMPLETED.search(document.plain, start, end) and kinds(document.marked, start, end))
