"""Every value from a secondary report keeps what the report says in own words, with the figure itself."""

import re
from collections.abc import Iterator

from her2board.briefing.formats import endpoint_sources
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.references import Source
from her2board.evidence.values import Endpoint


def secondary(library: EvidenceLibrary) -> Iterator[tuple[str, str | None, float | None]]:
    """Yield the place, the extract and the value of every figure and size read in a secondary report."""
    for trial, cohort in library.cohorts():
        place = f"{trial.id}/{cohort.id}"
        for number, endpoint in enumerate(cohort.endpoints):
            if any(source.secondary for source in sources(endpoint)):
                yield f"{place} {number} {endpoint.kind}", endpoint.extract, figure(endpoint)
        for size in (cohort.n, *(arm.n for arm in cohort.arms)):
            if size is not None and size.source.secondary:
                yield f"{place} n", size.extract, size.value


def sources(endpoint: Endpoint) -> Iterator[Source]:
    """Yield every source of an endpoint, those of the comparison arm and of the hazard ratio among them."""
    yield from endpoint_sources(endpoint)
    for part in (endpoint.comparator, endpoint.hazard_ratio):
        if part is not None:
            yield part.source
            yield from (inner.source for inner in (part.interval, part.counts) if inner and inner.source)


def figure(endpoint: Endpoint) -> float | None:
    """Return the figure that was read in the report: the value, or where only a part of it was, none."""
    return endpoint.value if endpoint.source.secondary else None


def numbers(text: str) -> set[float]:
    """Return the numbers written in an extract."""
    return {float(found) for found in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))}


def test_every_secondary_value_keeps_an_extract_that_holds_its_figure(library: EvidenceLibrary) -> None:
    found = list(secondary(library))
    assert len(found) > 150
    assert [place for place, extract, _ in found if not extract] == []
    strange = [place for place, extract, value in found if value is not None and value not in numbers(extract or "")]
    assert strange == []


def test_only_secondary_values_keep_an_extract(library: EvidenceLibrary) -> None:
    places = {place for place, _, _ in secondary(library)}
    kept = [
        f"{trial.id}/{cohort.id} {number} {endpoint.kind}"
        for trial, cohort in library.cohorts()
        for number, endpoint in enumerate(cohort.endpoints)
        if endpoint.extract
    ]
    assert [place for place in kept if place not in places] == []
