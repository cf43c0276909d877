"""What a date is read as, and dates written in digits alone."""

from datetime import date, timedelta

from msgspec import Struct

from her2board.capture.typed import Candidate, Typed, asked
from her2board.case.dates import PartialDate
from her2board.wording import tr

Parts = tuple[str, ...]
"""Year, month and day as digits, as far as they are given."""
_CENTURY_TURN = 69
NOT_KNOWN = frozenset(
    (
        *("1900-01-01", "1900-01-00", "1899-12-30", "1899-12-31", "1753-01-01", "0001-01-01", "0000-00-00", "0000"),
        *("2099-12-31", "2999-12-31", "9999-12-31", "9999-01-01", "9999-09-09", "9999"),
    )
)
"""What spreadsheets and databases write when nobody has entered a date."""
_NOT_KNOWN_DIGITS = frozenset(iso.replace("-", "") for iso in NOT_KNOWN)
_SERIALS = range(20_000, 80_000)
"""Days since 1900 or 1904 that lie between 1954 and 2119."""


class Found(Struct, frozen=True):
    """A date that one pattern read, and what the reader should say about it."""

    parts: Parts
    said: str = ""


Reading = Found | Typed | None


def show_date(iso: str) -> str:
    """Return a stored date as it is shown and can be typed again."""
    return PartialDate.parse(iso).shown()


def read_digits(bare: str) -> Reading:
    """Read dates without separators; a spreadsheet's count of days is asked."""
    number = bare.removesuffix(".0")
    if not number.isascii() or not number.isdigit():
        return None
    if len(number) == 5 and int(number) in _SERIALS:
        days = [date(1899, 12, 30) + timedelta(int(number)), date(1904, 1, 1) + timedelta(int(number))]
        question = tr("{number}: a spreadsheet's number for {day}?").format(number=number, day=in_words(days[0]))
        return asked(question, *(candidate(day.isoformat()) for day in days))
    if len(number) not in (6, 8):
        return None
    year, rest = number[:4], number[4:]
    if len(number) == 8 and (number in _NOT_KNOWN_DIGITS or plausible(year, rest[:2], rest[2:])):
        return Found((year, rest[:2], rest[2:]))
    options = [(rest, number[2:4], number[:2]), (rest, number[:2], number[2:4])]
    if len(number) == 6:
        options += [(year, rest, ""), (number[:2], number[2:4], rest)]
    isos = list(dict.fromkeys(iso for option in options if (iso := plausible(*option))))
    return which(isos) if len(isos) > 1 else Found(tuple(isos[0].split("-"))) if isos else None


def plausible(year: str, month: str, day: str) -> str:
    """Return a date as ISO text when there is such a day in this or the last century; else nothing."""
    try:
        found = PartialDate.parse("-".join(iso_parts(year, month, day or None)))
    except ValueError:
        return ""
    return str(found) if found.year < 2100 else ""


def is_date(iso: str) -> bool:
    """Tell whether an ISO text is a day, month or year that exists."""
    try:
        PartialDate.parse(iso)
    except ValueError:
        return False
    return True


def in_full(year: str, month: str, day: str | None) -> Found:
    """Return a date, with the year in full where it was written with two digits."""
    parts = iso_parts(year, month, day)
    short = len(year.removeprefix("'")) == 2
    said = tr("year {short} read as {full}").format(short=year.removeprefix("'"), full=parts[0]) if short else ""
    return Found(parts, said)


def which(isos: list[str]) -> Typed:
    """Ask which of several dates is meant."""
    return asked(
        tr("{dates}? Write the month as a word").format(dates=tr(" or ").join(map(show_date, isos))),
        *map(candidate, isos),
    )


def candidate(iso: str) -> Candidate:
    """Return a date to choose."""
    return Candidate(iso, show_date(iso))


def in_words(day: date) -> str:
    """Return a day as it is shown."""
    return PartialDate.from_day(day).shown()


def iso_parts(year: str, month: str | None, day: str | None) -> Parts:
    """Return year, month and day as digits of an ISO date, as far as they are given; a year of two digits in full."""
    digits = year.removeprefix("'")
    full = int(digits) if len(digits) > 2 else int(digits) + (2000 if int(digits) < _CENTURY_TURN else 1900)
    return (f"{full:04d}", *(f"{int(part):02d}" for part in (month, day) if part))
