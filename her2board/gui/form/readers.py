"""How typed text is read, by kind of value.

What reads is loaded when the first text is typed: it compiles dozens of patterns, for which a window that only opens
need not wait.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from her2board.capture.typed import Typed
from her2board.case.fields import CaseField

Day = Callable[[], date]


def read_day(text: str) -> Typed:
    """Read a date of no field."""
    from her2board.capture.typed_dates import read_date

    return read_date(text)


def read_date_of(field: CaseField, day: Day | None, text: str) -> Typed:
    """Read the date of a field beside ``day``, where there is one."""
    from her2board.capture.typed_dates import read_date

    return read_date(text, meeting=day() if day else None, past=field.info.past)


def read_stated(field: CaseField, text: str) -> Typed:
    """Read a number that may stand behind the name of its field or before its unit."""
    from her2board.capture import stated_numbers

    return stated_numbers.read_stated(field, text, unit=field.info.unit)


def read_months(text: str) -> Typed:
    """Read a duration as months."""
    from her2board.capture import durations

    return durations.read_months(text)


def read_count(text: str) -> Typed:
    """Read a number of lesions."""
    from her2board.capture import typed_numbers

    return typed_numbers.read_count(text)


def read_diameter(text: str) -> Typed:
    """Read the longest diameter of a lesion."""
    from her2board.capture import typed_numbers

    return typed_numbers.read_diameter(text)


def read_dated_sizes(field: CaseField, day: Day | None, text: str) -> Typed:
    """Read sizes, each with the day on which it was measured."""
    from her2board.capture import dated_sizes

    return dated_sizes.read_dated_sizes(text, unit="", read_day=partial(read_date_of, field, day))
