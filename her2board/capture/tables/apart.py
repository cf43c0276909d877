"""Separates what a copied table holds beside its entries: a second table, totals, footnotes, numbers of lesions."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from msgspec import Struct

from her2board.capture.tables.cells import Cells
from her2board.case.doubt import is_doubtful
from her2board.wording import tr

Rows = list[Cells]
_TOTAL = re.compile(
    r"(?:(?:grand|sub)[\s-]?)?totals?|total(?:e|i|es)?(?:\s(?:generale|general))?|sum|summe|gesamt(?:summe)?|insgesamt"
    r"|somma|somme|suma|soma|totaal|合計|总计",
    re.IGNORECASE,
)
_OF_TOTAL = re.compile(rf"(?:{_TOTAL.pattern})(?:\s*[:=(].*)?", re.IGNORECASE)
_MARK = r"[*\N{DAGGER}\N{DOUBLE DAGGER}§¶]+|[¹²³\u2074-\u2079]|\(?[a-d1-9]\)|\[[a-d1-9]\]"
_FOOTNOTE = re.compile(rf"(?P<mark>{_MARK})\s*(?P<text>\S.*)", re.DOTALL)
_REMARK = re.compile(
    r"(?:notes?|nb|n\.b\.|legende?|abbreviations|abk(?:ürzungen|\.)?|anm(?:erkung(?:en)?|\.)?|nota|source|quelle|fonte)\s*[:.]",
    re.IGNORECASE,
)


class Separated(Struct, frozen=True):
    """The lines of a table that are its entries, and in words what was beside them."""

    rows: tuple[Cells, ...]
    beside: tuple[str, ...] = ()


def without_totals_and_footnotes(rows: Sequence[Cells]) -> Separated:
    """Return a headed table without its totals and footnotes; a footnote stays with the cells that bear its mark."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return Separated(tuple(rows))
    body, beside = list(rows[1:]), []
    notes: list[str] = []
    while body and (note := _footnote(body[-1])) and any(sum(map(bool, row)) > 1 for row in body[:-1]):
        notes.insert(0, note)
        body.pop()
    kept = [row for row in body if not _is_total(row)]
    beside += ["; ".join(filter(None, row)) for row in body if _is_total(row)]
    marked = _with_footnotes([rows[0], *kept], notes)
    return Separated(tuple(marked.rows), (*beside, *marked.beside))


def _is_total(row: Cells) -> bool:
    return _OF_TOTAL.fullmatch(next(filter(None, row), "")) is not None


def _footnote(row: Cells) -> str:
    """Return the text of a line that is one cell with a mark or a word of footnotes before it; else nothing."""
    filled = [cell for cell in row if cell]
    note = filled[0] if len(filled) == 1 else ""
    return note if _FOOTNOTE.fullmatch(note) or _REMARK.match(note) else ""


def _with_footnotes(rows: Rows, notes: Sequence[str]) -> Separated:
    """Take the mark of a footnote off the cells that bear it and put the footnote behind their line.

    The mark stays where the footnote takes back or doubts what it is about, so that nothing is concluded from the cell.
    """
    added = [""] * len(rows)
    beside = []
    for note in notes:
        match = _FOOTNOTE.fullmatch(note)
        mark = match["mark"] if match else ""
        bearing = [n for n, row in enumerate(rows) if n and mark and any(_bears(cell, mark) for cell in row)]
        for number in bearing:
            added[number] = "; ".join(filter(None, (added[number], note)))
            if not is_doubtful(note.removeprefix(mark)):
                rows[number] = tuple(
                    cell.removesuffix(mark).rstrip() if _bears(cell, mark) else cell for cell in rows[number]
                )
        if not bearing:
            beside.append(note)
    if any(added):
        added[0] = tr("Footnote")
        rows = [(*row, more) for row, more in zip(rows, added, strict=True)]
    return Separated(tuple(rows), tuple(beside))


def _bears(cell: str, mark: str) -> bool:
    return cell.endswith(mark) and len(cell) > len(mark)


def beside_one_another(
    rows: Sequence[Cells],
    keys: AbstractSet[str],
    name_of: Callable[[str], str],
    is_of_another_list: Callable[[Cells], bool],
) -> Separated:
    """Return tables side by side as one below the other, and one of another list in words.

    ``keys`` are columns that a table of this list has at least one of; ``name_of`` returns the column that a heading
    names, or the heading.
    """
    rows = _by_period(rows, name_of)
    heads = rows[0]
    left, *others = _groups(rows)
    names = [name_of(heads[n]) for n in left]
    found = [tuple(row[n] for n in left) for row in rows]
    beside: list[str] = []
    for group in others:
        block = [tuple(row[n] for n in group) for row in rows]
        named = [name_of(head) for head in block[0]]
        if set(named) <= set(names) and not keys.isdisjoint(named):
            places = [named.index(name) if name in named else None for name in names]
            found += [tuple("" if n is None else row[n] for n in places) for row in block[1:]]
        elif is_of_another_list(block[0]):
            beside += [" | ".join(row) for row in block if any(row)]
        else:
            return Separated(tuple(rows))
    return Separated(tuple(row for n, row in enumerate(found) if not n or any(row)), tuple(beside))


def _by_period(rows: Sequence[Cells], name_of: Callable[[str], str]) -> Sequence[Cells]:
    """Return a line for each period where 'Start' and 'Stop' are repeated behind one drug: given twice."""
    names, width = [name_of(head) for head in rows[0]], len(rows[0])
    first = next((n for n, name in enumerate(names) if name == "start"), 0)
    size = next((n for n, name in enumerate(names[first + 1 :], 1) if name == "start"), 0)
    if (
        not first
        or size < 2
        or (width - first) % size
        or names[first:] != names[first : first + size] * ((width - first) // size)
    ):
        return rows
    found = [rows[0][: first + size]]
    for row in rows[1:]:
        periods = [row[n : n + size] for n in range(first, width, size)]
        found += [(*row[:first], *period) for n, period in enumerate(periods) if any(period) or not n]
    return found


def _groups(rows: Sequence[Cells]) -> list[list[int]]:
    """Return the columns of each table: an empty column, or the same headings again, separates two."""
    heads, width = [cell.casefold() for cell in rows[0]], len(rows[0])
    filled = [any(row[n] for row in rows) for n in range(width)]
    groups = [list(found) for has, found in groupby(range(width), key=filled.__getitem__) if has]
    if len(groups) > 1 and all(len(group) > 1 for group in groups):
        return groups
    for size in range(2, width // 2 + 1):
        if all(heads) and heads == heads[:size] * (width // size):
            return [list(range(n, n + size)) for n in range(0, width, size)]
    return [list(range(width))]


_LESION_LINE = re.compile(
    r"(?:(?:(?:lesion|target|läsion|lesione)\s?#?)?\d{1,2}\s?[.):]\s*|[-\N{BULLET}*]\s*)?(?P<site>[^\W\d_][^\d;]*?)[\s,:(=]+"
    r"(?P<size>[<>~]?\s?\d+(?:[.,]\d+)?(?:\s?[x×*]\s?\d+(?:[.,]\d+)?){0,2}\s?(?:mm|cm))\)?(?:[\s,;]+(?P<rest>\S.*))?",
    re.IGNORECASE,
)


def lesion_lines(rows: Sequence[Cells]) -> tuple[Cells, ...] | None:
    """Return the lines of a list such as 'left frontal, 12 mm' as site, size and what is behind; else None."""
    lines = [row for row in rows if len(row) > 1 or not _is_total(row)]
    found = [_LESION_LINE.fullmatch(row[0]) if len(row) == 1 and len(row[0]) < 200 else None for row in lines]
    matches = [match for match in found if match]
    if len(matches) < len(lines) or not matches:
        return None
    return tuple((match["site"], match["size"], match["rest"] or "") for match in matches)
