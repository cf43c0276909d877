"""The outcome of a cohort in the few words of a row: both arms, the interval, in whom it was measured."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from her2board.briefing.formats import (
    cited,
    endpoint_name,
    endpoint_sources,
    number,
    page_endpoint,
    suffix,
)
from her2board.briefing.model import Run, Words
from her2board.evidence.exact import exact_interval
from her2board.evidence.records import Cohort, Trial
from her2board.evidence.terms import Design, EndpointKind, Unit
from her2board.evidence.values import Endpoint, Interval, Measured
from her2board.wording import tr

_RATIOS = (EndpointKind.CNS_PFS_HAZARD_RATIO, EndpointKind.PFS_HAZARD_RATIO)
_WITH_RATIO = (EndpointKind.CNS_PFS_MEDIAN, EndpointKind.PFS_MEDIAN, EndpointKind.OS_MEDIAN)


def page_endpoints(cohort: Cohort, trial: Trial) -> tuple[Endpoint, ...]:
    """Return what a row shows of a cohort: one outcome, and of a randomised one the hazard ratio too."""
    first = page_endpoint(cohort.endpoints)
    if trial.design is not Design.RANDOMISED or (first is not None and first.hazard_ratio is not None):
        return (first,) if first is not None else ()
    current = [endpoint for endpoint in cohort.endpoints if not endpoint.superseded and endpoint.in_whom is None]
    ratios = (
        endpoint
        for kind in (_WITH_RATIO[0], _RATIOS[0], _WITH_RATIO[1], _RATIOS[1], _WITH_RATIO[2])
        for endpoint in current
        if endpoint.kind == kind and (endpoint.hazard_ratio is not None or kind in _RATIOS)
    )
    return tuple(endpoint for endpoint in (first, next(ratios, None)) if endpoint is not None)


def size_words(cohort: Cohort) -> str:
    """Return in how many patients a cohort was studied, each arm apart where the source says how many it had.

    Where it does not, the number is that of all arms; the outcome beside it is that of all arms, too.
    """
    if len(cohort.arms) > 1:
        return tr("n\N{NO-BREAK SPACE}{arms}").format(arms=tr(" v ").join(str(arm.n.value) for arm in cohort.arms))
    if cohort.n is None:
        return tr("n not read")
    return tr("n\N{NO-BREAK SPACE}{n}").format(n=cohort.n.value)


def outcome_words(endpoint: Endpoint, first: bool = True) -> Words:
    """Return a figure with its control arm and hazard ratio, in whom it was measured."""
    sources = [*endpoint_sources(endpoint)]
    name = endpoint_name(endpoint) if first else f"; {endpoint_name(endpoint)}"
    words = value_words(endpoint, endpoint.unit)
    if endpoint.comparator is not None:
        sources += [endpoint.comparator.source]
        unit = endpoint.unit if endpoint.unit is Unit.PERCENT or endpoint.value is None else Unit.RATIO
        words += tr(" v {value}").format(value=value_words(endpoint.comparator, unit))
    if endpoint.hazard_ratio is not None:
        sources += [endpoint.hazard_ratio.source]
        words += tr(", HR {value}").format(value=value_words(endpoint.hazard_ratio, Unit.RATIO))
    basis = ", ".join(_basis(endpoint))
    source = endpoint.source
    how = (Run(f" {basis}", "muted", origin=(f"evidence:{source.ref}, {source.locator}",)),) if basis else ()
    return (Run(name, origin=cited("", *sources).origin), Run(" "), cited(words, *sources), *how)


def outcomes_of(id_: str, cohort: Cohort, endpoints: Iterable[Endpoint]) -> Iterator[Run]:
    """Yield outcomes of a cohort in words, each figure with its place among all of them; the first one named."""
    for n, endpoint in enumerate(endpoints):
        place = next((f"value:{id_}#{at}" for at, one in enumerate(cohort.endpoints) if one is endpoint), "")
        for run in outcome_words(endpoint, n == 0):
            yield replace(run, origin=(place, *run.origin)) if place and run.origin else run


def value_words(measured: Measured, unit: Unit) -> str:
    """Return "49 % (32–66)", "45.5 % (20/44; 30–61‡)" where the interval is computed here."""
    value = tr("not reached") if measured.value is None else number(measured.value, suffix(unit))
    counts, inside = measured.counts, []
    if counts is not None:
        inside.append(f"{counts.n}/{counts.of}" if counts.n is not None else tr("of {of}").format(of=counts.of))
    if measured.interval is not None:
        inside.append(_interval(measured.interval))
    elif counts is not None and counts.n is not None and unit is Unit.PERCENT:
        low, high = exact_interval(counts.n, counts.of)
        inside.append(tr("{low:.0f}\N{EN DASH}{high:.0f}\N{DOUBLE DAGGER}").format(low=low, high=high))
    return f"{value} ({'; '.join(inside)})" if inside else value


def _interval(interval: Interval) -> str:
    """Return the ends of an interval; its level where it is not the 95 % that the head of the column names."""
    ends = [tr("not reached") if end is None else number(end) for end in (interval.low, interval.high)]
    words = "\N{EN DASH}".join(ends)
    return words if interval.level == 95 else tr("{level} %: {ends}").format(level=interval.level, ends=words)


def _basis(endpoint: Endpoint) -> Iterator[str]:
    """Yield what a reader must know of the patients counted; criteria and assessor are in the annex."""
    if endpoint.post_hoc:
        yield tr("post hoc")
    if endpoint.in_whom:
        yield endpoint.in_whom
