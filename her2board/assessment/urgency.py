"""Whether a person recorded urgency. Nothing here is computed from thresholds."""

from her2board.logic.values import Among, Facts

_YES = Among.exactly(True)


def is_urgent(facts: Facts) -> bool:
    """Return whether a person recorded any urgent sign, or described urgency in words."""
    return facts.read("urgency").value == _YES
