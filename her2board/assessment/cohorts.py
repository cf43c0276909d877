"""Compares a case with every published cohort, criterion by criterion."""

from collections.abc import Iterable, Iterator
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
    classes: tuple[list[CohortResult], ...] = ([], [], [], [])
    for id_ in library.places:
        result = facts.once(id_, library.facts_of_cohort[id_], partial(_compare, library, id_, facts))
        classes[order_class(result)].append(result)
    return tuple(chain.from_iterable(classes))


def _compare(library: EvidenceLibrary, id_: str, facts: Facts) -> CohortResult:
    trial, cohort = library.cohorts_by_id[id_]
    quiet = [_unstated(library, fields, facts) for fields in (trial.not_stated, cohort.not_stated) if fields]
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
        population=population,
        entry=entry,
        compared=compared,
        not_stated=tuple(chain.from_iterable([unremarkable for _, unremarkable in quiet])),
    )


def _counted(group: Group, findings: tuple[CohortFinding, ...]) -> Compared:
    truths = [entry.finding.truth for entry in findings]
    tally = Tally(all_of(truths), *map(truths.count, (Truth.MET, Truth.NOT_MET, Truth.UNKNOWN)))
    waiting = [entry for entry in findings if entry.finding.facts_missing and _waits(entry.finding)]
    return Compared(group, findings, tally, tuple(waiting))


def _waits(finding: Finding) -> bool:
    """Tell whether a fact of the case, not the source, would tell."""
    return not all(name.startswith(SOURCE) for name in finding.facts_missing)


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
            compare = partial(_compared, library, group, conditions, facts)
            yield facts.once((key, group), library.facts_of_conditions[key], compare)


def _compared(library: EvidenceLibrary, group: Group, conditions: tuple[Condition, ...], facts: Facts) -> Compared:
    findings = [
        CohortFinding(group, _evaluated(library, condition, facts), condition.source, condition.when)
        for condition in conditions
    ]
    return _counted(group, tuple(findings))


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
    return _counted("population", (CohortFinding("population", finding, None),))


def _unstated(
    library: EvidenceLibrary, fields: tuple[str, ...], facts: Facts
) -> tuple[tuple[Compared, ...], tuple[str, ...]]:
    """Return the findings for fields that no source states, and the fields on which the case is unremarkable."""

    def compared() -> tuple[tuple[Compared, ...], tuple[str, ...]]:
        told = {name: finding for name in fields if (finding := _silent(library, name, facts)) is not None}
        groups: dict[Group, list[CohortFinding]] = {"population": [], "entry": []}
        for finding in told.values():
            groups[finding.group].append(finding)
        parts = tuple(_counted(group, tuple(found)) for group, found in groups.items() if found)
        return parts, tuple(name for name in fields if name not in told)

    return facts.once(("not stated", fields), library.facts_of_silence[fields], compared)


def _silent(library: EvidenceLibrary, name: str, facts: Facts) -> CohortFinding | None:
    """Return an UNKNOWN finding for a field no source states, unless the case is recorded as unremarkable."""
    notable = library.notable.get(name)
    if notable is None:
        return None
    return facts.once(("not stated", name), notable.when.names | {name}, partial(_remarkable, notable, facts))


def _remarkable(notable: Notable, facts: Facts) -> CohortFinding | None:
    truth = truth_of(notable.when, facts)
    if truth is Truth.NOT_MET:
        return None
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


def order_class(result: CohortResult) -> int:
    """Return the class a cohort is listed in, 0 first."""
    if result.population.truth is Truth.MET:
        return 1 if result.entry.truth is Truth.NOT_MET else 0
    return 2 if result.population.truth is Truth.UNKNOWN else 3
