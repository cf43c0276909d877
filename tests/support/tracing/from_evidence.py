"""What a number of the page may come from in the evidence: texts of records the page cites, measured values."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import comb
from typing import Any

from pydantic import BaseModel

from her2board.evidence.references import Source
from her2board.evidence.values import Endpoint, Measured
from support.pages import Made
from support.tracing.page import Printed


def claims(made: Made, page: Printed) -> Iterator[str]:
    """Yield the texts of every record that rests on a reference of this page, or on no publication."""
    shown = {ref.id for ref in made.library.references.values() if ref.short in page.references.values()}
    for part in _records(made.library):
        source = getattr(part, "source", None)
        if isinstance(source, Source) and (source.ref in shown or source.read_in == "program"):
            yield from (value for _, value in part if isinstance(value, str) and " " in value)
    for group in made.library.guidelines:
        if group.ref in shown:
            yield group.body


def _records(part: Any) -> Iterator[BaseModel]:
    if isinstance(part, BaseModel):
        yield part
        for _, value in part:
            yield from _records(value)
    elif isinstance(part, tuple | list):
        for entry in part:
            yield from _records(entry)
    elif hasattr(part, "release"):
        yield from _records((part.trials, part.guidelines, part.options, part.cautions, part.pause))


def compared(endpoint: Endpoint) -> Iterator[str]:
    """Yield an outcome as it must be printed: name, value, interval and counts, the control arm, the hazard ratio."""
    unit = {"percent": " %", "months": " months", "ratio": "", "patients": " patients"}[endpoint.unit]
    at = f" at {endpoint.at_months:g} months" if endpoint.at_months else ""
    name = f"{endpoint.kind.label if endpoint.kind != 'harm' else endpoint.event}{at}"
    words = f"{name} {measured(endpoint, unit)}"
    if endpoint.comparator is not None:
        after = "" if unit != " %" and endpoint.value is not None else unit
        words += f" v {measured(endpoint.comparator, after)}"
    if endpoint.hazard_ratio is not None:
        words += f", HR {measured(endpoint.hazard_ratio, '')}"
    yield words


def measured(value: Measured, unit: str) -> str:
    """Return a value with counts and interval; of counts without an interval the exact one."""
    inside = []
    if value.counts:
        n, of = value.counts.n, value.counts.of
        inside.append(f"{n}/{of}" if n is not None else f"of {of}")
    if value.interval:
        ends = (_printed(end) for end in (value.interval.low, value.interval.high))
        inside.append("\N{EN DASH}".join(ends))
    elif value.counts and value.counts.n is not None and unit == " %":
        low, high = exact_by_sums(value.counts.n, value.counts.of)
        inside.append(f"{low:.0f}\N{EN DASH}{high:.0f}\N{DOUBLE DAGGER}")
    return _printed(value.value) + unit * (value.value is not None) + (f" ({'; '.join(inside)})" if inside else "")


def _printed(value: float | None) -> str:
    return "not reached" if value is None else getattr(value, "text", None) or f"{value:g}"


def exact_by_sums(n: int, of: int) -> tuple[float, float]:
    """Return the exact 95 % interval in percent, found by adding up whole binomial terms."""

    def at_most(k: int, p: Fraction) -> Fraction:
        return sum((comb(of, i) * p**i * (1 - p) ** (of - i) for i in range(k + 1)), Fraction(0))

    def where(holds: Callable[[Fraction], bool]) -> float:
        low, high = Fraction(0), Fraction(1)
        for _ in range(14):
            middle = (low + high) / 2
            low, high = (middle, high) if holds(middle) else (low, middle)
        return float(100 * (low + high) / 2)

    tail = Fraction(25, 1000)
    low = 0.0 if n == 0 else where(lambda p: 1 - at_most(n - 1, p) < tail)
    high = 100.0 if n == of else where(lambda p: at_most(n, p) > tail)
    return low, high
