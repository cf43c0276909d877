"""The age of a person: what a year of birth makes of it on a day, and how long a recorded age holds."""

from collections.abc import Iterator
from datetime import date

from her2board.case.dates import PartialDate, days_between
from her2board.case.fields import case_fields, past_days, value_at
from her2board.case.model import Case

AGE_HOLDS_DAYS = 365
"""An age recorded longer ago is no age of today."""


def age_born_in(year: int, earliest: date, latest: date) -> tuple[int, int]:
    """Return the youngest and oldest a person born in ``year`` can be between two days."""
    return max(earliest.year - year - 1, 0), max(latest.year - year, 0)


def is_current(recorded: PartialDate | None, as_of: date) -> bool:
    """Return whether an age was surely recorded in the year before ``as_of``."""
    age = days_between(recorded.span, as_of) if recorded is not None else None
    return age is not None and age[1] <= AGE_HOLDS_DAYS


def newest_day(case: Case, as_of: date) -> PartialDate | None:
    """Return the newest date of something done that the case records up to ``as_of``: no value of it is newer."""
    found = {day.span.low: day for day in _past_days(case) if day.span.low and day.span.low <= as_of}
    return found[max(found)] if found else None


def _past_days(case: Case) -> Iterator[PartialDate]:
    for field in case_fields():
        value = value_at(case, field.path)
        if field.kind == "date" and field.info.past and value is not None:
            yield value
        if field.kind == "table":
            yield from (day for entry in getattr(value, "items", value) for _, day in past_days(entry))
