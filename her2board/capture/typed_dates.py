"""Reads dates as people type them; where two readings are possible it asks, with both to choose from.

A year of two digits up to 68 is read as 20.., from 69 as 19.., and the reading shows the year.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from her2board.capture.clean_text import clean_line
from her2board.capture.date_order import DateOrder
from her2board.capture.date_words import AFTER, BEFORE, LEAD, PART_OF, month_of, plain
from her2board.capture.durations import Relative, days_from, read_relative
from her2board.capture.typed import Candidate, Typed, asked, overlong
from her2board.case.dates import PartialDate
from her2board.wording import MONTHS, tr

Parts = tuple[str, ...]
"""Year, month and day as digits, as far as they are given."""
_CENTURY_TURN = 69
_LAST_MONTH, _LAST_DAY = 12, 31
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?)?|(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|'?\d{2})")
_EITHER = re.compile(r"(\d{1,2})\s?[-/ ]\s?(\d{1,2})\s?[-/ ]\s?(\d{4}|'?\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{4})")
_TWO = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})(\.?)")
_WORD = r"(?P<month>[^\W\d_]{3,})\.?"
_DAY = r"(?P<day>\d{1,2})(?:\.|er|st|nd|rd|th|[ºo°])?"
_GAP = r"[\s\-/.,]*(?:(?:de|del|of|d')\s?)?"
_NAMED = (
    re.compile(rf"{_DAY}{_GAP}{_WORD}{_GAP}(?P<year>\d{{4}}|'?\d{{2}})"),
    re.compile(rf"{_WORD}(?:{_GAP}(?P<year>\d{{4}}|'\d{{2}})|[-/](?P<short>\d{{2}}))"),
    re.compile(rf"{_WORD}\s?{_DAY},?\s(?P<year>\d{{4}}|'?\d{{2}})"),
    re.compile(rf"(?P<year>\d{{4}}){_GAP}{_WORD}(?:{_GAP}(?P<day>\d{{1,2}}))?"),
)
_YEARLESS = re.compile(rf"(?:{_DAY}{_GAP})?{_WORD}")
_MONTH_AND_NUMBER = re.compile(rf"{_WORD}\s?(?P<number>\d{{1,2}})(?P<ordinal>st|nd|rd|th)?")
_TIME = re.compile(
    r"(?:t|,?\s)\s?(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s?(am|pm|uhr|h)?\s?(z|utc|gmt|[+-]00:?00)?([+-]\d{2}:?\d{2})?"
)
_BEFORE_OR_AFTER = re.compile(rf"(?P<before>{BEFORE})\s?(?P<rest>.*)|(?P<after>{AFTER})\s?(?P<late>.*)")
_LEADS = re.compile(rf"(?:{LEAD})\s(?=.*\d)")
_PART_OF = re.compile(rf"(?P<part>{PART_OF})[\s-](?P<rest>.+)")
_NOT_KNOWN = frozenset(
    (
        *("1900-01-01", "1900-01-00", "1899-12-30", "1899-12-31", "1753-01-01", "0001-01-01", "0000-00-00", "0000"),
        *("2099-12-31", "2999-12-31", "9999-12-31", "9999-01-01", "9999-09-09", "9999"),
    )
)
"""What spreadsheets and databases write when nobody has entered a date."""
_NOT_KNOWN_DIGITS = frozenset(iso.replace("-", "") for iso in _NOT_KNOWN)
_FIRST_YEAR = 1900
_FEW_DAYS, _FEW_MONTHS_DAYS = 4, 130
"""Up to so many possible days are offered one by one, or by their months; more by their years."""
_SERIALS = range(20_000, 80_000)
"""Days since 1900 or 1904 that lie between 1954 and 2119."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A date that one pattern read, and what the reader should say about it."""

    parts: Parts
    said: str = ""


_Reading = _Found | Typed | None


@dataclass(frozen=True, slots=True)
class Around:
    """What a date is read beside: the meeting, whether it must lie before it, and the order of its column."""

    meeting: date | None = None
    past: bool = False
    order: DateOrder | None = None


def read_date(text: str, *, meeting: date | None = None, past: bool = False, order: DateOrder | None = None) -> Typed:
    """Read '3/26', 'März 2026', '12-MAR-24', '20260312', 'before 2024'. The value is ISO text.

    A day without a year takes the year nearest to ``meeting``, or the last one before it for what is ``past``;
    ``order`` decides between day and month where it is known. Without these such dates are asked.
    """
    return _read(text, Around(meeting, past, order))


def _read(text: str, around: Around) -> Typed:
    line = clean_line(text)
    if problem := overlong(line):
        return Typed(problem=problem)
    bare = plain(line)
    if not bare:
        return Typed()
    if around.meeting and (relative := read_relative(line)) and relative.direction == "before":
        return _ago(line, relative, around.meeting)
    bound = ""
    if match := _BEFORE_OR_AFTER.fullmatch(bare):
        bound, bare = ("<", match["rest"]) if match["before"] else (">", match["late"])
    bare = _LEADS.sub("", bare, count=1) if _LEADS.match(bare) else bare
    found = _found(bare, around)
    if found is None:
        shown = tr("'{text}' is not a date: write 12 Mar 2026, Mar 2026, 2026 or 2026-03-12")
        return Typed(problem=shown.format(text=" ".join(text.split())))
    if isinstance(found, Typed):
        return found if not bound else _bounded(found, bound)
    if "-".join(found.parts) in _NOT_KNOWN:
        return Typed(reading=tr("'{text}' means 'not known'").format(text=" ".join(text.split())))
    return _dated(found, bound)


def _ago(line: str, relative: Relative, meeting: date) -> Typed:
    """Ask which year, month or day is meant by so long before the meeting."""
    span = days_from(PartialDate.from_day(meeting), relative)
    if span.low is None or span.high is None or span.low.year < _FIRST_YEAR:
        return Typed(problem=tr("'{text}' is not a date").format(text=line))
    days = [span.low + timedelta(n) for n in range((span.high - span.low).days + 1)]
    length = 10 if len(days) <= _FEW_DAYS else 7 if len(days) <= _FEW_MONTHS_DAYS else 4
    isos = dict.fromkeys(day.isoformat()[:length] for day in days)
    return asked(tr("'{text}', before the meeting: when?").format(text=line), *map(_candidate, isos))


def show_date(iso: str) -> str:
    """Return a stored date as it is shown and can be typed again."""
    return PartialDate.parse(iso).shown()


def _dated(found: _Found, bound: str) -> Typed:
    try:
        day = PartialDate.parse(bound + "-".join(found.parts))
    except ValueError as error:
        return Typed(problem=str(error))
    return Typed(str(day), f"{day.shown()} ({found.said})" if found.said else day.shown())


def _bounded(found: Typed, bound: str) -> Typed:
    """Return a question about 'before' or 'after' a date."""
    return replace(
        found, candidates=tuple(Candidate(bound + c.value, show_date(bound + c.value)) for c in found.candidates)
    )


def _found(bare: str, around: Around) -> _Reading:
    """Return the first reading of a date in lower case without accents."""
    if (time := _timed(bare, around)) is not None:
        return time
    for read in (_digits, _year_first, _dotted):
        if (found := read(bare)) is not None:
            return found
    if match := _EITHER.fullmatch(bare):
        return _either(match, around.order)
    if match := _MONTH_YEAR.fullmatch(bare):
        return _Found(_iso(match[2], match[1], None))
    if match := _TWO.fullmatch(bare):
        return _two(match, around)
    return _named(bare, around)


def _timed(bare: str, around: Around) -> _Reading:
    """Read a time stamp as its day. Midnight somewhere east may be the evening before in universal time: asked."""
    match = _TIME.search(bare)
    if match is None or match.end() != len(bare):
        return None
    found = _found(bare[: match.start()], around)
    late_evening = match[4] and int(match[1]) >= _LAST_MONTH and match[2] == "00"
    if not late_evening or not isinstance(found, _Found) or len(found.parts) < 3:
        return found
    if not _is_date("-".join(found.parts)):
        return found
    first = date(*map(int, found.parts))
    days = (first, first + timedelta(days=1))
    return asked(
        tr("midnight in another time zone? {first} or {second}").format(first=_words(days[0]), second=_words(days[1])),
        *(_candidate(day.isoformat()) for day in days),
    )


def _digits(bare: str) -> _Reading:
    """Read dates without separators; a spreadsheet's count of days is asked."""
    number = bare.removesuffix(".0")
    if not number.isascii() or not number.isdigit():
        return None
    if len(number) == 5 and int(number) in _SERIALS:
        days = [date(1899, 12, 30) + timedelta(int(number)), date(1904, 1, 1) + timedelta(int(number))]
        question = tr("{number}: a spreadsheet's number for {day}?").format(number=number, day=_words(days[0]))
        return asked(question, *(_candidate(day.isoformat()) for day in days))
    if len(number) not in (6, 8):
        return None
    year, rest = number[:4], number[4:]
    if len(number) == 8 and (number in _NOT_KNOWN_DIGITS or _plausible(year, rest[:2], rest[2:])):
        return _Found((year, rest[:2], rest[2:]))
    options = [(rest, number[2:4], number[:2]), (rest, number[:2], number[2:4])]
    if len(number) == 6:
        options += [(year, rest, ""), (number[:2], number[2:4], rest)]
    isos = list(dict.fromkeys(iso for option in options if (iso := _plausible(*option))))
    return _which(isos) if len(isos) > 1 else _Found(tuple(isos[0].split("-"))) if isos else None


def _plausible(year: str, month: str, day: str) -> str:
    """Return a date as ISO text when there is such a day in this or the last century; else nothing."""
    try:
        found = PartialDate.parse("-".join(_iso(year, month, day or None)))
    except ValueError:
        return ""
    return str(found) if found.year < 2100 else ""


def _is_date(iso: str) -> bool:
    try:
        PartialDate.parse(iso)
    except ValueError:
        return False
    return True


def _year_first(bare: str) -> _Reading:
    match = _YEAR_FIRST.fullmatch(bare)
    if match is None:
        return None
    year, month, day = (match[n] or match[n + 3] for n in (1, 2, 3))
    return _Found(_iso(year, month, day))


def _dotted(bare: str) -> _Reading:
    """Read day.month.year, as dots are written; month first only where no other reading is possible."""
    match = _DOTTED.fullmatch(bare)
    if match is None:
        return None
    day, month = (match[1], match[2]) if int(match[2]) <= _LAST_MONTH else (match[2], match[1])
    return _in_full(match[3], month, day)


def _either(match: re.Match[str], order: DateOrder | None) -> _Reading:
    """Decide between day/month and month/day where only one is possible, or the order is known."""
    first, second, year = int(match[1]), int(match[2]), match[3]
    if re.fullmatch(r"\d\d-\d\d-\d\d", match[0]) and _plausible(match[1], match[2], match[3]):
        options = ((year, match[2], match[1]), (year, match[1], match[2]), (match[1], match[2], year))
        return _which([iso for option in options if (iso := _plausible(*option))])
    if first > _LAST_MONTH or first == second:
        return _in_full(year, match[2], match[1])
    if second > _LAST_MONTH:
        return _in_full(year, match[1], match[2])
    if order is None or order.order is None:
        words = tr("{a} {month_b} or {b} {month_a}? Write the month as a word")
        question = words.format(a=first, b=second, month_a=MONTHS[first - 1], month_b=MONTHS[second - 1])
        isos = ("-".join(_iso(year, match[2], match[1])), "-".join(_iso(year, match[1], match[2])))
        if not any(map(_is_date, isos)):  # the zeroth day or month, or a year that nobody means
            return _Found(tuple(isos[0].split("-")))
        return asked(question, *map(_candidate, isos))
    day, month = (match[1], match[2]) if order.order == "dmy" else (match[2], match[1])
    first_in = tr("day first, as in {text}") if order.order == "dmy" else tr("month first, as in {text}")
    return _Found(_iso(year, month, day), first_in.format(text=order.because[0]) if order.because else "")


def _two(match: re.Match[str], around: Around) -> _Reading:
    """Read '3/26' as month and year and '12.03.' as a day where nothing else is possible; '12.03' is asked."""
    first, second, dotted = int(match[1]), int(match[3]), match[2] == "."
    readings: list[_Reading] = []
    if 1 <= first <= _LAST_MONTH and len(match[3]) == 2 and not match[4]:
        readings.append(_in_full(match[3], match[1], None))
    if 1 <= second <= _LAST_MONTH and 1 <= first <= _LAST_DAY:
        readings.append(_nearest(first, second, around))
        if first > _LAST_MONTH and not dotted:
            readings.append(_in_full(match[1], match[3], None))
    if not readings and not dotted and 1 <= first <= _LAST_MONTH and 1 <= second <= _LAST_DAY:
        readings.append(_nearest(second, first, around))
    if len(readings) < 2 and not _two_days(first, second, dotted=dotted):
        return readings[0] if readings else None
    if _two_days(first, second, dotted=dotted):
        readings.append(_nearest(second, first, around))
    if dotted and len(readings) == 2 and around.order and around.order.short:
        return _of_column(readings, around.order)
    isos = ["-".join(found.parts) for found in readings if isinstance(found, _Found)]
    question = tr("month and year, or day and month? Write it with the year in four digits")
    return asked(question, *map(_candidate, dict.fromkeys(isos)))


def _of_column(readings: list[_Reading], order: DateOrder) -> _Reading:
    """Return the reading that the rest of a column or a person's answer chose; month and year comes first."""
    found = readings[0] if order.short == "month_year" else readings[1]
    if not order.short_because or not isinstance(found, _Found):
        return found
    said = tr("as in {text}").format(text=order.short_because[0])
    return replace(found, said=f"{found.said}; {said}" if found.said else said)


def _two_days(first: int, second: int, *, dotted: bool) -> bool:
    """Tell whether '3/4' may be two days of a year."""
    return not dotted and first != second and 1 <= first <= _LAST_MONTH and 1 <= second <= _LAST_MONTH


def _named(bare: str, around: Around) -> _Reading:
    """Read a date with the month as a word."""
    for pattern in _NAMED:
        if (match := pattern.fullmatch(bare)) and (number := month_of(match["month"])):
            groups = match.groupdict()
            year = groups.get("year") or groups["short"]
            return _in_full(year, str(number), groups.get("day"))
    if (match := _MONTH_AND_NUMBER.fullmatch(bare)) and (number := month_of(match["month"])):
        return _month_and_number(match, number, around)
    if (match := _YEARLESS.fullmatch(bare)) and (number := month_of(match["month"])):
        return _nearest(int(match["day"]) if match["day"] else None, number, around)
    if match := _PART_OF.fullmatch(bare):
        found = _found(match["rest"], around)
        said = tr("the whole of it; '{part}' is not recorded").format(part=match["part"])
        return replace(found, said=said) if isinstance(found, _Found) and len(found.parts) < 3 else None
    return None


def _month_and_number(match: re.Match[str], month: int, around: Around) -> _Reading:
    """Read 'Dec 3rd' as a day; 'Mar 26' may be a year or a day."""
    number = match["number"]
    if match["ordinal"] or len(number) == 1:
        return _nearest(int(number), month, around)
    if int(number) > _LAST_DAY:
        return _in_full(number, str(month), None)
    words = tr("{month} 20{n} or {n} {month}? Write the year in four digits")
    isos = ["-".join(_iso(number, str(month), None)), _nearest_iso(int(number), month, around)]
    return asked(words.format(month=MONTHS[month - 1], n=number), *(_candidate(iso) for iso in isos if iso))


def _nearest(day: int | None, month: int, around: Around) -> _Reading:
    """Return a day or month without a year in the year nearest to the meeting."""
    iso = _nearest_iso(day, month, around)
    if not iso:
        return Typed(problem=tr("the year is missing"))
    said = tr("the last before the meeting") if around.past else tr("the year nearest to the meeting")
    return _Found(tuple(iso.split("-")), said)


def _nearest_iso(day: int | None, month: int, around: Around) -> str:
    meeting = around.meeting
    if meeting is None:
        return ""
    found = [
        iso
        for year in (meeting.year - 1, meeting.year, meeting.year + 1)
        if (iso := _plausible(str(year), str(month), "" if day is None else str(day)))
    ]
    if around.past:
        return max((iso for iso in found if not PartialDate.parse(iso).surely_after(meeting)), default="")
    return min(found, key=lambda iso: abs(date(*map(int, f"{iso}-15"[:10].split("-"))) - meeting), default="")


def _in_full(year: str, month: str, day: str | None) -> _Found:
    """Return a date, with the year in full where it was written with two digits."""
    parts = _iso(year, month, day)
    short = len(year.removeprefix("'")) == 2
    said = tr("year {short} read as {full}").format(short=year.removeprefix("'"), full=parts[0]) if short else ""
    return _Found(parts, said)


def _which(isos: list[str]) -> Typed:
    return asked(
        tr("{dates}? Write the month as a word").format(dates=tr(" or ").join(map(show_date, isos))),
        *map(_candidate, isos),
    )


def _candidate(iso: str) -> Candidate:
    return Candidate(iso, show_date(iso))


def _words(day: date) -> str:
    return PartialDate.from_day(day).shown()


def _iso(year: str, month: str | None, day: str | None) -> Parts:
    digits = year.removeprefix("'")
    full = int(digits) if len(digits) > 2 else int(digits) + (2000 if int(digits) < _CENTURY_TURN else 1900)
    return (f"{full:04d}", *(f"{int(part):02d}" for part in (month, day) if part))
