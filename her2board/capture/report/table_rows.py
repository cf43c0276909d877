"""Cuts a row of a table into its cells: at upright lines, else at wide gaps."""

import re

from msgspec import Struct

from her2board.capture.report.model import Document, Sentence, Span

_FEWEST_COLUMNS = 3
_BAR, _BLANKS = re.compile(r"(\|)"), re.compile(r"(\s{2,})")


class Row(Struct, frozen=True):
    """A row of a table: its sentence and the places of its cells."""

    sentence: Sentence
    cells: tuple[Span, ...]


def row_of(document: Document, sentence: Sentence) -> Row | None:
    """Return the cells of a row; None where the sentence is none."""
    text = document.plain[sentence.start : sentence.end]
    if "\n" in text:
        return None
    sign = _BAR if "|" in text else _BLANKS
    cells, at = [], 0
    for part in sign.split(text):
        if not sign.fullmatch(part):
            left = at + len(part) - len(part.lstrip())
            cells.append((sentence.start + left, sentence.start + at + len(part.rstrip())))
        at += len(part)
    cells = [cell for cell in cells if "|" not in text or cell[1] > cell[0] or cell != cells[0]]
    return Row(sentence, tuple(cells)) if len(cells) >= _FEWEST_COLUMNS else None
