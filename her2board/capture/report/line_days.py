"""Joins days that a history writes on a line of their own to the treatment that the line below them names."""

import re

from msgspec.structs import replace

from her2board.capture.report.drug_words import drug_groups
from her2board.capture.report.model import DATE, Document, Sentence
from her2board.case.drugs import Vocabulary

_ONLY_DAYS = re.compile(
    rf"(?:[-*\u2022>]|\(?\d{{1,2}}[.)])?\s*(?:from\s|since\s)?{DATE}+"
    rf"(?:\s?(?:-{{1,2}}>?|\u2013|to|until|till)\s?(?:{DATE}+|ongoing|present|now|current))?[\s:.]*"
)


def with_days_above(document: Document, vocabulary: Vocabulary) -> tuple[Sentence, ...]:
    """Return the sentences, each that is a day alone as one with the line below it.

    Where the first such day is below a treatment without one, or the last has none below it, the days may belong to
    what is above them, and none is joined.
    """
    found = document.sentences
    days = [number for number, one in enumerate(found) if one.starts_line and _is_a_day(document, one)]
    if not days or not all(_is_named(document, found, number + 1, vocabulary) for number in (days[0], days[-1])):
        return found
    if days[0] and _is_named(document, found, days[0] - 1, vocabulary):
        return found
    joined: list[Sentence] = []
    for number, one in enumerate(found):
        if number - 1 in days and number not in days and _is_undated(document, one):
            joined[-1] = replace(one, start=joined[-1].start, starts_line=True)
        else:
            joined.append(one)
    return tuple(joined)


def _is_a_day(document: Document, sentence: Sentence) -> bool:
    return _ONLY_DAYS.fullmatch(document.marked, sentence.start, sentence.end) is not None


def _is_undated(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence begins a line and has no day of its own."""
    return sentence.starts_line and DATE not in document.marked[sentence.start : sentence.end]


def _is_named(document: Document, found: tuple[Sentence, ...], number: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the sentence of a number names drugs and no day."""
    if number >= len(found) or not _is_undated(document, found[number]):
        return False
    return bool(drug_groups(document, vocabulary, found[number].start, found[number].end))
