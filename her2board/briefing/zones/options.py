"""The options: each with its standing, its nearest cohort, and what this case adds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from her2board.assessment.model import Assessment, CohortResult, OptionResult, Standing
from her2board.assessment.options import context_only_words, standing_words
from her2board.briefing.formats import (
    cited,
    endpoint_basis,
    endpoint_name,
    endpoint_sources,
    endpoint_value,
    listed,
    lower,
    outcome_in_words,
    page_endpoint,
    patients,
    sentence,
    sentences,
)
from her2board.briefing.model import Figure, Line, Part, Run, Words
from her2board.briefing.zones.base import Form, Note, Sources, Zone, alone
from her2board.evidence.values import Endpoint
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from her2board.wording import tr, trn

_NAMED = 2
"""Facts named beside a count before the rest is counted."""
_IN_BRIEF: tuple[Standing, ...] = (
    "in_use",
    "already_used",
    "cannot_tell",
    "for_discussion",
    "caution",
    "facts_against",
)
"""Order of standings where options have one phrase each."""


@dataclass(frozen=True, slots=True)
class BriefOption:
    """An option in one phrase."""

    name: str
    standing: Standing
    context_only: bool
    """The local pathway comes first: whatever the standing, it is context."""
    reason: str
    origin: tuple[str, ...] = ()

    @property
    def standing_words(self) -> str:
        """The standing in words."""
        return standing_words(self.standing, self.context_only)


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option: standing, nearest cohort, its CNS outcome, and what this case adds."""

    brief: BriefOption
    """The same in one phrase, for where a row does not fit."""
    cohort: Words
    cohort_open: Words
    """Names what is not known for the cohort; empty on a full page, which only counts it."""
    outcome: Words
    figure: Figure | None
    facts: Words
    """What this case adds, a run for each."""
    left_out: int = 0
    """How many of them are left to the annex."""

    @property
    def name(self) -> str:
        """Name of the option."""
        return self.brief.name

    @property
    def here(self) -> Words:
        """What this case adds, with how much more there is."""
        more = tr("+{n} in the annex.").format(n=self.left_out)
        counted = (Run(more, "italic", origin=("count:cautions left out",)),) if self.left_out else ()
        return (*self.facts, *counted)


@dataclass(frozen=True, slots=True)
class OptionZone:
    """Options in a fixed order; those used or spoken against in one line each."""

    title: str
    rows: tuple[OptionRow, ...]
    aside: tuple[BriefOption, ...]
    note: Words


def in_brief(options: Iterable[BriefOption]) -> Words:
    """Return options in one phrase each, those of one standing together; what holds for all is said once."""
    ordered = sorted(options, key=lambda option: (option.context_only, _IN_BRIEF.index(option.standing)))
    context = bool(ordered) and all(option.context_only for option in ordered)
    words = [Run(f"{sentence(context_only_words())}. ", "bold")] if context else []
    for number, (key, group) in enumerate(groupby(ordered, key=lambda option: (option.standing, option.context_only))):
        said = standing_words(key[0], key[1] and not context)
        words.append(Run(f"{'. ' if number else ''}{sentence(said)}: ", "bold"))
        for index, option in enumerate(group):
            reason = f" ({option.reason})" if option.reason else ""
            words.append(Run(("; " if index else "") + option.name + reason, origin=option.origin))
    return (*words, Run("."))


def _compose(sources: Sources) -> OptionZone:
    """Return open options as rows, those used or spoken against in one line each.

    Where comparison is switched off it says so, lest an empty zone be read as 'there is no option'.
    """
    assessment = sources.assessment
    if not assessment.options:
        words = tr("comparison is switched off in this program: no option is listed, none is spoken against")
        return OptionZone(tr("Options for discussion"), (), (), (Run(words, "muted"),))
    results = [r for r in assessment.options if r.kind.zone == "options"]
    aside = [r for r in results if r.standing in ("in_use", "already_used", "facts_against")]
    note = tr("rows are not compared; local options are in the box above")
    return OptionZone(
        title=tr("Options for discussion \N{EN DASH} fixed order, not a ranking"),
        rows=tuple(_row(result, assessment) for result in results if result not in aside),
        aside=tuple(_brief(result, assessment.facts) for result in aside),
        note=(Run(note, "muted"),),
    )


def _brief(result: OptionResult, facts: Facts) -> BriefOption:
    """Return an option in one phrase: name, standing and the first reason."""
    origin: tuple[str, ...] = ("count:facts missing",)
    if result.standing == "cannot_tell":
        reason = listed((lower(facts.read(name).label) for f in result.findings for name in f.facts_missing), 1)
    else:
        reason = lower(result.because[0].partition(";")[0]) if result.because else ""
        used = (f"fact:{name}" for finding in result.findings for name in finding.facts_used)
        origin = tuple(dict.fromkeys(used))
    return BriefOption(result.option.name, result.standing, result.context_only, reason, origin)


def _row(result: OptionResult, assessment: Assessment) -> OptionRow:
    nearest = assessment.cohort(result.cohorts[0]) if result.cohorts else None
    endpoint = page_endpoint(nearest.cohort.endpoints) if nearest else None
    return OptionRow(
        brief=_brief(result, assessment.facts),
        cohort=_cohort_words(nearest) if nearest else _no_cohort(result),
        cohort_open=_cohort_open(nearest, assessment.facts) if nearest else (),
        outcome=outcome_words(endpoint) if endpoint else (),
        figure=Figure(endpoint, patients(endpoint, nearest.cohort)) if nearest and endpoint else None,
        facts=_here(result, assessment.facts),
    )


def outcome_words(endpoint: Endpoint) -> Words:
    """Return a figure with how, by whom and in whom it was measured."""
    value = cited(f"{endpoint_name(endpoint)} {endpoint_value(endpoint)}", *endpoint_sources(endpoint))
    silent = tr("; no interval stated") if endpoint.interval is None else ""
    source = endpoint.source
    basis = Run(f" {endpoint_basis(endpoint)}{silent}", "muted", origin=(f"evidence:{source.ref}, {source.locator}",))
    return (value, basis)


def _no_cohort(result: OptionResult) -> Words:
    """Return that no cohort of this kind was read; else the statement that speaks most of this case."""
    if result.option.trials or result.option.cohorts:
        return (Run(tr("No cohort of this kind of disease was read.")),)
    for statement in result.statements:
        if statement.applies is not Truth.NOT_MET:
            mark = tr(" (opinion)") if statement.opinion else ""
            return (Run(f"{statement.body}{mark}: "), cited(statement.text, statement.source))
    return (Run(tr("No cohort and no statement recorded in this release.")),)


def _cohort_words(result: CohortResult) -> Words:
    """Return 'Trial, cohort (n 39): 7 met, 0 differ, 2 cannot tell'."""
    cohort = result.cohort
    size = tr(" (n\N{NO-BREAK SPACE}{n})").format(n=cohort.n.value) if cohort.n else tr(" (n not read)")
    name = f"{result.trial.name}, {cohort.id.replace('-', ' ')}{size}: "
    met = result.population.met + result.entry.met
    differ = result.population.not_met + result.entry.not_met
    unknown = result.population.unknown + result.entry.unknown
    counted = (f"count:findings of {result.id}",)
    against = result.of(Truth.NOT_MET)
    named = cited(name, cohort.n.source if cohort.n else result.trial.source)
    if result.outcome == "all_met":
        return (named, Run(outcome_in_words(result), "bold", origin=counted))
    words: list[Run] = [
        named,
        Run(tr("{n} met").format(n=met), "bold", origin=counted),
        Run(", "),
        Run(trn("{n} differs", "{n} differ", differ).format(n=differ), "bold", origin=counted),
    ]
    if differ:
        origin = (*counted, *(f"evidence:{f.source.ref}, {f.source.locator}" for f in against if f.source))
        words.append(Run(f" ({listed((f.criterion for f in against), 2)})", origin=origin))
    words.append(Run(tr(", {n} cannot tell").format(n=unknown), origin=counted))
    if result.remarks:
        n = len(result.remarks)
        words.append(Run(", " + trn("{n} remark", "{n} remarks", n).format(n=n), origin=counted))
    return tuple(words)


def _cohort_open(result: CohortResult, facts: Facts) -> Words:
    """Return ' (leptomeninges, ILD)': what is not known for a cohort."""
    named = [*_missing(result, facts), *(lower(remark.shown) for remark in result.remarks)]
    if not named:
        return ()
    return (Run(f" ({listed(named, _NAMED)})", origin=(f"count:findings of {result.id}",)),)


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


def _outline(zone: OptionZone) -> Iterator[Part]:
    rows = tuple(
        Line(
            row.name,
            sentences(
                (Run(row.brief.standing_words, "muted"),), (*row.cohort, *row.cohort_open), row.outcome, row.here
            ),
        )
        for row in zone.rows
    )
    aside = tuple(Line(option.name, (Run(standing_with_reason(option)),)) for option in zone.aside)
    note = alone(zone.note) if rows or not aside else ()
    yield Part(zone.title, (*rows, *aside, *note))


def standing_with_reason(option: BriefOption) -> str:
    """Return standing and reason of an option in one phrase."""
    return f"{option.standing_words} ({option.reason})" if option.reason else option.standing_words


# Shorter forms


def _facts(at: int, most: int) -> Form[OptionZone]:
    """Keep so much of what this case adds to each row."""

    def fewer(row: OptionRow) -> OptionRow:
        left = max(len(row.facts) - most, 0)
        return replace(row, facts=row.facts[:most], left_out=row.left_out + left)

    def shorten(zone: OptionZone) -> OptionZone:
        return replace(zone, rows=tuple(map(fewer, zone.rows)))

    note: Note[OptionZone] = Note(
        "cautions", lambda n: tr("cautions of an option: beyond {n}").format(n=n), lambda _: most
    )
    return Form(at, shorten, note)


def _counted_cohorts(zone: OptionZone) -> OptionZone:
    """Count, not name, what is not known for a cohort; the annex names it."""
    return replace(zone, rows=tuple(replace(row, cohort_open=()) for row in zone.rows))


def _without_reasons(zone: OptionZone) -> OptionZone:
    """Leave options in one phrase without their reason; the annex has it."""
    rows = tuple(replace(row, brief=replace(row.brief, reason="")) for row in zone.rows)
    return replace(zone, rows=rows, aside=tuple(replace(option, reason="") for option in zone.aside))


def _rows(at: int, most: int) -> Form[OptionZone]:
    """Move the last rows into one phrase each: every option stays on the page with its standing."""

    def shorten(zone: OptionZone) -> OptionZone:
        brief = (row.brief for row in zone.rows[most:])
        return replace(zone, rows=zone.rows[:most], aside=(*brief, *zone.aside))

    return Form(at, shorten, Note(_BRIEFLY, _phrases, lambda zone: len(zone.aside)))


def _phrases(n: int) -> str:
    return tr("options in one phrase: {n}").format(n=n)


_BRIEFLY = "options_in_brief"
_COUNTED: Note[OptionZone] = Note("cohorts", lambda _: tr("what is not known for a cohort: counted, not named"))
_BARE: Note[OptionZone] = Note(_BRIEFLY, lambda _: tr("options in one phrase: without reasons"))
ZONE = Zone(
    OptionZone,
    _compose,
    shorter=(
        *(_rows(at, most) for at, most in ((60, 6), (100, 5), (190, 4), (220, 3), (325, 2), (425, 1), (445, 0))),
        *(_facts(at, most) for at, most in ((80, 3), (150, 2), (210, 1))),
        Form(140, _counted_cohorts, _COUNTED),
        Form(180, _without_reasons, _BARE),
    ),
    outline=_outline,
)
