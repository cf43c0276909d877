"""The options: each with its standing, its nearest cohort by name of what differs, and what this case adds."""

from collections import Counter
from collections.abc import Container, Iterator
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from her2board.assessment.model import Assessment, CohortResult, OptionResult, Standing
from her2board.assessment.options import context_only_words, standing_words
from her2board.briefing.evidence_age import out_of_date
from her2board.briefing.formats import cited, joined, listed, lower, patients, sentences
from her2board.briefing.local_words import local_access, local_access_in_brief
from her2board.briefing.model import Figure, Line, Part, Run, Words
from her2board.briefing.outcomes import outcomes_of, page_endpoints, size_words
from her2board.briefing.plots import percent_bar
from her2board.briefing.zones.alert import alarming, alarming_first
from her2board.briefing.zones.base import Form, Note, Sources, Zone, alone
from her2board.briefing.zones.brief_options import BriefOption, standing_with_reason
from her2board.briefing.zones.differing import Everywhere, differing, everywhere, of_facts
from her2board.briefing.zones.few_words import awaited, few_words
from her2board.briefing.zones.option_row import OptionRow, shared_cautions
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.truth import Truth
from her2board.logic.values import Among, Facts, Subset
from her2board.wording import tr

MOST_ROWS = 6
_MENINGES, _PRESENT = "leptomeningeal_disease", "brain_metastases"
_DISCUSSED: tuple[Standing, ...] = ("for_discussion", "caution")
"""Standings of which a row says 'for discussion': it names the caution itself."""
_AXIS = ("axis:from 0 to 100 %",)
_NAMED = 2
"""Facts named before the rest is counted."""


class OptionZone(Struct, frozen=True):
    """Options in a fixed order; those without a row in one phrase each."""

    title: str
    rows: tuple[OptionRow, ...]
    aside: tuple[BriefOption, ...]
    note: Words
    context_said: bool = False
    """Whether it is said once of all rows that the local pathway comes first."""
    discussed: bool = False
    """Whether it is said once of all rows that they are for discussion."""
    shared: Words = ()
    """The cautions of every row, which the note says."""
    unclear: bool = False
    """Whether what the patient declines may concern any of the options."""
    old: str = ""
    """That the evidence is out of date; empty while it is not."""

    @property
    def note_in_words(self) -> Words:
        """The note for a form that draws no intervals as lines."""
        return tuple(run for run in self.note if run.origin != _AXIS)


def _compose(sources: Sources) -> OptionZone:
    """Return the options about which most can be said as rows, the others in one phrase each.

    Where comparison is switched off it says so, lest an empty zone be read as 'there is no option'.
    """
    assessment, title = sources.assessment, tr("Systemic options")
    if not assessment.options:
        words = tr("comparison is switched off in this program: no option is listed, none is spoken against")
        return OptionZone(title, (), (), (Run(words, "muted"),))
    results = [r for r in assessment.options if r.kind.zone == "options"]
    chosen = _named_before(sources)
    ranked = sorted((rank, place) for place, r in enumerate(results) if (rank := _rank(r, assessment)) is not None)
    kept = {place: rank for rank, (_, place) in enumerate(ranked[:MOST_ROWS])}
    shown = [(result, kept[place]) for place, result in enumerate(results) if place in kept]
    context_said = bool(shown) and all(result.context_only for result, _ in shown)
    rows = tuple(_row(result, rank, sources, context_said) for result, rank in shown)
    others = (result for place, result in enumerate(results) if place not in kept and result.id not in chosen)
    aside = tuple(_brief(result, sources) for result in others)
    old = out_of_date(sources.library, assessment.as_of)
    declined = assessment.facts.read("declines").value
    unclear = isinstance(declined, Subset) and bool(declined.maybe)
    return _said_once(OptionZone(title, rows, aside, (), context_said, old=old, unclear=unclear))


def _named_before(sources: Sources) -> frozenset[str | None]:
    """Return the options that are named among the choices before whole-brain radiation."""
    return frozenset(item.option for item in sources.library.pause.alternatives if item.family is None)


def _said_once(zone: OptionZone) -> OptionZone:
    """Say above the rows, and no longer in each, what is so of all that there are."""
    found, shared = everywhere(row.differing for row in zone.rows), shared_cautions(zone.rows)
    zone = replace(zone, shared=(*zone.shared, *shared) if zone.rows else ())
    discussed = len(zone.rows) > 1 and all(row.brief.standing in _DISCUSSED for row in zone.rows)
    rows = tuple(
        replace(
            row,
            apart=row.differing.words(found) if row.differing else row.apart,
            standing=() if discussed else row.standing,
            facts=tuple(fact for fact in row.facts if fact not in shared),
        )
        for row in zone.rows
    )
    zone = replace(zone, rows=rows, discussed=zone.discussed or discussed)
    return replace(zone, note=_note(zone, found))


def _note(zone: OptionZone, found: Everywhere) -> Words:
    note = [Run(f"{zone.old}. ", "bold", origin=("release:dates",))] if zone.old else []
    note += [Run(f"{context_only_words()}; ", "bold")] if zone.context_said else []
    order = tr("fixed order, not a ranking; not compared")
    note.append(Run(f"{standing_words('for_discussion')}; {order}" if zone.discussed else order, "muted"))
    if any(row.figure and percent_bar(row.figure.endpoint) for row in zone.rows):
        note.append(Run(tr("; lines 0\N{EN DASH}100 %"), "muted", origin=_AXIS))
    if any("\N{DOUBLE DAGGER}" in run.text for row in zone.rows for run in row.outcome):
        note.append(Run(tr("; \N{DOUBLE DAGGER} computed"), "muted"))
    if zone.unclear and zone.rows:
        note.append(Run(tr("; what the patient declines may concern any row"), "bold", origin=("fact:declines",)))
    if zone.shared:
        note += [Run(tr("; caution in all rows: "), "bold"), *joined(((caution,) for caution in zone.shared), ", ")]
    return (*note, *found.words)


def _rank(result: OptionResult, assessment: Assessment) -> int | None:
    """Return the class of an option among the rows, 0 first; None where it has no row of its own.

    First what is for discussion or waits for one fact, with a cohort and its outcome; then with less to be said. Last
    what is for a disease of which nothing is recorded.
    """
    if result.standing in ("in_use", "already_used", "facts_against"):
        return None
    nearest = assessment.cohort(result.cohorts[0]) if result.cohorts else None
    waits = {name for finding in result.findings for name in finding.facts_missing}
    if _MENINGES in waits and not assessment.facts.read("leptomeningeal_status").is_recorded:
        return 6
    near = result.standing != "cannot_tell" or len(waits) == 1
    if nearest is None:
        return 3 if near else 5
    measured = bool(page_endpoints(nearest.cohort, nearest.trial)) and _of_this_disease(nearest, assessment.facts)
    return (0 if measured else 2) if near else (1 if measured else 4)


def _of_this_disease(nearest: CohortResult, facts: Facts) -> bool:
    """Return whether a cohort was studied in brain metastases or leptomeningeal disease, where that is recorded."""
    if any(remark.fact == _PRESENT for remark in nearest.remarks):
        return False
    if facts.read(_MENINGES).value != Among.exactly(True):
        return True
    return any(_MENINGES in finding.facts_used for finding in nearest.of(Truth.MET))


def _brief(result: OptionResult, sources: Sources) -> BriefOption:
    """Return an option in one phrase: name, standing, and the first fact behind it where the standing needs one."""
    name, facts = result.option.brief or result.option.name, sources.assessment.facts
    reason, origin = "", of_facts(())
    if result.standing == "cannot_tell":
        origin = of_facts(name for finding in result.findings for name in finding.facts_missing)
        reason = listed((awaited(name, sources.library, facts) for f in result.findings for name in f.facts_missing), 1)
    elif result.standing == "already_used":
        reason, origin = _alarmed(result, sources)
    elif result.standing == "caution" or (result.standing == "in_use" and result.cautions):
        first = alarming_first(result.cautions, result.id, sources)[0]
        reason, origin = lower(first.name), (f"caution:{first.id}", *of_facts(sorted(_cautioned(result, sources))))
    elif result.standing == "facts_against":
        against = (one for one in result.findings if one.truth is Truth.NOT_MET)
        used = [name for finding in against for name in finding.facts_used] or ["declines"]
        reason, origin = few_words(facts.read(used[0])), (f"fact:{used[0]}",)
    order, open_ = result.option.order, result.standing not in ("in_use", "already_used", "facts_against")
    local = local_access_in_brief(sources.assessment.local, result.option) if open_ else ()
    return BriefOption(result.id, name, result.standing, result.context_only, order, reason, origin, local)


def _alarmed(result: OptionResult, sources: Sources) -> tuple[str, tuple[str, ...]]:
    """Return the caution on an option used before that is about what the top of the page names."""
    named = alarming(sources.library, sources.assessment.facts)
    about = {caution.id: caution.when.names for caution in sources.library.cautions_by_option[result.id]}
    for caution in result.cautions:
        if not named.isdisjoint(about[caution.id]):
            return lower(caution.name), (f"caution:{caution.id}", *of_facts(sorted(_cautioned(result, sources))))
    return "", of_facts(())


def _row(result: OptionResult, rank: int, sources: Sources, context_said: bool) -> OptionRow:
    assessment = sources.assessment
    nearest = assessment.cohort(result.cohorts[0]) if result.cohorts else None
    endpoints = page_endpoints(nearest.cohort, nearest.trial) if nearest else ()
    return OptionRow(
        name=result.option.name,
        brief=_brief(result, sources),
        standing=_standing(result, sources, result.context_only and not context_said),
        cohort=_cohort_words(nearest) if nearest else _no_cohort(result),
        apart=(),
        differing=differing(nearest, assessment.facts, _cautioned(result, sources)) if nearest else None,
        outcome=tuple(outcomes_of(nearest.id, nearest.cohort, endpoints)) if nearest else (),
        figure=Figure(endpoints[0], patients(endpoints[0], nearest.cohort)) if nearest and endpoints else None,
        facts=_here(result, sources),
        rank=rank,
        local=local_access(assessment.local, result.option),
        chosen_above=result.id in _named_before(sources),
    )


def _cautioned(result: OptionResult, sources: Sources) -> frozenset[str]:
    """Return the facts that the cautions of a row are about."""
    triggered = {caution.id for caution in result.cautions}
    about = sources.library.cautions_by_option[result.id]
    return frozenset(name for caution in about if caution.id in triggered for name in caution.when.names)


def _standing(result: OptionResult, sources: Sources, context_only: bool) -> Words:
    if result.standing != "cannot_tell":
        standing = "for_discussion" if result.standing in _DISCUSSED else result.standing
        return (Run(standing_words(standing, context_only), "muted", origin=(f"option:{result.id}",)),)
    facts = sources.assessment.facts
    names = [name for finding in result.findings for name in finding.facts_missing]
    missing = listed((awaited(name, sources.library, facts) for name in names), _NAMED)
    context = f"{context_only_words()}; " if context_only else ""
    return (Run(context + tr("needs recording: {facts}").format(facts=missing), origin=of_facts(names)),)


def _no_cohort(result: OptionResult) -> Words:
    """Return that no cohort of this kind was read; else the first statement that applies to this case."""
    if result.option.trials or result.option.cohorts:
        return (Run(tr("No cohort of this kind of disease was read.")),)
    for statement in result.statements:
        if statement.applies is Truth.MET:
            mark = tr(" (opinion)") if statement.opinion else ""
            return (
                Run(f"{statement.body}{mark}: "),
                cited(statement.text, statement.source, of=f"statement:{statement.id}"),
            )
    return (Run(tr("No cohort, and no statement that applies here.")),)


def _cohort_words(result: CohortResult) -> Words:
    """Return 'Trial, cohort (n 39): 7 met'; by whom and how it was studied is in the annex."""
    cohort = result.cohort
    subgroup = tr(", subgroup") if cohort.subgroup else ""
    named = cited(
        f"{result.trial.name}, {cohort.id.replace('-', ' ')} ({size_words(cohort)}{subgroup})",
        cohort.n.source if cohort.n else result.trial.source,
        of=f"cohort:{result.id}",
    )
    met = result.population.met + result.entry.met
    origin = (f"cohort:{result.id}", f"count:findings of {result.id}")
    words = tr("all {n} stated criteria met") if result.outcome == "all_met" else tr("{n} met")
    return (
        named,
        Run(": "),
        Run(words.format(n=met), "bold" if result.outcome == "all_met" else "plain", origin=origin),
    )


def _here(result: OptionResult, sources: Sources) -> Words:
    """Return what this case adds: cautions it triggers, those of an alert first, then cautions to ask about."""
    facts = sources.assessment.facts
    spread = _spread(sources.library)
    cautions = alarming_first(sorted(result.cautions, key=lambda one: spread[one.id]), result.id, sources)
    words = [cited(lower(one.name), one.source, style="bold", of=f"caution:{one.id}") for one in cautions]
    needed = {name for finding in result.findings for name in finding.facts_missing}
    asked = [name for caution in result.to_ask for name in caution.facts_missing if name not in needed]
    if asked:
        names = listed((lower(facts.read(name).label) for name in asked), _NAMED)
        words.append(Run(tr("not recorded: {names}").format(names=names), "muted", origin=of_facts(asked)))
    return tuple(words)


def _spread(library: EvidenceLibrary) -> Counter[str]:
    """Return of how many options each caution is: what few have is named before what all have."""
    return Counter(one.id for several in library.cautions_by_option.values() for one in several)


def _outline(zone: OptionZone) -> Iterator[Part]:
    rows = tuple(
        Line(
            row.name,
            sentences(row.standing, row.local, (*row.cohort, *row.apart), row.outcome, row.here),
        )
        for row in zone.rows
    )
    aside = tuple(Line(option.name, (Run(standing_with_reason(option)), *option.local)) for option in zone.aside)
    note = alone(zone.note_in_words) if rows or not aside else ()
    yield Part(zone.title, (*rows, *aside, *note))


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


def _without_reasons(at: int, standings: Container[Standing]) -> Form[OptionZone]:
    """Leave options of some standings in one phrase without their reason; the annex has it."""

    def bare(option: BriefOption) -> BriefOption:
        return replace(option, reason="") if option.standing in standings else option

    def shorten(zone: OptionZone) -> OptionZone:
        rows = tuple(replace(row, brief=bare(row.brief)) for row in zone.rows)
        return replace(zone, rows=rows, aside=tuple(map(bare, zone.aside)))

    return Form(at, shorten, _BARE)


def _rows(at: int, most: int, context_only: bool = False) -> Form[OptionZone]:
    """Move rows into one phrase each: every option stays on the page with its standing, and in its order.

    ``context_only``: only where local therapy comes first, and the choices above need the room.
    """

    def shorten(zone: OptionZone) -> OptionZone:
        if context_only and not all(row.brief.context_only for row in zone.rows):
            return zone
        kept = {row.rank for row in sorted(zone.rows, key=lambda row: row.rank)[:most]}
        folded = (row.brief for row in zone.rows if row.rank not in kept and not row.chosen_above)
        aside = [*folded, *zone.aside]
        rows = tuple(row for row in zone.rows if row.rank in kept)
        return _said_once(replace(zone, rows=rows, aside=tuple(sorted(aside, key=lambda option: option.order))))

    return Form(at, shorten, Note(_BRIEFLY, _phrases, lambda zone: len(zone.aside)))


def _phrases(n: int) -> str:
    return tr("options in one phrase: {n}").format(n=n)


def _without_access(at: int, *, rows_too: bool) -> Form[OptionZone]:
    """Leave what the clinic says of access to the annex, of options in one phrase or of all."""

    def bare(option: BriefOption) -> BriefOption:
        return replace(option, local=())

    def shorten(zone: OptionZone) -> OptionZone:
        rows = tuple(replace(row, local=() if rows_too else row.local, brief=bare(row.brief)) for row in zone.rows)
        return replace(zone, rows=rows, aside=tuple(map(bare, zone.aside)))

    return Form(at, shorten, Note("local_access", lambda _: tr("local access to options: in the annex")))


_PARTICULAR = ("facts_against", "in_use", "already_used")
_LESS_PARTICULAR = tuple(standing for standing in get_args(Standing) if standing not in _PARTICULAR)
"""Standings whose reasons go first: what recorded facts speak against is particular to this patient."""
_BRIEFLY = "options_in_brief"
_BARE: Note[OptionZone] = Note(_BRIEFLY, lambda _: tr("options in one phrase: without reasons"))
ZONE = Zone(
    OptionZone,
    _compose,
    shorter=(
        *(_rows(at, most, context_only=True) for at, most in ((225, 3), (227, 2))),
        *(_rows(at, most) for at, most in ((45, 5), (150, 4), (344, 3), (347, 2), (446, 1), (448, 0))),
        *(_facts(at, most) for at, most in ((80, 3), (150, 2), (210, 1))),
        _without_reasons(32, ("cannot_tell",)),
        _without_reasons(323, _LESS_PARTICULAR),
        _without_reasons(346, get_args(Standing)),
        _without_access(309, rows_too=False),
        _without_access(348, rows_too=True),
    ),
    outline=_outline,
)
