"""Strong Kleene logic: MET, NOT_MET and UNKNOWN."""

from collections.abc import Iterable, Sequence
from enum import StrEnum


class Truth(StrEnum):
    """Result of a criterion."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    UNKNOWN = "UNKNOWN"


def all_of(truths: Sequence[Truth]) -> Truth:
    """Kleene AND; MET for nothing at all."""
    if Truth.NOT_MET in truths:
        return Truth.NOT_MET
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.MET


def any_of(truths: Sequence[Truth]) -> Truth:
    """Kleene OR; NOT_MET for nothing at all."""
    if Truth.MET in truths:
        return Truth.MET
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.NOT_MET


def negate(truth: Truth) -> Truth:
    """Kleene NOT; UNKNOWN stays UNKNOWN."""
    return {Truth.MET: Truth.NOT_MET, Truth.NOT_MET: Truth.MET, Truth.UNKNOWN: Truth.UNKNOWN}[truth]


def over_all_points(holds: Iterable[bool]) -> Truth:
    """Truth of a comparison over every possible value: MET if all hold, NOT_MET if none, else UNKNOWN."""
    seen = set(holds)
    if len(seen) != 1:
        return Truth.UNKNOWN
    return Truth.MET if True in seen else Truth.NOT_MET
