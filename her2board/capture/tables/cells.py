"""Splits a copied text into cells. A line break inside a cell stays inside the cell."""

import csv
import html
import io
import re
from collections.abc import Sequence
from itertools import islice

from her2board.capture.clean_text import clean
from her2board.capture.periods import split_dated_line
from her2board.wording import tr

Cells = tuple[str, ...]
LARGEST_PASTE = 500
"""Lines. The longest history known has sixty; more is something else on the clipboard."""
_WIDEST_PASTE = 60
"""Columns. Record systems write thirty."""
_LONGEST_PASTE = 1_000_000
"""Characters."""
_WORDS_OF_A_LINE, _WORDS_OF_A_CELL = 6, 3
"""A text with so many words in its average line, and more in its average cell, is running text."""


def cells_of(text: str) -> tuple[Cells, ...]:
    """Return the lines of a copied table as cells, all of one length; blank lines hold nothing.

    Of a table that is refused as too large it returns a line or column more than the largest has.
    """
    text = text[: _LONGEST_PASTE + 1]
    lines = [line for line in re.split(r"\r\n|\r|\n", text) if line.strip(" \t|,;")]
    if "\t" in text:
        rows = _separated(text, "\t")
    elif lines and all(line.count("|") > 1 for line in lines):
        ruled = (line for line in lines if not set(line) <= set("|-: +"))
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in ruled]
    elif lines and all(dated := [split_dated_line(line) for line in lines]):
        rows = [list(cells) for cells in dated if cells]
    elif lines and all(";" in line for line in lines):
        rows = _separated(text, ";")
    elif _OPENED.search(text) and _CLOSED.search(text):
        rows = _marked_up(text)
    elif lines and lines[0].count(",") and len({len(row) for row in _separated(text, ",")}) == 1:
        rows = _separated(text, ",")
    else:
        rows = [re.split(r"[ \t]{2,}", line.strip()) for line in lines]
    cleaned = ([clean(cell).text.strip() for cell in row] for row in rows)
    full = [row[: _WIDEST_PASTE + 1] for row in islice(filter(any, cleaned), LARGEST_PASTE + 1)]
    width = max(map(len, full), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in full)


_OPENED, _CLOSED = (re.compile(tag, re.IGNORECASE) for tag in (r"<t[rdh][\s>]", r"</t[rdh]>"))


def _marked_up(text: str) -> list[list[str]]:
    """Return the cells of a table that was copied with its HTML tags."""
    rows = re.split(r"<tr\b[^<>]*>", text, flags=re.IGNORECASE)[1:] or [text]
    return [
        [_without_tags(cell) for cell in re.split(r"<t[dh]\b[^<>]*>", row, flags=re.IGNORECASE)[1:]] for row in rows
    ]


def _without_tags(cell: str) -> str:
    return html.unescape(re.sub(r"<[^<>]*>", " ", cell))


def too_large(text: str, rows: Sequence[Cells]) -> str:
    """Return why a copied text and its lines are no table of a case; empty where they may be."""
    if len(text) > _LONGEST_PASTE:
        return tr("More than {n:,} characters are on the clipboard; nothing was read").format(n=_LONGEST_PASTE)
    if len(rows) > LARGEST_PASTE:
        return tr("More than {n} lines are on the clipboard; nothing was read").format(n=LARGEST_PASTE)
    if rows and len(rows[0]) > _WIDEST_PASTE:
        return tr("More than {n} columns are on the clipboard; nothing was read").format(n=_WIDEST_PASTE)
    return ""


def _separated(text: str, delimiter: str) -> list[list[str]]:
    """Split lines as spreadsheets write them; an odd quotation mark is a letter like any other."""
    lines = io.StringIO(text, newline="")
    try:
        if text.count('"') % 2:
            return list(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:  # a cell longer than any table has
        return [line.split(delimiter) for line in re.split(r"\r\n|\r|\n", text)]


def is_running_text(text: str) -> bool:
    """Tell whether a copied text is a letter or report rather than a table: this is text, not a table."""
    rows = cells_of(text)
    cells = [cell for row in rows for cell in row if cell]
    if not cells or "\t" in text or "|" in text or (len(rows) > 1 and all(";" in line for line in text.splitlines())):
        return False
    words = sum(len(cell.split()) for cell in cells)
    return words / len(rows) >= _WORDS_OF_A_LINE and words / len(cells) > _WORDS_OF_A_CELL
