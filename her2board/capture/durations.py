"""Reads how long something lasted or how far it lies from a known date, and the days that leaves open.

'2 months' is said of anything from one and a half months to just under three; the rounding is the program's own
reading and errs to the wide side.
"""

import re
from datetime import date, timedelta
from math import ceil, floor
from typing import Literal

from msgspec import Struct

from her2board.capture.clean_text import clean_line
from her2board.capture.date_words import plain
from her2board.capture.typed import Candidate, Typed, asked, overlong
from her2board.capture.typed_numbers import read_number
from her2board.case.dates import PartialDate
from her2board.case.row_dates import CYCLE_DAYS
from her2board.logic.values import Day
from her2board.wording import tr

Direction = Literal["before", "after"]
_DAYS_IN = {"day": (1.0, 1.0), "week": (7.0, 7.0), "month": (30.0, 31.0), "year": (365.0, 366.0)}
_UNITS = {
    "day": "days?|d|tage?n?|jours?|giorn[io]|dias?",
    "week": "weeks?|wks?|w|wochen?|semaines?|settiman[ae]|semanas?",
    "month": "months?|mo|mths?|monate?n?|mois|mes[ei]|meses|mes",
    "year": "years?|yrs?|y|jahre?n?|ans?|annees?|ann[io]|anos?",
    "cycle": "cycles?|courses?|zyklen|zyklus|cures?|cicl[io]|ciclos?",
}
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_COUNT = r"(?P<count>\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|half an?)"
_LENGTH = rf"{_COUNT}\s?(?:{_UNIT})"
_DURATION = re.compile(rf"(?:for|over|during|x|wahrend|pendant|per|por|durante)?\s?{_LENGTH}")
_COURSE = re.compile(rf"(?:for|over|during|x|after|nach|apres|dopo|despues de)?\s?{_LENGTH}")
_BEFORE = r"before|earlier|ago|prior|previously|zuvor|her|avant|prima|fa|antes|atras"
_AFTER = r"after|later|thereafter|danach|spater|apres|dopo|despues|depois"
_LEADING = re.compile(r"(?:(?P<ago>vor|il y a|hace|ha)|after|nach|apres|dopo|despues de|depois de)\s(?P<rest>.+)")
_FOLLOWING = re.compile(rf"{_LENGTH}\s?(?:(?P<before>{_BEFORE})|(?P<after>{_AFTER}))(?:\s.*)?")
_LONGEST_DAYS = 150 * 366
"""Longer than anyone lives: nothing that lasted, or lies so far from a date, was meant."""
_NUMERALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Duration(Struct, frozen=True):
    """A length of time, in days: at least and at most so many; ``words`` as it was written."""

    low_days: int
    high_days: int
    words: str


class Relative(Struct, frozen=True):
    """A length of time before or after something."""

    duration: Duration
    direction: Direction


def read_duration(text: str) -> Duration | None:
    """Read '5.5 years', 'for 6 months', '8 cycles', 'half a year'; None when it is no duration."""
    words = clean_line(text)
    match = None if overlong(words) else _DURATION.fullmatch(plain(words))
    return _duration(match, words) if match else None


def read_relative(text: str) -> Relative | None:
    """Read '5.5 years before', '3 years ago', 'after 2 months', 'vor 2 Jahren'; None when it is neither."""
    words = clean_line(text)
    bare = "" if overlong(words) else plain(words)
    if match := _FOLLOWING.fullmatch(bare):
        return _relative(_duration(match, words), "before" if match["before"] else "after")
    if (match := _LEADING.fullmatch(bare)) and (length := _DURATION.fullmatch(match["rest"])):
        return _relative(_duration(length, words), "before" if match["ago"] else "after")
    return None


def _relative(duration: Duration | None, direction: Direction) -> Relative | None:
    return None if duration is None else Relative(duration, direction)


def read_course(text: str) -> Typed | None:
    """Read how long a treatment was given, as a dict of fields: '8 cycles', '6 months'; None for anything else.

    Years and weeks are rounded otherwise than months: they are asked, with the months they make.
    """
    words = clean_line(text)
    match = None if overlong(words) else _COURSE.fullmatch(plain(words))
    if match is None:
        return None
    count, _ = _number(match["count"])
    if match["cycle"]:
        return Typed({"cycles": int(count)}) if count == int(count) else None
    if match["month"]:
        return Typed({"months": count})
    asked_as = _in_months(match, words)
    return None if asked_as is None else asked(asked_as.problem, *(_as_course(c) for c in asked_as.candidates))


def _as_course(months: Candidate) -> Candidate:
    return Candidate({"months": months.value}, months.words)


def read_months(text: str) -> Typed:
    """Read a number of months: '8', '8 months'; '5.5 years' and '5.5 years before' are asked."""
    words = clean_line(text)
    bare = "" if overlong(words) else plain(words)
    match = _COURSE.fullmatch(bare) or _FOLLOWING.fullmatch(bare)
    if match and match["month"]:
        return Typed(_number(match["count"])[0])
    found = _in_months(match, words) if match else None
    return read_number(words, "months") if found is None else found


_MONTHS_IN = {"year": 12.0, "week": 7 / 30.44, "day": 1 / 30.44}


def _in_months(match: re.Match[str], words: str) -> Typed | None:
    """Ask whether so many years, weeks or days are meant as the months they make."""
    unit = next((name for name in _MONTHS_IN if match[name]), None)
    if unit is None:
        return None
    months = round(_number(match["count"])[0] * _MONTHS_IN[unit], 1)
    question = tr("'{text}': {months:g} months?").format(text=words, months=months)
    return asked(question, Candidate(months, tr("{months:g} months").format(months=months)))


def _duration(match: re.Match[str], words: str) -> Duration | None:
    unit = next(name for name in _UNITS if match[name])
    count, least = _number(match["count"])
    shortest, longest = CYCLE_DAYS if unit == "cycle" else _DAYS_IN[unit]
    if count * longest > _LONGEST_DAYS:
        return None
    if unit == "cycle":
        return Duration(floor(max(count - 1, 0) * shortest), ceil(count * longest), words)
    return Duration(floor(max(count - least / 2, 0) * shortest), ceil((count + least) * longest) - 1, words)


def _number(text: str) -> tuple[float, float]:
    """Return a number and the unit it was rounded to: 1 for 5, a half for 5.5, a tenth for 5.2."""
    if text.startswith("half"):
        return 0.5, 0.5
    if text in ("a", "an"):
        return 1.0, 1.0
    if text in _NUMERALS:
        return _NUMERALS.index(text) + 1.0, 1.0
    whole, _, part = text.replace(",", ".").partition(".")
    return float(f"{whole}.{part or 0}"), 1.0 if not part else 0.5 if part == "5" else 0.1


def days_from(anchor: PartialDate, relative: Relative) -> Day:
    """Return the earliest and latest day that lies so long before or after a date; open where the date is."""
    span, duration = anchor.span, relative.duration
    if relative.direction == "before":
        return Day(_moved(span.low, -duration.high_days), _moved(span.high, -duration.low_days))
    return Day(_moved(span.low, duration.low_days), _moved(span.high, duration.high_days))


def end_of(start: PartialDate, duration: Duration) -> Day:
    """Return the earliest and latest day on which something ended that began on ``start`` and lasted so long."""
    return days_from(start, Relative(duration, "after"))


def _moved(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)
