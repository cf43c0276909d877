"""Brings a copied table into lines of entries: titles, headings at its side or repeated, tables side by side."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from her2board.capture.tables.apart import beside_one_another, lesion_lines, without_totals_and_footnotes
from her2board.capture.tables.cells import Cells
from her2board.capture.tables.columns import has_headings, heading_target
from her2board.case.drugs import Vocabulary
from her2board.case.fields import CaseField, case_fields, item_fields

_MOST_TITLES = 3
"""Lines above the headings of a table."""


class Layout(Struct, frozen=True):
    """The lines of a table, the first of them its headings where it has some, and what was written above it."""

    rows: tuple[Cells, ...]
    titles: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    """A table of another list, totals and footnotes, in words."""


def laid_out(rows: Sequence[Cells], columns: Sequence[CaseField], vocabulary: Vocabulary | None = None) -> Layout:
    """Return the table with one entry in each line."""
    titles = _titles(rows, columns)
    body = list(rows[len(titles) :])
    if vocabulary is not None:
        body = _names_put_together(body, columns, vocabulary)
    if _headed_at_the_side(body, columns):
        body = [*zip(*body, strict=True)]
    if has_headings(body, columns):  # a table over several pages has its headings on each
        body = [row for number, row in enumerate(body) if not number or row != body[0]]
        main = next((column.path for column in columns if column.kind in ("text", "texts")), "")
        keys = {columns[0].path, main}
        apart = beside_one_another(body, keys, partial(_name_of, columns), partial(_is_of_another_list, columns))
        alone = without_totals_and_footnotes(apart.rows)
        return Layout(alone.rows, titles, (*apart.beside, *alone.beside))
    if any(column.path == "diameter_mm" for column in columns):
        body = list(lesion_lines(body) or body)
    return Layout(tuple(body), titles)


def _names_put_together(rows: Sequence[Cells], columns: Sequence[CaseField], vocabulary: Vocabulary) -> list[Cells]:
    """Put the name of a drug together that a line break cut in two: 'Trastuzumab' above 'deruxtecan'."""
    targets = [heading_target(cell, columns) for cell in rows[0]] if rows else []
    named = [n for n, target in enumerate(targets) if target and target.column.path == "drugs"]
    at = named[0] if named else 0 if len(targets) == 1 and any(column.path == "drugs" for column in columns) else None
    found: list[Cells] = []
    for row in rows:
        above = found[-1] if found else ()
        if at is not None and above and _is_cut(above, row, at, vocabulary):
            joined = f"{above[at].removesuffix('-')} {row[at]}"
            rest = (one or other for one, other in zip(above, row, strict=True))
            found[-1] = tuple(joined if n == at else cell for n, cell in enumerate(rest))
        else:
            found.append(row)
    return found


def _is_cut(above: Cells, row: Cells, at: int, vocabulary: Vocabulary) -> bool:
    """Tell whether two lines hold one name: the second part is none, both are another, and one line has no more."""
    alone = not any(cell for n, cell in enumerate(above) if n != at) or not any(c for n, c in enumerate(row) if n != at)
    if not (alone and above[at] and row[at]) or vocabulary.read(row[at]).ids:
        return False
    ids = vocabulary.read(f"{above[at].removesuffix('-')} {row[at]}").ids
    return bool(ids) and ids != vocabulary.read(above[at]).ids


def _name_of(columns: Sequence[CaseField], heading: str) -> str:
    target = heading_target(heading, columns)
    return target.column.path if target and not target.measured else heading.casefold()


def _is_of_another_list(columns: Sequence[CaseField], headings: Cells) -> bool:
    """Return whether headings name two columns of another list at least, and more of it than of this one."""
    here = len(_named(headings, columns))
    lists = [item_fields(field.item) for field in case_fields() if field.kind == "table" and field.item]
    return any(len(_named(headings, other)) > max(1, here) for other in lists)


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
