"""Between which days a row of systemic treatment started and stopped: from its dates, or one date and how long it took.

Months are rounded to the wide side: 2 months are anything from one and a half to just under three.
"""

from datetime import date, timedelta
from math import ceil, floor

from her2board.case.model import SystemicLine
from her2board.logic.values import Day
from her2board.wording import tr, trn

CYCLE_DAYS = (7, 28)
"""Shortest and longest interval between two cycles that is usual; the program's own limits."""
_MONTH_DAYS = (30, 31)


def lasted(line: SystemicLine) -> tuple[int, int] | None:
    """Return the fewest and most days a row took, by its cycles and months; None where neither is recorded."""
    spans = [span for span in (_by_cycles(line.cycles), _by_months(line.months)) if span]
    if not spans:
        return None
    low, high = max(span[0] for span in spans), min(span[1] for span in spans)
    if low <= high:
        return low, high
    return min(span[0] for span in spans), max(span[1] for span in spans)


def disagreeing(line: SystemicLine) -> bool:
    """Return whether so many cycles do not fit into so many months."""
    cycles, months = _by_cycles(line.cycles), _by_months(line.months)
    return bool(cycles and months and (cycles[0] > months[1] or months[0] > cycles[1]))


def duration_words(line: SystemicLine) -> str:
    """Return how long a row took, in words: '8 cycles', '6 months'; empty where it is not recorded."""
    parts = []
    if line.cycles is not None:
        parts.append(trn("{n} cycle", "{n} cycles", line.cycles).format(n=line.cycles))
    if line.months is not None:
        parts.append(tr("{months:g} months").format(months=line.months))
    return ", ".join(parts)


def _by_cycles(cycles: int | None) -> tuple[int, int] | None:
    return None if cycles is None else ((cycles - 1) * CYCLE_DAYS[0], cycles * CYCLE_DAYS[1])


def _by_months(months: float | None) -> tuple[int, int] | None:
    if months is None:
        return None
    step = 1.0 if months == int(months) else 0.5 if months * 2 == int(months * 2) else 0.1
    return floor(max(months - step / 2, 0) * _MONTH_DAYS[0]), ceil((months + step) * _MONTH_DAYS[1]) - 1


def started(line: SystemicLine) -> Day:
    """Return the possible days of the start; it is no later than the stop."""
    stop = line.stop.span if line.stop else Day(None, None)
    if line.start is not None:
        span = line.start.span
        return Day(span.low, min((day for day in (span.high, stop.high) if day), default=None))
    took = lasted(line)
    return Day(_moved(stop.low, -took[1]), _moved(stop.high, -took[0])) if took else Day(None, stop.high)


def stopped(line: SystemicLine) -> Day:
    """Return the possible days of the stop; open where nothing says that it ended, or when."""
    start = line.start.span if line.start else Day(None, None)
    if line.stop is not None:
        span = line.stop.span
        return Day(max((day for day in (span.low, start.low) if day), default=None), span.high)
    ended = line.ongoing is False or line.reason_stopped is not None
    took = lasted(line) if ended and not line.ongoing else None
    return Day(_moved(start.low, took[0]), _moved(start.high, took[1])) if took else Day(start.low, None)


def _moved(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)
