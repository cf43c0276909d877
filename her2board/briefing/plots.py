"""Interval plots of CNS outcomes: which rows may share an axis, and why the others may not."""

from collections.abc import Iterable, Sequence
from math import floor
from string import ascii_uppercase

from msgspec import Struct

from her2board.briefing.formats import CNS_RESPONSES, endpoint_name, number, suffix
from her2board.briefing.model import Figure, Run
from her2board.evidence.exact import exact_interval
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.terms import EndpointKind, Unit
from her2board.evidence.values import Difference, Endpoint, difference, stand_together
from her2board.wording import Marked, tr

_DRAWN = (*CNS_RESPONSES, EndpointKind.CNS_PFS_MEDIAN, EndpointKind.CNS_PFS_RATE)
"""CNS outcomes; survival and PFS of the whole body are in words."""
_SCALED = (Unit.PERCENT, Unit.MONTHS, Unit.WEEKS, Unit.DAYS)
_WHOLE = {Unit.PERCENT: 100.0}
"""Where a scale ends by definition of its unit; elsewhere at a round number above what is drawn."""
_ROUND = 6.0
"""Scales of time end at a multiple of this."""
APART: dict[Difference, Marked] = {
    "kind": "outcomes differ",
    "unit": "units differ",
    "at_months": "time points differ",
    "at_weeks": "time points differ",
    "criteria": "response criteria differ or are not stated",
    "assessor": "assessors differ or are not stated",
    "in_whom": "counted in different patients",
}
"""Why the comparability guard keeps figures apart."""


class PlotAxis(Struct, frozen=True):
    """A scale from nothing to ``end``, in the unit of one endpoint kind."""

    end: float
    words: str
    """The end in words: '100 %'."""
    shared: str = ""
    """The letter of an axis that several rows share; empty for the axis of one row."""


class Plot(Struct, frozen=True):
    """One published outcome on its axis; an interval only where the source states one."""

    value: float
    low: float | None
    high: float | None
    """None with ``stated``: not reached, the interval is open upwards."""
    stated: bool
    n: Run
    axis: PlotAxis


def plots(figures: Sequence[Figure | None]) -> tuple[tuple[Plot | None, ...], str]:
    """Return the plot of each row, and words on the axes: what a shared one is for, why others are apart."""
    groups = stand_together([(f.endpoint, index) for index, f in enumerate(figures) if f and drawable(f.endpoint)])
    result: list[Plot | None] = [None] * len(figures)
    words: list[str] = []
    letters = iter(ascii_uppercase)
    for group in groups:
        endpoints = [endpoint for endpoint, _ in group]
        axis = _axis(endpoints, next(letters) if len(group) > 1 else "")
        if axis.shared:
            words.append(_shared_words(axis, endpoints[0]))
        for endpoint, index in group:
            figure = figures[index]
            assert figure is not None
            result[index] = _plot(endpoint, figure.n, axis)
    because = reasons_apart(group[0][0] for group in groups)
    if because:
        words.append(tr("A boxed axis belongs to its row alone ({because}).").format(because=because))
    return tuple(result), " ".join(words)


def reasons_apart(endpoints: Iterable[Endpoint]) -> str:
    """Return why endpoints may not share an axis, each reason once; empty when all may."""
    listed = list(endpoints)
    found = [difference(one, other) for place, one in enumerate(listed) for other in listed[place + 1 :]]
    return ", ".join(dict.fromkeys(tr(APART[name]) for name in found if name is not None))


_BESIDE: dict[str, dict[str, tuple[str, ...]]] = {}


def beside(library: EvidenceLibrary) -> dict[str, tuple[str, ...]]:
    """Return, by 'trial/cohort/number' of each current CNS outcome, the cohorts whose figure may be shown beside it.

    Worked out once for a release, as it takes longer than a line of the screen may.
    """
    if library.content_hash not in _BESIDE:
        every = [
            (endpoint, (f"{trial.id}/{cohort.id}/{number}", f"{trial.name}, {cohort.label}"))
            for trial, cohort in library.cohorts()
            for number, endpoint in enumerate(cohort.endpoints)
            if not endpoint.superseded and drawable(endpoint)
        ]
        _BESIDE[library.content_hash] = {
            key: tuple(name for _, (other, name) in group if other != key)
            for group in stand_together(every)
            for _, (key, _) in group
        }
    return _BESIDE[library.content_hash]


class Bar(Struct, frozen=True):
    """A percentage from 0 to 100 with its interval, which may be computed from counts; None where neither is known."""

    value: float
    low: float | None
    high: float | None


def percent_bar(endpoint: Endpoint) -> Bar | None:
    """Return the drawing of an outcome in percent; None for others."""
    if endpoint.unit is not Unit.PERCENT or endpoint.value is None:
        return None
    interval, counts = endpoint.interval, endpoint.counts
    if interval is not None:
        return Bar(endpoint.value, interval.low, interval.high)
    if counts is not None and counts.n is not None:
        return Bar(endpoint.value, *exact_interval(counts.n, counts.of))
    return Bar(endpoint.value, None, None)


def drawable(endpoint: Endpoint) -> bool:
    """Return whether an outcome is one of the CNS, and has a value on a scale."""
    return endpoint.kind in _DRAWN and endpoint.value is not None and endpoint.unit in _SCALED


def _axis(endpoints: list[Endpoint], shared: str) -> PlotAxis:
    unit = endpoints[0].unit
    reach = max(max(e.value or 0.0, (e.interval.high if e.interval else None) or 0.0) for e in endpoints)
    end = _WHOLE.get(unit, (floor(reach / _ROUND) + 1) * _ROUND)
    return PlotAxis(end, number(end, suffix(unit)), shared)


def _shared_words(axis: PlotAxis, first: Endpoint) -> str:
    return tr("Axis {letter} is one for its rows: {name}, {criteria}, {assessor}.").format(
        letter=axis.shared, name=endpoint_name(first), criteria=first.criteria, assessor=first.assessor
    )


def _plot(endpoint: Endpoint, n: Run, axis: PlotAxis) -> Plot:
    assert endpoint.value is not None
    low, high = (endpoint.interval.low, endpoint.interval.high) if endpoint.interval else (None, None)
    return Plot(endpoint.value, low, high, endpoint.interval is not None, n, axis)
