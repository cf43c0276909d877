"""Finds facts of one case that cannot both be so. Both are kept and shown; nothing is corrected."""

from her2board.case.contradictions import brain, dates, drugs, lesions, lines, neurology, organs, tumour, urgency
from her2board.case.contradictions.declare import Contradiction
from her2board.case.drugs import Vocabulary
from her2board.case.model import Case

__all__ = ["SECTIONS", "Contradiction", "contradictions"]

SECTIONS = (
    urgency.rules,
    brain.rules,
    lesions.rules,
    neurology.rules,
    tumour.rules,
    dates.rules,
    lines.rules,
    organs.rules,
    drugs.rules,
)
"""The rules in the order of the form; what takes the names of drugs comes last."""


def contradictions(case: Case, vocabulary: Vocabulary) -> tuple[Contradiction, ...]:
    """Return every contradiction of the case, in the order of the form."""
    return tuple(found for rules in SECTIONS for found in rules.found(case, vocabulary))
