"""The number of lines of metastatic therapy that somebody stated, beside those the list makes."""

from her2board.case.drugs import Vocabulary
from her2board.case.model import Case, Count
from her2board.case.treatment import metastatic_lines
from her2board.logic.values import Span
from her2board.wording import tr


def lines_counted(case: Case, vocabulary: Vocabulary) -> tuple[Span | None, str, str]:
    """Return the number of lines by the list and the number stated, in words, and why it is open.

    Both hold, so it lies where they overlap; where they exclude each other it may be either.
    """
    listed, shown, why = metastatic_lines(case, vocabulary)
    stated = case.systemic.lines_stated
    if stated is None:
        return listed, shown, why
    as_stated = tr("{number}, as stated").format(number=number_words(stated.low, stated.high))
    if listed is None:
        return Span(stated.low, stated.high), stated_words(stated), "; ".join(part for part in (as_stated, why) if part)
    low, high = int(max(listed.low or 0, stated.low)), _least(listed.high, stated.high)
    if high is not None and low > high:
        low = int(min(listed.low or 0, stated.low))
        high = None if None in (listed.high, stated.high) else int(max(listed.high or 0, stated.high or 0))
    basis = tr("{stated}; {listed} by the list").format(stated=as_stated, listed=shown)
    return Span(low, high), number_words(low, high), "; ".join(part for part in (basis, why) if part)


def disagreement(case: Case, vocabulary: Vocabulary) -> str:
    """Return the number of lines by the list where it excludes the number stated; empty where both can be so."""
    listed, shown, _ = metastatic_lines(case, vocabulary)
    stated = case.systemic.lines_stated
    if listed is None or stated is None:
        return ""
    low, high = max(listed.low or 0, stated.low), _least(listed.high, stated.high)
    return shown if high is not None and low > high else ""


def number_words(low: int, high: int | None) -> str:
    """Return a number or range in words: '4', '3 to 5', '2 or more'."""
    if high is None:
        return tr("{count} or more").format(count=low)
    return str(low) if low == high else tr("{low} to {high}").format(low=low, high=high)


def stated_words(count: Count) -> str:
    """Return a stated number in words."""
    return number_words(count.low, count.high)


def _least(first: float | None, second: float | None) -> int | None:
    known = [end for end in (first, second) if end is not None]
    return int(min(known)) if known else None
