"""How much room words take in a file that another program lays out: estimated, on the safe side."""

from math import ceil

from her2board.briefing.model import Words

_LETTER, LEADING = 0.52, 1.2
"""Width of a letter and height of a line, in sizes of the type."""


def length(words: Words) -> int:
    """Return how many characters some words have."""
    return sum(len(run.text) for run in words)


def line_count(characters: int, size: float, width: float) -> int:
    """Return over how many lines so many characters go, set in ``size`` and ``width`` points wide; one at least."""
    return max(ceil(characters * size * _LETTER / width), 1)
