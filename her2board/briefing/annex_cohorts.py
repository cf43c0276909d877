"""The annex about cohorts: every criterion on this case, every outcome, and which outcomes may share an axis."""

from collections.abc import Iterator

from her2board.assessment.model import Assessment, CohortResult
from her2board.briefing.annex_blocks import Block, row, section, source_words, subsection
from her2board.briefing.formats import (
    endpoint_basis,
    endpoint_name,
    endpoint_sources,
    endpoint_value,
    lower,
    not_stated,
    outcome_in_words,
    patients,
)
from her2board.briefing.model import Figure, Run, Words
from her2board.briefing.plots import Plot, drawable, plots
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlap import overlaps
from her2board.evidence.records import Cohort, Trial
from her2board.evidence.terms import Design
from her2board.evidence.values import Endpoint, stand_together
from her2board.logic.truth import Truth
from her2board.wording import Marked, tr

_TRUTHS: dict[Truth, Marked] = {Truth.MET: "MET", Truth.NOT_MET: "NOT MET", Truth.UNKNOWN: "CANNOT TELL"}
_CRITERION = (0.11, 0.29, 0.32, 0.28)
_MEASURED = (0.30, 0.24, 0.22, 0.24)
_DRAWN = (0.30, 0.30, 0.40)


def cohort_blocks(assessment: Assessment, library: EvidenceLibrary) -> Iterator[Block]:
    """Yield every cohort with its criteria, its outcomes and what disagrees about it."""
    yield section(tr("Cohorts, criterion by criterion"))
    shown: set[str] = set()
    for result in assessment.cohorts:
        yield from _cohort(result, library, assessment)
        if result.trial.id not in shown:
            shown.add(result.trial.id)
            yield from _discrepancies(result.trial, library)


def _cohort(result: CohortResult, library: EvidenceLibrary, assessment: Assessment) -> Iterator[Block]:
    cohort = result.cohort
    size = f"n {cohort.n.value}" if cohort.n else tr("n not read")
    counts = tr("{met} met, {differ} differ, {unknown} cannot tell").format(
        met=result.population.met + result.entry.met,
        differ=result.population.not_met + result.entry.not_met,
        unknown=result.population.unknown + result.entry.unknown,
    )
    name = f"{result.trial.name}: {cohort.label}"
    yield subsection(name, f" ({size}) \N{EN DASH} {outcome_in_words(result)}; {counts}", f"cohort/{result.id}")
    yield Block(tuple(_about(result, library)))
    for finding in result.findings:
        truth = (Run(tr(_TRUTHS[finding.truth]), "bold"),)
        source = source_words(finding.source, library)
        yield row(_CRITERION, truth, (Run(finding.criterion),), (Run(finding.reason),), source)
    for remark in result.remarks:
        yield Block((Run(tr("Remark: "), "bold"), Run(remark.words)))
    if result.not_stated:
        labels = not_stated(result.not_stated, lambda name: assessment.facts.read(name).label)
        yield Block((Run(tr("Not stated: {labels}").format(labels=labels), "muted"),))
    for endpoint in cohort.endpoints:
        (plot,), _ = plots([Figure(endpoint, patients(endpoint, cohort)) if _drawn(endpoint) else None])
        value, basis, sources = _measured(endpoint, library)
        yield Block(value, shares=_MEASURED, cells=((), basis, sources), plot=plot)
    if cohort.same_patients_as:
        yield Block((Run(tr("Same patients, some or all: ")), *_others(cohort.same_patients_as, library)))


def _about(result: CohortResult, library: EvidenceLibrary) -> Iterator[Run]:
    """Yield design, regimen, arms and follow-up in one paragraph."""
    trial, cohort = result.trial, result.cohort
    design = tr(trial.design.label)
    if trial.design is not Design.RETROSPECTIVE:
        design += tr(", prospective") if trial.prospective else tr(", retrospective")
    yield Run(f"{design}; {cohort.regimen or trial.regimen}", "muted")
    if trial.comparator:
        yield Run(tr("; against {comparator}").format(comparator=trial.comparator), "muted")
    for arm in cohort.arms:
        yield Run(f"; {arm.arm} n {arm.n.value}", "muted")
    if cohort.follow_up:
        yield Run(tr("; follow-up {text}").format(text=cohort.follow_up.text), "muted")
    if trial.contains:
        names = ", ".join(library.trials_by_id[id_].name for id_ in trial.contains)
        yield Run(tr("; contains {names}").format(names=names), "muted")
    for note in (cohort.note, trial.note):
        if note:
            yield Run(f". {note.rstrip('.')}", "muted")
    yield Run(". ", "muted")
    yield from source_words(trial.source, library)


def _drawn(endpoint: Endpoint) -> bool:
    return drawable(endpoint) and not endpoint.superseded


def _measured(endpoint: Endpoint, library: EvidenceLibrary) -> tuple[Words, Words, Words]:
    arm = f" ({endpoint.arm})" if endpoint.arm else ""
    old = tr("; superseded") if endpoint.superseded else ""
    silent = tr("; no interval stated") if endpoint.interval is None else ""
    value = (Run(f"{endpoint_name(endpoint)}{arm}: "), Run(endpoint_value(endpoint), "bold"))
    basis = (Run(f"{endpoint_basis(endpoint)}{silent}{old}"),)
    sources: list[Run] = []
    for source in dict.fromkeys(endpoint_sources(endpoint)):
        sources += [Run("; "), *source_words(source, library)] if sources else source_words(source, library)
    return value, basis, tuple(sources)


def _others(ids: tuple[str, ...], library: EvidenceLibrary) -> Iterator[Run]:
    for index, id_ in enumerate(ids):
        trial, cohort = library.cohorts_by_id[id_]
        if index:
            yield Run("; ")
        yield Run(f"{trial.name}, {cohort.label}", link=f"#cohort/{id_}")


def _discrepancies(trial: Trial, library: EvidenceLibrary) -> Iterator[Block]:
    """Yield where a secondary source and the publication disagree, both sides with their place."""
    for found in trial.discrepancies:
        yield Block((Run(tr("Sources disagree on {about}").format(about=lower(found.about)), "bold"),))
        for label, said, source in (
            (tr("publication: "), found.primary_says, found.primary),
            (tr("elsewhere: "), found.secondary_says, found.secondary),
        ):
            yield row((0.74, 0.26), (Run(label, "muted"), Run(said)), source_words(source, library))


def outcome_blocks(library: EvidenceLibrary) -> Iterator[Block]:
    """Yield the CNS outcomes that may be compared, each group on one axis; all others are with their cohort."""
    yield section(tr("CNS outcomes that may share an axis"))
    rule = tr(
        "Same outcome, time, criteria, assessor and kind of patients, all of them stated; no others are put side by "
        "side. Bar: interval as stated; hollow mark: none stated. \N{DAGGER} secondary report. Order: as in the "
        "release, not by result; every other outcome is with its cohort below."
    )
    yield Block((Run(rule),))
    every = (
        (endpoint, (trial, cohort))
        for trial, cohort in library.cohorts()
        for endpoint in cohort.endpoints
        if not endpoint.superseded and drawable(endpoint)
    )
    groups = [group for group in stand_together(every) if len(group) > 1]
    drawn, _ = plots(
        [Figure(endpoint, patients(endpoint, cohort)) for group in groups for endpoint, (_, cohort) in group]
    )
    left = iter(drawn)
    for group in groups:
        yield from _together([(endpoint, place, next(left)) for endpoint, place in group], library)


def _together(
    group: list[tuple[Endpoint, tuple[Trial, Cohort], Plot | None]], library: EvidenceLibrary
) -> Iterator[Block]:
    first = group[0][0]
    yield Block((Run(endpoint_name(first), "bold"), Run(f": {endpoint_basis(first)}")))
    for endpoint, (trial, cohort), plot in group:
        arm = f" ({endpoint.arm})" if endpoint.arm else ""
        who = (Run(f"{trial.name}, {cohort.label}{arm}", link=f"#cohort/{trial.id}/{cohort.id}"),)
        said = (Run(endpoint_value(endpoint), "bold"), Run(" "), *source_words(endpoint.source, library))
        yield Block(who, shares=_DRAWN, cells=((), said), plot=plot)
    shared = overlaps(library)
    ids = {f"{trial.id}/{cohort.id}" for _, (trial, cohort), _ in group}
    twice = [cohort.label for _, (trial, cohort), _ in group if shared[f"{trial.id}/{cohort.id}"] & ids]
    if twice:
        names = "; ".join(dict.fromkeys(twice))
        yield Block((Run(tr("Some or all of the same patients: {names}.").format(names=names), "italic"),))
