"""What the lesion table says of number and size; a resected lesion is no longer there."""

from her2board.case.model import Case, Count, Lesion, Millimetres
from her2board.case.terms import CLASS_OF_STATE, CNS_CLASSES, CnsClass, LesionHistology
from her2board.case.treatment import had_local
from her2board.logic.values import Subset
from her2board.wording import tr

_MEASURABLE_MM = 10
_MEASURABLE_ACROSS_MM = 5
"""RANO-BM: the least longest and perpendicular diameters of a measurable enhancing lesion (abstract O7.01, 2014)."""
UNLIKELY_MM = 100
"""From here a size of a lesion may be millimetres that were taken for centimetres, and is asked about."""
NECROSIS: tuple[LesionHistology, ...] = ("necrosis", "necrosis_and_tumour")
"""Histology in which radiation necrosis was found."""


def lesions_left(case: Case) -> tuple[tuple[Lesion, ...], tuple[Lesion, ...]]:
    """Return the lesions that are surely left, and those whose state is not recorded and that may be resected."""
    operated = had_local(case, "brain_surgery").value is not False
    left = [lesion for lesion in case.brain.lesions.items if lesion.state != "resected"]
    perhaps = tuple(lesion for lesion in left if operated and lesion.state is None)
    return tuple(lesion for lesion in left if not operated or lesion.state is not None), perhaps


def none_left(case: Case) -> bool:
    """Return whether it is recorded that no metastasis is left: by number, by a complete table, or in so many words."""
    brain = case.brain
    surely, perhaps = lesions_left(case)
    counted = brain.lesion_count is not None and brain.lesion_count.high == 0
    listed = brain.lesions.completeness == "complete" and not perhaps
    return not surely and (counted or listed or brain.metastases_present is False)


def none_left_words(case: Case) -> str:
    """Return what is said where no metastasis is left: that there are none, where none was ever treated or resected."""
    treated = had_local(case, "local_therapy").value is not False
    resected = any(lesion.state == "resected" for lesion in case.brain.lesions.items)
    return tr("no lesion left") if treated or resected else tr("no brain metastases")


def lesions_listed(case: Case) -> Count | None:
    """Return the number the lesion table allows; None when it says nothing."""
    surely, perhaps = lesions_left(case)
    if case.brain.lesions.completeness == "complete":
        return Count(low=len(surely), high=len(surely) + len(perhaps))
    return Count(low=len(surely)) if surely else None


def class_of(lesion: Lesion) -> CnsClass | None:
    """Return what a lesion adds to the status of CNS disease; proven necrosis alone makes it stable."""
    if lesion.histology == "necrosis":
        return "stable"
    return CLASS_OF_STATE[lesion.state] if lesion.state else None


def surely_progressing(lesion: Lesion) -> bool:
    """Return whether histology has shown tumour, so that necrosis is not in question for a progressing lesion."""
    return lesion.state == "treated_progressing" and lesion.histology == "tumour"


def necrosis_answered(case: Case) -> bool:
    """Return whether histology has shown tumour in every progressing lesion of a complete table."""
    table = case.brain.lesions
    progressing = [lesion for lesion in table.items if lesion.state == "treated_progressing"]
    whole = table.completeness == "complete" and all(lesion.state for lesion in table.items)
    return whole and bool(progressing) and all(map(surely_progressing, progressing))


def classes_listed(case: Case) -> Subset:
    """Return the classes that the lesions have as they are described, and those that others may have.

    A resected lesion counts as stable beside others; alone it is no longer there. Where every lesion may have been
    resected, none of the classes is sure.
    """
    table = case.brain.lesions
    there = bool(lesions_left(case)[0])
    classes = [class_of(lesion) for lesion in table.items if there or lesion.state != "resected"]
    has = frozenset(one for one in classes if one)
    whole = table.completeness == "complete" and None not in classes
    others = frozenset[str]() if whole else frozenset(CNS_CLASSES) - has
    return Subset(has, others) if there else Subset(frozenset[str](), has | others)


def with_necrosis_open(case: Case, classes: Subset) -> Subset:
    """Return classes in which what progresses may be stable, while radiotherapy may have caused necrosis.

    Not where somebody excluded it, nor of a lesion whose histology shows tumour.
    """
    if "progressing" not in classes.has or not _necrosis_open(case) or necrosis_answered(case):
        return classes
    sure = any(map(surely_progressing, case.brain.lesions.items))
    has = classes.has if sure else classes.has - {"progressing"}
    return Subset(has, (classes.maybe | {"progressing", "stable"}) - has)


def _necrosis_open(case: Case) -> bool:
    """Return whether necrosis is in question, or was not asked about after radiotherapy or what may have been one."""
    in_question = case.brain.necrosis_in_question
    return had_local(case, "brain_radiotherapy").value is not False if in_question is None else in_question


def none_progressing(case: Case) -> bool:
    """Return whether no lesion is called progressing, by the class recorded or by a table that describes them all."""
    if case.brain.cns_class is not None:
        return "progressing" not in case.brain.cns_class
    if none_left(case):
        return True
    listed = classes_listed(case)
    return bool(case.brain.lesions.items) and "progressing" not in listed.has | listed.maybe


def count_words(count: Count) -> str:
    """Return a lesion count in words: '20', '5 to 8', '2 or more', 'diffuse'."""
    if count.diffuse:
        return tr("diffuse")
    if count.high is None:
        return tr("{low} or more").format(low=count.low)
    return str(count.low) if count.low == count.high else tr("{low} to {high}").format(low=count.low, high=count.high)


def largest_listed(case: Case) -> Millimetres | None:
    """Return what the largest lesion left can measure; None where the lesion table does not say."""
    surely, perhaps = lesions_left(case)
    sizes = [lesion.diameter_mm for lesion in (*surely, *perhaps)]
    known = [size for size in sizes if size is not None]
    closed = case.brain.lesions.completeness == "complete" and len(known) == len(sizes)
    most = [(size.high, size.high_included) for size in known if size.high is not None]
    at_most = max(most) if closed and most and len(most) == len(known) else None
    present = [lesion.diameter_mm for lesion in surely if lesion.diameter_mm is not None]
    least = [(size.low, not size.low_included) for size in present if size.low is not None]
    at_least = max(least, default=None)
    if not present or (at_least is None and at_most is None):
        return None
    low, above = at_least or (None, False)
    high, included = at_most or (None, True)
    return Millimetres(low, high, not above, included)


def narrowed(one: Millimetres, other: Millimetres) -> Millimetres | None:
    """Return the sizes that both allow; None where they disagree."""
    if one.surely_above(other) or other.surely_above(one):
        return None
    least = [(size.low, not size.low_included) for size in (one, other) if size.low is not None]
    most = [(size.high, size.high_included) for size in (one, other) if size.high is not None]
    low, above = max(least, default=(None, False))
    high, included = min(most, default=(None, True))
    return Millimetres(low, high, not above, included)


def measurable_by_size(case: Case) -> bool | None:
    """Return whether a lesion has the size of a measurable one, by RANO-BM; None where it is not known.

    Yes needs both diameters, contrast, and a lesion that is new, untreated, or progressing without necrosis in
    question; no needs every lesion below the size. Whether its borders can be measured is for radiology to say.
    """
    brain = case.brain
    surely, perhaps = lesions_left(case)
    if brain.contrast and any(_large_enough(lesion) and _never_treated(case, lesion) for lesion in surely):
        return True
    small = brain.largest_mm is not None and brain.largest_mm.at_least(_MEASURABLE_MM) is False
    whole = brain.lesions.completeness == "complete"
    all_small = whole and all(_large_enough(lesion) is False for lesion in (*surely, *perhaps))
    return False if none_left(case) or small or all_small else None


def _large_enough(lesion: Lesion) -> bool | None:
    longest = lesion.diameter_mm.at_least(_MEASURABLE_MM) if lesion.diameter_mm else None
    across = lesion.perpendicular_mm.at_least(_MEASURABLE_ACROSS_MM) if lesion.perpendicular_mm else None
    if False in (longest, across):
        return False
    return True if longest and across else None


def _never_treated(case: Case, lesion: Lesion) -> bool:
    """Return whether no earlier treatment hinders measuring a lesion."""
    progressing = lesion.state == "treated_progressing" and case.brain.necrosis_in_question is False
    return lesion.state in ("new", "untreated") or progressing or surely_progressing(lesion)
