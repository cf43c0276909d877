"""The short annex as sheets of two columns: the first of its steps that fits the pages it may take."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from her2board.assessment.model import Assessment
from her2board.assessment.paper import Paper
from her2board.briefing.annex_blocks import Block
from her2board.briefing.annex_pieces import ShortAnnex
from her2board.briefing.annex_short import short_annex
from her2board.briefing.model import Run
from her2board.case.model import Case
from her2board.case.recorded import Recorded
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Heading, Sheet
from her2board.pdf.frame import annex_foot
from her2board.pdf.lines import Piece, lines
from her2board.pdf.styles import BLACK, BODY, TITLE, ZONE, Geometry
from her2board.wording import tr

MOST_PAGES = 4
"""Of a short annex; more only where what was recorded alone takes more."""
_GAP = 16.0
"""Between the columns."""
_HANG = 8.0
_WITH_HEADING = 2
"""Lines that stay with their heading."""


def short_annex_sheets(
    case: Case, assessment: Assessment, library: EvidenceLibrary, paper: Paper, left: Sequence[Recorded]
) -> list[Sheet]:
    """Return the short annex as sheets; ``left`` is what of the case the page does not show in full."""
    annex = short_annex(case, assessment, library, left)
    geometry = Geometry(paper)
    low, high = 0, len(annex.order)
    while low < high:  # with more left out it is never longer
        middle = (low + high) // 2
        if len(_Plan(annex, middle, geometry).pages) <= MOST_PAGES:
            high = middle
        else:
            low = middle + 1
    plan = _Plan(annex, low, geometry)
    foot = tr("Case {code} \N{MIDDLE DOT} short annex {n} of {all} \N{MIDDLE DOT} {release}")
    sheets = [plan.sheet(number, assessment.case_code) for number in range(len(plan.pages))]
    for number, sheet in enumerate(sheets, 1):
        words = foot.format(code=assessment.case_code, n=number, all=len(sheets), release=assessment.release)
        annex_foot(sheet, geometry, words)
    return sheets


class _Placed(Struct, frozen=True):
    """Neighbouring lines of a block in one column."""

    block: Block
    x: float
    y: float
    rows: Sequence[list[Piece]]
    first: bool
    """Begins the block."""


@dataclass
class _Plan:
    """Where every line is, with so much left out: two columns a page, filled one after the other."""

    annex: ShortAnnex
    left_out: int
    geometry: Geometry
    pages: list[list[_Placed]] = field(default_factory=lambda: [[]])
    top: float = 0.0
    """Of the columns on the first page, below the title."""

    def __post_init__(self) -> None:
        room = self.geometry
        self._title = (Run(self.annex.title, "bold"),)
        self._width = (room.measure - _GAP) / 2
        self._bottom = room.floor - 2 * room.leading
        self._column = 0
        self._lead_at = room.top + 2 * room.leading * len(lines(self._title, room.measure, TITLE))
        tall = len(lines(self.annex.lead, room.measure)) * room.leading
        self.top = self._lead_at + tall + room.leading / 2
        self._y = self.top
        blocks = self.annex.without(self.left_out)
        for number, block in enumerate(blocks):
            follows = block.title and number + 1 < len(blocks)
            self._add(block, _WITH_HEADING if follows else 0)

    def _add(self, block: Block, with_it: int) -> None:
        leading = self.geometry.leading
        size, tall = (ZONE, 1.5 * leading) if block.title else (BODY, leading)
        rows = lines(block.words, self._width, size, _HANG if block.hang else 0.0)
        above = (leading if block.title else leading / 4) if self._y > self._start else 0.0
        if self._y + above + tall + with_it * leading > self._bottom:
            self._turn()
            above = 0.0
        self._y += above
        at = 0
        while at < len(rows):
            if self._y + tall > self._bottom:
                self._turn()
            count = min(len(rows) - at, int((self._bottom - self._y) // tall))
            self.pages[-1].append(_Placed(block, self._left, self._y, rows[at : at + count], at == 0))
            self._y += count * tall
            at += count

    @property
    def _left(self) -> float:
        return self.geometry.left + self._column * (self._width + _GAP)

    @property
    def _start(self) -> float:
        return self.top if len(self.pages) == 1 else self.geometry.top

    def _turn(self) -> None:
        self._column = 1 - self._column
        if not self._column:
            self.pages.append([])
        self._y = self._start

    def sheet(self, number: int, code: str) -> Sheet:
        """Draw one page."""
        room = self.geometry
        sheet = Sheet(room.leading)
        if number == 0:
            sheet.headings.append(Heading(room.top, self.annex.title))
            with sheet.part("H1"):
                sheet.words(room.left, room.top, self._title, room.measure, TITLE, 2 * room.leading)
            sheet.words(room.left, self._lead_at, self.annex.lead, room.measure)
        for placed in self.pages[number]:
            self._draw(sheet, placed, code)
        return sheet

    def _draw(self, sheet: Sheet, placed: _Placed, code: str) -> None:
        block, y = placed.block, placed.y
        leading = self.geometry.leading
        size, tall = (ZONE, 1.5 * leading) if block.title else (BODY, leading)
        if placed.first:
            sheet.written.append((placed.x, y, block.words))
            if block.title:
                sheet.headings.append(Heading(y, block.title, 1, x=placed.x))
            if block.key:
                sheet.places[f"{code}/{block.key}"] = y
        with sheet.part("H2" if block.title else "P"):
            for number, row in enumerate(placed.rows):
                x = placed.x + (_HANG if block.hang and not (placed.first and number == 0) else 0.0)
                sheet.pieces(
                    x, y, row, size, leading, place=lambda link: f"#{code}/{link[1:]}" if link[:1] == "#" else link
                )
                y += tall
        if block.title:
            rule = placed.y + 1.25 * leading
            sheet.line(placed.x, rule, placed.x + self._width, rule, BLACK, 0.6)
