"""Compares a case with every published cohort, criterion by criterion."""

from collections.abc import Callable
from itertools import chain

from her2board.assessment.model import CohortFinding, CohortResult, Compared, Outcome, Tally
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.lists import CriteriaList
from her2board.evidence.records import Condition, Group, Notable
from her2board.logic.criteria import Leaf, leaves
from her2board.logic.evaluate import SOURCE, Finding, evaluate, truth_of
from her2board.logic.truth import Truth, all_of
from her2board.logic.values import Day, Facts
from her2board.wording import tr

_OUTCOMES: dict[Truth, Outcome] = {Truth.MET: "all_met", Truth.NOT_MET: "differs", Truth.UNKNOWN: "cannot_tell"}


def compare_cohorts(library: EvidenceLibrary, facts: Facts) -> tuple[CohortResult, ...]:
    """Return every cohort in the stated order.

    All population criteria met and no entry criterion against it; population met but an entry criterion
    differs; cannot tell; population differs. Inside a class: prospective first, then larger n, then id.
    """
    classes: tuple[list[CohortResult], ...] = ([], [], [], [])
    for id_ in library.places:
        result = compare(library, facts, id_)
        classes[result.order_class].append(result)
    return tuple(chain.from_iterable(classes))


def compare(library: EvidenceLibrary, facts: Facts, id_: str) -> CohortResult:
    """Return one cohort beside the case."""
    return facts.once(id_, _compare, library, facts, id_)


def compare_list(library: EvidenceLibrary, facts: Facts, listed: CriteriaList) -> Compared:
    """Return one list of criteria beside the case; many cohorts share it."""
    return facts.once(("list", id(listed)), _compared, library, listed, facts)


def _compare(library: EvidenceLibrary, facts: Facts, id_: str) -> CohortResult:
    trial, cohort = library.cohorts_by_id[id_]
    lists, of_cohort = library.lists
    on_population, on_entry = [
        tuple([compare_list(library, facts, lists[place]) for place in places]) for places in of_cohort[id_]
    ]
    population, entry = _tally(on_population), _tally(on_entry)
    outcome = _OUTCOMES[all_of((population.truth, entry.truth))]
    order_class = _order_class(population.truth, entry.truth)
    return CohortResult(id_, trial, cohort, outcome, order_class, population, entry, on_population + on_entry)


def _tally(compared: tuple[Compared, ...]) -> Tally:
    met = not_met = unknown = 0
    for _, _, (_, more_met, more_not_met, more_unknown), _ in compared:
        met += more_met
        not_met += more_not_met
        unknown += more_unknown
    return _counted(met, not_met, unknown)


def _counted(met: int, not_met: int, unknown: int) -> Tally:
    return Tally(Truth.NOT_MET if not_met else Truth.UNKNOWN if unknown else Truth.MET, met, not_met, unknown)


def _compared(library: EvidenceLibrary, listed: CriteriaList, facts: Facts) -> Compared:
    found = [_FOUND[type(criterion)](library, listed.group, criterion, facts) for criterion in listed.criteria]
    findings = tuple([finding for finding in found if finding is not None])
    truths = [entry.finding.truth for entry in findings]
    tally = _counted(*map(truths.count, (Truth.MET, Truth.NOT_MET, Truth.UNKNOWN)))
    waiting = tuple([entry for entry in findings if entry.finding.facts_missing])
    return Compared(listed, findings, tally, waiting)


def _stated(library: EvidenceLibrary, group: Group, condition: Condition, facts: Facts) -> CohortFinding:
    """Evaluate what a source states; a wash-out says what its days are counted to."""
    finding = evaluate(condition.when, facts, condition.text)
    counted = id(condition) in library.wash_outs and any(
        isinstance(facts.read(leaf.fact).value, Day) for leaf in leaves(condition.when)
    )
    if counted:
        more = tr(" (counted to the meeting; trials count to the first dose)")
        finding = finding._replace(reason=finding.reason + more)
    return CohortFinding(group, finding, condition.source, condition.when)


def _not_given_before(library: EvidenceLibrary, group: Group, leaf: Leaf, facts: Facts) -> CohortFinding:
    """Imply 'study drug not given before' where the source states no rule of its own."""
    drug = library.catalogue[leaf.fact].drug
    text = tr("{drug} not given before (implied)").format(drug=library.vocabulary.label(drug))
    finding = evaluate(leaf, facts, text)
    if finding.truth is Truth.NOT_MET:
        reason = finding.reason + tr("; the source read does not say whether this was allowed")
        finding = Finding(text, Truth.UNKNOWN, reason, finding.facts_used, (SOURCE + leaf.fact,))
    return CohortFinding(group, finding, None)


def _unstated(_: EvidenceLibrary, group: Group, notable: Notable, facts: Facts) -> CohortFinding | None:
    """Return an UNKNOWN finding where no source states a limit, unless the case is recorded as unremarkable."""
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
    return CohortFinding(group, finding, None)


_FOUND: dict[type[Condition | Leaf | Notable], Callable[..., CohortFinding | None]] = {
    Condition: _stated,
    Leaf: _not_given_before,
    Notable: _unstated,
}
"""What is found on each kind of criterion of a list."""


def _order_class(population: Truth, entry: Truth) -> int:
    if population is Truth.MET:
        return 1 if entry is Truth.NOT_MET else 0
    return 2 if population is Truth.UNKNOWN else 3
