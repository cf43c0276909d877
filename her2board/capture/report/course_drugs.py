"""Holds local therapies of a history against its drugs: the day of a drug is not that of radiotherapy or surgery."""

from collections.abc import Iterable

from msgspec.structs import replace

from her2board.capture.report.course_words import kinds
from her2board.capture.report.drug_words import DrugGroup, drug_groups
from her2board.capture.report.model import Document, Event, Span
from her2board.case.drugs import Vocabulary

_READ_AS_A_WHOLE = "course-in-history"
"""The rule of what a sentence reports as a whole: its day may be anywhere in it."""


def with_days_of_their_own(
    document: Document, courses: Iterable[Event], lines: list[Event], vocabulary: Vocabulary
) -> list[Event]:
    """Return local therapies; one whose day is that of a drug in its sentence is seen and not offered."""
    return [
        replace(one, because="open") if _has_day_of_a_drug(document, one, lines, vocabulary) else one for one in courses
    ]


def _has_day_of_a_drug(document: Document, course: Event, lines: list[Event], vocabulary: Vocabulary) -> bool:
    day = course.value.get("day") if course.value else None
    if course.rule != _READ_AS_A_WHOLE or course.because is not None or day is None:
        return False
    start, end = course.sentence.start, course.sentence.end
    days = [(one.start, one.end) for one in document.dates_in(start, end) if one.iso == day]
    inside = [one for one in lines if one.because is None and start <= one.start < end]
    said = len(days) == 1 and any(day in (one.value.get("start"), one.value.get("stop")) for one in inside)
    places = kinds(document.marked, start, end).get(course.value["kind"], [])
    drugs = drug_groups(document, vocabulary, start, end)
    return said or (bool(places and days) and all(_is_between(drugs, *pair) for pair in _pairs(places, days)))


def _pairs(places: list[Span], days: list[Span]) -> list[tuple[Span, Span]]:
    return [(place, day) for place in places for day in days]


def _is_between(drugs: tuple[DrugGroup, ...], place: Span, day: Span) -> bool:
    """Tell whether a drug is named between the words of a therapy and a day."""
    low, high = min(place[1], day[1]), max(place[0], day[0])
    return any(low <= one.start and one.end <= high for one in drugs)
