"""Reads dates as people type them; where two readings are possible it says so."""

import re

from her2board.capture.typed import Typed
from her2board.case.dates import PartialDate
from her2board.wording import MONTHS, tr

_BOUNDS = {"<": "<", "before": "<", ">": ">", "after": ">"}
_BOUND = re.compile(r"(<|>|before\b|after\b)\s*(.*)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\.\s*)?(\d{1,2})\.\s*(\d{4}|\d{2})")
_EITHER = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})")
_TWO = re.compile(r"(\d{1,2})[-/](\d{4}|\d{1,2})")
_NAMED = (
    re.compile(r"(?:(?P<day>\d{1,2})\.? )?(?P<month>[a-z]+)[.,]? (?P<year>\d{4}|'\d{2})"),
    re.compile(r"(?P<day>\d{1,2})\.? (?P<month>[a-z]+)\.? (?P<year>\d{2})"),
    re.compile(r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2}),? (?P<year>\d{4}|'?\d{2})"),
)
_YEARLESS = re.compile(r"(?P<before>\d{1,2})?\.? ?(?P<month>[a-z]+)\.? ?(?P<after>\d{1,2})?")
_CENTURY_TURN = 69
_LAST_MONTH = 12


def read_date(text: str) -> Typed:
    """Read '3/26', 'March 2026', '12.03.26', '2026-03-12', 'before 2024'. The value is ISO text."""
    bare = " ".join(text.split())
    if not bare:
        return Typed()
    bound = ""
    if match := _BOUND.fullmatch(bare):
        bound, bare = _BOUNDS[match[1].casefold()], match[2]
    found = _parts(bare)
    if isinstance(found, str):
        return Typed(problem=found)
    try:
        day = PartialDate.parse(bound + "-".join(found))
    except ValueError as error:
        return Typed(problem=str(error))
    return Typed(str(day), day.shown())


def show_date(iso: str) -> str:
    """Return a stored date as it is shown and can be typed again."""
    return PartialDate.parse(iso).shown()


def _parts(text: str) -> tuple[str, ...] | str:
    """Return year, month, day as far as given, or what is wrong."""
    if match := _YEAR_FIRST.fullmatch(text):
        return _iso(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _iso(match[3], match[2], match[1])
    if match := _EITHER.fullmatch(text):
        return _either(int(match[1]), int(match[2]), match[3])
    if match := _TWO.fullmatch(text):
        return _two(int(match[1]), match[2])
    return _named(text.casefold()) or tr(
        "'{text}' is not a date: write 12 Mar 2026, Mar 2026, 2026 or 2026-03-12"
    ).format(text=text)


def _either(first: int, second: int, year: str) -> tuple[str, ...] | str:
    """Decide between day/month and month/day, where only one is possible."""
    if first > _LAST_MONTH or first == second:
        return _iso(year, str(second), str(first))
    if second > _LAST_MONTH:
        return _iso(year, str(first), str(second))
    return tr("{a} {month_b} or {b} {month_a}? Write the month as a word").format(
        a=first, b=second, month_a=MONTHS[first - 1], month_b=MONTHS[second - 1]
    )


def _two(first: int, second: str) -> tuple[str, ...] | str:
    """Read month and year; a second number that could be a month is not guessed at."""
    if first > _LAST_MONTH or len(second) == 1 or (len(second) == 2 and int(second) <= _LAST_MONTH):
        return tr("month and year, or day and month? Write it with the year in four digits")
    return _iso(second, str(first), None)


def _named(text: str) -> tuple[str, ...] | str:
    """Read a date with the month as a word; empty when there is no such month in it."""
    for pattern in _NAMED:
        if match := pattern.fullmatch(text):
            number = _month(match["month"])
            day = match.groupdict().get("day")
            return _iso(match["year"].removeprefix("'"), str(number), day) if number else ""
    match = _YEARLESS.fullmatch(text)
    number = _month(match["month"]) if match else 0
    if match is None or not number:
        return ""
    if match["after"] and not match["before"]:
        return tr("{month} 20{n} or {n} {month}? Write the year in four digits").format(
            month=MONTHS[number - 1], n=match["after"]
        )
    return tr("the year is missing")


def _month(word: str) -> int:
    """Return the number of a month written out or cut to three letters or more; 0 for another word."""
    if len(word) < len(MONTHS[0]):
        return 0
    return next((n for n, full in enumerate(_FULL, 1) if full.startswith(word)), 0)


_FULL = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def _iso(year: str, month: str | None, day: str | None) -> tuple[str, ...]:
    full = int(year) if len(year) > 2 else int(year) + (2000 if int(year) < _CENTURY_TURN else 1900)
    return (f"{full:04d}", *(f"{int(part):02d}" for part in (month, day) if part))
