"""Reads a table of lesions: one for each row, the size of now from the column that is headed so."""

import re
from collections.abc import Iterator

from her2board.capture.report.model import Document, Sentence
from her2board.capture.report.patterns import compiled
from her2board.capture.report.sites import Site, find_sites
from her2board.capture.report.sizes import Size, axes_in
from her2board.capture.report.table_rows import Row, row_of

_SITE = re.compile(r"location|site|region|lesion|lokalisation|localisation|localizacion|sede|lage")
_BEFORE = re.compile(r"prior|previous|before|baseline|old|last|vor|precedent|anterior|preced")
_NOW = re.compile(r"current|now|today|aktuell|attuale|actuel|actual|heute|this")
_SIZED = re.compile(r"size|diameter|\bmm\b|\bcm\b|grose|durchmesser|taille|tamano|dimension|diametro|measure")
_UNIT = re.compile(r"\b(mm|cm)\b")
_CELL = compiled(r"(?P<size>{number}(?: ?x ?{number}){0,2})(?: ?(?P<unit>mm|cm))?(?: \(?(?P<new>new|neu)\)?)?")
_NAMED = re.compile(r"(?:#|no\.?|nr\.?)?\s?\d{0,2}[.)]?\s*")


def table_lesions(document: Document, sentences: tuple[Sentence, ...]) -> Iterator[tuple[Site, Size, Sentence]]:
    """Yield site and size of now for each row below a heading that names both; a row of more than one site is left."""
    heading: tuple[int, int, str, int] | None = None
    for sentence in sentences:
        row = row_of(document, sentence)
        if row is None:
            heading = None
        elif found := _heading(document, row):
            heading = found
        elif heading and len(row.cells) == heading[3] and (lesion := _lesion(document, row, *heading[:3])):
            yield (*lesion, sentence)


def _heading(document: Document, row: Row) -> tuple[int, int, str, int] | None:
    """Return the column of the site, that of the size of now, its unit, and how many columns there are."""
    words = [document.plain[start:end] for start, end in row.cells]
    if document.dates_in(row.sentence.start, row.sentence.end):
        return None
    sites = [number for number, word in enumerate(words) if _SITE.search(word) and not _SIZED.search(word)]
    sized = [
        number
        for number, word in enumerate(words)
        if (_SIZED.search(word) or _NOW.search(word)) and not _BEFORE.search(word) and number not in sites
    ]
    now = [number for number in sized if _NOW.search(words[number])] or sized
    if not sites or len(now) != 1:
        return None
    unit = _UNIT.search(words[now[0]])
    return sites[-1], now[0], unit[1] if unit else "", len(words)


def _lesion(document: Document, row: Row, site: int, size: int, unit: str) -> tuple[Site, Size] | None:
    start, end = row.cells[site]
    sites = find_sites(document, Sentence(start, end, row.sentence.role))
    low, high = row.cells[size]
    match = _CELL.fullmatch(document.marked, low, high)
    if match is None or len(sites) != 1 or not _whole(document, sites[0], start, end):
        return None
    scale = match["unit"] or unit
    axes = axes_in(f"{match['size']} {scale}") if scale else ()
    return (sites[0], Size(low, high, axes, "now")) if axes else None


def _whole(document: Document, site: Site, start: int, end: int) -> bool:
    """Tell whether a cell is the site and nothing else: 'left frontal meningioma' is no metastasis."""
    return bool(_NAMED.fullmatch(document.plain[start : site.start])) and site.end == end
