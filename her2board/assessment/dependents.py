"""What a fact can change, in whatever case: the facts that each cohort and option reads of a case recording nothing."""

from datetime import date
from typing import NamedTuple

from her2board.assessment.cohorts import compare
from her2board.assessment.options import stand
from her2board.case.catalogue import read_facts
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary


class Dependents(NamedTuple):
    """By id: the facts that can change a cohort, and an option."""

    cohorts: dict[str, frozenset[str]]
    options: dict[str, frozenset[str]]


def dependents(library: EvidenceLibrary) -> Dependents:
    """Return the facts each cohort and option of a release depends on; with nothing recorded, all of them are read."""
    facts = read_facts(Case(code="none"), library.readable, library.vocabulary, date.min)
    return Dependents(
        {id_: facts.noting(compare, library, facts, id_)[1] for id_ in library.cohorts_by_id},
        {option.id: facts.noting(stand, library, facts, option)[1] for option in library.options},
    )
