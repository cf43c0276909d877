"""The lesions as a picture: one dot each, scaled by the diameter the case records."""

from collections import Counter
from typing import get_args

from her2board.briefing.formats import typed
from her2board.briefing.model import Run, Words
from her2board.briefing.zones.rows import Dot, LesionPicture
from her2board.case.from_lists import from_lists
from her2board.case.growth import growth
from her2board.case.lesions import lesions_left
from her2board.case.model import Case, Count, Lesion, Millimetres
from her2board.case.terms import Growth, spoken
from her2board.wording import tr

_FEW = 2
"""Lesions whose histology or growth is on the page, the annex has all; fewer sizes are not drawn."""
_LISTED = ("case:brain.lesions",)
_SIZES = ("case:brain.largest_mm", "case:brain.lesions")


def lesion_picture(case: Case) -> LesionPicture | None:
    """Return the lesions left as dots, sites together, largest first; nothing where neither number nor size is known.

    Lesions that are counted but not described are dots without a size; none is invented beyond the count.
    """
    brain = case.brain
    count = brain.lesion_count
    if count is not None and count.diffuse:
        return None
    listed = [_dot(lesion.diameter_mm, lesion.site or "") for left in lesions_left(case) for lesion in left]
    if not listed and brain.largest_mm is not None and (count is None or count.low > 0):
        listed = [_dot(brain.largest_mm)]
    undescribed = max((count.low if count else 0) - len(listed), 0)
    dots = (*_by_site(listed), *(Dot(None) for _ in range(undescribed)))
    if sum(dot.diameter_mm is not None for dot in dots) < _FEW:  # one size is in words already
        return None
    largest = max((dot for dot in dots if dot.words), key=lambda dot: dot.diameter_mm or 0.0, default=None)
    in_words = brain.largest_mm is not None or "brain.largest_mm" in from_lists(case)
    scale = (
        Run(tr("largest {size}").format(size=largest.words), "muted", origin=_SIZES)
        if largest is not None and not in_words
        else None
    )
    return LesionPicture(dots, scale, _more(case, count, len(dots)))


def growth_words(case: Case) -> Words:
    """Return how many lesions are new, grown, unchanged or smaller; nothing where nobody compared them."""
    counts = Counter(lesion.growth for lesion in case.brain.lesions.items if lesion.growth)
    words = ", ".join(f"{counts[growth]} {tr(spoken(growth))}" for growth in get_args(Growth) if counts[growth])
    return (Run(words, origin=("count:lesions by growth",)),) if words else ()


def new_count(case: Case) -> Words:
    """Return how many lesions are described as new beside others; nothing where all of them are."""
    new, left = _new(case)
    if not new or len(new) == left:
        return ()
    return (Run(tr("{n} new").format(n=len(new)), "bold", origin=("count:new lesions",)),)


def new_words(case: Case) -> Words:
    """Return the lesions that are new beside others, with site and size."""
    new, left = _new(case)
    if not new or len(new) == left:
        return ()
    found: list[Run] = []
    for lesion in new[:_FEW]:
        found.append(Run(", " if found else tr("new: ")))
        found += (*typed("brain.lesions", lesion.site), Run(" ")) if lesion.site else ()
        found.append(Run(lesion.diameter_mm.shown() if lesion.diameter_mm else tr("size not recorded"), origin=_LISTED))
    if len(new) > _FEW:
        found.append(Run(tr("; {n} more").format(n=len(new) - _FEW), origin=("count:new lesions",)))
    return tuple(found)


def _new(case: Case) -> tuple[list[Lesion], int]:
    """Return the lesions left that are described as new, and how many are left."""
    left = [lesion for several in lesions_left(case) for lesion in several]
    return [lesion for lesion in left if lesion.state == "new"], len(left)


def change_words(case: Case) -> Words:
    """Return how the sizes of lesions changed since the last earlier one, computed here; the largest changes first."""
    measured = [(steps[0], lesion) for lesion in case.brain.lesions.items if (steps := growth(case, lesion))]
    measured.sort(key=lambda one: -max(abs(one[0].low_mm), abs(one[0].high_mm)))
    found: list[Run] = []
    for step, lesion in measured[:_FEW]:
        found.append(Run("; " if found else tr("by the sizes, computed here: "), origin=_LISTED))
        found += (*typed("brain.lesions", lesion.site), Run(" ")) if lesion.site else ()
        found.append(Run(step.words, "bold", origin=_LISTED))
    if len(measured) > _FEW:
        found.append(Run(tr("; {n} more").format(n=len(measured) - _FEW), origin=("count:lesions with growth",)))
    return tuple(found)


def histology_words(case: Case) -> Words:
    """Return what histology showed of single lesions, with site and day."""
    found: list[Run] = []
    known = [lesion for lesion in case.brain.lesions.items if lesion.histology]
    for lesion in known[:_FEW]:
        found.append(Run("; " if found else tr("histology: "), origin=_LISTED))
        found += (*typed("brain.lesions", lesion.site), Run(" ")) if lesion.site else ()
        day = f" ({lesion.histology_date.shown()})" if lesion.histology_date else ""
        found.append(Run(f"{spoken(lesion.histology or '')}{day}", "bold", origin=_LISTED))
    if len(known) > _FEW:
        found.append(Run(tr("; {n} more").format(n=len(known) - _FEW), origin=("count:lesions with histology",)))
    return tuple(found)


def _dot(size: Millimetres | None, site: str = "") -> Dot:
    if size is None:
        return Dot(None, site)
    return Dot(size.low if size.high is None else size.high, site, size.shown())


def _by_site(dots: list[Dot]) -> tuple[Dot, ...]:
    """Put dots of one site together, the site with the largest lesion first."""
    sites: dict[str, list[Dot]] = {}
    for dot in sorted(dots, key=lambda dot: -(dot.diameter_mm or 0.0)):
        sites.setdefault(dot.site, []).append(dot)
    return tuple(dot for group in sites.values() for dot in group)


def _more(case: Case, count: Count | None, drawn: int) -> Words:
    if count is None:
        closed = case.brain.lesions.completeness == "complete"
        return () if closed else (Run(tr("number not recorded"), "italic"),)
    if count.high is None:
        return (Run(tr("or more"), "muted"),)
    words = tr("to {n}").format(n=count.high)
    return (Run(words, "muted", origin=("case:brain.lesion_count",)),) if count.high > drawn else ()
