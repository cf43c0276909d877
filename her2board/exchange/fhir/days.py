"""Reads the dates of a resource: with or without time and zone, of a month or a year, or in words."""

import re

from msgspec import Struct

from her2board.capture.date_readings import show_date
from her2board.capture.proposal import Element
from her2board.capture.typed_dates import read_date
from her2board.case.dates import PartialDate
from her2board.exchange.fhir.part import Part
from her2board.wording import tr

_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_ISO_DAY = 10
_ISO_MONTH = 7
_ISO_YEAR = 4


class Day(Struct, frozen=True):
    """A date as read: ISO text, what is asked of it, its place. Empty where there is none."""

    iso: str = ""
    asks: str = ""
    words: str = ""
    where: Element | None = None
    unread: bool = False
    """There is a date, and it says no day."""

    def __bool__(self) -> bool:
        return bool(self.iso)

    @property
    def date(self) -> PartialDate:
        """The date itself; only where there is one."""
        return PartialDate.parse(self.iso)


def read_day(part: Part, name: str) -> Day:
    """Return the date of an element; one of which no day can be said is reported."""
    text = part.text(name)
    if not text:
        return Day()
    where = part.at(name)
    if _ISO.fullmatch(text):
        try:
            return Day(str(PartialDate.parse(text)), words=text, where=where)
        except ValueError as error:
            part.report(where, str(error))
            return Day(words=text, where=where, unread=True)
    found = read_date(text)
    if found.value:
        said = "" if re.match(r"\d{4}-\d{2}-\d{2}[T ]", text) else tr("date in words: {text}").format(text=text)
        return Day(found.value, said, text, where)
    isos = [str(candidate.value) for candidate in found.candidates]
    if isos and "T" in text and len({iso[:_ISO_MONTH] for iso in isos}) == 1:
        asks = tr("midnight of another time zone: {days}?").format(days=" / ".join(map(show_date, isos)))
        return Day(isos[0][:_ISO_MONTH], asks, text, where)
    part.report(where, found.problem or tr("'{text}' is no date").format(text=text))
    return Day(words=text, where=where, unread=True)


def first_day(part: Part, *names: str) -> Day:
    """Return the first of several elements that is a date."""
    return next((day for name in names if (day := read_day(part, name)) or day.unread), Day())


def period_day(period: Part) -> Day:
    """Return when something began that is said to lie within a period: as exact as its two ends agree.

    Where they are of different years it may also be how long it lasted: the start, and a person looks at it.
    """
    start, end = read_day(period, "start"), read_day(period, "end")
    if not start or not end or start.iso == end.iso:
        return start
    same = next(
        (start.iso[:n] for n in (_ISO_MONTH, _ISO_YEAR) if start.iso[:n] == end.iso[:n] and len(end.iso) >= n), ""
    )
    asks = tr("between {start} and {end}").format(start=start.words, end=end.words)
    return Day(same or start.iso, asks, f"{start.words} - {end.words}", start.where)


def effective_day(part: Part) -> Day:
    """Return the day an observation holds for."""
    day = first_day(part, "effectiveDateTime", "effectiveInstant", "effectiveDate")
    return day or first_day(part.part("effectivePeriod"), "end", "start")


def surely_before(first: str, second: str) -> bool:
    """Tell whether every day of one ISO date is before every day of another."""
    return PartialDate.parse(second).surely_after(PartialDate.parse(first))
