"""The annex as sheets: rows of columns under headings of the outline, with links inside and to the web."""

from dataclasses import dataclass, replace

from her2board.assessment.model import Assessment
from her2board.briefing.annex import annex_blocks
from her2board.briefing.annex_blocks import Block
from her2board.briefing.model import Words
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Heading, Sheet
from her2board.pdf.lines import Piece, lines
from her2board.pdf.pictures import draw_plot
from her2board.pdf.styles import BLACK, BODY, MUTED, TITLE, ZONE, Geometry, Paper
from her2board.wording import tr

_GAP = 10.0
_HANG = 10.0
_SIZES = {0: TITLE, 1: ZONE + 1.6, 2: BODY + 0.6}
_WHOLE = 12
"""Lines up to which a block is not divided between pages."""
_WITH_HEADING = 3
"""Lines that stay with their heading."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Left edge and width of a column."""

    x: float
    width: float


def annex_sheets(
    assessment: Assessment, library: EvidenceLibrary, paper: Paper, case: Case | None = None
) -> list[Sheet]:
    """Return the annex as sheets, over as many pages as it takes; with the case also its dates and full texts."""
    writer = _Writer(Geometry(paper), assessment.case_code)
    blocks = tuple(annex_blocks(assessment, library, case))
    for index, block in enumerate(blocks):
        follows = blocks[index + 1] if block.title and index + 1 < len(blocks) else None
        writer.write(block, follows)
    for number, sheet in enumerate(writer.sheets, 1):
        words = tr("Case {code} \N{MIDDLE DOT} annex {n} of {all} \N{MIDDLE DOT} {release}").format(
            code=assessment.case_code, n=number, all=len(writer.sheets), release=assessment.release
        )
        sheet.text(writer.geometry.left, writer.geometry.floor, words, grey=MUTED)
    return writer.sheets


class _Writer:
    """Writes blocks one under the other, line by line, and begins a sheet where one is full."""

    def __init__(self, geometry: Geometry, code: str) -> None:
        self.geometry = geometry
        self.sheets: list[Sheet] = []
        self._code = code
        self._bottom = geometry.floor - 2 * geometry.leading
        self._new_sheet()

    def _new_sheet(self) -> None:
        self.sheets.append(Sheet(self.geometry.leading))
        self._y = self.geometry.top

    def write(self, block: Block, follows: Block | None) -> None:
        """Write a block; a short one stays whole, and a heading with the beginning of what follows it."""
        columns = self._columns(block)
        count = max((len(rows) for _, rows in columns), default=0)
        kept = min(count, _WHOLE) + (_WITH_HEADING if follows else 0)
        leading = self._leading(block)
        if self._y + self._above(block) + kept * leading > self._bottom and self._y > self.geometry.top:
            self._new_sheet()
        self._y += self._above(block) if self._y > self.geometry.top else 0.0
        self._enter(block)
        for place, words in zip(self._places(block), (block.words, *block.cells), strict=False):
            self.sheets[-1].told.append((place.x, self._y, words))
        for index in range(count):
            if self._y + leading > self._bottom:
                self._new_sheet()
            for place, rows in columns:
                if index < len(rows):
                    hang = _HANG if block.hang and index else 0.0
                    self._line(place.x + hang, rows[index], self._size(block), leading)
            if block.plot is not None and index == 0:
                _, place = self._places(block)[:2]
                draw_plot(self.sheets[-1], block.plot, place.x, self._y, place.width)
            self._y += leading
        if block.level == 1 and block.title:
            left, right = self.geometry.left, self.geometry.right
            self.sheets[-1].line(left, self._y, right, self._y, BLACK, 0.6)
            self._y += self.geometry.leading / 2

    def _enter(self, block: Block) -> None:
        """Enter a heading in the outline, and a place that links lead to."""
        sheet = self.sheets[-1]
        if block.title:
            sheet.headings.append(Heading(self._y, block.title, block.level, closed=block.level == 1))
        if block.key:
            sheet.places[self._place(block.key)] = self._y

    def _line(self, x: float, row: list[Piece], size: float, leading: float) -> None:
        sheet = self.sheets[-1]
        for link in sheet.pieces(x, self._y, row, size, leading):
            target = f"#{self._place(link.target[1:])}" if link.target.startswith("#") else link.target
            sheet.links.append(replace(link, target=target))

    def _place(self, key: str) -> str:
        return f"{self._code}/{key}"

    def _places(self, block: Block) -> list[_Column]:
        """Return the columns of a block from left to right."""
        left, room = self.geometry.left, self.geometry.measure
        if not block.shares:
            return [_Column(left, room)]
        room -= _GAP * (len(block.shares) - 1)
        found, x = [], left
        for share in block.shares:
            found.append(_Column(x, share * room))
            x += share * room + _GAP
        return found

    def _columns(self, block: Block) -> list[tuple[_Column, list[list[Piece]]]]:
        """Return each column with its words broken into lines."""
        hang = _HANG if block.hang else 0.0
        cells: tuple[Words, ...] = (block.words, *block.cells)
        pairs = zip(self._places(block), cells, strict=False)  # a row may have fewer cells than columns
        return [(place, lines(words, place.width, self._size(block), hang)) for place, words in pairs]

    def _size(self, block: Block) -> float:
        return _SIZES[block.level] if block.title else BODY

    def _leading(self, block: Block) -> float:
        steps = {0: 8, 1: 6, 2: 4}[block.level] if block.title else 4
        return steps * self.geometry.leading / 4

    def _above(self, block: Block) -> float:
        """Return the space over a block: more over a heading, little between rows."""
        steps = {0: 0, 1: 6, 2: 4}[block.level] if block.title else 1
        return steps * self.geometry.leading / 4
