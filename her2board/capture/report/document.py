"""Turns a pasted text into a document: normalised, cut, its dates found and marked."""

import re

from her2board.capture.report.dates import find_dates
from her2board.capture.report.model import DATE, Document, FoundDate, Kind, Sentence
from her2board.capture.report.normal import normalise
from her2board.capture.report.resources import BEGINS
from her2board.capture.report.sentences import sentences

_LONGEST_LINE = 20_000
_LONGEST_WORD = 400
"""Characters; a longer one is no text, and is left out as if it were blank."""
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD},}}")


def read_document(text: str, kind: Kind) -> Document:
    """Return a text as it is read; offsets are those of the text."""
    normal = normalise(_without_noise(text))
    dates = find_dates(normal.plain)
    found = sentences(normal, kind)
    return Document(normal, kind, found, dates, begun(_marked(normal.plain, dates), found))


def _without_noise(text: str) -> str:
    """Return the text with what no report holds blanked out: lines and words of a machine."""
    if len(text) > _LONGEST_LINE:
        text = "\n".join(line if len(line) <= _LONGEST_LINE else " " * len(line) for line in text.split("\n"))
    return _LONG_WORD.sub(lambda match: " " * len(match[0]), text)


def begun(text: str, found: tuple[Sentence, ...]) -> str:
    """Return a text with a sign before each sentence, in the place of a blank."""
    letters = list(text)
    for sentence in found:
        if sentence.start and letters[sentence.start - 1] in " \n;":
            letters[sentence.start - 1] = BEGINS
    return "".join(letters)


def _marked(plain: str, dates: tuple[FoundDate, ...]) -> str:
    parts, at = [], 0
    for date in dates:
        parts += [plain[at : date.start], DATE * (date.end - date.start)]
        at = date.end
    return "".join((*parts, plain[at:]))
