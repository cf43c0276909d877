"""Days elapsed, on every boundary, against an oracle that counts day by day.

The oracle knows nothing of intervals: it lists every day a recorded date may be, counts the days from each to the
discussion with datetime, and asks whether the comparison holds on all, on none or on some of them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from her2board.case.dates import PartialDate, days_between
from her2board.logic.criteria import Leaf
from her2board.logic.evaluate import evaluate, truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Facts, Reading

MEETINGS = (
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2025, 2, 28),
    date(2025, 3, 1),
    date(2026, 1, 1),
    date(2026, 12, 31),
    date(2026, 11, 26),
)
LIMITS = (0, 1, 7, 14, 21, 28, 30, 31, 180, 365, 366)
_FAR = 800
"""Days back to which the oracle follows an open end; beyond every limit, all days answer alike."""
_DAY = timedelta(days=1)


@cache
def texts(meeting: date) -> tuple[str, ...]:
    """Dates of every precision around every limit before a meeting."""
    found: dict[str, None] = {}
    for limit in LIMITS:
        for step in (-1, 0, 1):
            day = meeting - timedelta(days=limit + step)
            for text in (f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}"):
                for bound in ("", "<", ">"):
                    found[bound + text] = None
    return tuple(found)


@cache
def days(text: str, meeting: date) -> tuple[date, ...]:
    """Every day that ``text`` may mean and that is not after the meeting, an open past followed far enough."""
    bound, named = (text[0], text[1:]) if text[0] in "<>" else ("", text)

    def means(day: date) -> bool:
        written = day.isoformat()[: len(named)]
        return {"": written == named, "<": written < named, ">": written > named}[bound]

    return tuple(day for day in back(meeting) if means(day))


def back(meeting: date) -> Iterator[date]:
    """Yield the days before a meeting, two years and more, and one day long ago."""
    for n in range(_FAR + 400):
        yield meeting - n * _DAY
    yield date(1901, 1, 1)


def oracle(operator: str, limit: int, text: str, meeting: date) -> Truth:
    elapsed = [(meeting - day).days for day in days(text, meeting)]
    holds = {n <= limit if operator == "within_days_before" else n >= limit for n in elapsed}
    return Truth.UNKNOWN if len(holds) > 1 else Truth.MET if holds == {True} else Truth.NOT_MET


def facts(text: str, meeting: date) -> Facts:
    recorded = PartialDate.parse(text)
    return Facts(meeting, {"event": Reading("event", "Event", recorded.span, recorded.shown())})


@pytest.mark.parametrize("meeting", MEETINGS, ids=str)
@pytest.mark.parametrize("operator", ["within_days_before", "at_least_days_before"])
def test_every_date_around_every_limit_is_judged_as_counting_days_does(meeting: date, operator: str) -> None:
    judged = 0
    for text in texts(meeting):
        if not days(text, meeting):
            continue  # surely after the meeting: refused before any comparison
        read = facts(text, meeting)
        for limit in LIMITS:
            leaf = Leaf(fact="event", operator=operator, operand=limit)
            expected = oracle(operator, limit, text, meeting)
            assert truth_of(leaf, read) is expected, (text, limit)
            assert evaluate(leaf, read).truth is expected, (text, limit)
            judged += 1
    assert judged > 1000


@pytest.mark.parametrize("meeting", MEETINGS, ids=str)
def test_what_would_decide_an_open_date_does_decide_it(meeting: date) -> None:
    """A reason that says 'met if on or before' a day is right about that day, and wrong about the next."""
    opened = 0
    for text in texts(meeting):
        for limit in LIMITS:
            leaf = Leaf(fact="event", operator="at_least_days_before", operand=limit)
            finding = evaluate(leaf, facts(text, meeting))
            if not days(text, meeting) or finding.truth is not Truth.UNKNOWN:
                continue
            turning = meeting - timedelta(days=limit)
            assert PartialDate.from_day(turning).shown() in finding.reason
            assert truth_of(leaf, facts(turning.isoformat(), meeting)) is Truth.MET
            if turning + _DAY <= meeting:
                assert truth_of(leaf, facts((turning + _DAY).isoformat(), meeting)) is Truth.NOT_MET
            opened += 1
    assert opened > 50


@pytest.mark.parametrize("meeting", MEETINGS, ids=str)
def test_fewest_and_most_days_are_those_of_the_days_a_date_may_be(meeting: date) -> None:
    for text in texts(meeting):
        span = PartialDate.parse(text).span
        elapsed = [(meeting - day).days for day in days(text, meeting)]
        if not elapsed or span.low is None:
            continue
        assert days_between(span, meeting) == (min(elapsed), max(elapsed)), text
