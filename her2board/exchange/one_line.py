"""What keeps drugs from being one line of therapy, whatever they were read from."""

from collections.abc import Set as AbstractSet

from her2board.case.drugs import Vocabulary

TOGETHER_DAYS = 14
"""Drugs that start within so many days of the first may be one line; the program's own threshold."""


def are_alternatives(mine: AbstractSet[str], others: AbstractSet[str], vocabulary: Vocabulary) -> bool:
    """Tell whether two drugs are not given together: two antibody-drug conjugates."""
    classes = [frozenset(vocabulary.members(c.id)) for c in vocabulary.entries.classes if c.one_at_a_time]
    return any(mine & members and (others - mine) & members for members in classes)
