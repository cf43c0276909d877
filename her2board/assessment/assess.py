"""Case x evidence x date -> assessment. A pure function."""

from datetime import date

from her2board.assessment.clinic import as_built
from her2board.assessment.cohorts import compare_cohorts
from her2board.assessment.gaps import ask_next
from her2board.assessment.local import local_result
from her2board.assessment.model import Assessment
from her2board.assessment.options import stand_options
from her2board.assessment.pause import pause_before_wbrt
from her2board.assessment.readiness import marked, readiness
from her2board.case.by_section import BySection
from her2board.case.catalogue import read_facts
from her2board.case.contradictions import contradictions
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary


def assess(case: Case, library: EvidenceLibrary, as_of: date, previous: Assessment | None = None) -> Assessment:
    """Return the assessment of ``case`` on ``as_of``.

    ``previous``, made with the same library, saves work: a result that read no changed fact is taken from it. The
    result is the same with or without it. A packet build compares with nothing, whatever library it is given.
    """
    library = as_built(library)
    known = BySection(case, previous.known if previous is not None and previous.as_of == as_of else None)
    found = contradictions(case, library.vocabulary, known)
    ready = readiness(case, library, as_of, known)
    facts = marked(read_facts(case, library.readable, library.vocabulary, as_of, known), found, ready.stale, library)
    if previous is not None:
        facts = facts.building_on(previous.facts)
    pause = pause_before_wbrt(library, case, facts)
    return Assessment(
        case_code=case.code,
        as_of=as_of,
        release=library.release.version,
        facts=facts,
        contradictions=found,
        cohorts=compare_cohorts(library, facts),
        options=stand_options(library, facts),
        pause=pause,
        ask_next=ask_next(library, case, facts, pause),
        readiness=ready,
        known=known,
        local=local_result(library, facts),
    )
