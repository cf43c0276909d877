"""What the lesion table says of number and size; a resected lesion is no longer there."""

from her2board.case.model import Case, Lesion
from her2board.case.treatment import had_local


def lesions_left(case: Case) -> tuple[tuple[Lesion, ...], tuple[Lesion, ...]]:
    """Return the lesions that are surely left, and those whose state is not recorded and that may be resected."""
    operated = had_local(case, "brain_surgery").value is not False
    left = [lesion for lesion in case.brain.lesions.items if lesion.state != "resected"]
    perhaps = tuple(lesion for lesion in left if operated and lesion.state is None)
    return tuple(lesion for lesion in left if not operated or lesion.state is not None), perhaps


def largest_listed(case: Case) -> tuple[float | None, float | None]:
    """Return the least and the most the largest lesion left can measure, in mm; None where it cannot be told."""
    surely, perhaps = lesions_left(case)
    sizes = [lesion.diameter_mm for lesion in (*surely, *perhaps)]
    known = [size for size in sizes if size is not None]
    closed = case.brain.lesions.completeness == "complete" and len(known) == len(sizes)
    at_least = max((lesion.diameter_mm for lesion in surely if lesion.diameter_mm is not None), default=None)
    return at_least, max(known, default=None) if closed else None
