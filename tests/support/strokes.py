"""Which strokes of a sheet run through the letters of a text."""

from collections.abc import Iterator
from itertools import pairwise

from her2board.pdf.blocks import Shape, Sheet, TextMark

_ASCENT, _DESCENT = 0.64, 0.14
"""Letters above and below the baseline, as parts of their size; a stroke may touch their edge."""
_SIDE = 0.3
"""Points a stroke may reach into the width of a text: widths are rounded."""
_DARK = 0.5
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def struck(sheet: Sheet) -> list[str]:
    """Return the texts that a stroke or a dark area crosses, unless a white area drawn later covers it there."""
    found = dict[str, None]()
    letters = [(mark, _letters(mark)) for mark in sheet.texts if mark.text.strip()]
    for number, shape in enumerate(sheet.shapes):
        for box in _ink(shape):
            for mark, around in letters:
                left = _common(box, around)
                if left and not _same_grey(shape, mark) and not _covered(left, sheet.shapes[number + 1 :]):
                    found[mark.text] = None
        for mark, around in letters:
            if _is_box(shape) and _common(_around(shape.points), around) and not _within(around, _around(shape.points)):
                found[mark.text] = None
    return list(found)


def _letters(mark: TextMark) -> Box:
    top, bottom = mark.y - _ASCENT * mark.size, mark.y + _DESCENT * mark.size
    return mark.x + _SIDE, top, mark.x + mark.width - _SIDE, bottom


def _ink(shape: Shape) -> Iterator[Box]:
    """Yield the boxes around the strokes of a shape, and around it where it is filled dark."""
    if shape.stroke is not None:
        yield from (_around(ends) for ends in pairwise(shape.points))
    if shape.fill is not None and shape.fill < _DARK:
        yield _around(shape.points)


def _is_box(shape: Shape) -> bool:
    """Tell whether a shape is a rectangle with an outline, which either holds a text as a whole or none of it."""
    return shape.stroke is not None and len(shape.points) == 5  # corners, the first twice


def _around(points: tuple[tuple[float, float], ...]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _common(one: Box, two: Box) -> Box | None:
    left, top = max(one[0], two[0]), max(one[1], two[1])
    right, bottom = min(one[2], two[2]), min(one[3], two[3])
    return (left, top, right, bottom) if left <= right and top <= bottom else None


def _same_grey(shape: Shape, mark: TextMark) -> bool:
    """Tell whether light letters are on a dark area, as they should be."""
    return shape.fill is not None and shape.fill < _DARK <= mark.grey


def _covered(box: Box, later: list[Shape]) -> bool:
    """Tell whether an area drawn later covers a box."""
    return any(
        shape.fill is not None and shape.fill >= _DARK and _within(box, _around(shape.points)) for shape in later
    )


def _within(inner: Box, outer: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
