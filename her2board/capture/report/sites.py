"""Finds sites of the brain in a sentence, as a case records them: 'left frontal lobe', with sides written out."""

import re

from msgspec import Struct

from her2board.capture.report.model import Document, Sentence
from her2board.capture.report.patterns import compiled, named
from her2board.capture.report.table_rows import row_of
from her2board.case.brain_sites import in_brainstem, part_of

_SITE = compiled(r"(?<![\w])(?:{site})(?!\w)(?!-)")
_CEREBELLUM = re.compile(r"cerebell|zerebell|kleinhirn|cervelet|cerebelo|vermis")
_SIDED = compiled(r"(?<!\w){side}(?!\w)")
_SIDE_BEFORE = compiled(r"(?<!\w){side}\.? (?P<word>[a-z]{2,12})\.? $")
_BETWEEN_SITES = ("and", "und", "et", "or", "oder", "the", "in", "der", "del", "della", "du", "to", "of", "than", "is")
"""Words between a side that belongs to a site before, and a site without one: 'on the left and frontal'."""
_BRAINSTEM = re.compile(
    r"\b(?:pons|pontine|midbrain|mesencephalon|medulla oblongata|brain ?stem|hirnstamm|tronc cerebral)\b"
)
_SIDES = {
    **dict.fromkeys(("l", "lt", "left"), "left"),
    **dict.fromkeys(("r", "rt", "right"), "right"),
}
_ADJOINING = named("sites_adjoining")
_DECLINED = named("sites_declined")
"""'In der linken Hemisph\u00e4re', 'im rechten Frontallappen': the site is named in the nominative."""


class Site(Struct, frozen=True):
    """One site: its place, and its words."""

    start: int
    end: int
    words: str
    plain: str = ""
    """Its words without accents."""
    written: str = ""
    """Its words, in the row of a table with a side as short as it is written: the name that its course has there."""

    @property
    def in_brainstem(self) -> bool:
        """Whether it is the brainstem."""
        return in_brainstem(part_of(self.words)) is True or bool(_BRAINSTEM.search(self.plain))

    @property
    def in_cerebellum(self) -> bool:
        """Whether it is the cerebellum."""
        return part_of(self.words) in ("cerebellum", "posterior fossa") or bool(_CEREBELLUM.search(self.plain))


def find_sites(document: Document, sentence: Sentence) -> tuple[Site, ...]:
    """Return the sites of a sentence in their order."""
    matches = _SITE.finditer(document.marked, sentence.start, sentence.end)
    found: list[Site] = []
    for match in matches:
        if _lost_side(document, match, sentence.start):
            continue
        start, end = match.span()
        if found and _ADJOINING.fullmatch(document.marked, found[-1].end, start):
            start = found.pop().start
        found.append(_site(document, start, end))
    return tuple(found)


def _lost_side(document: Document, match: re.Match[str], low: int) -> bool:
    """Tell whether a word that is not known is between a site and its side: 'R post frontal'."""
    if _SIDED.search(match[0]):
        return False
    before = _SIDE_BEFORE.search(document.marked, max(low, match.start() - 30), match.start())
    return before is not None and before["word"] not in _BETWEEN_SITES


def _site(document: Document, start: int, end: int) -> Site:
    words = site_words(document, start, end)
    first = document.normal.text[start:end].split()[0].strip(".")
    short = first.lower() in ("l", "r", "lt", "rt") and _is_in_row(document, start)
    written = f"{first} {words.partition(' ')[2]}" if short else words
    return Site(start, end, words, document.marked[start:end], written)


def _is_in_row(document: Document, at: int) -> bool:
    """Tell whether a place is in the row of a table."""
    start, end = document.plain.rfind("\n", 0, at) + 1, document.plain.find("\n", at)
    return row_of(document, Sentence(start, end if end >= 0 else len(document.plain), "body")) is not None


def site_words(document: Document, start: int, end: int) -> str:
    """Return the words of a site in lower case, with 'L' and 'R' written out."""
    words = document.normal.text[start:end].lower().split()
    written = " ".join(_SIDES.get(word.strip("."), word) for word in words).strip(" ,;:.-")
    return _DECLINED.sub(lambda match: f"{match['side']}e", written)
