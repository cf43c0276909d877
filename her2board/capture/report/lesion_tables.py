"""Reads a table of lesions: one for each row, the size of now from the column that is headed so."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

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
_Heading: TypeAlias = tuple[int, int, str, int, bool]
"""The column of the site, that of the size of now, its unit, how many columns there are, and whether one is earlier."""
_FEWEST_DAYS = 2
_NAMED = re.compile(r"(?:#|no\.?|nr\.?)?\s?\d{0,2}[.)]?\s*")


def table_lesions(document: Document, sentences: tuple[Sentence, ...]) -> Iterator[tuple[Site, Size, Sentence]]:
    """Yield site and size of now for each row below a heading that names both; a row of more than one site is left."""
    for row, heading in _rows(document, sentences):
        if lesion := _lesion(document, row, *heading[:3]):
            yield (*lesion, row.sentence)


def compared_rows(document: Document, sentences: tuple[Sentence, ...]) -> frozenset[int]:
    """Return where rows begin that have a column of an earlier scan: which size is of now their heading says alone."""
    return frozenset(row.sentence.start for row, heading in _rows(document, sentences) if heading[4])


def _rows(document: Document, sentences: tuple[Sentence, ...]) -> Iterator[tuple[Row, _Heading]]:
    """Yield the rows below a heading that have as many cells as it, each with that heading."""
    heading: _Heading | None = None
    for sentence in sentences:
        row = row_of(document, sentence)
        if days := _only_days(document, sentence):
            heading = days
        elif row is None:
            heading = None
        elif found := _heading(document, row):
            heading = found
        elif heading and len(row.cells) == heading[3]:
            yield row, heading


def _only_days(document: Document, sentence: Sentence) -> _Heading | None:
    """Return the heading that is made of days alone, one for each scan: the sites are below the blank before them."""
    days = document.dates_in(sentence.start, sentence.end)
    whole = all(len(day.iso) == len("2025-01-01") for day in days)
    rest = document.marked[sentence.start : sentence.end].replace("\x01", "")
    if len(days) < _FEWEST_DAYS or not whole or len({day.iso for day in days}) < len(days) or rest.strip(" |\t"):
        return None
    gaps = (document.plain[one.end : other.start] for one, other in pairwise(days))
    if not all("  " in gap or "|" in gap for gap in gaps):
        return None
    latest = max(range(len(days)), key=lambda number: days[number].iso)
    return 0, latest + 1, "", len(days) + 1, True


def _heading(document: Document, row: Row) -> _Heading | None:
    """Return what a row of headings names; None where it names no site, or not one size of now."""
    words = [document.plain[start:end] for start, end in row.cells]
    days = [(number, day.iso) for number, cell in enumerate(row.cells) for day in document.dates_in(*cell)]
    sites = [number for number, word in enumerate(words) if _SITE.search(word) and not _SIZED.search(word)]
    sized = [
        number
        for number, word in enumerate(words)
        if (_SIZED.search(word) or _NOW.search(word)) and not _BEFORE.search(word) and number not in sites
    ]
    now = [number for number in sized if _NOW.search(words[number])] or sized
    if days:
        now = _of_last_day(document, row, days)
    if not sites or len(now) != 1:
        return None
    unit = _UNIT.search(words[now[0]]) or (_UNIT.search(_above(document, row)) if days else None)
    compared = bool(days) or any(_BEFORE.search(word) for word in words)
    return sites[-1], now[0], unit[1] if unit else "", len(words), compared


def _of_last_day(document: Document, row: Row, days: list[tuple[int, str]]) -> list[int]:
    """Return the column of the latest day, where each day is whole and alone in its cell."""
    whole = all(len(iso) == len("2025-01-01") for _, iso in days) and len({number for number, _ in days}) == len(days)
    bare = all(not document.marked[slice(*row.cells[number])].strip("\x01 ") for number, _ in days)
    return [max(days, key=lambda day: day[1])[0]] if whole and bare and len(days) > 1 else []


def _above(document: Document, row: Row) -> str:
    """Return the line above a heading: 'Lesion table (largest axial dimension, mm)'."""
    end = document.plain.rfind("\n", 0, row.sentence.start)
    return document.plain[document.plain.rfind("\n", 0, max(end, 0)) + 1 : max(end, 0)]


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
