"""Reads calendar weeks of ISO 8601: 'KW 14/2025', '2025-W14'. The month is recorded, as far as the week has one."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from her2board.capture.date_readings import Found, Reading, candidate, in_words
from her2board.capture.date_words import plain
from her2board.capture.typed import asked
from her2board.wording import tr

_ISO_WORDS = r"kw|kalenderwoche|calendar week|iso week|cw|semaine|sem\.|settimana|sett\.|semana|uge|vecka"
_YEAR = r"(?P<year>(?:19|20)\d\d|'\d\d|(?<=[/.-])\d\d)"
_BETWEEN = r"(?:\s?[/.,-]\s?|\s(?:of|de|del|di|des|von|im jahr)\s|\s)"
_ISO_FIRST = re.compile(rf"(?P<word>{_ISO_WORDS})\s?(?P<week>\d{{1,2}}){_BETWEEN}{_YEAR}")
_WEEK_FIRST = re.compile(rf"(?P<word>{_ISO_WORDS}|weeks?|wk\.?)\s?(?P<week>\d{{1,2}}){_BETWEEN}{_YEAR}")
_NUMBER_FIRST = re.compile(rf"(?P<week>\d{{1,2}})\.?\s?(?P<word>kw|kalenderwoche|uge){_BETWEEN}{_YEAR}")
_YEAR_FIRST = re.compile(r"(?P<year>(?:19|20)\d\d)\s?-?\s?(?P<word>w|kw|cw)\s?(?P<week>\d{1,2})")
_PATTERNS = (_WEEK_FIRST, _NUMBER_FIRST, _YEAR_FIRST)
_IN_TEXT = tuple(
    re.compile(rf"(?<![\w./-])(?:{pattern.pattern})(?![\w/]|[.-]\d)")
    for pattern in (_ISO_FIRST, _NUMBER_FIRST, _YEAR_FIRST)
)
_ANYWHERE = re.compile(
    rf"(?<!\w)(?:{_ISO_WORDS}|weeks?|wk\.?)\s?\d{{1,2}}(?!\d)|\d\s?-?(?:kw|cw|w\d|kalenderwoche|uge)"
)
_COUNTED_OTHERWISE = re.compile(r"weeks?|wk\.?")
"""Words that countries use which begin their weeks on Sunday, or with 1 January: up to eight days
earlier."""


def says_week(text: str) -> bool:
    """Return whether a text gives a calendar week, also behind a word such as 'since'."""
    return _ANYWHERE.search(plain(text)) is not None


class Week(NamedTuple):
    """A calendar week inside a text: its place, and its months as ISO text."""

    start: int
    end: int
    months: tuple[str, ...]


def find_weeks(plain: str) -> tuple[Week, ...]:
    """Return the calendar weeks of a text in lower case without accents; of one that no year has, no month."""
    found = (match for pattern in _IN_TEXT for match in pattern.finditer(plain))
    weeks = ((match, _days(match)) for match in found)
    return tuple(Week(*match.span(), _months(days) if days else ()) for match, days in weeks)


def _months(days: tuple[date, date]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(day.isoformat()[:7] for day in days))


def week_of(bare: str) -> tuple[date, date] | None:
    """Return the first and last day of a calendar week that a text is; None where it is none."""
    match = _match(bare)
    if match is None or _COUNTED_OTHERWISE.fullmatch(match["word"]):
        return None
    return _days(match)


def read_week(bare: str) -> Reading:
    """Return the month of a calendar week; of two months, or of a week that others count otherwise, it is asked."""
    match = _match(bare)
    days = _days(match) if match else None
    if match is None or days is None:
        return None
    first, last = days
    open_ = _COUNTED_OTHERWISE.fullmatch(match["word"]) is not None
    earliest = first - timedelta(8) if open_ else first
    months = list(dict.fromkeys(day.isoformat()[:7] for day in (earliest, first, last)))
    said = tr("{first} to {last}").format(first=in_words(first), last=in_words(last))
    if len(months) > 1 or open_:
        return asked(tr("'{text}', {days}: in which month?").format(text=bare, days=said), *map(candidate, months))
    return Found(tuple(months[0].split("-")), tr("{days}; the week is not recorded").format(days=said))


def _match(bare: str) -> re.Match[str] | None:
    return next((found for pattern in _PATTERNS if (found := pattern.fullmatch(bare))), None)


def _days(match: re.Match[str]) -> tuple[date, date] | None:
    year = match["year"]
    try:
        first = date.fromisocalendar(int(year) if len(year) == 4 else 2000 + int(year[-2:]), int(match["week"]), 1)
    except ValueError:
        return None
    return first, first + timedelta(6)
