"""Finds the dates of a text. Which comes first, day or month, is decided once, by the dates that show it.

A date without a year is none, and nothing is read from the clock.
"""

import re
from collections.abc import Iterable, Iterator

from her2board.capture.calendar_weeks import find_weeks
from her2board.capture.date_order import DateOrder, Order, date_order
from her2board.capture.date_words import month_of
from her2board.capture.report.model import FoundDate
from her2board.capture.report.patterns import named
from her2board.case.dates import PartialDate

_CENTURY_TURN = 69
_DATE = named("dates_date")
_BORN = named("dates_born")
_DAY_FIRST = named("dates_day_first")
_MONTH_BEFORE = named("dates_month_before")
_SHORT_RANGE = named("dates_short_range")
_SHORT_MONTH = named("dates_short_month")
_A_WEEK = re.compile(r"(?<!\w)(?:weeks?|wk\.?|w)\s?$")
"""Before '10/2023' that is no October."""
_ENTRY = re.compile(r"^[ \t]*(\d{1,2})\.[ \t]{1,3}(?=\S)", re.MULTILINE)
_FEWEST_ENTRIES = 2
_FEWEST_RANGES = 2
_MONTHS_OF_A_YEAR = 12
_LONGEST_MONTH = 20
"""Characters of a month and the sign or word of a range."""
_FEWEST_WORDS = 4
"""Different words of a language that writes the day first; fewer may be in an English text as well."""


def find_dates(plain: str) -> tuple[FoundDate, ...]:
    """Return the dates of a text in their order, those of birth left out."""
    weeks = find_weeks(plain)
    written = list(_matches(plain))
    found = [
        match
        for match in written
        if not _BORN.search(plain, max(match.start() - 24, 0), match.start())
        and not any(week.start < match.end() and match.start() < week.end for week in weeks)
        and not (match["m"] and _A_WEEK.search(plain, max(match.start() - 12, 0), match.start()))
    ]
    order = _order(plain, written).order
    dates = [FoundDate(match.start(), match.end(), tuple(_isos(match, order))) for match in found]
    dates += [month for match in found if match["m3"] and (month := _month_before(plain, match))]
    dates += [FoundDate(week.start, week.end, week.months) for week in weeks]
    dates += _short_months(plain, dates)
    return tuple(sorted((date for date in dates if date.isos), key=lambda date: date.start))


def _matches(plain: str) -> Iterator[re.Match[str]]:
    """Yield what is written as a date; the number of an entry is no day: '2. 09.2021', '3. May 2022'."""
    listed = _entries(plain)
    for match in _DATE.finditer(plain):
        behind = listed.get(match.start())
        found = match if behind is None else _DATE.match(plain, behind)
        if found:
            yield found


def _entries(plain: str) -> dict[int, int]:
    """Return where the numbers of a list are that counts from one, each with the place behind it."""
    found: list[re.Match[str]] = []
    for match in _ENTRY.finditer(plain):
        if int(match[1]) == len(found) + 1:
            found.append(match)
    return {match.start(1): match.end() for match in found} if len(found) >= _FEWEST_ENTRIES else {}


def _short_months(plain: str, dates: list[FoundDate]) -> list[FoundDate]:
    """Return months as '11/19' where the text shows that these are months: in ranges that run over a turn of the year.

    '11/19 - 04/20, 10/22 - 03/23' cannot be days of months in their order.
    """
    ranges = [tuple(int(part) for part in match.groups()) for match in _SHORT_RANGE.finditer(plain)]
    if len(ranges) < _FEWEST_RANGES or any((last, to) <= (first, from_) for from_, first, to, last in ranges):
        return []
    if not any(to <= from_ for from_, _, to, _ in ranges):
        return []
    found = (match for match in _SHORT_MONTH.finditer(plain) if 0 < int(match[1]) <= _MONTHS_OF_A_YEAR)
    apart = (one for one in found if not any(day.start < one.end() and one.start() < day.end for day in dates))
    return [FoundDate(one.start(), one.end(), tuple(_valid(one[2], one[1]))) for one in apart]


def _month_before(plain: str, match: re.Match[str]) -> FoundDate | None:
    """Return the month that a range begins with whose year is written once: 'Apr-Aug 2016'."""
    low = max(match.start() - _LONGEST_MONTH, 0)
    before = _MONTH_BEFORE.search(plain[low : match.start()])
    first, last = month_of(before["month"]) if before else None, month_of(match["m3"])
    if before is None or not first or not last or first >= last:
        return None
    return FoundDate(low + before.start("month"), low + before.end("month"), (f"{match['y3']}-{first:02d}",))


def order_shown(plain: str) -> DateOrder:
    """Return whether day or month comes first in a text, with the dates that show it, else words of a language.

    German, French, Italian and Spanish write the day first, always.
    """
    return _order(plain, _matches(plain))


def _order(plain: str, written: Iterable[re.Match[str]]) -> DateOrder:
    shown = date_order(match[0] for match in written if match["a"])
    words = tuple(dict.fromkeys(match[0] for match in _DAY_FIRST.finditer(plain)))
    if shown.because or len(words) < _FEWEST_WORDS:
        return shown
    return DateOrder("dmy", words[:_FEWEST_WORDS])


def _isos(match: re.Match[str], order: Order | None) -> Iterator[str]:
    """Yield the readings of a date that the calendar has."""
    if match["iso"]:
        yield from _valid(*re.split(r"[-/.]", match["iso"]))
    elif match["a"]:
        yield from _numbers(match["a"], match["b"], match["y"], "dmy" if match["sign"] == "." else order)
    elif match["m"]:
        yield from _valid(match["y4"], match["m"])
    elif match["year"]:
        yield from _valid(match["year"])
    else:
        month = month_of(match["m1"] or match["m2"] or match["m3"])
        year = match["y1"] or match["y2"] or match["y3"]
        day = match["d"] or match["d2"]
        if month:
            yield from _valid(year, str(month), *((day,) if day else ()))


def _numbers(first: str, second: str, year: str, order: Order | None) -> Iterator[str]:
    readings = {"dmy": tuple(_valid(year, second, first)), "mdy": tuple(_valid(year, first, second))}
    if order and readings[order]:
        yield from readings[order]
        return
    yield from dict.fromkeys((*readings["dmy"], *readings["mdy"]))


def _valid(year: str, *parts: str) -> Iterator[str]:
    full = int(year) if len(year) > 2 else int(year) + (2000 if int(year) < _CENTURY_TURN else 1900)
    iso = "-".join((f"{full:04d}", *(f"{int(part):02d}" for part in parts)))
    try:
        yield str(PartialDate.parse(iso))
    except ValueError:
        return
