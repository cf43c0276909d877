"""What a number of the page may come from in the evidence: texts of records the page cites, measured values."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from her2board.evidence.references import Source
from her2board.evidence.values import Endpoint
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


def measured(endpoint: Endpoint) -> str:
    """Return a value as it must be printed: name, value, unit, interval with its level, n of N."""
    unit = {"percent": " %", "months": " months", "ratio": "", "patients": " patients"}[endpoint.unit]
    at = f" at {endpoint.at_months:g} months" if endpoint.at_months else ""
    value = "not reached" if endpoint.value is None else f"{endpoint.value:g}{unit}"
    words = f"{endpoint.kind.label if endpoint.kind != 'harm' else endpoint.event}{at} {value}"
    if endpoint.interval:
        low, high = (
            "not reached" if end is None else f"{end:g}" for end in (endpoint.interval.low, endpoint.interval.high)
        )
        words += f" ({endpoint.interval.level} % CI {low}\N{EN DASH}{high})"
    if endpoint.counts:
        n, of = endpoint.counts.n, endpoint.counts.of
        words += f" {n}/{of}" if n is not None else f" of {of}"
    return words
