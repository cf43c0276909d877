"""Gives every option its standing: from recorded facts, statements and cautions, never from merit."""

from functools import cache

from her2board.assessment.beside import one_is_left
from her2board.assessment.cohorts import compare
from her2board.assessment.model import (
    CautionResult,
    CohortFinding,
    CohortResult,
    ConflictResult,
    OptionResult,
    Standing,
    StatementResult,
)
from her2board.assessment.urgency import is_urgent
from her2board.case.catalogue import of_regimen
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Caution, Conflict, GuidelineGroup, OptionCondition, SequencingOption, Statement
from her2board.evidence.terms import CohortClass
from her2board.logic.criteria import AllOf, Criterion, Leaf
from her2board.logic.evaluate import Finding, evaluate, truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Among, Facts
from her2board.wording import tr

_BY_TRUTH = (Truth.MET, Truth.UNKNOWN, Truth.NOT_MET)
"""Statements that apply here are shown first, those that do not last."""


def stand_options(library: EvidenceLibrary, facts: Facts) -> tuple[OptionResult, ...]:
    """Return all options in their fixed order."""
    return facts.once("options", _all_standing, library, facts)


def _all_standing(library: EvidenceLibrary, facts: Facts) -> tuple[OptionResult, ...]:
    return tuple([stand(library, facts, option) for option in library.options])


def stand(library: EvidenceLibrary, facts: Facts, option: SequencingOption) -> OptionResult:
    """Return one option with its standing; worked out anew for other nearest cohorts, not for each change of one."""
    nearest = facts.once(("nearest", option.id), _nearest, library, facts, option)
    return facts.once((option.id, nearest), _stand, library, option, facts, nearest)


def _stand(
    library: EvidenceLibrary,
    option: SequencingOption,
    facts: Facts,
    nearest: tuple[str, ...],
) -> OptionResult:
    judged = [
        (c, CohortFinding("population", c.text, evaluate(c.when, facts), c.source, c.when)) for c in option.conditions
    ]
    open_ = [(condition, finding) for condition, finding in judged if finding.truth is Truth.UNKNOWN]
    added = _added(library, option, facts)
    findings = (*(finding for _, finding in judged), *added)
    unknown = (
        *(finding for condition, finding in open_ if not condition.ask),
        *(finding for finding in added if finding.truth is Truth.UNKNOWN),
    )
    cautions = facts.once(("cautions", option.id), _cautions, library, option, facts)
    triggered = tuple(result for _, result in cautions if result.truth is Truth.MET)
    statements, conflicts = facts.once(("stated", option.id), _stated, library, option, facts)
    standing, because = _standing(library, option, facts, findings, unknown, triggered)
    context_only = option.kind.context_when_urgent and is_urgent(facts)
    return OptionResult(
        option=option,
        standing=standing,
        standing_words=standing_words(standing, context_only, local=option.kind.zone == "pause"),
        context_only=context_only,
        because=because,
        findings=findings,
        cautions=triggered,
        to_ask=(
            *(_to_ask(option, condition, finding) for condition, finding in open_ if condition.ask),
            *(result for caution, result in cautions if caution.ask and result.truth is Truth.UNKNOWN),
        ),
        statements=statements,
        conflicts=conflicts,
        cohorts=nearest,
    )


def _added(library: EvidenceLibrary, option: SequencingOption, facts: Facts) -> tuple[CohortFinding, ...]:
    """Return what an option presupposes of others."""
    others = [stand(library, facts, library.options_by_id[id_]) for id_ in option.beside]
    return (one_is_left(library, others, facts),) if others else ()


def _standing(
    library: EvidenceLibrary,
    option: SequencingOption,
    facts: Facts,
    findings: tuple[CohortFinding, ...],
    unknown: tuple[CohortFinding, ...],
    triggered: tuple[CautionResult, ...],
) -> tuple[Standing, tuple[str, ...]]:
    """Return the standing with its reasons; of what is open, ``unknown`` withholds it."""
    used = _used(library, option, facts)
    if used is not None and used[0] != "cannot_tell":
        return used[0], (used[1],)
    against = tuple(finding.reason for finding in findings if finding.truth is Truth.NOT_MET)
    wish = evaluate(library.declined[option.id], facts)
    if wish.truth is Truth.MET:  # where nobody recorded a refusal, nothing is held against an option
        against = (*against, wish.reason)
    if against:
        return "facts_against", tuple(dict.fromkeys(against))
    waits = [waited_for(library, facts, finding) for finding in unknown]
    if used is not None:
        waits.append(used[1])
    if waits:
        return "cannot_tell", tuple(dict.fromkeys(waits))
    if triggered:
        return "caution", tuple(caution.because for caution in triggered)
    return "for_discussion", ()


def asked_first(library: EvidenceLibrary, facts: Facts, name: str) -> str:
    """Return the fact that is asked for where another is missing: the one before it, while that is not recorded."""
    before = (entry.before for entry in library.release.not_asked if entry.fact == name and entry.before)
    return next((one for one in before if facts.read(one).value is None), name)


def waited_for(library: EvidenceLibrary, facts: Facts, finding: CohortFinding | Finding) -> str:
    """Return the reason of a finding; of one that waits for a single fact, by the name of the one asked for."""
    if len(finding.facts_missing) != 1:
        return finding.reason
    (name,) = finding.facts_missing
    first = asked_first(library, facts, name)
    return finding.reason if first == name else tr("{label}: not recorded").format(label=facts.read(first).label)


def _used(library: EvidenceLibrary, option: SequencingOption, facts: Facts) -> tuple[Standing, str] | None:
    """Return that an option is in use, was used, or may have been, with the reason; None where it was not."""
    if option.used_when is None and option.id not in library.regimens:
        return None
    given = evaluate(option.used_when or _whether("together", option.id), facts)
    # Read whatever was given: the help of a field names what depends on it without a case.
    now = evaluate(_whether("in_use", option.id), facts) if option.id in library.regimens else None
    if given.truth is Truth.NOT_MET:
        return None
    if given.truth is Truth.UNKNOWN:
        return "cannot_tell", given.reason
    if now is None:
        return "already_used", given.reason
    if now.truth is Truth.MET:
        return "in_use", now.reason
    return "already_used", given.reason if now.truth is Truth.NOT_MET else f"{given.reason}; {now.reason}"


@cache
def _whether(family: str, id_: str) -> Leaf:
    return Leaf(fact=of_regimen(family, id_), operator="is", operand=True)


def standing_words(standing: Standing, context_only: bool = False, *, local: bool = False) -> str:
    """Return a standing in words; of a choice before whole-brain radiation (``local``) as its table says it."""
    words = tr("does not apply") if local and standing == "facts_against" else _standing_words(standing)
    return f"{context_only_words()}; {words}" if context_only else words


def _standing_words(standing: Standing) -> str:
    match standing:
        case "for_discussion":
            return tr("for discussion")
        case "caution":
            return tr("for discussion, with a caution")
        case "cannot_tell":
            return tr("cannot tell until recorded")
        case "facts_against":
            return tr("recorded facts speak against it")
        case "in_use":
            return tr("in use now")
        case _:
            return tr("already used")


def context_only_words() -> str:
    """Return what is said of an option whose standing waits for the local pathway."""
    return tr("context only, local pathway first")


def _cautions(
    library: EvidenceLibrary, option: SequencingOption, facts: Facts
) -> tuple[tuple[Caution, CautionResult], ...]:
    """Return the cautions about an option on this case; one may be about several options."""
    about = library.cautions_by_option[option.id]
    return tuple(
        [(caution, facts.once(("caution", caution.id), _caution, library, caution, facts)) for caution in about]
    )


def _caution(library: EvidenceLibrary, caution: Caution, facts: Facts) -> CautionResult:
    finding = evaluate(caution.when, facts)
    return CautionResult(
        id=caution.id,
        name=caution.name,
        text=caution.text,
        truth=finding.truth,
        because=waited_for(library, facts, finding),
        source=caution.source,
        facts_missing=finding.facts_missing,
    )


def _to_ask(option: SequencingOption, condition: OptionCondition, finding: CohortFinding) -> CautionResult:
    """Return a condition that the meeting itself judges, while nobody has recorded it, as something to ask."""
    return CautionResult(
        id=option.id,
        name=condition.text,
        text=condition.text,
        truth=finding.truth,
        because=finding.reason,
        source=condition.source,
        facts_missing=finding.facts_missing,
    )


def _stated(
    library: EvidenceLibrary, option: SequencingOption, facts: Facts
) -> tuple[tuple[StatementResult, ...], tuple[ConflictResult, ...]]:
    """Return the statements about an option, those that speak of this case first, newest first; and the conflicts."""
    results = [_said(statement, group, facts) for group, statement in library.statements_by_option[option.id]]
    results.sort(key=_newest_first)
    statements = tuple([result for truth in _BY_TRUTH for result in results if result.applies is truth])
    conflicts = library.conflicts_by_option[option.id]
    return statements, tuple([facts.once(("conflict", c.id), _conflict, library, c, facts) for c in conflicts])


def _newest_first(result: StatementResult) -> tuple[int, str]:
    return -(result.year or 0), result.id


def _conflict(library: EvidenceLibrary, conflict: Conflict, facts: Facts) -> ConflictResult:
    sides = (_said(statement, group, facts) for group, statement in map(library.statements.__getitem__, conflict.sides))
    ordered = tuple(sorted(sides, key=lambda side: (side.year or 0, side.id)))
    return ConflictResult(conflict.id, conflict.topic, conflict.note, ordered)


def _said(statement: Statement, group: GuidelineGroup, facts: Facts) -> StatementResult:
    """Return a statement on this case; one may speak of several options."""
    return facts.once(("statement", statement.id), _statement, statement, group, facts)


def _statement(statement: Statement, group: GuidelineGroup, facts: Facts) -> StatementResult:
    parts = [part for part in (_in_doubt(group, facts), statement.when) if part is not None]
    finding = evaluate(parts[0] if len(parts) == 1 else AllOf(all=tuple(parts)), facts) if parts else None
    return StatementResult(
        id=statement.id,
        text=statement.text,
        body=group.body,
        year=group.year,
        strength=statement.strength,
        direction=statement.direction,
        opinion=statement.opinion,
        applies=finding.truth if finding else Truth.MET,
        reason=finding.reason if finding else "",
        source=statement.source,
    )


def _in_doubt(group: GuidelineGroup, facts: Facts) -> Criterion | None:
    """Return the disease that a document is about, unless it is surely that of the case, of which nothing is said."""
    return None if group.about is None or truth_of(group.about, facts) is Truth.MET else group.about


def _nearest(library: EvidenceLibrary, facts: Facts, option: SequencingOption) -> tuple[str, ...]:
    """Return the ids of the cohorts of its regimen, nearest first; none about another kind of disease.

    The kind of disease first: certain before open, leptomeningeal disease last while not confirmed, one class of
    metastases before several. Then all stated criteria met; fewest differences; how the study was made; the larger n.
    It never depends on how good a result was.
    """

    meninges = facts.read("leptomeningeal_disease").value == Among.exactly(True)

    def distance(result: CohortResult) -> tuple[object, ...]:
        return (
            result.kind is not Truth.MET,
            result.cohort.cns_class is CohortClass.LEPTOMENINGEAL and not meninges,
            result.cohort.cns_class.breadth,
            result.outcome != "all_met",
            result.population.not_met + result.entry.not_met,
            library.places[result.id],
        )

    results = [compare(library, facts, id_) for id_ in library.cohorts_of_option[option.id]]
    of_this_kind = [result for result in results if result.kind is not Truth.NOT_MET]
    return tuple([result.id for result in sorted(of_this_kind, key=distance)])
