"""The terms beside the words of a case under which filters find it."""

from collections.abc import Iterator

from her2board.casebook.book import Wanted
from her2board.casebook.model import CaseSummary
from her2board.casebook.search import filter_term


def case_filters(summary: CaseSummary) -> Iterator[str]:
    """Yield the terms by which the filters find a case."""
    yield code_filter(summary.code)
    yield from (filter_term("owner", owed.by.strip().casefold()) for owed in summary.owed)
    yield from (filter_term("cns_class", name) for name in summary.cns_class.split())
    yield from (filter_term("exposure", drug) for drug in summary.exposures)
    yield from (filter_term("cohort", *outcome) for outcome in summary.cohorts)


def wanted_filters(wanted: Wanted) -> Iterator[str]:
    """Yield the terms that a case must have to pass the filters which are about it."""
    if wanted.owner:
        yield filter_term("owner", wanted.owner.strip().casefold())
    if wanted.cns_class:
        yield filter_term("cns_class", wanted.cns_class)
    if wanted.exposure:
        yield filter_term("exposure", wanted.exposure)
    if wanted.cohort[0]:
        yield filter_term("cohort", *wanted.cohort)


def code_filter(code: str) -> str:
    """Return the term under which a code finds its cases, upper or lower case alike."""
    return filter_term("code", code.strip().casefold())
