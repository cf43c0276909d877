"""Finds facts of one case that cannot both be so. Both are kept and shown; nothing is corrected."""

from functools import partial
from itertools import chain

from her2board.case.by_section import BySection
from her2board.case.contradictions import (
    brain,
    dates,
    drugs,
    lesions,
    lines,
    meeting,
    neurology,
    organs,
    tumour,
    urgency,
)
from her2board.case.contradictions.declare import Contradiction, Rules
from her2board.case.drugs import Vocabulary
from her2board.case.model import Case

__all__ = ["SECTIONS", "Contradiction", "contradictions"]

SECTIONS = (
    meeting.rules,
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


def contradictions(case: Case, vocabulary: Vocabulary, known: BySection | None = None) -> tuple[Contradiction, ...]:
    """Return every contradiction of the case, in the order of the form; ``known``, made for the case, saves work."""
    known = known or BySection(case)
    found = [known.once(("contradictions", n), partial(_found, rules, vocabulary)) for n, rules in enumerate(SECTIONS)]
    return tuple(chain.from_iterable(found))


def _found(rules: Rules, vocabulary: Vocabulary, case: Case) -> tuple[Contradiction, ...]:
    return tuple(rules.found(case, vocabulary))
