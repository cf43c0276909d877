"""Finds where a report names its specimens: behind a heading, as a part with a letter, or in a sentence."""

import re

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.report.model import Document, Role, Sentence
from her2board.capture.report.patterns import compiled, named
from her2board.capture.report.specimen_sites import SpecimenSite, english_side, organs_in, site_in

_HEADED = named("specimens_headed")
_LATERALITY = compiled(r"(?<!\w)laterality\s?:\s?(?P<side>{side})(?!\w)")
_LETTERED = re.compile(r"(?:specimen |part )?(?P<letter>[a-h])[.):]\s*(?=[^:.\n]{3,80}(?::|$|\n))")
_NAMED_PART = re.compile(r"(?P<words>[^:.()\n]{3,60}) \((?:specimen|part|pot|jar) (?P<letter>[a-h])\)(?=\s*(?:$|\n|:))")
_PROSE = ("title", "body", "findings", "impression")
_TAKEN, _NOT_TAKEN = named("specimens_taken"), named("specimens_not_taken")
_TWO = 2
_LONGEST_LABEL = 12
"""Letters of a label before what a sentence names."""
QUOTING: tuple[Role, ...] = ("request", "earlier", "past_history", "comparison")
"""Sections that quote another report."""
_BLANK_LINE = re.compile(r"\n\s*\n")
_OF_PART = re.compile(r"(?<!\w)(?:part|pot|block|specimen|sample|tumou?r|on|in)\s?(?P<letter>[a-h])\d?(?![\w'-])")


class Head(Struct, frozen=True):
    """Where a specimen is named, and its site."""

    start: int
    end: int
    site: str
    organ: str = ""
    """The organ in English."""
    detail: str = ""
    """What distinguishes it from another specimen of its site: '10:00'."""
    letter: str = ""
    """Of the part: 'b' of 'B. Left breast'."""
    in_prose: bool = False
    """Named in a sentence, not behind a heading: results that contradict each other may be of another."""


def specimen_heads(document: Document) -> list[Head]:
    """Return where a report names its own specimens; those of its parts, where it has letters for them."""
    found: list[Head] = []
    for sentence in document.sentences:
        if sentence.role in (*QUOTING, "explanation", "plan", "person"):
            continue
        if head := head_in(document, sentence):
            found.append(head)
    lettered = [head for head in found if head.letter]
    return (lettered if len(lettered) > 1 else found) or _bracketed(document) or _in_prose(document)


def head_in(document: Document, sentence: Sentence) -> Head | None:
    """Return the specimen that a sentence names behind a heading or a letter."""
    return _headed(document, sentence) or _lettered(document, sentence)


def parts_named(document: Document, sentence: Sentence) -> set[str]:
    """Return the letters of the parts that a sentence speaks of: 'a' of 'block A2'."""
    return {match["letter"] for match in _OF_PART.finditer(document.plain, sentence.start, sentence.end)}


_OPENS = re.compile(
    r"\W{0,3}(?:part|pot|block|specimen|sample|jar|cassette)\s?(?P<letter>[a-h])\d{0,2}(?=\s?[:,(-]|\s-|\s(?:shows?|er|her))"
)


def part_of(document: Document, sentence: Sentence) -> str:
    """Return the letter of the part that the last sentence up to this one begins with; empty where it names others."""
    for one in reversed([one for one in document.sentences if one.start <= sentence.start]):
        if match := _OPENS.match(document.plain, one.start, one.end):
            return match["letter"] if parts_named(document, sentence) <= {match["letter"]} else ""
        if _BLANK_LINE.search(document.plain, one.start, sentence.start) or parts_named(document, one):
            return ""
    return ""


def _headed(document: Document, sentence: Sentence) -> Head | None:
    """Return the specimen that follows a heading such as 'Site:'."""
    match = _HEADED.match(document.plain, sentence.start, sentence.end)
    site = site_in(document, replace(sentence, start=match.end())) if match else None
    if site and site.words == site.organ and (stated := _laterality(document)):
        site = replace(site, words=f"{stated[0]} {site.words}")
        sentence = replace(sentence, start=min(sentence.start, stated[1]))
    return _head(sentence, site) if site else None


def _laterality(document: Document) -> tuple[str, int] | None:
    """Return the one side that a form names by itself, and its place; None where it names none or two."""
    found = {english_side(match["side"]): match.start() for match in _LATERALITY.finditer(document.plain)}
    return next(iter(found.items())) if len(found) == 1 else None


def _lettered(document: Document, sentence: Sentence) -> Head | None:
    """Return the part that such as 'A. Left breast, mastectomy: ...' names before its colon."""
    if named_part := _NAMED_PART.match(document.plain, sentence.start, sentence.end):
        site = site_in(document, replace(sentence, end=named_part.end("words")))
        return _head(sentence, site, named_part["letter"]) if site else None
    match = _LETTERED.match(document.plain, sentence.start, sentence.end)
    if match is None:
        return None
    colon = document.plain.find(":", match.end(), sentence.end)
    site = site_in(document, replace(sentence, start=match.end(), end=colon if colon > 0 else sentence.end))
    return _head(sentence, site, match["letter"]) if site else None


def _head(sentence: Sentence, site: SpecimenSite, letter: str = "", in_prose: bool = False) -> Head:
    return Head(sentence.start, sentence.end, site.words, site.organ, site.detail, letter, in_prose)


_BRACKETED = re.compile(
    r"(?<!\w)(?:specimen|sample|part|pot|jar|block)\s?(?P<letter>[a-h1-9])\d?\s?\((?P<place>[^()]{3,90})\)"
)
_OF_EARLIER = re.compile(r"(?<!\w)(?:previous(?:ly)?|prior|earlier|outside|original|external|old)(?!\w)")


def _bracketed(document: Document) -> list[Head]:
    """Return the parts whose site is in brackets behind their letter or number: 'specimen 1 (right parietal)'."""
    found: list[Head] = []
    for one in document.sentences:
        if one.role not in _PROSE or _OF_EARLIER.search(document.plain, one.start, one.end):
            continue
        for match in _BRACKETED.finditer(document.plain, one.start, one.end):
            place = replace(one, start=match.start("place"), end=match.end("place"))
            if site := site_in(document, place):
                found.append(_head(replace(one, start=match.start()), site, match["letter"], in_prose=True))
    return found


_HAS_SCORE = re.compile(r"(?<![\d.])[0-3]\s?\+|(?<!\w)(?:er|pr) ?:?-? ?(?:\d|neg|pos)")


def _at(sentence: Sentence) -> tuple[int, int]:
    return sentence.start, sentence.end


def _in_prose(document: Document) -> list[Head]:
    """Return where a report that has no heading for it says what was taken from where: all of it from one site."""
    found: list[Head] = []
    scored = (one for one in document.sentences if one.role in _PROSE and _HAS_SCORE.search(document.plain, *_at(one)))
    if len({organ for one in scored for organ in organs_in(document, *_at(one))}) > 1:
        return []
    for sentence in document.sentences:
        place = (document.plain, sentence.start, sentence.end)
        if sentence.role not in _PROSE or not _TAKEN.search(*place) or _NOT_TAKEN.search(*place):
            continue
        days = document.dates_in(sentence.start, sentence.end)
        colon = document.plain.find(": ", sentence.start + _LONGEST_LABEL, sentence.end)
        organs = organs_in(document, sentence.start, colon if colon > 0 else sentence.end)
        if len(days) < _TWO and len(organs) < _TWO and (site := site_in(document, sentence)):
            found.append(_head(sentence, site, in_prose=True))
    return found[:1] if len({head.site for head in found}) == 1 else []
