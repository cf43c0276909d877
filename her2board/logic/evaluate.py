"""Evaluates a criterion on facts and says why, in plain words."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import chain
from math import inf
from typing import Any, NamedTuple

from her2board.logic.criteria import AllOf, AnyOf, Criterion, Leaf, Negation
from her2board.logic.truth import MET, NOT_MET, UNKNOWN, Truth, all_of, any_of, negate, over_all_points
from her2board.logic.values import Among, Day, Facts, Nothing, Reading, Span, Subset, Value
from her2board.wording import day_words, tr

SOURCE = "source."
"""Prefix of what the source, not the case, would have to say."""


class Finding(NamedTuple):
    """A criterion with its truth, the reason, and the facts behind it. Hundreds are made at a keystroke."""

    text: str
    """Its words; empty where they are those of its parts."""
    truth: Truth
    reason: str
    facts_used: tuple[str, ...]
    facts_missing: tuple[str, ...]
    children: tuple["Finding", ...] = ()
    kind: type[Criterion] = Leaf
    """How the parts belong together."""

    @property
    def criterion(self) -> str:
        """The criterion in words; put together from its parts only where it is shown."""
        return self.text or _joined(self.kind, [child.criterion for child in self.children])


def truth_of(criterion: Criterion, facts: Facts) -> Truth:
    """Return the truth alone, for where no reason is shown."""
    if type(criterion) is Leaf:
        value = facts.read(criterion.fact).value
        return UNKNOWN if value is None else _compare(criterion, value, facts.as_of)
    return _COMBINED[type(criterion)]([truth_of(part, facts) for part in criterion.parts])


def evaluate(criterion: Criterion, facts: Facts) -> Finding:
    """Return the finding of ``criterion``."""
    if type(criterion) is Leaf:
        return facts.once(criterion.key, _compared, criterion, facts)  # many cohorts share one comparison
    kind = type(criterion)
    children = tuple([evaluate(part, facts) for part in criterion.parts])
    truth = _COMBINED[kind]([child.truth for child in children])
    # what decides: the children of the same truth, or the one that a negation turns
    telling = [child for child in children if child.truth is truth] or children
    if len(telling) == 1:
        _, _, reason, used, missing, *_ = telling[0]
    else:
        reason = "; ".join(dict.fromkeys([child.reason for child in telling]))
        used = _union([child.facts_used for child in telling])
        missing = _union([child.facts_missing for child in telling])
    return Finding("", truth, reason, used, missing, children, kind)


_COMBINED: dict[type[Criterion], Callable[[Sequence[Truth]], Truth]] = {
    AllOf: all_of,
    AnyOf: any_of,
    Negation: lambda truths: negate(truths[0]),
}
"""By kind of criterion: its truth from those of its parts. Looked up, for pydantic makes ``isinstance`` slow."""


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(groups)))


def _joined(kind: type[Criterion], texts: Sequence[str]) -> str:
    if kind is Negation:
        return tr("not: {text}").format(text=texts[0])
    return (tr(" and ") if kind is AllOf else tr(" or ")).join(texts)


def _compared(leaf: Leaf, facts: Facts) -> Finding:
    reading = facts.read(leaf.fact)
    truth = UNKNOWN if reading.value is None else _compare(leaf, reading.value, facts.as_of)
    return Finding(
        text=_leaf_text(leaf, reading),
        truth=truth,
        reason=_reason(leaf, reading, truth, facts.as_of),
        facts_used=(leaf.fact,) if reading.value is not None else (),
        facts_missing=_missing(leaf, reading, facts.as_of) if truth is UNKNOWN else (),
    )


def _missing(leaf: Leaf, reading: Reading, as_of: date) -> tuple[str, ...]:
    """Name what would decide: the fact, the one it waits for, or the source where the case says all it can."""
    value = reading.value
    if reading.waits is not None and value is not None:
        settled = [answer for _, answer in reading.waits.answers]
        if any(_compare(leaf, answer, as_of) is not UNKNOWN for answer in settled):
            return (reading.waits.fact,)
        value = settled[0]
    said = isinstance(value, Subset) and not value.maybe  # then only a stratum leaves it open
    return (SOURCE + leaf.fact if said else leaf.fact,)


def _compare(leaf: Leaf, value: Value, as_of: date) -> Truth:
    """Compare over every value the fact may still have."""
    if leaf.operator == "recorded":
        return MET
    match value:
        case Among():
            wanted = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
            truth = over_all_points([point in wanted for point in value.possible])
            return negate(truth) if leaf.operator in ("none_of", "excludes") else truth
        case Span():
            return _compare_span(leaf, value)
        case Subset():
            return _compare_subset(leaf, value)
        case Day():
            return _compare_day(leaf, value, as_of)
        case Nothing():
            return NOT_MET
        case _:  # never: longer ago than any limit
            return NOT_MET if leaf.operator in _RECENT else MET


_RECENT = ("within_days_before", "at_most", "below", "between")
"""Comparisons of a time since an event that ask for it to be recent."""


def _compare_span(leaf: Leaf, span: Span) -> Truth:
    low = -inf if span.low is None else span.low
    high = inf if span.high is None else span.high
    limits = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
    first, last = float(limits[0]), float(limits[-1])
    match leaf.operator:
        case "at_least":
            inside, outside = low >= first, _under(span, high, first)
        case "above":
            inside, outside = _over(span, low, first), high <= first
        case "at_most":
            inside, outside = high <= first, _over(span, low, first)
        case "below":
            inside, outside = _under(span, high, first), low >= first
        case "between":
            inside = low >= first and high <= last
            outside = _under(span, high, first) or _over(span, low, last)
        case _:
            raise TypeError(f"'{leaf.operator}' does not compare a number ({leaf.fact})")
    return MET if inside else NOT_MET if outside else UNKNOWN


def _under(span: Span, high: float, limit: float) -> bool:
    """Return whether every number is below ``limit``."""
    return high < limit or (high == limit and span.high_open)


def _over(span: Span, low: float, limit: float) -> bool:
    """Return whether every number is above ``limit``."""
    return low > limit or (low == limit and span.low_open)


def _compare_subset(leaf: Leaf, value: Subset) -> Truth:
    wanted = frozenset(map(str, leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)))
    possible = value.has | value.maybe
    match leaf.operator:
        case "includes" | "any_of" | "excludes" | "none_of":
            some = bool(value.has & wanted)
            truth = MET if some else UNKNOWN if possible & wanted else NOT_MET
            return truth if leaf.operator in ("includes", "any_of") else negate(truth)
        case "is" | "stratum":
            if value.has == wanted and not value.maybe:
                return MET
            if leaf.operator == "stratum":
                return UNKNOWN if possible & wanted else NOT_MET
            return NOT_MET if value.has - wanted or wanted - possible else UNKNOWN
        case _:
            raise TypeError(f"'{leaf.operator}' does not compare a set ({leaf.fact})")


def _compare_day(leaf: Leaf, value: Day, as_of: date) -> Truth:
    """Compare days elapsed; an event cannot lie after ``as_of``."""
    if not isinstance(leaf.operand, int):
        raise TypeError(f"'{leaf.operator}' needs whole days ({leaf.fact})")
    limit = as_of - timedelta(days=leaf.operand)
    low = date.min if value.low is None else value.low
    high = as_of if value.high is None else min(value.high, as_of)
    if leaf.operator == "at_least_days_before":
        inside, outside = high <= limit, low > limit
    else:
        inside, outside = low >= limit, high < limit
    return MET if inside else NOT_MET if outside else UNKNOWN


def _reason(leaf: Leaf, reading: Reading, truth: Truth, as_of: date) -> str:
    if reading.said is not None:  # both sides of a contradiction: what is read here, and the mark
        return "; ".join((f"{reading.label}: {reading.shown}", *reading.marks))
    if reading.value is None:
        words = tr("{label}: not recorded").format(label=reading.label)
        return f"{words} ({reading.why})" if reading.why else words
    words = f"{reading.label}: {reading.shown}"
    if truth is UNKNOWN:
        words += "; " + _undecided(leaf, reading, as_of)
    return "; ".join((words, *reading.marks))


def _undecided(leaf: Leaf, reading: Reading, as_of: date) -> str:
    """Say what would decide a comparison that the recorded range straddles."""
    if isinstance(reading.value, Day) and isinstance(leaf.operand, int):
        turning = day_words(as_of - timedelta(days=leaf.operand))
        if leaf.operator == "at_least_days_before":
            return tr("met if on or before {day}").format(day=turning)
        return tr("met if on or after {day}").format(day=turning)
    if leaf.operator == "stratum":
        return tr("the source does not say how mixed disease was counted")
    if isinstance(reading.value, Span):
        turning = _TURNING[leaf.operator](leaf.operand)
        return f"{reading.why}; {turning}" if reading.why else turning
    return reading.why or tr("not exact enough to decide")


_TURNING: dict[str, Callable[[Any], str]] = {
    "at_least": lambda limit: tr("met if {limit:g} or more").format(limit=limit),
    "at_most": lambda limit: tr("met if {limit:g} or less").format(limit=limit),
    "above": lambda limit: tr("met if more than {limit:g}").format(limit=limit),
    "below": lambda limit: tr("met if less than {limit:g}").format(limit=limit),
    "between": lambda limits: tr("met if {low:g} to {high:g}").format(low=limits[0], high=limits[1]),
}
"""Between which numbers an open number would be met."""


def _leaf_text(leaf: Leaf, reading: Reading) -> str:
    operand = ", ".join(map(str, leaf.operand)) if isinstance(leaf.operand, tuple) else leaf.operand
    if isinstance(operand, bool):
        return f"{reading.label}: {tr('yes') if operand else tr('no')}"
    return f"{reading.label}: {leaf.operator.replace('_', ' ')} {operand}"
