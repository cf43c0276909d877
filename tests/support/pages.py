"""The pages of the example cases: made once, and read back from their bytes."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import Any, get_args

import pypdfium2
from msgspec import Struct
from PIL.Image import Image

from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment
from her2board.assessment.paper import Paper
from her2board.briefing.compose import compose
from her2board.briefing.model import Briefing
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Sheet, TextMark
from her2board.pdf.enclosure import enclose
from her2board.pdf.render import render_page
from her2board.pdf.styles import Geometry
from support.releases import frozen, release

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "examples"
EXAMPLES = tuple(sorted(path.stem for path in FOLDER.glob("*.her2case")))
PAPERS: tuple[Paper, ...] = get_args(Paper)
AS_OF = date(2026, 11, 26)
URGENT = "cr31-herniation"
_ASCENT, _DESCENT = 0.70, 0.20
"""Source Sans above and below the baseline, as parts of its size."""
_TOUCH = 0.4
"""Points by which neighbours may touch: widths are rounded."""
_BROKEN = "\ufffe"
"""What pdfium puts where a word with a hyphen is broken at the end of a line."""


class Made(Struct, frozen=True):
    """A page with everything it was made from."""

    case: Case
    library: EvidenceLibrary
    assessment: Assessment
    briefing: Briefing
    shown: Briefing
    """The briefing as shortened to fit."""
    sheet: Sheet
    geometry: Geometry
    data: bytes


def make(case: Case, paper: Paper = "a4", as_of: date = AS_OF, read: Callable[[], EvidenceLibrary] = release) -> Made:
    """Return the page of a case."""
    library = read()
    assessment = assess(case, library, as_of)
    briefing = compose(case, assessment, library)
    geometry = Geometry(paper)
    carried = enclose(case, assessment, library)
    laid_out: list[tuple[Sheet, Briefing]] = []

    def behind(*page: Any) -> tuple[()]:
        laid_out.append(page)
        return ()

    data = render_page(briefing, library, paper, behind, carried)
    ((sheet, shown),) = laid_out
    return Made(case, library, assessment, briefing, shown, sheet, geometry, data)


@cache
def example(stem: str, paper: Paper = "a4") -> Made:
    """Return the page of an example case, made once."""
    return make(load(FOLDER / f"{stem}.her2case"), paper)


@cache
def golden(stem: str, paper: Paper = "a4") -> Made:
    """Return the page of an example case on the frozen release, made once."""
    return make(load(FOLDER / f"{stem}.her2case"), paper, read=frozen)


def text_of(data: bytes, number: int = 0) -> str:
    """Return the text of one page as a reader program extracts it, on one line with single spaces."""
    document = pypdfium2.PdfDocument(data)
    try:
        return _read(document[number])
    finally:
        document.close()


def pages_of(data: bytes) -> list[str]:
    """Return the text of every page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [_read(page) for page in document]
    finally:
        document.close()


def _read(page: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s+", " ", page.get_textpage().get_text_range().replace(_BROKEN, "-")).strip()


def boxes_of(data: bytes) -> list[tuple[float, float, float, float]]:
    """Return the boxes of all text on the first page: left, top, right, bottom, in points from the top left."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0]
        tall = page.get_height()
        text = page.get_textpage()
        found = [text.get_rect(index) for index in range(text.count_rects())]
    finally:
        document.close()
    return [(left, tall - top, right, tall - bottom) for left, bottom, right, top in found]


def grey(data: bytes, scale: float = 2.0) -> Image:
    """Return the first page as a picture in greys, ``scale`` pixels to the point."""
    document = pypdfium2.PdfDocument(BytesIO(data))
    try:
        return document[0].render(scale=scale, grayscale=True).to_pil().copy()
    finally:
        document.close()


def black_bars(picture: Image, scale: float = 2.0, least: float = 10.0) -> list[tuple[float, float]]:
    """Return top and bottom, in points, of every bar mostly black over more than half the width."""
    wide, tall = picture.size
    pixels = picture.tobytes()
    bars: list[tuple[float, float]] = []
    start: int | None = None
    for y in range(tall + 1):
        row = pixels[y * wide : (y + 1) * wide]
        dark = sum(value < 90 for value in row) > wide / 2
        if dark and start is None:
            start = y
        elif not dark and start is not None:
            if (y - start) / scale >= least:
                bars.append((start / scale, y / scale))
            start = None
    return bars


def box(mark: TextMark) -> tuple[float, float, float, float]:
    return mark.x, mark.y - _ASCENT * mark.size, mark.x + mark.width, mark.y + _DESCENT * mark.size


def _reaches(one: TextMark) -> Callable[[TextMark], bool]:
    """Tell of a text further down whether it may touch this one."""
    return lambda two: two.y - two.size < one.y + one.size


def overlapping(marks: list[TextMark]) -> list[str]:
    found = []
    visible = sorted((mark for mark in marks if mark.text.strip()), key=lambda mark: mark.y)
    near = ((one, two) for n, one in enumerate(visible) for two in takewhile(_reaches(one), visible[n + 1 :]))
    for one, two in near:
        a, b = box(one), box(two)
        across = min(a[2], b[2]) - max(a[0], b[0])
        down = min(a[3], b[3]) - max(a[1], b[1])
        if across > _TOUCH and down > _TOUCH:
            found.append(f"'{one.text}' and '{two.text}'")
    return found


def outside(page: Made) -> list[str]:
    """Return the texts that reach into a margin."""
    room = page.geometry
    return [
        mark.text
        for mark in page.sheet.texts
        if mark.x < room.left - _TOUCH
        or mark.x + mark.width > room.right + _TOUCH
        or mark.y - _ASCENT * mark.size < room.top - _TOUCH
        or mark.y + _DESCENT * mark.size > room.height - 12
    ]
