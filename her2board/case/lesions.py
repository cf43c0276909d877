"""What the lesion table says of number and size; a resected lesion is no longer there."""

from her2board.case.model import Case, Count, Lesion
from her2board.case.treatment import had_local
from her2board.wording import tr

_MEASURABLE_MM = 10
_MEASURABLE_ACROSS_MM = 5
"""RANO-BM: the least longest and perpendicular diameters of a measurable enhancing lesion (abstract O7.01, 2014)."""


def lesions_left(case: Case) -> tuple[tuple[Lesion, ...], tuple[Lesion, ...]]:
    """Return the lesions that are surely left, and those whose state is not recorded and that may be resected."""
    operated = had_local(case, "brain_surgery").value is not False
    left = [lesion for lesion in case.brain.lesions.items if lesion.state != "resected"]
    perhaps = tuple(lesion for lesion in left if operated and lesion.state is None)
    return tuple(lesion for lesion in left if not operated or lesion.state is not None), perhaps


def count_words(count: Count) -> str:
    """Return a lesion count in words: '20', '5 to 8', '2 or more', 'diffuse'."""
    if count.diffuse:
        return tr("diffuse")
    if count.high is None:
        return tr("{low} or more").format(low=count.low)
    return str(count.low) if count.low == count.high else tr("{low} to {high}").format(low=count.low, high=count.high)


def largest_listed(case: Case) -> tuple[float | None, float | None]:
    """Return the least and the most the largest lesion left can measure, in mm; None where it is not known."""
    surely, perhaps = lesions_left(case)
    sizes = [lesion.diameter_mm for lesion in (*surely, *perhaps)]
    known = [size for size in sizes if size is not None]
    closed = case.brain.lesions.completeness == "complete" and len(known) == len(sizes)
    at_least = max((lesion.diameter_mm for lesion in surely if lesion.diameter_mm is not None), default=None)
    return at_least, max(known, default=None) if closed else None


def measurable_by_size(case: Case) -> bool | None:
    """Return whether a lesion has the size of a measurable one, by RANO-BM; None where it is not known.

    Yes needs both diameters, contrast, and a lesion that is new, untreated, or progressing without necrosis in
    question; no needs every lesion below the size. Whether its borders can be measured is for radiology to say.
    """
    brain = case.brain
    surely, perhaps = lesions_left(case)
    if brain.contrast and any(_large_enough(lesion) and _never_treated(case, lesion) for lesion in surely):
        return True
    none_left = brain.lesion_count is not None and brain.lesion_count.high == 0
    small = brain.largest_mm is not None and brain.largest_mm < _MEASURABLE_MM
    whole = brain.lesions.completeness == "complete"
    all_small = whole and all(_large_enough(lesion) is False for lesion in (*surely, *perhaps))
    return False if none_left or small or all_small else None


def _large_enough(lesion: Lesion) -> bool | None:
    longest, across = lesion.diameter_mm, lesion.perpendicular_mm
    if (longest is not None and longest < _MEASURABLE_MM) or (across is not None and across < _MEASURABLE_ACROSS_MM):
        return False
    return None if longest is None or across is None else True


def _never_treated(case: Case, lesion: Lesion) -> bool:
    """Return whether no earlier treatment hinders measuring a lesion."""
    progressing = lesion.state == "treated_progressing" and case.brain.necrosis_in_question is False
    return lesion.state in ("new", "untreated") or progressing
