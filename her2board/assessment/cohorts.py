"""Compares a case with every published cohort, criterion by criterion."""

from collections.abc import Iterable, Iterator

from her2board.assessment.model import CohortFinding, CohortResult, Outcome, Tally
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Cohort, Condition, Group, Notable, Trial
from her2board.logic.criteria import Leaf, leaves
from her2board.logic.evaluate import Finding, evaluate, truth_of
from her2board.logic.truth import Truth, all_of
from her2board.logic.values import Facts
from her2board.wording import tr

SOURCE = "source."
"""Prefix of what the source, not the case, would have to say."""
_POPULATION_FACTS = ("leptomeningeal_disease", "prior_wbrt", "immediate_local_therapy", "metastatic_lines")


def compare_cohorts(library: EvidenceLibrary, facts: Facts) -> tuple[CohortResult, ...]:
    """Return every cohort in the stated order.

    All population criteria met and no entry criterion against it; population met but an entry criterion
    differs; cannot tell; population differs. Inside a class: prospective first, then larger n, then id.
    """
    results = [compare(library, trial, cohort, facts) for trial, cohort in library.cohorts()]
    return tuple(sorted(results, key=_order))


def compare(library: EvidenceLibrary, trial: Trial, cohort: Cohort, facts: Facts) -> CohortResult:
    """Return one cohort beside the case."""
    findings = (
        *_stated("population", (*trial.population, *cohort.population), facts),
        *_not_given_before(library, trial, cohort, facts),
        *_stated("entry", (*trial.entry, *cohort.entry), facts),
    )
    silent, unremarkable = _not_stated(library, trial, cohort, facts)
    findings = (*findings, *silent)
    population, entry = _tally(findings, "population"), _tally(findings, "entry")
    return CohortResult(
        id=f"{trial.id}/{cohort.id}",
        trial=trial,
        cohort=cohort,
        outcome=_outcome(all_of((population.truth, entry.truth))),
        population=population,
        entry=entry,
        findings=findings,
        not_stated=unremarkable,
    )


def _stated(group: Group, conditions: Iterable[Condition], facts: Facts) -> Iterator[CohortFinding]:
    for condition in conditions:
        yield CohortFinding(group, evaluate(condition.when, facts, condition.text), condition.source)


def _not_given_before(library: EvidenceLibrary, trial: Trial, cohort: Cohort, facts: Facts) -> Iterator[CohortFinding]:
    """Imply 'study drug not given before' wherever the source states no rule of its own."""
    named = {leaf.fact for condition in _conditions(trial, cohort) for leaf in leaves(condition.when)}
    ruled = {name.partition(".")[2] for name in named if name.startswith(("given.", "given_metastatic."))}
    for drug in trial.study_drugs:
        if any(drug in library.vocabulary.members(id_) for id_ in ruled):
            continue
        fact = f"given.{drug}"
        text = tr("{drug} not given before (implied)").format(drug=library.vocabulary.label(drug))
        finding = evaluate(Leaf(fact=fact, operator="is", operand=False), facts, text)
        if finding.truth is Truth.NOT_MET:
            reason = finding.reason + tr("; the source read does not say whether this was allowed")
            finding = Finding(text, Truth.UNKNOWN, reason, finding.facts_used, (SOURCE + fact,))
        yield CohortFinding("population", finding, None)


def _conditions(trial: Trial, cohort: Cohort) -> tuple[Condition, ...]:
    return (*trial.population, *cohort.population, *trial.entry, *cohort.entry)


def _not_stated(
    library: EvidenceLibrary, trial: Trial, cohort: Cohort, facts: Facts
) -> tuple[tuple[CohortFinding, ...], tuple[str, ...]]:
    """Return findings for silent fields on which the case is notable or not recorded, and the other silent ones."""
    notable = {entry.fact: entry for entry in library.release.notable}
    findings, unremarkable = [], []
    for fact in (*trial.not_stated, *cohort.not_stated):
        finding = _silent(notable[fact], facts) if fact in notable else None
        if finding is None:
            unremarkable.append(fact)
        else:
            group: Group = "population" if fact in _POPULATION_FACTS else "entry"
            findings.append(CohortFinding(group, finding, None))
    return tuple(findings), tuple(unremarkable)


def _silent(notable: Notable, facts: Facts) -> Finding | None:
    """Return an UNKNOWN finding unless the case is recorded as unremarkable."""
    truth = truth_of(notable.when, facts)
    if truth is Truth.NOT_MET:
        return None
    reading = facts.read(notable.fact)
    text = tr("{label}: no limit stated").format(label=reading.label)
    if truth is Truth.UNKNOWN:
        reason = tr("{label}: not recorded; the source read does not say").format(label=reading.label)
        return Finding(text, Truth.UNKNOWN, reason, (), (notable.fact,))
    reason = tr("{label}: {shown}; the source read does not say").format(label=reading.label, shown=reading.shown)
    return Finding(text, Truth.UNKNOWN, reason, (notable.fact,), (SOURCE + notable.fact,))


def _tally(findings: Iterable[CohortFinding], group: Group) -> Tally:
    truths = [finding.truth for finding in findings if finding.group == group]
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


def _order(result: CohortResult) -> tuple[int, bool, int, str]:
    size = result.cohort.n.value if result.cohort.n else 0
    return order_class(result), not result.trial.prospective, -size, result.id
