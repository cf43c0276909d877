"""Compares a case with every published cohort, criterion by criterion."""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain

from her2board.assessment.model import CohortFinding, CohortResult, Compared, Outcome, RemarkResult, Tally
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.lists import CriteriaList
from her2board.evidence.records import Condition, Group, LeftOpen
from her2board.evidence.release_records import KeptOpen, Remark
from her2board.evidence.terms import WhyNotStated
from her2board.logic.criteria import Leaf
from her2board.logic.evaluate import SOURCE, Finding, evaluate, truth_of
from her2board.logic.truth import MET, NOT_MET, UNKNOWN, Truth, all_of
from her2board.logic.values import Among, Day, Facts
from her2board.wording import tr

_OUTCOMES: dict[Truth, Outcome] = {MET: "all_met", NOT_MET: "differs", UNKNOWN: "cannot_tell"}


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
    return facts.once(id(listed), _compared, library, listed, facts)


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
        kind=_kind(compared, id_ in library.silent_on_the_brain, facts),
        population=population,
        entry=entry,
        compared=compared,
        remarks=facts.once(("remarks", id(remarks)), _remarked, remarks, facts) if remarks else (),
    )


def _kind(compared: tuple[Compared, ...], silent: bool, facts: Facts) -> Truth:
    """Return whether the cohort is about the kind of disease of the case; open where it says nothing of the brain."""
    truths = [part.kind for part in compared]
    if silent and facts.read("brain_metastases").value != Among.exactly(False):
        truths.append(UNKNOWN)
    return all_of(truths)


def _remarked(remarks: tuple[tuple[Remark, WhyNotStated], ...], facts: Facts) -> tuple[RemarkResult, ...]:
    """Return the remarks that recorded values bring, each fact once; a contradicted value brings one, marked."""
    facts = facts.as_said(name for entry, _ in remarks for name in entry.when.names)
    met = [(entry, why) for entry, why in remarks if truth_of(entry.when, facts) is MET]
    found = {evaluate(entry.when, facts).reason: (entry.fact, why) for entry, why in met}
    return tuple([_remark(fact, why, shown) for shown, (fact, why) in found.items()])


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


@cache
def _counted(met: int, not_met: int, unknown: int) -> Tally:
    return Tally(NOT_MET if not_met else UNKNOWN if unknown else MET, met, not_met, unknown)


def _compared(library: EvidenceLibrary, listed: CriteriaList, facts: Facts) -> Compared:
    findings, truths, kinds, waiting = [], [], [], []
    for criterion, about_kind in zip(listed.criteria, listed.about_kind, strict=True):
        entry = _FOUND[type(criterion)](library, listed.group, criterion, facts)
        if entry is None:
            continue
        findings.append(entry)
        truths.append(entry.finding.truth)
        if about_kind:
            kinds.append(entry.finding.truth)
        if entry.finding.facts_missing:
            waiting.append(entry)
    tally = _counted(truths.count(MET), truths.count(NOT_MET), truths.count(UNKNOWN))
    return Compared(listed, tuple(findings), tally, all_of(kinds), tuple(waiting))


def _stated(library: EvidenceLibrary, group: Group, condition: Condition, facts: Facts) -> CohortFinding:
    """Evaluate what a source states; a wash-out says what its days are counted to."""
    finding = evaluate(condition.when, facts)
    if condition.left_open is not None:
        finding = _left_open(condition.left_open, finding, facts)
    counted = library.wash_outs.get(id(condition))
    if counted and any(isinstance(facts.read(name).value, Day) for name in counted):
        more = tr(" (counted to the meeting; trials count to the first dose)")
        finding = finding._replace(reason=finding.reason + more)
    return CohortFinding(group, condition.text, finding, condition.source, condition.when)


def _left_open(left_open: LeftOpen, finding: Finding, facts: Facts) -> Finding:
    """Return UNKNOWN where a criterion is not met and its source leaves such a patient open."""
    outer = evaluate(left_open.when, facts) if left_open.when is not None else None
    if finding.truth is not NOT_MET or (outer is not None and outer.truth is NOT_MET):
        return finding
    used = finding.facts_used + (outer.facts_used if outer is not None else ())
    of_case = outer.facts_missing if outer is not None else ()
    missing = of_case or tuple(SOURCE + name for name in finding.facts_used)
    reason = f"{finding.reason}; {left_open.why}"
    return Finding(finding.criterion, UNKNOWN, reason, tuple(dict.fromkeys(used)), missing)


def _not_given_before(library: EvidenceLibrary, group: Group, leaf: Leaf, facts: Facts) -> CohortFinding:
    """Imply 'study drug not given before' where the source states no rule of its own."""
    drug = library.catalogue[leaf.fact].drug
    text = tr("{drug} not given before (implied)").format(drug=library.vocabulary.label(drug))
    finding = evaluate(leaf, facts)
    if finding.truth is NOT_MET:
        reason = finding.reason + tr("; the source read does not say whether this was allowed")
        finding = Finding(finding.criterion, UNKNOWN, reason, finding.facts_used, (SOURCE + leaf.fact,))
    return CohortFinding(group, text, finding, None)


def _kept_open(_: EvidenceLibrary, group: Group, entry: KeptOpen, facts: Facts) -> CohortFinding | None:
    """Return an UNKNOWN finding where a prospective source does not state a pathway, unless the case is not on it."""
    truth = truth_of(entry.when, facts)
    if truth is NOT_MET:
        return None
    reading = facts.read(entry.fact)
    text = tr("{label}: no limit stated").format(label=reading.label)
    if reading.is_recorded:
        words = tr("{label}: {shown}; the source read does not say").format(label=reading.label, shown=reading.shown)
        reason = "; ".join((words, *reading.marks))
    else:
        reason = tr("{label}: not recorded; the source read does not say").format(label=reading.label)
    waits = entry.fact if truth is UNKNOWN else SOURCE + entry.fact
    used = (entry.fact,) if reading.value is not None else ()
    return CohortFinding(group, text, Finding(text, UNKNOWN, reason, used, (waits,)), None)


_FOUND: dict[type[Condition | Leaf | KeptOpen], Callable[..., CohortFinding | None]] = {
    Condition: _stated,
    Leaf: _not_given_before,
    KeptOpen: _kept_open,
}
"""What is found on each kind of criterion of a list."""


def _order_class(population: Truth, entry: Truth) -> int:
    if population is MET:
        return 1 if entry is NOT_MET else 0
    return 2 if population is UNKNOWN else 3
