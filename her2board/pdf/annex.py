"""The annex as sheets: rows of columns under headings of the outline, with links inside and to the web."""

from contextlib import ExitStack

from msgspec import Struct

from her2board.assessment.model import Assessment
from her2board.assessment.paper import Paper
from her2board.briefing.annex import annex_blocks
from her2board.briefing.annex_blocks import Block
from her2board.briefing.model import Words
from her2board.case.model import Case, KeptSentence
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Heading, Kind, Part, Sheet
from her2board.pdf.frame import annex_foot
from her2board.pdf.lines import Piece, lines
from her2board.pdf.pictures import draw_plot, plot_in_words
from her2board.pdf.styles import BLACK, BODY, TITLE, ZONE, Geometry
from her2board.pdf.text import drawable_words
from her2board.wording import tr

_GAP = 10.0
_HANG = 10.0
_SIZES = {0: TITLE, 1: ZONE + 1.6, 2: BODY + 0.6}
_HEADINGS: dict[int, Kind] = {0: "H1", 1: "H2", 2: "H3"}
_WHOLE = 12
"""Lines up to which a block is not divided between pages."""
_WITH_HEADING = 3
"""Lines that stay with their heading."""


class _Column(Struct, frozen=True):
    """Left edge and width of a column."""

    x: float
    width: float


_Filled = tuple[_Column, list[list[Piece]]]
"""A column with its lines."""


def annex_sheets(
    assessment: Assessment, library: EvidenceLibrary, paper: Paper, case: Case | None = None
) -> list[Sheet]:
    """Return the annex as sheets, over as many pages as it takes; with the case also its dates and full texts."""
    writer = _Writer(Geometry(paper), assessment.case_code)
    blocks = tuple(annex_blocks(assessment, library, with_drawable_sentences(case) if case else None))
    for index, block in enumerate(blocks):
        follows = blocks[index + 1] if block.title and index + 1 < len(blocks) else None
        writer.write(block, follows)
    writer.end_table()
    for number, sheet in enumerate(writer.sheets, 1):
        words = tr("Case {code} \N{MIDDLE DOT} annex {n} of {all} \N{MIDDLE DOT} {release}").format(
            code=assessment.case_code, n=number, all=len(writer.sheets), release=assessment.release
        )
        annex_foot(sheet, writer.geometry, words)
    return writer.sheets


def with_drawable_sentences(case: Case) -> Case:
    """Return ``case`` with kept sentences that can be drawn: they are as a report has them, and nobody edits them."""
    return case.model_copy(update={"sentences": tuple(map(_drawable, case.sentences))}) if case.sentences else case


def _drawable(sentence: KeptSentence) -> KeptSentence:
    place = sentence.source.place
    source = sentence.source.model_copy(update={"place": drawable_words(place) if place else None})
    return sentence.model_copy(update={"sentence": drawable_words(sentence.sentence), "source": source})


class _Writer:
    """Writes blocks one under the other, line by line, and begins a sheet where one is full."""

    def __init__(self, geometry: Geometry, code: str) -> None:
        self.geometry = geometry
        self.sheets: list[Sheet] = []
        self._code = code
        self._bottom = geometry.floor - 2 * geometry.leading
        self._table = ExitStack()
        self._in_table: Part | None = None
        self._new_sheet()

    def end_table(self) -> None:
        """End the table that rows were written into, if any."""
        self._table.close()
        self._in_table = None

    def _new_sheet(self) -> None:
        self.end_table()
        self.sheets.append(Sheet(self.geometry.leading))
        self._y = self.geometry.top

    def write(self, block: Block, follows: Block | None) -> None:
        """Write a block; a short one is not divided, and a heading with the beginning of what follows it."""
        columns = self._columns(block)
        count = max((len(rows) for _, rows in columns), default=0)
        kept = min(count, _WHOLE) + (_WITH_HEADING if follows else 0)
        leading = self._leading(block)
        if self._y + self._above(block) + kept * leading > self._bottom and self._y > self.geometry.top:
            self._new_sheet()
        self._y += self._above(block) if self._y > self.geometry.top else 0.0
        if not block.shares:
            self.end_table()
        self._enter(block)
        for place, words in zip(self._places(block), (block.words, *block.cells), strict=False):
            self.sheets[-1].written.append((place.x, self._y, words))
        at = 0
        while at < count:
            if self._y + leading > self._bottom:
                self._new_sheet()
            end, y = at, self._y
            while end < count and y + leading <= self._bottom:
                end, y = end + 1, y + leading
            self._lines(block, columns, range(at, end), leading)
            at, self._y = end, y
        if block.level == 1 and block.title:
            left, right = self.geometry.left, self.geometry.right
            self.sheets[-1].line(left, self._y, right, self._y, BLACK, 0.6)
            self._y += self.geometry.leading / 2

    def _lines(self, block: Block, columns: list[_Filled], taken: range, leading: float) -> None:
        """Write some lines of a block, column after column."""
        sheet = self.sheets[-1]
        if not block.shares:
            with sheet.part(_HEADINGS[block.level] if block.title else "P"):
                self._column(block, columns[0], taken, leading)
            return
        if not self._in_table:
            self._in_table = self._table.enter_context(sheet.part("Table"))
        with sheet.part("TR"):
            for index, column in enumerate(columns):
                with sheet.part("TD" if index else "TH", scope="" if index else "Row"):
                    if block.plot is not None and index == 1 and taken.start == 0:
                        with sheet.part("Figure", plot_in_words(block.plot)):
                            draw_plot(sheet, block.plot, column[0].x, self._y, column[0].width)
                    with sheet.part("P"):
                        self._column(block, column, taken, leading)

    def _column(self, block: Block, column: _Filled, taken: range, leading: float) -> None:
        place, rows = column
        y = self._y
        for index in taken:
            if index < len(rows):
                x = place.x + (_HANG if block.hang and index else 0.0)
                self.sheets[-1].pieces(x, y, rows[index], self._size(block), leading, place=self._target)
            y += leading

    def _enter(self, block: Block) -> None:
        """Enter a heading in the outline, and a place that links lead to."""
        sheet = self.sheets[-1]
        if block.title:
            sheet.headings.append(Heading(self._y, block.title, block.level, closed=block.level == 1))
        if block.key:
            sheet.places[self._place(block.key)] = self._y

    def _target(self, link: str) -> str:
        return f"#{self._place(link[1:])}" if link.startswith("#") else link

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

    def _columns(self, block: Block) -> list[_Filled]:
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
