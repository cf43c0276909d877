"""Compares a case with every published cohort, criterion by criterion."""

from collections.abc import Callable, Iterable
from itertools import chain

from her2board.assessment.model import CohortFinding, CohortResult, Compared, Outcome, RemarkResult, Tally
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.lists import CriteriaList
from her2board.evidence.records import Condition, Group, LeftOpen
from her2board.evidence.release_records import KeptOpen, Remark
from her2board.evidence.terms import CohortClass, WhyNotStated
from her2board.logic.criteria import Leaf, leaves
from her2board.logic.evaluate import SOURCE, Finding, evaluate, truth_of
from her2board.logic.truth import Truth, all_of
from her2board.logic.values import Among, Day, Facts
from her2board.wording import tr

_KIND = frozenset({"cns_class", "brain_metastases", "leptomeningeal_disease", "leptomeningeal_status", "her2_status"})
"""The facts that say which kind of disease a cohort is about."""
_OF_BRAIN = _KIND - {"her2_status"}
_TRUTHS = (Truth.MET, Truth.NOT_MET, Truth.UNKNOWN)
_OUTCOMES: dict[Truth, Outcome] = {Truth.MET: "all_met", Truth.NOT_MET: "differs", Truth.UNKNOWN: "cannot_tell"}


def compare_cohorts(library: EvidenceLibrary, facts: Facts) -> tuple[CohortResult, ...]:
    """Return every cohort in the stated order.

    All population criteria met and no entry criterion against it; population met but an entry criterion
    differs; cannot tell; population differs. Inside a class: randomised, prospective, the rest; larger n; id.
    """
    return facts.once("cohorts", _in_order, library, facts)


def _in_order(library: EvidenceLibrary, facts: Facts) -> tuple[CohortResult, ...]:
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
    in_population, in_entry = of_cohort[id_]
    on_population = [compare_list(library, facts, lists[place]) for place in in_population]
    on_entry = [compare_list(library, facts, lists[place]) for place in in_entry]
    compared = (*on_population, *on_entry)
    population, entry = _tally(on_population), _tally(on_entry)
    remarks = library.remarks_of_cohort[id_]
    return CohortResult(
        id=id_,
        trial=trial,
        cohort=cohort,
        outcome=_OUTCOMES[all_of((population.truth, entry.truth))],
        order_class=_order_class(population.truth, entry.truth),
        kind=_kind(compared, cohort.cns_class, facts),
        population=population,
        entry=entry,
        compared=compared,
        remarks=facts.once(("remarks", id(remarks)), _remarked, remarks, facts) if remarks else (),
    )


def _kind(compared: tuple[Compared, ...], class_: CohortClass, facts: Facts) -> Truth:
    """Return whether the cohort is about the kind of disease of the case; open where it says nothing of the brain."""
    truths = [part.kind for part in compared]
    if class_ is CohortClass.NONE and facts.read("brain_metastases").value != Among.exactly(False):
        spoken = (c.names for part in compared for c in part.criteria.criteria if isinstance(c, Condition))
        if _OF_BRAIN.isdisjoint(frozenset().union(*spoken)):
            truths.append(Truth.UNKNOWN)
    return all_of(truths)


def _remarked(remarks: tuple[tuple[Remark, WhyNotStated], ...], facts: Facts) -> tuple[RemarkResult, ...]:
    """Return the remarks that recorded values bring, each fact once; a contradicted value brings one, marked."""
    facts = facts.as_said(name for entry, _ in remarks for name in entry.when.names)
    found = [(entry.fact, why, evaluate(entry.when, facts)) for entry, why in remarks]
    met = [(fact, why, finding.reason) for fact, why, finding in found if finding.truth is Truth.MET]
    return tuple({shown: _remark(fact, why, shown) for fact, why, shown in met}.values())


def _remark(fact: str, why: WhyNotStated, shown: str) -> RemarkResult:
    if why is WhyNotStated.NO_LIMIT:
        words = tr("the series has no entry limits and does not report this apart: {shown}")
    else:
        words = tr("the source does not say whether this was allowed: {shown}")
    return RemarkResult(fact, why, shown, words.format(shown=shown))


def _tally(compared: Iterable[Compared]) -> Tally:
    met = not_met = unknown = 0
    for part in compared:
        _, more_met, more_not_met, more_unknown = part.tally
        met += more_met
        not_met += more_not_met
        unknown += more_unknown
    return _counted(met, not_met, unknown)


def _counted(met: int, not_met: int, unknown: int) -> Tally:
    return Tally(Truth.NOT_MET if not_met else Truth.UNKNOWN if unknown else Truth.MET, met, not_met, unknown)


def _compared(library: EvidenceLibrary, listed: CriteriaList, facts: Facts) -> Compared:
    findings, kinds = [], []
    for criterion in listed.criteria:
        entry = _FOUND[type(criterion)](library, listed.group, criterion, facts)
        if entry is not None:
            findings.append(entry)
            if not _KIND.isdisjoint(criterion.names):
                kinds.append(entry.finding.truth)
    tally = _counted(*map([entry.finding.truth for entry in findings].count, _TRUTHS))
    waiting = tuple([entry for entry in findings if entry.finding.facts_missing])
    return Compared(listed, tuple(findings), tally, all_of(kinds), waiting)


def _stated(library: EvidenceLibrary, group: Group, condition: Condition, facts: Facts) -> CohortFinding:
    """Evaluate what a source states; a wash-out says what its days are counted to."""
    finding = evaluate(condition.when, facts, condition.text)
    if condition.left_open is not None:
        finding = _left_open(condition.left_open, finding, facts)
    counted = id(condition) in library.wash_outs and any(
        isinstance(facts.read(leaf.fact).value, Day) for leaf in leaves(condition.when)
    )
    if counted:
        more = tr(" (counted to the meeting; trials count to the first dose)")
        finding = finding._replace(reason=finding.reason + more)
    return CohortFinding(group, finding, condition.source, condition.when)


def _left_open(left_open: LeftOpen, finding: Finding, facts: Facts) -> Finding:
    """Return UNKNOWN where a criterion is not met and its source leaves such a patient open."""
    outer = evaluate(left_open.when, facts) if left_open.when is not None else None
    if finding.truth is not Truth.NOT_MET or (outer is not None and outer.truth is Truth.NOT_MET):
        return finding
    used = finding.facts_used + (outer.facts_used if outer is not None else ())
    of_case = outer.facts_missing if outer is not None else ()
    missing = of_case or tuple(SOURCE + name for name in finding.facts_used)
    reason = f"{finding.reason}; {left_open.why}"
    return Finding(finding.criterion, Truth.UNKNOWN, reason, tuple(dict.fromkeys(used)), missing)


def _not_given_before(library: EvidenceLibrary, group: Group, leaf: Leaf, facts: Facts) -> CohortFinding:
    """Imply 'study drug not given before' where the source states no rule of its own."""
    drug = library.catalogue[leaf.fact].drug
    text = tr("{drug} not given before (implied)").format(drug=library.vocabulary.label(drug))
    finding = evaluate(leaf, facts, text)
    if finding.truth is Truth.NOT_MET:
        reason = finding.reason + tr("; the source read does not say whether this was allowed")
        finding = Finding(text, Truth.UNKNOWN, reason, finding.facts_used, (SOURCE + leaf.fact,))
    return CohortFinding(group, finding, None)


def _kept_open(_: EvidenceLibrary, group: Group, entry: KeptOpen, facts: Facts) -> CohortFinding | None:
    """Return an UNKNOWN finding where a prospective source does not state a pathway, unless the case is not on it."""
    truth = truth_of(entry.when, facts)
    if truth is Truth.NOT_MET:
        return None
    reading = facts.read(entry.fact)
    text = tr("{label}: no limit stated").format(label=reading.label)
    if reading.is_recorded:
        words = tr("{label}: {shown}; the source read does not say").format(label=reading.label, shown=reading.shown)
        reason = "; ".join((words, *reading.marks))
    else:
        reason = tr("{label}: not recorded; the source read does not say").format(label=reading.label)
    waits = entry.fact if truth is Truth.UNKNOWN else SOURCE + entry.fact
    used = (entry.fact,) if reading.value is not None else ()
    finding = Finding(text, Truth.UNKNOWN, reason, used, (waits,))
    return CohortFinding(group, finding, None)


_FOUND: dict[type[Condition | Leaf | KeptOpen], Callable[..., CohortFinding | None]] = {
    Condition: _stated,
    Leaf: _not_given_before,
    KeptOpen: _kept_open,
}
"""What is found on each kind of criterion of a list."""


def _order_class(population: Truth, entry: Truth) -> int:
    if population is Truth.MET:
        return 1 if entry is Truth.NOT_MET else 0
    return 2 if population is Truth.UNKNOWN else 3
