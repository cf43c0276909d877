"""Finds sizes in a sentence, and which of them are of now: not an earlier scan, a bound or a shift."""

import re
from typing import Literal

from msgspec import Struct

from her2board.capture.report.model import Document, Sentence
from her2board.capture.report.patterns import compiled, named
from her2board.capture.report.values import as_written, number_of

Standing = Literal["now", "earlier", "bound", "other"]
_SIZE = compiled(
    r"(?<![\d.,/+-])(?P<a>{number})(?: ?(?P<ua>{unit}))?(?: ?(?:x|by|mal|\*) ?(?P<b>{number})(?: ?(?P<ub>{unit}))?)?"
    r"(?: ?(?:x|by|mal|\*) ?(?P<c>{number}))?[ -]?(?P<unit>{unit})(?![\w/])"
)
_FROM_TO = named("sizes_from_to")
_BOUND = named("sizes_bound")
_EARLIER_BEFORE = named("sizes_earlier_before")
_EARLIER_AFTER = named("sizes_earlier_after")
_BRACKETED = re.compile(r"\d ?[mc]m \(\s?$")
_OTHER_AFTER = named("sizes_other_after")
_OTHER_BEFORE = named("sizes_other_before")
_NOW_BEFORE = named("sizes_now_before")
_GROWN = named("sizes_grown")


class Size(Struct, frozen=True):
    """One size with its axes in millimetres, the longest first, and whether it is a lesion's of now."""

    start: int
    end: int
    axes: tuple[float | int, ...]
    standing: Standing


def find_sizes(document: Document, sentence: Sentence) -> tuple[Size, ...]:
    """Return the sizes of a sentence in their order."""
    text, low, high = document.marked, sentence.start, sentence.end
    earlier_of_pair = [match.span("a") for match in _FROM_TO.finditer(text, low, high)]
    found: list[Size] = []
    for match in _SIZE.finditer(text, low, high):
        axes = _axes(match)
        standing = _standing(text, match.start(), match.end(), low, high)
        if any(start <= match.start() < end for start, end in earlier_of_pair):
            standing = "earlier"
        if axes:
            found.append(Size(match.start(), match.end(), axes, standing))
    return _with_now(text, tuple(found))


def _with_now(text: str, sizes: tuple[Size, ...]) -> tuple[Size, ...]:
    """Return the sizes with those before a 'now measures' made earlier: 'from 12 to 17 mm and now measures 21 mm'."""
    nows = [
        size
        for size in sizes
        if size.standing == "now" and _NOW_BEFORE.search(text[max(size.start - 60, 0) : size.start])
    ]
    if len(nows) != 1 or len(sizes) < 2:
        return sizes
    return tuple(
        Size(size.start, size.end, size.axes, "earlier")
        if size.standing == "now"
        and size is not nows[0]
        and _GROWN.search(text[size.start - 60 if size.start > 60 else 0 : nows[0].start])
        else size
        for size in sizes
    )


def _standing(text: str, start: int, end: int, low: int, high: int) -> Standing:
    before, after = text[max(low, start - 50) : start], text[end : min(high, end + 45)]
    if _BOUND.search(before):
        return "bound"
    if _OTHER_AFTER.match(after) or _OTHER_BEFORE.search(before):
        return "other"
    if _NOW_BEFORE.search(before):
        return "now"
    if _BRACKETED.search(before) and after.startswith(")"):
        return "earlier"
    return "earlier" if _EARLIER_BEFORE.search(before) or _EARLIER_AFTER.match(after) else "now"


def is_of_now(document: Document, start: int, end: int) -> bool:
    """Tell whether a size is measured now: not earlier, a bound or a shift."""
    return _standing(document.marked, start, end, 0, len(document.marked)) == "now"


def _axes(match: re.Match[str]) -> tuple[float | int, ...]:
    """Return the axes in millimetres; none where a unit is missing between two, or a size no lesion can have."""
    unit = match["unit"]
    numbers = [(match["a"], match["ua"] or unit), *((match[n], unit) for n in "bc" if match[n])]
    axes = [number_of(text) * (10 if scale.startswith("c") else 1) for text, scale in numbers]
    if any(not 0 < axis <= 150 for axis in axes):
        return ()
    return tuple(as_written(round(axis, 2)) for axis in sorted(axes, reverse=True))


def axes_in(text: str) -> tuple[float | int, ...]:
    """Return the axes that a text is, in millimetres; none where it is no size."""
    match = _SIZE.search(text)
    return _axes(match) if match else ()
