"""Finds where a specimen is from: a part of the brain, or an organ with its side, in the words of the report."""

import re
from functools import cache

from msgspec import Struct

from her2board.capture.report.model import Document, Sentence
from her2board.capture.report.patterns import compiled
from her2board.capture.report.resources import read_resource
from her2board.capture.report.sites import find_sites, site_words

_LEFT = "l lt left links linke linker linken gauche sinistra sinistro izquierda izquierdo sx"
_RIGHT = "r rt right rechts rechte rechter rechten droite droit destra destro derecha derecho dx"
_ENGLISH = {**dict.fromkeys(_LEFT.split(), "left"), **dict.fromkeys(_RIGHT.split(), "right")}
_SIDE_BEFORE = r"(?<!\w)(?:(?P<side>{side})(?:[- ]sided)? )?"
_LUMP = r"(?: (?:recurrence|lump|lesion|mass|nodule|tumou?r|core|biopsy|metastasis))?"
_SIDE_AFTER = _LUMP + r"(?!\w)(?:[ ,(]{1,3}(?:the )?(?P<side2>{side})(?!\w)(?! (?:\w+ )?lobe))?"
_CLOCK = re.compile(r"\s?[,(]?\s?(?:at )?(\d{1,2}(?::\d\d| ?o'? ?clock)(?: position)?)")
_VERTEBRA = re.compile(r"\b[tl]\d{1,2}\b")
_NEAR_BREAST = ("breast", "axilla", "axillary lymph node")


class SpecimenSite(Struct, frozen=True):
    """Where a specimen is from: the organ in English, the words for a case, and what distinguishes it from another."""

    start: int
    organ: str
    words: str
    detail: str = ""
    """Such as '10:00' of a breast."""
    named: bool = False
    """Called by its own name, such as 'iliac crest', not by that of its organ."""


class _Organ(Struct, frozen=True):
    organ: str
    own: bool
    foreign: bool
    sided: bool
    pattern: re.Pattern[str]


@cache
def _organs() -> tuple[_Organ, ...]:
    found = []
    for entry in read_resource("organs"):
        own, sided = "own" in entry, "unsided" not in entry
        for name in ("english", "other"):
            if name in entry:
                pattern = compiled(f"{_SIDE_BEFORE}(?:{entry[name]}){_SIDE_AFTER}")
                found.append(_Organ(entry["organ"], own, name == "other", sided, pattern))
    return tuple(found)


def english_side(word: str) -> str:
    """Return 'left' or 'right' for a word of a side in any language; empty for none."""
    return _ENGLISH.get(word.strip(" ,.(").removesuffix("-sided"), "")


def site_in(document: Document, sentence: Sentence) -> SpecimenSite | None:
    """Return the first site that a place names: a part of the brain, else an organ with its side."""
    brain = find_sites(document, sentence)
    if brain:
        return SpecimenSite(brain[0].start, "brain", brain[0].words)
    place = (document.plain, sentence.start, sentence.end)
    found = [_as_site(document, one, match) for one in _organs() if (match := one.pattern.search(*place))]
    if any(site.organ.startswith("chest wall") for site in found):
        found = [site for site in found if site.organ != "skin"]
    first = min(found, key=lambda site: (site.start, -len(site.words)), default=None)
    nearer = (site for site in found if first and site.named and site.organ == first.organ)
    return next(nearer, first)


def _as_site(document: Document, one: _Organ, match: re.Match[str]) -> SpecimenSite:
    side = english_side(match["side"] or match["side2"] or "") if one.sided else ""
    if one.foreign:
        words = document.normal.text[match.start() : match.end()].strip(" ,(")
    elif one.own:
        start, end = match.end("side") if match["side"] else match.start(), match.end()
        end = match.start("side2") if match["side2"] else end
        words = " ".join(filter(None, (side, site_words(document, start, end).strip(" ,("))))
        words = _VERTEBRA.sub(lambda found: found[0].upper(), words)
    else:
        words = " ".join(filter(None, (side, one.organ)))
    clock = _CLOCK.match(document.plain, match.end()) if one.organ == "breast" else None
    return SpecimenSite(match.start(), one.organ, words, clock[1] if clock else "", one.own)


def organs_in(document: Document, start: int, end: int) -> set[str]:
    """Return the organs that a place names, a lymph node and its axilla as one."""
    found = {
        one.organ.split()[0].replace("axillary", "axilla")
        for one in _organs()
        if one.pattern.search(document.plain, start, end)
    }
    if "bone" in found and find_sites(document, Sentence(start, end, "body")):
        found -= {"bone"}
    return found - {"skin"} if "chest" in found or "breast" in found else found


def metastatic_organs(document: Document, start: int, end: int) -> list[str]:
    """Return the organs other than breast, axilla and brain that a place names."""
    found = [one.organ for one in _organs() if one.pattern.search(document.plain, start, end)]
    return [organ for organ in dict.fromkeys(found) if organ not in (*_NEAR_BREAST, "brain")]
