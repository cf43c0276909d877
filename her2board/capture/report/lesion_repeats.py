"""Finds lesions that a report names twice: in its findings, and again in its conclusion under a wider name."""

import re

from msgspec.structs import replace

from her2board.capture.report.lesions import Lesion
from her2board.capture.report.model import Document
from her2board.capture.report.sites import Site

_SIDE = re.compile(r"(?<!\w)(?:left|right|bilateral)(?!\w)")
_GENERAL = frozenset(
    ("lobe", "gyrus", "region", "hemisphere", "cortex", "pole", "area", "of", "the", "white", "matter")
)
"""Words of a site that do not tell one place of a side from another."""
_STEM = 6
"""Letters in which 'cerebellar' and 'cerebellum' are the same."""
_SAME = {"vermian": "vermis", "pontine": "pons"}
_LARGEST = re.compile(r"(?<!\w)(?:largest|biggest|dominant)(?!\w)")


def without_repeats(document: Document, lesions: tuple[Lesion, ...]) -> tuple[Lesion, ...]:
    """Return lesions, each once: the fuller of two names for one, and new where one of them says so."""
    kept: list[Lesion] = []
    for lesion in sorted(lesions, key=lambda one: one.start):
        same = [one for one in kept if _says_again(document, lesion, one)]
        if not same:
            kept.append(lesion)
        elif len(same) == 1:
            kept[kept.index(same[0])] = _fuller(same[0], lesion)
    return tuple(kept)


def _says_again(document: Document, later: Lesion, earlier: Lesion) -> bool:
    """Tell whether the conclusion, or a clause on the largest, names a lesion again that was measured above."""
    if later.because is not None or earlier.because is not None or later.sentence == earlier.sentence:
        return False
    concluding = later.sentence.role == "impression" and earlier.sentence.role != "impression"
    if not concluding and not _LARGEST.search(document.plain, later.sentence.start, later.sentence.end):
        return False
    a, b = later.size.axes, earlier.size.axes
    return a[: len(b)] == b[: len(a)] and same_place(later.site, earlier.site)


def same_place(one: Site, other: Site) -> bool:
    """Tell whether one of two sites names a part of the other, or the same: sides are equal."""
    if set(_SIDE.findall(one.words)) != set(_SIDE.findall(other.words)):
        return False
    a, b = _stems(one), _stems(other)
    return bool(a and b) and (a <= b or b <= a)


def _stems(site: Site) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", _SIDE.sub(" ", site.words))
    return frozenset(_SAME.get(word, word)[:_STEM] for word in words if word not in _GENERAL)


def _fuller(one: Lesion, again: Lesion) -> Lesion:
    """Return a lesion as the fuller of its two mentions says it, new where either does."""
    more = (len(again.size.axes), len(_stems(again.site))) > (len(one.size.axes), len(_stems(one.site)))
    fuller, other = (again, one) if more else (one, again)
    return replace(fuller, new=fuller.new or other.new)
