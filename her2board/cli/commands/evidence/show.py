"""The action 'evidence show': one trial in full."""

import argparse
from collections.abc import Iterator

from her2board.briefing.formats import criteria_read, endpoint_basis, endpoint_name, endpoint_value, not_stated, number
from her2board.cli.arguments import Commands
from her2board.cli.cohorts import cite, library_of, withdrawn_lines
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlap import overlaps
from her2board.evidence.records import Cohort, Trial
from her2board.evidence.values import Endpoint, Measured
from her2board.wording import did_you_mean, tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("show", help=tr("show one trial"))
    parser.add_argument("id", help=tr("id of a trial, as listed"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print a trial. Raises CommandError for an id that no trial has."""
    library = library_of(options)
    trial = library.trials_by_id.get(options.id)
    gone = [one for one in library.withdrawn if f"{one.id}/".startswith(f"trials/{options.id}/")]
    if trial is None and gone:
        say("\n".join(withdrawn_lines(gone)))
        return 0
    if trial is None:
        known = library.trials_by_id
        hint = did_you_mean(options.id, known) or tr("; known: {known}").format(known=", ".join(known))
        raise CommandError(tr("no trial has the id '{id}'").format(id=options.id) + hint)
    say("\n".join((*_shown(library, trial), *withdrawn_lines(gone))))
    return 0


def _shown(library: EvidenceLibrary, trial: Trial) -> Iterator[str]:
    yield f"{trial.name} ({trial.registry or tr('no registry number read')})"
    yield f"  {trial.regimen}; {trial.design.label}, {trial.year}; {cite(library, trial.source)}"
    if trial.note:
        yield f"  {trial.note}"
    yield "  " + tr("criteria read: {what}").format(what=criteria_read(trial))
    yield from _conditions(library, trial, "  ")
    for cohort in trial.cohorts:
        yield ""
        yield from _cohort(library, cohort)
    yield from _shared(library, trial)
    for discrepancy in trial.discrepancies:
        yield ""
        yield tr("Correction: {about}").format(about=discrepancy.about)
        yield f"  {cite(library, discrepancy.secondary)}: {discrepancy.secondary_says}"
        yield f"  {cite(library, discrepancy.primary)}: {discrepancy.primary_says}"


def _shared(library: EvidenceLibrary, trial: Trial) -> Iterator[str]:
    """Say which other records hold the same patients."""
    if trial.contains:
        yield ""
        yield tr("Pooled from: {names}").format(names=", ".join(trial.contains))
    found = overlaps(library)
    others = {other for cohort in trial.cohorts for other in found[f"{trial.id}/{cohort.id}"]}
    elsewhere = sorted(other for other in others if not other.startswith(f"{trial.id}/"))
    if elsewhere:
        yield tr("Shares patients with: {names}").format(names=", ".join(elsewhere))


def _cohort(library: EvidenceLibrary, cohort: Cohort) -> Iterator[str]:
    size = f"n {cohort.n.value}, {cite(library, cohort.n.source)}" if cohort.n else tr("n not read")
    yield f"{cohort.id}: {cohort.label} ({size})"
    yield from _conditions(library, cohort, "  ")
    for endpoint in cohort.endpoints:
        yield f"  {_endpoint(library, endpoint)}"
    if cohort.note:
        yield f"  {cohort.note}"


def _conditions(library: EvidenceLibrary, owner: Trial | Cohort, indent: str) -> Iterator[str]:
    for name, conditions in ((tr("population"), owner.population), (tr("entry"), owner.entry)):
        for condition in conditions:
            yield f"{indent}{name}: {condition.text} [{cite(library, condition.source)}]"
    if owner.not_stated:
        labels = not_stated(owner.not_stated, lambda name: library.catalogue[name].label)
        yield tr("{indent}not stated: {labels}").format(indent=indent, labels=labels)


def _endpoint(library: EvidenceLibrary, endpoint: Endpoint) -> str:
    arm = f" ({endpoint.arm})" if endpoint.arm else ""
    words = f"{endpoint_name(endpoint)}{arm}: {endpoint_value(endpoint)}; {endpoint_basis(endpoint)}"
    if endpoint.comparator is not None:
        words += tr("; {arm}: {value}").format(arm=endpoint.comparator.arm, value=_measured(endpoint.comparator))
    if endpoint.hazard_ratio is not None:
        words += tr("; hazard ratio {value}").format(value=_measured(endpoint.hazard_ratio))
    if endpoint.superseded:
        words += tr("; superseded")
    return f"{words} [{cite(library, endpoint.source)}]"


def _measured(value: Measured) -> str:
    words = tr("not reached") if value.value is None else number(value.value)
    if value.interval is not None:
        ends = [tr("not reached") if end is None else number(end) for end in (value.interval.low, value.interval.high)]
        words += f" ({ends[0]}\N{EN DASH}{ends[1]})"
    return words
