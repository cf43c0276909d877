"""Reads dates as people type them; where two readings are possible it asks, with both to choose from.

A year of two digits up to 68 is read as 20.., from 69 as 19.., and the reading shows the year.
"""

import re
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.calendar_weeks import read_week, says_week
from her2board.capture.clean_text import clean_line
from her2board.capture.date_bounds import beyond_part, bounded_part
from her2board.capture.date_order import DateOrder
from her2board.capture.date_readings import (
    NOT_KNOWN,
    Found,
    Reading,
    candidate,
    in_full,
    in_words,
    is_date,
    iso_parts,
    plausible,
    read_digits,
    show_date,
    which,
)
from her2board.capture.date_words import (
    ABOUT,
    AFTER,
    BEFORE,
    BLANK,
    LEAD,
    PART_OF,
    WEEKDAY,
    WINTER,
    is_part_of,
    month_of,
    plain,
)
from her2board.capture.durations import Relative, days_from, read_relative
from her2board.capture.typed import Candidate, Typed, asked, overlong
from her2board.case.dates import PartialDate
from her2board.wording import MONTHS, tr

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
_LEADS = re.compile(rf"(?:{LEAD})\s(?=.*\d)|(?:{WEEKDAY})\s(?=.*\d)")
_PART_OF = re.compile(rf"(?P<part>{PART_OF})[\s/-](?P<rest>.+)|(?P<year>\d{{4}})[\s/-]?(?P<after>[qh][1-4])")
_WINTER = re.compile(rf"(?:{WINTER})\s(?:of\s)?(?P<first>\d{{4}})(?:\s?[-/]\s?(?:\d{{4}}|\d{{2}}))?")
_TWO_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)\s?[-/]\s?(?P<second>(?:19|20)\d\d|1[3-9]|[2-9]\d)")
_DOUBTFUL = re.compile(rf"(?:{ABOUT})\s?(?P<rest>.*\d.*)|(?P<early>.*\d.*?)\s?(?:\?|\(\?\))")
_SHORT_YEAR = re.compile(r"'(\d{2})")
_IN_PART_KNOWN = re.compile(
    rf"(?:{BLANK}[./\s-]){{1,2}}(?P<rest>\d{{4}}|(?:\d{{1,2}}|[^\W\d_]{{3,}})[./\s-]\d{{4}})"
    rf"|(?P<early>(?!0000|1900)\d{{4}}(?:[-/.](?!00)\d{{2}})?)(?:[-/.]{BLANK}){{1,2}}"
)
"""'xx/03/2022', '2022-03-00': what is not known is not recorded."""
_FIRST_YEAR = 1900
_FEW_DAYS, _FEW_MONTHS_DAYS = 4, 130
"""Up to so many possible days are offered one by one, or by their months; more by their years."""


class Around(Struct, frozen=True):
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
    bare = plain(line).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if not bare:
        return Typed()
    if around.meeting and (relative := read_relative(line)) and relative.direction == "before":
        return _ago(line, relative, around.meeting)
    bound = ""
    if match := _BEFORE_OR_AFTER.fullmatch(bare):
        bound, bare = ("<", match["rest"]) if match["before"] else (">", match["late"])
    bare = _LEADS.sub("", bare, count=1) if _LEADS.match(bare) else bare
    ended = bounded_part(bare, bound)
    found = ended or _found(bare, around)
    if found is None and (match := _DOUBTFUL.fullmatch(bare)):
        found = _doubted(line, _found(match["rest"] or match["early"], around))
    if found is None:
        shown = tr("'{text}' is not a date: write 12 Mar 2026, Mar 2026, 2026 or 2026-03-12")
        return Typed(problem=shown.format(text=" ".join(text.split())))
    if isinstance(found, Typed):
        return found if not bound else _bounded(found, bound, bare)
    if bound and ended is None and is_part_of(bare):
        found = beyond_part(found, bound)
    if "-".join(found.parts) in NOT_KNOWN:
        return Typed(reading=tr("'{text}' means 'not known'").format(text=" ".join(text.split())))
    return _dated(found, bound)


def _doubted(line: str, found: Reading) -> Reading:
    """Ask whether a date is meant that is written as about so, or with a question mark."""
    if isinstance(found, Found):
        iso = "-".join(found.parts)
        question = tr("'{text}': is {day} meant?")
        return asked(question.format(text=line, day=show_date(iso)), candidate(iso)) if is_date(iso) else None
    return found if found is None or found.candidates else None


def _ago(line: str, relative: Relative, meeting: date) -> Typed:
    """Ask which year, month or day is meant by so long before the meeting."""
    span = days_from(PartialDate.from_day(meeting), relative)
    if span.low is None or span.high is None or span.low.year < _FIRST_YEAR:
        return Typed(problem=tr("'{text}' is not a date").format(text=line))
    days = [span.low + timedelta(n) for n in range((span.high - span.low).days + 1)]
    length = 10 if len(days) <= _FEW_DAYS else 7 if len(days) <= _FEW_MONTHS_DAYS else 4
    isos = dict.fromkeys(day.isoformat()[:length] for day in days)
    return asked(tr("'{text}', before the meeting: when?").format(text=line), *map(candidate, isos))


def _dated(found: Found, bound: str) -> Typed:
    try:
        day = PartialDate.parse(bound + "-".join(found.parts))
    except ValueError as error:
        return Typed(problem=str(error))
    return Typed(str(day), f"{day.shown()} ({found.said})" if found.said else day.shown())


def _bounded(found: Typed, bound: str, bare: str) -> Typed:
    """Return a question about 'before' or 'after' a date; a season or week of two months has no one end."""
    if _WINTER.fullmatch(bare) or says_week(bare):
        return Typed(problem=tr("'{text}' is not a date: write a month or a day").format(text=bare))
    return replace(
        found, candidates=tuple(Candidate(bound + c.value, show_date(bound + c.value)) for c in found.candidates)
    )


def _found(bare: str, around: Around) -> Reading:
    """Return the first reading of a date in lower case without accents."""
    if (time := _timed(bare, around)) is not None:
        return time
    if match := _IN_PART_KNOWN.fullmatch(bare):
        found = _found(match["rest"] or match["early"], around)
        return replace(found, said=tr("day or month not known")) if isinstance(found, Found) else None
    if (years := _in_part(bare, around)) is not None:
        return years
    for read in (read_week, read_digits, _year_first, _dotted):
        if (found := read(bare)) is not None:
            return found
    if match := _EITHER.fullmatch(bare):
        return _either(match, around.order)
    if match := _MONTH_YEAR.fullmatch(bare):
        return Found(iso_parts(match[2], match[1], None))
    if match := _TWO.fullmatch(bare):
        return _two(match, around)
    return _named(bare, around)


def _in_part(bare: str, around: Around) -> Reading:
    """Read a date of which a part is not recorded: 'Q2 2023', 'mid 2024'; a short year or a winter is asked."""
    if match := _SHORT_YEAR.fullmatch(bare):
        iso = iso_parts(match[1], None, None)[0]
        return asked(tr("'{text}': is {day} meant?").format(text=bare, day=show_date(iso)), candidate(iso))
    if match := _WINTER.fullmatch(bare) or _TWO_YEARS.fullmatch(bare):
        years = (match["first"], str(int(match["first"]) + 1))
        if match.re is _TWO_YEARS and not years[1].endswith(match["second"]):
            return None
        return asked(tr("'{text}': in which year?").format(text=bare), *map(candidate, years))
    if match := _PART_OF.fullmatch(bare):
        found = _found(match["rest"] or match["year"], around)
        said = tr("the whole of it; '{part}' is not recorded").format(part=match["part"] or match["after"])
        return replace(found, said=said) if isinstance(found, Found) and len(found.parts) < 3 else None
    return None


def _timed(bare: str, around: Around) -> Reading:
    """Read a time stamp as its day. Midnight somewhere east may be the evening before in universal time: asked."""
    match = _TIME.search(bare)
    if match is None or match.end() != len(bare):
        return None
    found = _found(bare[: match.start()], around)
    late_evening = match[4] and int(match[1]) >= _LAST_MONTH and match[2] == "00"
    if not late_evening or not isinstance(found, Found) or len(found.parts) < 3:
        return found
    if not is_date("-".join(found.parts)):
        return found
    first = date(*map(int, found.parts))
    days = (first, first + timedelta(days=1))
    return asked(
        tr("midnight in another time zone? {first} or {second}").format(
            first=in_words(days[0]), second=in_words(days[1])
        ),
        *(candidate(day.isoformat()) for day in days),
    )


def _year_first(bare: str) -> Reading:
    match = _YEAR_FIRST.fullmatch(bare)
    if match is None:
        return None
    year, month, day = (match[n] or match[n + 3] for n in (1, 2, 3))
    return Found(iso_parts(year, month, day))


def _dotted(bare: str) -> Reading:
    """Read day.month.year, as dots are written; month first only where no other reading is possible."""
    match = _DOTTED.fullmatch(bare)
    if match is None:
        return None
    day, month = (match[1], match[2]) if int(match[2]) <= _LAST_MONTH else (match[2], match[1])
    return in_full(match[3], month, day)


def _either(match: re.Match[str], order: DateOrder | None) -> Reading:
    """Decide between day/month and month/day where only one is possible, or the order is known."""
    first, second, year = int(match[1]), int(match[2]), match[3]
    if re.fullmatch(r"\d\d-\d\d-\d\d", match[0]) and plausible(match[1], match[2], match[3]):
        options = ((year, match[2], match[1]), (year, match[1], match[2]), (match[1], match[2], year))
        return which([iso for option in options if (iso := plausible(*option))])
    if first > _LAST_MONTH or first == second:
        return in_full(year, match[2], match[1])
    if second > _LAST_MONTH:
        return in_full(year, match[1], match[2])
    if order is None or order.order is None:
        words = tr("{a} {month_b} or {b} {month_a}? Write the month as a word")
        question = words.format(a=first, b=second, month_a=MONTHS[first - 1], month_b=MONTHS[second - 1])
        isos = ("-".join(iso_parts(year, match[2], match[1])), "-".join(iso_parts(year, match[1], match[2])))
        if not any(map(is_date, isos)):  # the zeroth day or month, or a year that nobody means
            return Found(tuple(isos[0].split("-")))
        return asked(question, *map(candidate, isos))
    day, month = (match[1], match[2]) if order.order == "dmy" else (match[2], match[1])
    first_in = tr("day first, as in {text}") if order.order == "dmy" else tr("month first, as in {text}")
    return Found(iso_parts(year, month, day), first_in.format(text=order.because[0]) if order.because else "")


def _two(match: re.Match[str], around: Around) -> Reading:
    """Read '3/26' as month and year and '12.03.' as a day where nothing else is possible; '12.03' is asked."""
    first, second, dotted = int(match[1]), int(match[3]), match[2] == "."
    readings: list[Reading] = []
    if 1 <= first <= _LAST_MONTH and len(match[3]) == 2 and not match[4]:
        readings.append(in_full(match[3], match[1], None))
    if 1 <= second <= _LAST_MONTH and 1 <= first <= _LAST_DAY:
        readings.append(_nearest(first, second, around))
        if first > _LAST_MONTH and not dotted:
            readings.append(in_full(match[1], match[3], None))
    if not readings and not dotted and 1 <= first <= _LAST_MONTH and 1 <= second <= _LAST_DAY:
        readings.append(_nearest(second, first, around))
    if len(readings) < 2 and not _two_days(first, second, dotted=dotted):
        return readings[0] if readings else None
    if _two_days(first, second, dotted=dotted):
        readings.append(_nearest(second, first, around))
    if dotted and len(readings) == 2 and around.order and around.order.short:
        return _of_column(readings, around.order)
    isos = ["-".join(found.parts) for found in readings if isinstance(found, Found)]
    question = tr("month and year, or day and month? Write it with the year in four digits")
    return asked(question, *map(candidate, dict.fromkeys(isos)))


def _of_column(readings: list[Reading], order: DateOrder) -> Reading:
    """Return the reading that the rest of a column or a person's answer chose; month and year comes first."""
    found = readings[0] if order.short == "month_year" else readings[1]
    if not order.short_because or not isinstance(found, Found):
        return found
    said = tr("as in {text}").format(text=order.short_because[0])
    return replace(found, said=f"{found.said}; {said}" if found.said else said)


def _two_days(first: int, second: int, *, dotted: bool) -> bool:
    """Tell whether '3/4' may be two days of a year."""
    return not dotted and first != second and 1 <= first <= _LAST_MONTH and 1 <= second <= _LAST_MONTH


def _named(bare: str, around: Around) -> Reading:
    """Read a date with the month as a word."""
    for pattern in _NAMED:
        if (match := pattern.fullmatch(bare)) and (number := month_of(match["month"])):
            groups = match.groupdict()
            year = groups.get("year") or groups["short"]
            return in_full(year, str(number), groups.get("day"))
    if (match := _MONTH_AND_NUMBER.fullmatch(bare)) and (number := month_of(match["month"])):
        return _month_and_number(match, number, around)
    if (match := _YEARLESS.fullmatch(bare)) and (number := month_of(match["month"])):
        return _nearest(int(match["day"]) if match["day"] else None, number, around)
    return None


def _month_and_number(match: re.Match[str], month: int, around: Around) -> Reading:
    """Read 'Dec 3rd' as a day; 'Mar 26' may be a year or a day."""
    number = match["number"]
    if match["ordinal"] or len(number) == 1:
        return _nearest(int(number), month, around)
    if int(number) > _LAST_DAY:
        return in_full(number, str(month), None)
    words = tr("{month} 20{n} or {n} {month}? Write the year in four digits")
    isos = ["-".join(iso_parts(number, str(month), None)), _nearest_iso(int(number), month, around)]
    return asked(words.format(month=MONTHS[month - 1], n=number), *(candidate(iso) for iso in isos if iso))


def _nearest(day: int | None, month: int, around: Around) -> Reading:
    """Return a day or month without a year in the year nearest to the meeting."""
    iso = _nearest_iso(day, month, around)
    if not iso:
        return Typed(problem=tr("the year is missing"))
    said = tr("the last before the meeting") if around.past else tr("the year nearest to the meeting")
    return Found(tuple(iso.split("-")), said)


def _nearest_iso(day: int | None, month: int, around: Around) -> str:
    meeting = around.meeting
    if meeting is None:
        return ""
    found = [
        iso
        for year in (meeting.year - 1, meeting.year, meeting.year + 1)
        if (iso := plausible(str(year), str(month), "" if day is None else str(day)))
    ]
    if around.past:
        return max((iso for iso in found if not PartialDate.parse(iso).surely_after(meeting)), default="")
    return min(found, key=lambda iso: abs(date(*map(int, f"{iso}-15"[:10].split("-"))) - meeting), default="")
