"""Worded runs broken into lines."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct

from her2board.briefing.model import Run, Words
from her2board.pdf.fonts import FontName
from her2board.pdf.styles import BODY, LEADING
from her2board.pdf.text import Face, face

_FONTS: dict[str, FontName] = {"plain": "regular", "bold": "semibold", "muted": "regular", "italic": "italic"}
_BREAKS = str.maketrans("\n\t\r", "   ")
_TOKEN = re.compile(" |[^ ]+")
_UNIT = re.compile(r"(?<=\d) (?=(?:%|mm|cm|mg|mL|Gy)(?![^\W\d_]))")
"""The space between a number and its unit: no line ends there."""


class Piece(Struct, frozen=True):
    """Text of one style on one line."""

    x: float
    text: str
    font: FontName
    muted: bool
    link: str
    width: float
    cuts: "tuple[Cut, ...]" = ()
    """Which run each part of it is of."""


class Cut(NamedTuple):
    """Where a run begins, or goes on, in a text that may hold several."""

    start: int
    """Place of its first character in the text."""
    run: Run
    at: int
    """Place of the same character in the run."""


_Style = tuple[FontName, bool, str]
_Token = tuple[str, _Style, float, Run, int]
"""A word or a space with its width, its run, and its place in the run."""
_Set = tuple[float, str, _Style, Run, int]
"""A word or a space with its place on the line instead of its width."""


def height(words: Words, width: float, size: float = BODY, leading: float = LEADING) -> float:
    """Return the height of runs broken at ``width``."""
    return len(lines(words, width, size)) * leading


@lru_cache(maxsize=2000)
def lines(words: Words, width: float, size: float = BODY, hang: float = 0.0) -> list[list[Piece]]:
    """Return runs broken into lines no wider than ``width``; remembered, as fitting asks again and again.

    Lines after the first are narrower by ``hang``, or wider where it is below zero.
    """
    result: list[list[Piece]] = []
    row: list[_Set] = []
    at = 0.0
    for chunk in _chunks(words, size, min(width, width - hang)):
        wide = sum([token[2] for token in chunk])
        space = chunk[0][0] == " "
        if (space and not row) or (space and at + wide > width):
            continue
        if at + wide > width and row:
            result.append(_tidy(row, size))
            row, at = [], 0.0
            width -= hang
            hang = 0.0
        for text, style, advance, run, place in chunk:
            row.append((at, text, style, run, place))
            at += advance
    if row:
        result.append(_tidy(row, size))
    return result


def _chunks(words: Words, size: float, width: float) -> Iterator[list[_Token]]:
    """Yield what may not be broken: neighbouring texts without a space between, and single spaces."""
    chunk: list[_Token] = []
    taken = 0.0
    for token, run, at in _tokens(words):
        style = _FONTS[run.style], run.style == "muted", run.link
        measure = face(style[0])
        if token == " ":
            if chunk:
                yield chunk
            yield [(" ", style, measure.width(" ", size), run, at)]
            chunk, taken = [], 0.0
            continue
        parts = _narrow(token, measure, size, width)
        for part, wide in parts[:-1]:
            if chunk and taken + wide > width:  # a bracket, say, before a word that fills the line
                yield chunk
                chunk = []
            yield [*chunk, (part, style, wide, run, at)]
            chunk, taken = [], 0.0
            at += len(part)
        part, wide = parts[-1]
        if chunk and taken + wide > width:
            yield chunk
            chunk, taken = [], 0.0
        chunk.append((part, style, wide, run, at))
        taken += wide
    if chunk:
        yield chunk


def _tokens(words: Words) -> Iterator[tuple[str, Run, int]]:
    """Split runs into words and single spaces, each with its place in the run."""
    for run in words:
        at = 0
        for token in _TOKEN.findall(_UNIT.sub("\N{NO-BREAK SPACE}", run.text.translate(_BREAKS))):
            yield token, run, at
            at += len(token)


def _narrow(token: str, measure: Face, size: float, width: float) -> list[tuple[str, float]]:
    """Break a word that is wider than the column; every part comes with its width."""
    whole = measure.width(token, size)
    if whole <= width:
        return [(token, whole)]
    parts, part = [], ""
    for character in token:
        if part and measure.width(part + character, size) > width:
            parts.append(part)
            part = ""
        part += character
    return [(part, measure.width(part, size)) for part in (*parts, part)]


def _tidy(row: list[_Set], size: float) -> list[Piece]:
    """Join neighbours of one style; drop spaces at the end."""
    while row and row[-1][1] == " ":
        row.pop()
    return [_joined(list(group), size) for _, group in groupby(row, key=itemgetter(2))]


def _joined(texts: list[_Set], size: float) -> Piece:
    x, _, style, run, at = texts[0]
    cuts, start = [Cut(0, run, at)], 0
    for _, text, _, other, place in texts:
        if other is not run:
            cuts.append(Cut(start, other, place))
            run = other
        start += len(text)
    text = "".join([entry[1] for entry in texts]).replace("\N{NO-BREAK SPACE}", " ")
    return Piece(x, text, *style, face(style[0]).width(text, size), tuple(cuts))
