"""Tables that run over sheets: a row stays together where a sheet can hold it, else goes on overleaf."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from msgspec import Struct

from her2board.briefing.model import Run, Words
from her2board.pdf.blocks import Heading, Sheet
from her2board.pdf.frame import floor_above, footed, titled
from her2board.pdf.lines import Piece, lines
from her2board.pdf.styles import BODY, LEADING, LIGHT, Geometry
from her2board.wording import tr

_GAP = 9.0
_LEAST = 4
"""Lines that a row longer than a sheet has at the foot of one, or none of it."""


class TableRow(Struct, frozen=True):
    """A row of a table; ``bookmark`` names it in the outline and starts a group."""

    cells: tuple[tuple[Words, ...], ...]
    again: str
    """What is written above where the row, or the group it belongs to, goes on overleaf."""
    bookmark: str = ""
    """Empty in a row that belongs to the one before."""


class Table(Struct, frozen=True):
    """A table with the title and foot of its sheets."""

    title: str
    lead: str
    heads: tuple[str, ...]
    shares: tuple[float, ...]
    """Part of the width each column takes."""
    rows: tuple[TableRow, ...]
    foot: str


def table_sheets(table: Table, geometry: Geometry, drawn: Callable[[], None]) -> Iterator[Sheet]:
    """Yield the sheets of a table; ``drawn`` is called after each row."""
    layout = _Layout(table, geometry)
    for row in table.rows:
        yield from layout.add(row)
        drawn()
    yield layout.done()


class _Layout:
    """The sheet being filled, and what each further one starts with."""

    def __init__(self, table: Table, geometry: Geometry) -> None:
        self._table = table
        self._geometry = geometry
        self._floor = floor_above(geometry, table.foot) - 3
        room = geometry.measure - (len(table.shares) - 1) * _GAP
        self._columns: list[tuple[float, float]] = []
        x = geometry.left
        for share in table.shares:
            self._columns.append((x, share * room))
            x += share * room + _GAP
        self._page = 0
        self._rows = ExitStack()
        self._start()

    def _start(self) -> None:
        self._sheet = Sheet()
        self._page += 1
        again = tr("{title}, page {n}").format(title=self._table.title, n=self._page)
        first = self._page == 1
        y = titled(
            self._sheet,
            self._geometry,
            self._table.title if first else again,
            self._table.lead if first else "",
            self._table.title if first else "",
        )
        self._rows.enter_context(self._sheet.part("Table"))
        with self._sheet.part("TR"):
            for (x, _), head in zip(self._columns, self._table.heads, strict=True):
                with self._sheet.part("TH", scope="Column"):
                    self._sheet.text(x, y + BODY, head, "semibold", BODY + 0.6)
        y += LEADING + 2.5
        self._sheet.line(self._geometry.left, y, self._geometry.right, y, weight=0.6)
        self._y = self._top = y + 3

    def add(self, row: TableRow) -> Iterator[Sheet]:
        """Write a row; yield the sheets it filled."""
        cells = [
            [line for words in cell for line in lines(words, width)]
            for cell, (_, width) in zip(row.cells, self._columns, strict=True)
        ]
        at, most = 0, max(map(len, cells))
        least = most if most <= self._lines(self._top) else _LEAST
        if self._y > self._top and self._lines(self._y) < least:
            yield self._turn()
            if not row.bookmark:  # it goes on with what stood above it overleaf
                self._continue(row)
        while True:
            if row.bookmark and at == 0:
                if self._y > self._top:
                    self._sheet.line(
                        self._geometry.left, self._y - 2.5, self._geometry.right, self._y - 2.5, weight=0.7
                    )
                self._sheet.headings.append(Heading(self._y, row.bookmark, 1))
            taken = min(self._lines(self._y), most - at)
            self._write([cell[at : at + taken] for cell in cells])
            at += taken
            if at >= most:
                return
            yield self._turn()
            self._continue(row)

    def _continue(self, row: TableRow) -> None:
        again = tr("{what}, continued").format(what=row.again)
        with self._sheet.part("TR"), self._sheet.part("TH", scope="Row"):
            self._y = self._sheet.words(self._columns[0][0], self._y, (Run(again, "bold"),), self._geometry.measure)

    def _lines(self, y: float) -> int:
        """Return how many lines fit below ``y``."""
        return int((self._floor - y) // LEADING)

    def _write(self, cells: Sequence[Sequence[list[Piece]]]) -> None:
        sheet = self._sheet
        with sheet.part("TR"):
            for index, ((x, _), cell) in enumerate(zip(self._columns, cells, strict=True)):
                y = self._y
                heads = not index and bool(cell)
                with sheet.part("TH" if heads else "TD", scope="Row" if heads else ""), sheet.part("P"):
                    for line in cell:
                        sheet.pieces(x, y, line, BODY, LEADING)
                        y += LEADING
        self._y += max(map(len, cells)) * LEADING + 2
        self._sheet.line(self._geometry.left, self._y, self._geometry.right, self._y, LIGHT)
        self._y += 2.5

    def _turn(self) -> Sheet:
        done = self.done()
        self._start()
        return done

    def done(self) -> Sheet:
        """Return the sheet with its foot."""
        self._rows.close()
        footed(self._sheet, self._geometry, self._table.foot, tr("page {n}").format(n=self._page))
        return self._sheet
