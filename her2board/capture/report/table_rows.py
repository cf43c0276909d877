"""Cuts a row of a table into its cells: at upright lines, else at wide gaps."""

import re

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.report.model import Document, Sentence, Span

GIVEN = (
    r"^(?:was )?(?:given|received|administered|delivered|done|taken|had|tried|exposed|prior exposure|used"
    r"|yes ?/ ?no|y ?/ ?n|erhalten|gegeben|verabreicht|ja ?/ ?nein|recue?|administree?|oui ?/ ?non"
    r"|ricevut[oa]|somministrat[oa]|si ?/ ?no"
    r"|recibid[oa]|administrad[oa])(?: ?\((?:y|yes) ?/ ?(?:n|no)\))? ?\??$"
)
"""Heads a column that says of each row whether it was given."""
YES = re.compile(r"\s*(?:yes|y|ja|j|oui|o|si|s|given|received|done|completed|x|\u2713|\u2714|\+)(?!\w)")
"""What such a column says of a treatment that was given."""
_HEADS = re.compile(GIVEN[1:-1])
_NO = re.compile(r"(?:no|n|nein|non|never|none|nil|nie|mai|nunca|not .*|declined|refused|planned|-|\u2013|\u2717|0)?$")
_ASKED = (
    r"(?<!\w)(?:given|received|administered|delivered|erhalten|gegeben|verabreicht|recue?|administree?|ricevut[oa]"
    r"|somministrat[oa]|recibid[oa]|administrad[oa])\s?(?:\(y/n\)|\(yes/no\))?\s?[?:]{1,2}\s{0,3}(?:no|nein|non|n)(?!\w)"
)
_PRIOR_NO = (
    r"(?<!\w)(?:prior|previous|past|ever(?: had)?|exposure to|exposed to) (?:[\w+/ -]{2,40}?) ?[:?]{1,2} ?"
    r"(?:n|no|nein|non|never)(?=\s*(?:$|[\n.;,|]))"
)
"""'Prior T-DM1: N' of a form."""
_DENIED = re.compile(f"{_ASKED}|{_PRIOR_NO}")
_DENIED_BEHIND = re.compile(rf"[\s.;,|(-]{{0,6}}{_ASKED}")
_FEWEST_COLUMNS = 3
_BAR, _BLANKS = re.compile(r"(\|)"), re.compile(r"(\s{2,})")


class Row(Struct, frozen=True):
    """A row of a table: its sentence and the places of its cells."""

    sentence: Sentence
    cells: tuple[Span, ...]


def row_of(document: Document, sentence: Sentence) -> Row | None:
    """Return the cells of a row; None where the sentence is none."""
    text = document.plain[sentence.start : sentence.end]
    if "\n" in text or ("|" not in text and "  " not in text):
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


def without_not_given(document: Document) -> Document:
    """Return a document, what it calls not given as such: rows of a column 'Given?', and lines that end 'Given? No'."""
    place, width = -1, 0
    found: list[Sentence] = []
    for sentence in document.sentences:
        row = row_of(document, sentence)
        cells = [document.plain[slice(*cell)].strip() for cell in row.cells] if row else []
        heads = [number for number, cell in enumerate(cells) if _HEADS.fullmatch(cell)]
        if len(heads) == 1:
            place, width = heads[0], len(cells)
        elif not cells:
            place = -1
        no = 0 <= place < len(cells) <= width and len(heads) != 1 and _NO.match(cells[place]) is not None
        found.append(replace(sentence, role="not_given") if no or _is_denied(document, sentence) else sentence)
    return replace(document, sentences=tuple(found))


def _is_denied(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence, or what follows it in its line, says that what it names was not given."""
    line = document.plain.find("\n", sentence.end)
    end = line if line >= 0 else len(document.plain)
    inside = _DENIED.search(document.plain, sentence.start, sentence.end)
    return bool(inside or _DENIED_BEHIND.match(document.plain, sentence.end, end))
