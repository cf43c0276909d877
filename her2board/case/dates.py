"""Dates as people know them: a day, a month, a year, or before/after one of these."""

import re
from calendar import monthrange
from datetime import date
from functools import total_ordering
from typing import Any, Self

from msgspec import Struct
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from her2board.logic.values import Day
from her2board.wording import MONTHS, tr

_PATTERN = re.compile(r"(?P<bound>[<>]?)(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


@total_ordering
class PartialDate(Struct, frozen=True):
    """A date known to the day, month or year; ``bound`` '<' means before it and '>' after it."""

    year: int
    month: int | None = None
    day: int | None = None
    bound: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 2026, 2026-03, 2026-03-12, <2026-03 or >2026-03; ValueError names the remedy."""
        match = _PATTERN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"'{text}' is not a date: write 2026-03-12, 2026-03 or 2026 (or <2026-03, >2026-03)")
        year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
        assert year is not None
        if not 1900 <= year <= 2200:
            raise ValueError(f"'{text}' is not a plausible date: the year lies outside 1900 to 2200")
        if month is not None and not 1 <= month <= 12:
            raise ValueError(f"'{text}' is not a date: there is no month {month}")
        if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
            raise ValueError(f"'{text}' is not a date: {MONTHS[month - 1]} {year} has no day {day}")
        return cls(year, month, day, match.group("bound"))

    @classmethod
    def from_day(cls, day: date) -> Self:
        """Return the exact date of ``day``."""
        return cls(day.year, day.month, day.day)

    @property
    def _named_low(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def _named_high(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def span(self) -> Day:
        """Earliest and latest possible day; open on the side of a bound."""
        if self.bound == "<":
            return Day(None, date.fromordinal(self._named_low.toordinal() - 1))
        if self.bound == ">":
            return Day(date.fromordinal(self._named_high.toordinal() + 1), None)
        return Day(self._named_low, self._named_high)

    @property
    def exact(self) -> date | None:
        """The day, when it is known to the day."""
        return self._named_low if self.day and not self.bound else None

    def surely_after(self, other: "PartialDate | date") -> bool:
        """Return whether every possible day lies after every possible day of ``other``."""
        latest = other if isinstance(other, date) else other.span.high
        low = self.span.low
        return low is not None and latest is not None and low > latest

    def shown(self) -> str:
        """Words for screen and page: '12 Mar 2026', 'Mar 2026', '2026', 'before Mar 2026'."""
        words = str(self.year)
        if self.month:
            words = f"{MONTHS[self.month - 1]} {words}"
        if self.day:
            words = f"{self.day} {words}"
        bounds = {"<": tr("before {date}"), ">": tr("after {date}"), "": "{date}"}
        return bounds[self.bound].format(date=words)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return self.bound + "-".join(parts)

    def __lt__(self, other: "PartialDate") -> bool:
        """Order for display only: by the named day, then by exactness."""
        return (self._named_low, str(self)) < (other._named_low, str(other))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> PartialDate:
            if isinstance(value, PartialDate):
                return value
            if not isinstance(value, str):
                raise ValueError("a date is written as text: 2026-03-12, 2026-03 or 2026")
            return cls.parse(value)

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^[<>]?\d{4}(-\d{2}(-\d{2})?)?$", "examples": ["2026-03-12"]}


def days_between(earlier: Day, later: date) -> tuple[int, int] | None:
    """Fewest and most whole days from ``earlier`` to ``later``; None when open or surely later."""
    if earlier.low is None or earlier.low > later:
        return None
    high = later if earlier.high is None else min(earlier.high, later)
    return (later - high).days, (later - earlier.low).days


def months_between(earlier: date, later: date) -> tuple[int, int]:
    """Return whole calendar months from ``earlier`` to ``later``, and the days beyond them; ``later`` is no earlier.

    The month after 31 January is full on the last day of February.
    """
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if _months_later(earlier, months) > later:
        months -= 1
    return months, (later - _months_later(earlier, months)).days


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
