"""A value as read off a match, and what reading one shares."""

import re
from typing import Any

from msgspec import Struct

from her2board.capture.date_readings import show_date
from her2board.capture.report.model import FoundDate
from her2board.capture.typed import Candidate

_GROUPS = ("", *range(2, 10))
"""Behind the name of a group: a pattern of alternatives names the same thing more than once."""


class Value(Struct, frozen=True):
    """A value as read, or the readings to choose from, and how it follows from the words."""

    value: Any = None
    readings: tuple[Candidate, ...] = ()
    derived: str = ""


def span_of(match: re.Match[str], name: str) -> tuple[int, int] | None:
    """Return the place of a group, under the first of its names that took part."""
    names = (f"{name}{number}" for number in _GROUPS)
    found = (match.span(one) for one in names if one in match.re.groupindex)
    return next((span for span in found if span[0] >= 0), None)


def text_of(match: re.Match[str], name: str = "value") -> str:
    """Return the text of a group, under the first of its names that took part."""
    span = span_of(match, name)
    return "" if span is None else match.string[span[0] : span[1]]


def number_of(text: str) -> float:
    """Return a number with a decimal comma or point."""
    return float(text.replace(",", "."))


def as_written(number: float) -> float | int:
    """Return a whole number without a decimal point."""
    return int(number) if number == int(number) else number


def dated(date: FoundDate) -> Value:
    """Return the value of a date, or the readings that the text leaves open."""
    if date.iso:
        return Value(date.iso)
    return Value(None, tuple(Candidate(iso, show_date(iso)) for iso in date.isos))
