"""Which cases a change of the evidence can touch at all: the others need not be read twice."""

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from her2board.assessment.cohorts import compare
from her2board.assessment.options import stand
from her2board.assessment.readiness import marked, readiness
from her2board.case.by_section import BySection
from her2board.case.catalogue import read_facts
from her2board.case.contradictions import contradictions
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.truth import Truth
from her2board.logic.values import Facts

_OF_THE_RELEASE = ("version", "as_of", "review_by", "content_hash", "amber_after_days", "red_after_days")
"""What is another in every release, and changes no reading of a case."""

_NOT_ON_THE_PAGE = ("phase", "registry", "note", "discrepancies", "criteria_read", "criteria_read_on")
"""What a page says nothing of: fields of a trial."""


class Touch(Struct, frozen=True):
    """What two releases do not say alike."""

    everywhere: bool
    """Something every case may depend on: a list of the release, the vocabulary, the words before radiation."""
    trials: frozenset[str]
    cohorts: tuple[str, ...]
    """'trial/cohort' of those trials, in either release."""
    same_facts: bool
    """Whether both read the same facts of a case: then they are read once."""
    options: tuple[str, ...]
    """Those that changed, or that something changed speaks of."""


def touch_of(old: EvidenceLibrary, new: EvidenceLibrary) -> Touch:
    """Return what a change of the evidence may touch."""
    trials = frozenset(_differing(old.trials_by_id, new.trials_by_id))
    cohorts = [id_ for library in (old, new) for id_ in library.cohorts_by_id if id_.partition("/")[0] in trials]
    options = {*_differing(old.options_by_id, new.options_by_id)}
    for library in (old, new):
        options |= {
            id_ for id_, used in library.cohorts_of_option.items() if {one.split("/")[0] for one in used} & trials
        }
    for by_option in ("cautions_by_option", "statements_by_option", "conflicts_by_option"):
        options |= {*_differing(getattr(old, by_option), getattr(new, by_option))}
    everywhere = _differs_everywhere(old, new)
    same_facts = not everywhere and list(old.readable) == list(new.readable)
    return Touch(everywhere, trials, tuple(dict.fromkeys(cohorts)), same_facts, tuple(sorted(options)))


def _differs_everywhere(old: EvidenceLibrary, new: EvidenceLibrary) -> bool:
    shared = (name for name in old.references if name in new.references)
    return (
        old.release.model_dump(exclude={*_OF_THE_RELEASE}) != new.release.model_dump(exclude={*_OF_THE_RELEASE})
        or any(
            getattr(old, part) != getattr(new, part) for part in ("vocabulary", "pause", "background", "local_therapy")
        )
        or any(old.references[name] != new.references[name] for name in shared)
        or _without_option(old) != _without_option(new)
    )


def _without_option(library: EvidenceLibrary) -> list[Any]:
    return [entry for entry in library.statements.values() if not entry[1].options]


def _differing(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    return (name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name))


def is_touched(case: Case, old: EvidenceLibrary, new: EvidenceLibrary, touch: Touch, as_of: date) -> bool:
    """Return whether a case may read otherwise; of one that is not touched nothing does.

    Only what changed is compared with the case, and the options it is about.
    """
    if touch.everywhere:
        return True
    before = _facts(case, old, as_of)
    after = Facts(as_of, before.readings, before.waiting) if touch.same_facts else _facts(case, new, as_of)
    if before.readings != after.readings:
        return True
    if any(_cohort(old, before, id_) != _cohort(new, after, id_) for id_ in touch.cohorts):
        return True
    return any(_option(old, before, id_, touch) != _option(new, after, id_, touch) for id_ in touch.options)


def _facts(case: Case, library: EvidenceLibrary, as_of: date) -> Facts:
    known = BySection(case, None)
    found = contradictions(case, library.vocabulary, known)
    ready = readiness(case, library, as_of, known)
    return marked(read_facts(case, library.readable, library.vocabulary, as_of, known), found, ready.stale, library)


def _cohort(library: EvidenceLibrary, facts: Facts, id_: str) -> Hashable:
    """Return what else depends on the outcome of a cohort, and what it waits for; None for one that is not there."""
    if id_ not in library.cohorts_by_id:
        return None
    result = compare(library, facts, id_)
    waiting = (repr((one.criterion, one.finding.facts_missing)) for one in result.of(Truth.UNKNOWN))
    return result.outcome, result.order_class, result.kind, result.population, result.entry, tuple(waiting)


def _option(library: EvidenceLibrary, facts: Facts, id_: str, touch: Touch) -> object:
    """Return the standing of an option with all that is said of it, and its nearest cohort where its trial changed."""
    option = library.options_by_id.get(id_)
    if option is None:
        return None
    result = stand(library, facts, option)
    nearest = [library.cohorts_by_id[one] for one in result.cohorts[:1] if one.partition("/")[0] in touch.trials]
    shown = [(trial.model_dump(exclude={"cohorts", *_NOT_ON_THE_PAGE}), cohort) for trial, cohort in nearest]
    return result._replace(findings=(), cohorts=result.cohorts[:1]), shown
