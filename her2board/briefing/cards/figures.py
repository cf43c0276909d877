"""Cards of what was measured: a figure, a cohort, a trial, a trial of local therapy."""

from collections.abc import Iterator

from her2board.briefing.cards.model import Lead, SourceCard
from her2board.briefing.cards.publications import hand, links_of, reading
from her2board.briefing.comparison import cite, measured
from her2board.briefing.formats import (
    criteria_read,
    endpoint_basis,
    endpoint_name,
    endpoint_sources,
    interval_words,
    number,
    patients,
    suffix,
)
from her2board.briefing.trial_card import Line, Part, card, cohort_lines, condition_lines, corrected
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlap import overlaps
from her2board.evidence.records import Cohort, LocalTherapyTrial, Trial
from her2board.evidence.references import Source
from her2board.evidence.values import Endpoint
from her2board.wording import tr


def value_card(library: EvidenceLibrary, trial: Trial, cohort: Cohort, place: int) -> SourceCard:
    """Return the card of one figure of a cohort: what was measured, in whom, n, interval, how it was read."""
    endpoint, id_ = cohort.endpoints[place], f"{trial.id}/{cohort.id}"
    sources = sources_of(endpoint)
    follow_up = cohort.follow_up.text if cohort.follow_up else ""
    whom = (
        Line(tr("In whom"), "; ".join(filter(None, (f"{trial.name}: {cohort.label}", endpoint.in_whom)))),
        Line(tr("Class of brain metastases"), tr(cohort.cns_class.label)),
        Line("n", patients(endpoint, cohort).text),
        Line(tr("Given"), cohort.regimen or trial.regimen),
    )
    said = tuple(filter(None, (endpoint.extract,)))
    parts = (
        Part(tr("What was measured"), (*_measured(endpoint, follow_up), *whom)),
        reading(library, sources, said),
        _corrections(library, trial),
    )
    leads = (Lead(tr("The cohort: {name}").format(name=cohort.label), f"cohort:{id_}"), _of_trial(trial))
    return SourceCard(
        f"value:{id_}#{place}",
        tr("Figure"),
        f"{trial.name}: {endpoint_name(endpoint)}",
        _with_lines(parts),
        any(source.secondary for source in sources),
        links_of(library, (source.ref for source in sources), trial.registry),
        leads,
    )


def cohort_card(library: EvidenceLibrary, trial: Trial, cohort: Cohort) -> SourceCard:
    """Return the card of a cohort: who was in it, what was measured, who shares its patients."""
    id_ = f"{trial.id}/{cohort.id}"
    whole = tuple(condition_lines(library, trial))
    about = (Line(tr("Criteria read"), criteria_read(trial)), Line(tr("Trial read in"), cite(library, trial.source)))
    parts = (
        Part(cohort.label, tuple(cohort_lines(library, trial, cohort))),
        Part(tr("Who could enter any cohort"), whole),
        _corrections(library, trial),
        Part(tr("How it was read"), (*about, Line(tr("First- or second-hand"), hand(trial.source)))),
    )
    shared = [library.cohorts_by_id[other] for other in sorted(overlaps(library)[id_])]
    leads = [_of_trial(trial)]
    leads += [
        Lead(f"{endpoint_name(endpoint)}: {_value(endpoint)}", f"value:{id_}#{place}")
        for place, endpoint in enumerate(cohort.endpoints)
    ]
    leads += [
        Lead(tr("Same patients, some or all: {name}").format(name=f"{t.name}: {c.label}"), f"cohort:{t.id}/{c.id}")
        for t, c in shared
    ]
    refs = (trial.source.ref, *(endpoint.source.ref for endpoint in cohort.endpoints))
    return SourceCard(
        f"cohort:{id_}",
        tr("Cohort"),
        f"{trial.name}: {cohort.label}",
        _with_lines(parts),
        any(endpoint.source.secondary for endpoint in cohort.endpoints),
        links_of(library, refs, trial.registry),
        tuple(leads),
    )


def whole_trial(library: EvidenceLibrary, trial: Trial) -> SourceCard:
    """Return the card of a trial with all its cohorts."""
    sources = [trial.source, *(end.source for cohort in trial.cohorts for end in cohort.endpoints)]
    return SourceCard(
        f"trial:{trial.id}",
        tr("Trial"),
        trial.name,
        card(library, trial),
        any(source.secondary for source in sources),
        links_of(library, (source.ref for source in sources), trial.registry),
        tuple(Lead(cohort.label, f"cohort:{trial.id}/{cohort.id}") for cohort in trial.cohorts),
    )


def local_card(library: EvidenceLibrary, trial: LocalTherapyTrial) -> SourceCard:
    """Return the card of a trial of radiotherapy or surgery."""
    sources = [trial.source, *(source for endpoint in trial.endpoints for source in sources_of(endpoint))]
    about = [Line(tr("In whom"), trial.population), Line(tr("Compared"), trial.comparison)]
    about.append(Line("n", str(trial.n.value) if trial.n else tr("not read")))
    about += [Line(tr("Note"), trial.note)] if trial.note else []
    parts = [Part(trial.name, tuple(about))]
    parts += [Part(endpoint_name(endpoint), tuple(_measured(endpoint, ""))) for endpoint in trial.endpoints]
    return SourceCard(
        f"local:{trial.id}",
        tr("Trial of local therapy"),
        trial.name,
        (*parts, reading(library, sources)),
        any(source.secondary for source in sources),
        links_of(library, (source.ref for source in sources)),
    )


def _measured(endpoint: Endpoint, follow_up: str) -> Iterator[Line]:
    yield Line(tr("What"), endpoint_name(endpoint) + (f" ({endpoint.arm})" if endpoint.arm else ""))
    yield Line(tr("Value"), _value(endpoint))
    interval = interval_words(endpoint.interval) if endpoint.interval else tr("none stated, or not read")
    yield Line(tr("Interval"), interval)
    counts = endpoint.counts
    if counts is not None:
        words = f"{counts.n}/{counts.of}" if counts.n is not None else tr("of {of}").format(of=counts.of)
        yield Line(tr("Patients counted"), words)
    yield Line(tr("By which criteria"), endpoint_basis(endpoint))
    other = endpoint.comparator
    pairs = (
        (tr("Compared with"), f"{other.arm}: {measured(other)}" if other else ""),
        (tr("Hazard ratio"), measured(endpoint.hazard_ratio) if endpoint.hazard_ratio else ""),
        (tr("P value"), endpoint.p or ""),
        (tr("Follow-up"), endpoint.follow_up or follow_up),
        (tr("Superseded"), tr("an earlier report of the same measurement") if endpoint.superseded else ""),
        (tr("Note"), endpoint.note or ""),
    )
    yield from (Line(label, words) for label, words in pairs if words)


def _value(endpoint: Endpoint) -> str:
    return tr("not reached") if endpoint.value is None else number(endpoint.value, suffix(endpoint.unit))


def sources_of(endpoint: Endpoint) -> tuple[Source, ...]:
    """Return every place a figure was read in: value, interval, counts, comparison arm, hazard ratio."""
    inner = (part.source for part in (endpoint.comparator, endpoint.hazard_ratio) if part is not None)
    return tuple(dict.fromkeys((*endpoint_sources(endpoint), *inner)))


def _corrections(library: EvidenceLibrary, trial: Trial) -> Part:
    lines = tuple(line for found in trial.discrepancies for line in corrected(library, found))
    return Part(tr("Corrections to what was reported of this trial"), lines)


def _of_trial(trial: Trial) -> Lead:
    return Lead(tr("The whole trial: {name}").format(name=trial.name), f"trial:{trial.id}")


def _with_lines(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.lines)
