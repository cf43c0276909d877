"""Strong Kleene logic: MET, NOT_MET and UNKNOWN."""

from collections.abc import Iterable
from enum import StrEnum


class Truth(StrEnum):
    """Result of a criterion."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    UNKNOWN = "UNKNOWN"


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene AND; MET for nothing at all."""
    seen = set(truths)
    if Truth.NOT_MET in seen:
        return Truth.NOT_MET
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.MET


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene OR; NOT_MET for nothing at all."""
    seen = set(truths)
    if Truth.MET in seen:
        return Truth.MET
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.NOT_MET


def negate(truth: Truth) -> Truth:
    """Kleene NOT; UNKNOWN stays UNKNOWN."""
    return {Truth.MET: Truth.NOT_MET, Truth.NOT_MET: Truth.MET, Truth.UNKNOWN: Truth.UNKNOWN}[truth]


def over_all_points(holds: Iterable[bool]) -> Truth:
    """Truth of a comparison over every possible value: MET if all hold, NOT_MET if none, else UNKNOWN."""
    seen = set(holds)
    if len(seen) != 1:
        return Truth.UNKNOWN
    return Truth.MET if True in seen else Truth.NOT_MET
