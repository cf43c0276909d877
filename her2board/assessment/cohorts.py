"""Compares a case with every published cohort, criterion by criterion."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from her2board.assessment.model import CohortFinding, CohortResult, Outcome, Tally
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


def compare_cohorts(library: EvidenceLibrary, facts: Facts) -> tuple[CohortResult, ...]:
    """Return every cohort in the stated order.

    All population criteria met and no entry criterion against it; population met but an entry criterion
    differs; cannot tell; population differs. Inside a class: prospective first, then larger n, then id.
    """
    silent = {fact: _silent(notable, facts) for fact, notable in library.notable.items()}
    results = [
        facts.once(id_, names, partial(_compare, library, id_, facts, silent))
        for id_, names in library.facts_of_cohort.items()
    ]
    places = library.places
    return tuple(sorted(results, key=lambda result: (order_class(result), places[result.id])))


def _compare(library: EvidenceLibrary, id_: str, facts: Facts, silent: dict[str, CohortFinding | None]) -> CohortResult:
    trial, cohort = library.cohort(id_)
    quiet = (*trial.not_stated, *cohort.not_stated)
    findings = (
        *_stated(library, "population", trial.population, facts),
        *_stated(library, "population", cohort.population, facts),
        *_not_given_before(library, id_, facts),
        *_stated(library, "entry", trial.entry, facts),
        *_stated(library, "entry", cohort.entry, facts),
        *(finding for fact in quiet if (finding := silent.get(fact)) is not None),
    )
    population, entry, waiting = _weigh(findings)
    return CohortResult(
        id=id_,
        trial=trial,
        cohort=cohort,
        outcome=_outcome(all_of((population.truth, entry.truth))),
        population=population,
        entry=entry,
        findings=findings,
        not_stated=tuple(fact for fact in quiet if silent.get(fact) is None),
        waiting=waiting,
    )


def _weigh(findings: Iterable[CohortFinding]) -> tuple[Tally, Tally, tuple[CohortFinding, ...]]:
    """Return the tallies of population and entry, and the findings that wait for a fact of the case."""
    truths: dict[Group, list[Truth]] = {"population": [], "entry": []}
    waiting = []
    for entry in findings:
        truths[entry.group].append(entry.finding.truth)
        if any(not name.startswith(SOURCE) for name in entry.finding.facts_missing):
            waiting.append(entry)
    return _tally(truths["population"]), _tally(truths["entry"]), tuple(waiting)


def _stated(
    library: EvidenceLibrary, group: Group, conditions: tuple[Condition, ...], facts: Facts
) -> tuple[CohortFinding, ...]:
    """Compare with a list of conditions; those of a trial stand in each of its cohorts."""

    def compared() -> tuple[CohortFinding, ...]:
        return tuple(
            CohortFinding(group, _evaluated(library, condition, facts), condition.source, condition.when)
            for condition in conditions
        )

    key = id(conditions)
    return facts.once((key, group), library.facts_of_conditions[key], compared)


def _evaluated(library: EvidenceLibrary, condition: Condition, facts: Facts) -> Finding:
    """Evaluate a condition; a wash-out says what its days are counted to."""
    finding = evaluate(condition.when, facts, condition.text)
    counted = id(condition) in library.wash_outs and any(
        isinstance(facts.read(leaf.fact).value, Day) for leaf in leaves(condition.when)
    )
    if not counted:
        return finding
    return replace(finding, reason=finding.reason + tr(" (counted to the meeting; trials count to the first dose)"))


def _not_given_before(library: EvidenceLibrary, id_: str, facts: Facts) -> Iterator[CohortFinding]:
    """Imply 'study drug not given before' wherever the source states no rule of its own."""
    for leaf in library.implied[id_]:
        yield facts.once(("implied", leaf.fact), leaf.names, partial(_implied, library, leaf, facts))


def _implied(library: EvidenceLibrary, leaf: Leaf, facts: Facts) -> CohortFinding:
    drug = leaf.fact.partition(".")[2]
    text = tr("{drug} not given before (implied)").format(drug=library.vocabulary.label(drug))
    finding = evaluate(leaf, facts, text)
    if finding.truth is Truth.NOT_MET:
        reason = finding.reason + tr("; the source read does not say whether this was allowed")
        finding = Finding(text, Truth.UNKNOWN, reason, finding.facts_used, (SOURCE + leaf.fact,))
    return CohortFinding("population", finding, None)


def _silent(notable: Notable, facts: Facts) -> CohortFinding | None:
    """Return an UNKNOWN finding for a field no source states, unless the case is recorded as unremarkable."""
    truth = truth_of(notable.when, facts)
    if truth is Truth.NOT_MET:
        return None
    reading = facts.read(notable.fact)
    text = tr("{label}: no limit stated").format(label=reading.label)
    if truth is Truth.UNKNOWN:
        reason = tr("{label}: not recorded; the source read does not say").format(label=reading.label)
        return _quiet(Finding(text, Truth.UNKNOWN, reason, (), (notable.fact,)), notable)
    reason = tr("{label}: {shown}; the source read does not say").format(label=reading.label, shown=reading.shown)
    return _quiet(Finding(text, Truth.UNKNOWN, reason, (notable.fact,), (SOURCE + notable.fact,)), notable)


def _quiet(finding: Finding, notable: Notable) -> CohortFinding:
    return CohortFinding("population" if notable.fact in _POPULATION_FACTS else "entry", finding, None)


def _tally(truths: list[Truth]) -> Tally:
    return Tally(
        truth=all_of(truths),
        met=truths.count(Truth.MET),
        not_met=truths.count(Truth.NOT_MET),
        unknown=truths.count(Truth.UNKNOWN),
    )


def _outcome(truth: Truth) -> Outcome:
    outcomes: dict[Truth, Outcome] = {
        Truth.MET: "all_met",
        Truth.NOT_MET: "differs",
        Truth.UNKNOWN: "cannot_tell",
    }
    return outcomes[truth]


def order_class(result: CohortResult) -> int:
    """Return the class a cohort is listed in, 0 first."""
    if result.population.truth is Truth.MET:
        return 1 if result.entry.truth is Truth.NOT_MET else 0
    return 2 if result.population.truth is Truth.UNKNOWN else 3
