"""Case x evidence x date -> assessment. A pure function."""

from datetime import date

from her2board.assessment.cohorts import compare_cohorts
from her2board.assessment.gaps import ask_next
from her2board.assessment.model import Assessment, CohortResult, OptionResult
from her2board.assessment.options import stand_options
from her2board.assessment.pause import is_urgent, pause_before_wbrt
from her2board.assessment.readiness import marked, readiness
from her2board.case.contradictions import contradictions
from her2board.case.derived import read_facts
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Facts


def assess(case: Case, library: EvidenceLibrary, as_of: date, previous: Assessment | None = None) -> Assessment:
    """Return the assessment of ``case`` on ``as_of``.

    ``previous``, made with the same library, saves work: what hangs on no changed fact is taken from it. The
    result is the same with or without it.
    """
    found = contradictions(case, library.vocabulary)
    ready = readiness(case, library, as_of)
    facts = marked(read_facts(case, library.readable, library.vocabulary, as_of), found, ready.stale, library)
    still = _Still(library, facts, previous)
    cohorts = compare_cohorts(library, facts, still.cohorts)
    options = stand_options(library, facts, cohorts, is_urgent(facts), still.options)
    pause = pause_before_wbrt(library, case, facts)
    return Assessment(
        case_code=case.code,
        as_of=as_of,
        release=library.release.version,
        facts=facts,
        contradictions=found,
        cohorts=cohorts,
        options=options,
        pause=pause,
        ask_next=ask_next(library, case, facts, cohorts, options, pause),
        readiness=ready,
    )


class _Still:
    """What of an earlier assessment still stands: results that hang on no changed fact."""

    def __init__(self, library: EvidenceLibrary, facts: Facts, previous: Assessment | None) -> None:
        self.cohorts: dict[str, tuple[CohortResult, ...]] = {}
        self.options: dict[str, OptionResult] = {}
        if previous is None or previous.as_of != facts.as_of:
            return
        before = previous.facts.readings
        changed = {name for name, reading in facts.readings.items() if before.get(name) != reading}
        by_trial: dict[str, list[CohortResult]] = {}
        for result in previous.cohorts:
            by_trial.setdefault(result.trial.id, []).append(result)
        for id_, names in library.facts_of_trial.items():
            if id_ in by_trial and names.isdisjoint(changed):
                self.cohorts[id_] = tuple(by_trial[id_])
        if "urgency" not in changed:
            self.options = {r.id: r for r in previous.options if library.facts_of_option[r.id].isdisjoint(changed)}
