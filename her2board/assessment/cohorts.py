"""Compares a case with every published cohort, criterion by criterion."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain

from her2board.assessment.model import CohortFinding, CohortResult, Compared, Outcome, Tally
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Condition, Group, Notable
from her2board.logic.criteria import Leaf, leaves
from her2board.logic.evaluate import SOURCE, Finding, evaluate, truth_of
from her2board.logic.truth import Truth, all_of
from her2board.logic.values import Day, Facts
from her2board.wording import tr

_POPULATION_FACTS = (
    "brain_metastases",
    "leptomeningeal_disease",
    "prior_wbrt",
    "immediate_local_therapy",
    "metastatic_lines",
)
_OUTCOMES: dict[Truth, Outcome] = {Truth.MET: "all_met", Truth.NOT_MET: "differs", Truth.UNKNOWN: "cannot_tell"}


def compare_cohorts(library: EvidenceLibrary, facts: Facts) -> tuple[CohortResult, ...]:
    """Return every cohort in the stated order.

    All population criteria met and no entry criterion against it; population met but an entry criterion
    differs; cannot tell; population differs. Inside a class: prospective first, then larger n, then id.
    """
    silent = _silent(library, facts)
    classes: tuple[list[CohortResult], ...] = ([], [], [], [])
    for id_ in library.places:
        result = facts.once(id_, library.facts_of_cohort[id_], partial(_compare, library, id_, facts, silent))
        classes[result.order_class].append(result)
    return tuple(chain.from_iterable(classes))


def _compare(library: EvidenceLibrary, id_: str, facts: Facts, silent: Mapping[str, CohortFinding]) -> CohortResult:
    trial, cohort = library.cohorts_by_id[id_]
    quiet = [_unstated(library, fields, facts, silent) for fields in (trial.not_stated, cohort.not_stated)]
    compared = (
        *_stated(library, "population", (trial.population, cohort.population), facts),
        *_not_given_before(library, id_, facts),
        *_stated(library, "entry", (trial.entry, cohort.entry), facts),
        *chain.from_iterable([told for told, _ in quiet]),
    )
    population, entry = _tally(compared, "population"), _tally(compared, "entry")
    return CohortResult(
        id=id_,
        trial=trial,
        cohort=cohort,
        outcome=_OUTCOMES[all_of((population.truth, entry.truth))],
        order_class=_order_class(population.truth, entry.truth),
        population=population,
        entry=entry,
        compared=compared,
        not_stated=tuple(chain.from_iterable([unremarkable for _, unremarkable in quiet])),
    )


def _counted(names: frozenset[str], group: Group, findings: tuple[CohortFinding, ...]) -> Compared:
    truths = [entry.finding.truth for entry in findings]
    tally = Tally(all_of(truths), *map(truths.count, (Truth.MET, Truth.NOT_MET, Truth.UNKNOWN)))
    waiting = [entry for entry in findings if entry.finding.facts_missing]
    return Compared(names, group, findings, tally, tuple(waiting))


def _tally(compared: tuple[Compared, ...], group: Group) -> Tally:
    tallies = [part.tally for part in compared if part.group == group]
    if len(tallies) == 1:
        return tallies[0]
    met = not_met = unknown = 0
    for tally in tallies:
        met += tally.met
        not_met += tally.not_met
        unknown += tally.unknown
    return Tally(all_of([tally.truth for tally in tallies]), met, not_met, unknown)


def _stated(
    library: EvidenceLibrary, group: Group, lists: Iterable[tuple[Condition, ...]], facts: Facts
) -> Iterator[Compared]:
    """Compare with lists of conditions; that of a trial stands in each of its cohorts."""
    for conditions in lists:
        if conditions:
            key = id(conditions)
            names = library.facts_of_conditions[key]
            yield facts.once((key, group), names, partial(_compared, library, names, group, conditions, facts))


def _compared(
    library: EvidenceLibrary, names: frozenset[str], group: Group, conditions: tuple[Condition, ...], facts: Facts
) -> Compared:
    findings = [
        CohortFinding(group, _evaluated(library, condition, facts), condition.source, condition.when)
        for condition in conditions
    ]
    return _counted(names, group, tuple(findings))


def _evaluated(library: EvidenceLibrary, condition: Condition, facts: Facts) -> Finding:
    """Evaluate a condition; a wash-out says what its days are counted to."""
    finding = evaluate(condition.when, facts, condition.text)
    counted = id(condition) in library.wash_outs and any(
        isinstance(facts.read(leaf.fact).value, Day) for leaf in leaves(condition.when)
    )
    if not counted:
        return finding
    return finding._replace(reason=finding.reason + tr(" (counted to the meeting; trials count to the first dose)"))


def _not_given_before(library: EvidenceLibrary, id_: str, facts: Facts) -> Iterator[Compared]:
    """Imply 'study drug not given before' wherever the source states no rule of its own."""
    for leaf in library.implied[id_]:
        yield facts.once(("implied", leaf.fact), leaf.names, partial(_implied, library, leaf, facts))


def _implied(library: EvidenceLibrary, leaf: Leaf, facts: Facts) -> Compared:
    drug = leaf.fact.partition(".")[2]
    text = tr("{drug} not given before (implied)").format(drug=library.vocabulary.label(drug))
    finding = evaluate(leaf, facts, text)
    if finding.truth is Truth.NOT_MET:
        reason = finding.reason + tr("; the source read does not say whether this was allowed")
        finding = Finding(text, Truth.UNKNOWN, reason, finding.facts_used, (SOURCE + leaf.fact,))
    return _counted(leaf.names, "population", (CohortFinding("population", finding, None),))


def _unstated(
    library: EvidenceLibrary, fields: tuple[str, ...], facts: Facts, silent: Mapping[str, CohortFinding]
) -> tuple[tuple[Compared, ...], tuple[str, ...]]:
    """Return the findings for fields that no source states, and the fields on which the case is unremarkable."""

    names = library.facts_of_silence[fields]

    def compared() -> tuple[tuple[Compared, ...], tuple[str, ...]]:
        groups: dict[Group, list[CohortFinding]] = {"population": [], "entry": []}
        for name in fields:
            if name in silent:
                groups[silent[name].group].append(silent[name])
        parts = tuple(_counted(names, group, tuple(found)) for group, found in groups.items() if found)
        return parts, tuple(name for name in fields if name not in silent)

    return facts.once(("not stated", fields), names, compared)


def _silent(library: EvidenceLibrary, facts: Facts) -> dict[str, CohortFinding]:
    """Return an UNKNOWN finding by field no source states, for every one not recorded as unremarkable."""
    told = ((notable, truth_of(notable.when, facts)) for notable in library.notable.values())
    return {n.fact: _remarkable(n, truth, facts) for n, truth in told if truth is not Truth.NOT_MET}


def _remarkable(notable: Notable, truth: Truth, facts: Facts) -> CohortFinding:
    reading = facts.read(notable.fact)
    text = tr("{label}: no limit stated").format(label=reading.label)
    if truth is Truth.UNKNOWN:
        reason = tr("{label}: not recorded; the source read does not say").format(label=reading.label)
        finding = Finding(text, Truth.UNKNOWN, reason, (), (notable.fact,))
    else:
        words = tr("{label}: {shown}; the source read does not say")
        reason = words.format(label=reading.label, shown=reading.shown)
        finding = Finding(text, Truth.UNKNOWN, reason, (notable.fact,), (SOURCE + notable.fact,))
    return CohortFinding("population" if notable.fact in _POPULATION_FACTS else "entry", finding, None)


def _order_class(population: Truth, entry: Truth) -> int:
    if population is Truth.MET:
        return 1 if entry is Truth.NOT_MET else 0
    return 2 if population is Truth.UNKNOWN else 3
