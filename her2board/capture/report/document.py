"""Turns a pasted text into a document: normalised, cut, its dates found and marked."""

import re

from her2board.capture.report.dates import find_dates
from her2board.capture.report.forms import with_forms
from her2board.capture.report.model import DATE, Document, FoundDate, Kind, Sentence
from her2board.capture.report.normal import normalise
from her2board.capture.report.patients import before_patients, places_of_patients
from her2board.capture.report.resources import BEGINS
from her2board.capture.report.sentences import sentences
from her2board.capture.report.table_rows import without_not_given

LONGEST_LINE = 20_000
LONGEST_WORD = 400
"""Characters; a longer one is no text, and is left out as if it were blank."""
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def read_document(text: str, kind: Kind) -> Document:
    """Return a text as it is read; offsets are those of the text."""
    normal = normalise(_without_noise(text))
    dates = find_dates(normal.plain)
    found, left_out = sentences(normal, kind)
    patients = places_of_patients(normal, found, kind)
    if patients:
        found, left_out = before_patients(normal, found, patients), ()
    marked = begun(_marked(normal.plain, dates), found)
    return without_not_given(with_forms(Document(normal, kind, found, dates, marked, left_out, patients=patients)))


def _without_noise(text: str) -> str:
    """Return the text with what no report holds blanked out: lines and words of a machine."""
    for start, end in long_lines(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return _LONG_WORD.sub(lambda match: " " * len(match[0]), text)


def long_lines(text: str) -> list[tuple[int, int]]:
    """Return the places of lines that are too long to be read."""
    return [match.span() for match in re.finditer(rf"[^\n]{{{LONGEST_LINE + 1},}}", text)]


def long_words(text: str) -> list[tuple[int, int]]:
    """Return the places of words that are too long to be read, outside such lines."""
    lines = long_lines(text)
    found = (match.span() for match in _LONG_WORD.finditer(text))
    return [(start, end) for start, end in found if not any(low <= start < high for low, high in lines)]


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
