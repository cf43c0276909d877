"""Where each run of a sheet is: the map of a page, from what was laid out."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from her2board.briefing.model import Run
from her2board.briefing.page_map import Box, PageMap, PlacedRun
from her2board.pdf.blocks import Heading, Sheet, TextMark
from her2board.pdf.text import face

_ABOVE, _BELOW = 0.75, 0.2
"""How far a box reaches above and below the baseline, as parts of the size of its letters."""


class _Part(Struct):
    """A run, or a part of it with an address of its own, as far as it was met."""

    run: Run
    number: int
    """Which of the parts of the run."""
    at: int
    """Place in the run up to which it was met."""
    zone: str
    texts: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def page_map(sheets: Sequence[Sheet]) -> PageMap:
    """Return where each run of the sheets of one document is."""
    found: list[_Part] = []
    for page, sheet in enumerate(sheets):
        for mark in sheet.texts:
            zone = _zone(sheet.headings, mark)
            for run, at, start, text in _runs(mark):
                _note(found, run, at, zone, text, _box(page, mark, start, text))
    return PageMap(tuple(_placed(part) for part in found if "".join(part.texts).strip()))


def _runs(mark: TextMark) -> Iterator[tuple[Run, int, int, str]]:
    """Yield each run of a mark: its place in the run, its place in the mark, and the words."""
    ends = [cut.start for cut in mark.cuts[1:]] + [len(mark.text)]
    for cut, end in zip(mark.cuts, ends, strict=True):
        edges = (edge for span in cut.run.spans for edge in (span.start, span.end))
        inside = [cut.start + edge - cut.at for edge in edges if 0 < edge - cut.at < end - cut.start]
        for start, stop in zip([cut.start, *inside], [*inside, end], strict=True):
            yield cut.run, cut.at + start - cut.start, start, mark.text[start:stop]


def _note(found: list[_Part], run: Run, at: int, zone: str, text: str, box: Box) -> None:
    """Add words to the run they go on, or begin one."""
    number = sum(at >= edge for span in run.spans for edge in (span.start, span.end))
    last = found[-1] if found else None
    if last is None or last.run is not run or last.number != number or at < last.at:
        last = _Part(run, number, at, zone)
        found.append(last)
    last.at = at + len(text)
    last.texts.append(text)
    if text.strip():
        last.boxes.append(box)


def _box(page: int, mark: TextMark, start: int, text: str) -> Box:
    """Return where a part of a mark is, without the spaces around it."""
    measure, words = face(mark.font), text.strip(" ")
    begin = start + len(text) - len(text.lstrip(" "))
    left = mark.x + (measure.width(mark.text[:begin], mark.size) if begin else 0.0)
    end = begin + len(words)
    right = mark.x + (mark.width if end == len(mark.text) else measure.width(mark.text[:end], mark.size))
    return Box(page, left, mark.y - _ABOVE * mark.size, right, mark.y + _BELOW * mark.size)


def _zone(headings: Sequence[Heading], mark: TextMark) -> str:
    above = (heading for heading in headings if heading.y <= mark.y and heading.x <= mark.x + 1)
    found = max(above, key=lambda heading: (heading.y, heading.x), default=None)
    return found.title if found else ""


def _placed(part: _Part) -> PlacedRun:
    run = part.run
    inside = [span for number, span in enumerate(run.spans) if part.number == 2 * number + 1]
    addresses = (inside[0].address,) if inside else run.addresses
    return PlacedRun(
        " ".join(text.strip() for text in part.texts).strip(), addresses, tuple(part.boxes), part.zone, run.gap
    )
