"""Brings a copied table into lines of entries: a title above it, headings at its side, headings repeated."""

from collections.abc import Sequence

from msgspec import Struct

from her2board.capture.tables.cells import Cells
from her2board.capture.tables.columns import has_headings, heading_target
from her2board.case.fields import CaseField

_MOST_TITLES = 3
"""Lines above the headings of a table."""


class Layout(Struct, frozen=True):
    """The lines of a table, the first of them its headings where it has some, and what was written above it."""

    rows: tuple[Cells, ...]
    titles: tuple[str, ...] = ()


def laid_out(rows: Sequence[Cells], columns: Sequence[CaseField]) -> Layout:
    """Return the table with one entry in each line."""
    titles = _titles(rows, columns)
    body = list(rows[len(titles) :])
    if _headed_at_the_side(body, columns):
        body = [*zip(*body, strict=True)]
    if has_headings(body, columns):  # a table over several pages has its headings on each
        body = [row for number, row in enumerate(body) if not number or row != body[0]]
    return Layout(tuple(body), titles)


def _titles(rows: Sequence[Cells], columns: Sequence[CaseField]) -> tuple[str, ...]:
    """Return the lines of one cell each that are above a line of headings."""
    titles: list[str] = []
    for number, row in enumerate(rows[: _MOST_TITLES + 1]):
        if len(_named(row, columns)) > 1 and has_headings(rows[number:], columns):
            return tuple(titles)
        if sum(map(bool, row)) > 1:
            return ()
        titles.append(next(filter(None, row)))
    return ()


def _headed_at_the_side(rows: Sequence[Cells], columns: Sequence[CaseField]) -> bool:
    """Tell whether the first cells of the lines are headings, and those of the first line are not."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    side = tuple(row[0] for row in rows)
    named = _named(side, columns)
    return len(named) > max(1, len(_named(rows[0], columns))) and 2 * len(named) >= sum(map(bool, side))


def _named(cells: Cells, columns: Sequence[CaseField]) -> set[str]:
    """Return the paths of the different columns that some cells name."""
    targets = (heading_target(cell, columns) for cell in cells if cell)
    return {target.column.path for target in targets if target and not target.measured}
