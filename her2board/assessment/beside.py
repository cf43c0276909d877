"""Whether one of the options that an option goes beside is left: present drugs go on beside a local therapy."""

from collections.abc import Iterable, Sequence

from her2board.assessment.model import CohortFinding, OptionResult, Standing
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.evaluate import Finding, evaluate
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from her2board.wording import tr

_GONE: tuple[Standing, ...] = ("facts_against", "already_used")
_OPEN: Standing = "cannot_tell"


def one_is_left(library: EvidenceLibrary, others: Sequence[OptionResult], facts: Facts) -> CohortFinding:
    """Return the criterion that one of the other options is left, with the facts that decide it or are missing."""
    left = [other for other in others if other.standing not in _GONE]
    open_ = [other for other in left if other.standing == _OPEN]
    truth = Truth.NOT_MET if not left else Truth.UNKNOWN if len(open_) == len(left) else Truth.MET
    telling = [other for other in left if other not in open_] if truth is Truth.MET else left or others
    said = [one for other in telling for one in _decided(library, other, facts, truth)]
    left_words = tr("{names}: for discussion").format(names=_names(telling))
    finding = Finding(
        text=tr("one of these is left: {names}").format(names=_names(others)),
        truth=truth,
        reason=left_words if truth is Truth.MET else "; ".join(dict.fromkeys(one.reason for one in said)),
        facts_used=_named(one.facts_used for one in said),
        facts_missing=_named(one.facts_missing for one in said) if truth is Truth.UNKNOWN else (),
    )
    return CohortFinding("population", finding.text, finding, None)


def _decided(library: EvidenceLibrary, other: OptionResult, facts: Facts, truth: Truth) -> Iterable[Finding]:
    """Yield what speaks of an option as ``truth`` says, a refusal first."""
    refusal = evaluate(library.declined[other.id], facts)
    if truth is Truth.NOT_MET and refusal.truth is Truth.MET:
        yield refusal
    if other.option.used_when is not None and (used := evaluate(other.option.used_when, facts)).truth is Truth.UNKNOWN:
        yield from [used] if truth is Truth.UNKNOWN else []
    yield from (one.finding for one in other.findings if one.truth is truth)


def _names(options: Iterable[OptionResult]) -> str:
    return ", ".join(one.option.brief or one.option.name for one in options)


def _named(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in groups for name in names))
