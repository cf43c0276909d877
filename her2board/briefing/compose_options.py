"""The options zone: each with its standing, its nearest cohort, and what this case adds."""

from collections.abc import Iterable

from her2board.assessment.model import Assessment, CohortResult, OptionResult
from her2board.briefing.formats import (
    cited,
    endpoint_basis,
    endpoint_name,
    endpoint_sources,
    endpoint_value,
    listed,
    lower,
    page_endpoint,
    patients,
    sentence,
)
from her2board.briefing.model import BriefOption, Figure, OptionRow, OptionZone, Run, Words
from her2board.evidence.values import Endpoint
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from her2board.wording import tr, trn

_IN_PAUSE_ZONE = ("radiosurgery", "surgery", "wbrt_hippocampal_memantine", "wbrt_conventional", "supportive")
"""Kinds that have their row among the alternatives of the pause zone."""
_NAMED = 2
"""Facts named beside a count before the rest is counted."""


def option_zone(assessment: Assessment) -> OptionZone:
    """Return the zone: open options as rows, those used or spoken against in one line each.

    Where comparison is switched off it says so, lest an empty zone be read as 'there is no option'.
    """
    if not assessment.options:
        words = tr("comparison is switched off in this program: no option is listed, none is spoken against")
        return OptionZone(tr("Options for discussion"), (), (), (Run(words, "muted"),))
    rows = [r for r in assessment.options if r.kind not in _IN_PAUSE_ZONE]
    aside = [r for r in rows if r.standing in ("already_used", "facts_against")]
    shown = [r for r in rows if r not in aside]
    return OptionZone(
        title=tr("Options for discussion \N{EN DASH} fixed order, not a ranking"),
        rows=tuple(_row(result, assessment) for result in shown),
        aside=_aside(aside, assessment.facts),
        note=_note(),
    )


def _note() -> Words:
    return (Run(tr("rows are not compared; local options stand in the box above"), "muted"),)


def _aside(results: Iterable[OptionResult], facts: Facts) -> tuple[BriefOption, ...]:
    return tuple(_brief(result, facts) for result in results)


def _brief(result: OptionResult, facts: Facts) -> BriefOption:
    """Return an option in one phrase: name, standing and the first reason."""
    missing = (lower(facts.read(name).label) for f in result.findings for name in f.facts_missing)
    if result.standing == "cannot_tell":
        return BriefOption(result.option.name, result.standing_words, listed(missing, 1), ("count:facts missing",))
    first = lower(result.because[0].partition(";")[0]) if result.because else ""
    used = (f"fact:{name}" for finding in result.findings for name in finding.facts_used)
    return BriefOption(result.option.name, result.standing_words, first, tuple(dict.fromkeys(used)))


def _row(result: OptionResult, assessment: Assessment) -> OptionRow:
    nearest = assessment.cohort(result.cohorts[0]) if result.cohorts else None
    endpoint = page_endpoint(nearest.cohort.endpoints) if nearest else None
    cohort = _cohort_words(nearest, assessment.facts) if nearest else _no_cohort(result)
    named = nearest is not None and nearest.of(Truth.UNKNOWN)
    return OptionRow(
        name=result.option.name,
        standing=result.standing_words,
        brief=_brief(result, assessment.facts),
        cohort=cohort,
        cohort_brief=cohort[:-1] if named else cohort,
        outcome=_outcome(endpoint) if endpoint else (),
        figure=Figure(endpoint, patients(endpoint, nearest.cohort)) if nearest and endpoint else None,
        here=_here(result, assessment.facts),
    )


def _outcome(endpoint: Endpoint) -> Words:
    value = cited(f"{endpoint_name(endpoint)} {endpoint_value(endpoint)}", *endpoint_sources(endpoint))
    silent = tr("; no interval stated") if endpoint.interval is None else ""
    return (value, Run(f" {endpoint_basis(endpoint)}{silent}", "muted"))


def _no_cohort(result: OptionResult) -> Words:
    """Return the statement that speaks most of this case, where no cohort is recorded."""
    for statement in result.statements:
        if statement.applies is not Truth.NOT_MET:
            mark = tr(" (opinion)") if statement.opinion else ""
            return (Run(f"{statement.body}{mark}: "), cited(statement.text, statement.source))
    return (Run(tr("No cohort and no statement recorded in this release.")),)


def _cohort_words(result: CohortResult, facts: Facts) -> Words:
    """Return 'Trial, cohort (n 39): 7 met, 0 differ, 2 cannot tell (leptomeninges, ILD)'."""
    cohort = result.cohort
    size = tr(" (n\N{NO-BREAK SPACE}{n})").format(n=cohort.n.value) if cohort.n else tr(" (n not read)")
    name = f"{result.trial.name}, {cohort.id.replace('-', ' ')}{size}: "
    met = result.population.met + result.entry.met
    differ = result.population.not_met + result.entry.not_met
    unknown = result.population.unknown + result.entry.unknown
    counted = (f"count:findings of {result.id}",)
    against = result.of(Truth.NOT_MET)
    words: list[Run] = [
        cited(name, cohort.n.source if cohort.n else result.trial.source),
        Run(tr("{n} met").format(n=met), "bold", origin=counted),
        Run(", "),
        Run(trn("{n} differs", "{n} differ", differ).format(n=differ), "bold", origin=counted),
    ]
    if differ:
        origin = (*counted, *(f"evidence:{f.source.ref}, {f.source.locator}" for f in against if f.source))
        words.append(Run(f" ({listed((f.criterion for f in against), 2)})", origin=origin))
    words.append(Run(tr(", {n} cannot tell").format(n=unknown), origin=counted))
    if unknown:
        words.append(Run(f" ({listed(_missing(result, facts), _NAMED)})", origin=counted))
    return tuple(words)


def _missing(result: CohortResult, facts: Facts) -> Iterable[str]:
    for finding in result.of(Truth.UNKNOWN):
        for name in finding.facts_missing:
            fact = name.removeprefix("source.")
            label = facts.read(fact).label
            yield tr("{label}: source silent").format(label=lower(label)) if name != fact else lower(label)


def _here(result: OptionResult, facts: Facts) -> Words:
    """Return what this case adds: what must be recorded first, cautions it triggers, cautions to ask about."""
    words: list[Run] = []
    if result.standing == "cannot_tell":
        missing = (lower(facts.read(name).label) for f in result.findings for name in f.facts_missing)
        until = tr("Until recorded: {facts}. ").format(facts=listed(missing, _NAMED))
        words.append(Run(until, origin=("count:facts missing",)))
    for caution in result.cautions:
        words.append(cited(f"{sentence(caution.name)}: {caution.text} ", caution.source))
    ask = [lower(facts.read(name).label) for caution in result.to_ask for name in caution.facts_missing]
    if ask and result.standing != "cannot_tell":
        names = tr("To ask: {names}.").format(names=listed(ask, _NAMED))
        words.append(Run(names, "muted", origin=("count:facts to ask",)))
    return tuple(words)
