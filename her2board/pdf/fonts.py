"""The one type family, with a fallback for other scripts: widths for measuring, and a check that all can be drawn."""

import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from her2board import paths
from her2board.pdf.toolkit import TTFont, pdfmetrics
from her2board.wording import tr

FontName = Literal["regular", "semibold", "italic"]
Drawn = Literal["regular", "semibold", "italic", "wide", "east"]
_FILES: dict[Drawn, str] = {
    "regular": "SourceSans3-Regular.ttf",
    "semibold": "SourceSans3-Semibold.ttf",
    "italic": "SourceSans3-It.ttf",
    "wide": "DejaVuSans.ttf",
    "east": "DroidSansFallback.ttf",
}
_STYLES: tuple[FontName, ...] = ("regular", "semibold", "italic")
FALLBACKS: tuple[Drawn, ...] = ("wide", "east")
"""Asked in this order for what the family lacks: Arabic, Hebrew and rare Latin; Chinese, Japanese and Korean."""


_WITH_CARE = ("Mn", "Cc", "Cf", "Co")
"""Marks on letters, controls and private characters: not drawn as they come, even where the family has a glyph."""
_REMEMBERED = 50_000
"""Words whose width is kept; a packet of many pages repeats most of them."""


class GlyphError(Exception):
    """Characters that the page's font cannot draw; nothing is drawn with a hole in it."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        named = ", ".join(
            (f"'{character}' " if character.isprintable() else "") + f"(U+{ord(character):04X})"
            for character in characters
        )
        super().__init__(tr("the page's font cannot draw {named}; write it another way").format(named=named))


@cache
def font(name: Drawn) -> TTFont:
    """Return a font, read once; the fallbacks only when something needs them."""
    found = TTFont(name, str(paths.resources_dir() / "fonts" / _FILES[name]))
    kept = lru_cache(maxsize=4)(found.face.makeSubset)  # a page that is drawn again needs the same letters
    found.face.makeSubset = lambda letters: kept(tuple(letters))
    pdfmetrics.registerFont(found)
    return found


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Some text as it is drawn: left to right, in one font, moved by parts of the size from where the text starts."""

    font: Drawn
    text: str
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring glyphs from left to right, and the text they stand for where they do not say it themselves."""

    glyphs: tuple[Glyphs, ...]
    replaced: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """A text as glyphs, in the order it is read, with its width as a part of the size."""

    stretches: tuple[Stretch, ...]
    width: float


class _Widths(dict[str, float]):
    """The width of each character, noted when it is first asked for. KeyError for what a font draws with help only."""

    def __init__(self, by_code: dict[int, float]) -> None:
        super().__init__()
        self._by_code = by_code

    def __missing__(self, character: str) -> float:
        wide = self._by_code[ord(character)]
        if unicodedata.category(character) in _WITH_CARE:
            raise KeyError(character)
        self[character] = wide
        return wide


class Face:
    """One font: its widths by character."""

    def __init__(self, name: FontName) -> None:
        self.name = name
        self._widths = _Widths(font(name).face.charWidths)
        self._words: dict[str, float] = {}
        self._set: dict[str, Setting] = {}

    def width(self, text: str, size: float) -> float:
        """Return the width of ``text`` in points. Raises GlyphError."""
        known = self._words.get(text)
        if known is None:
            known = self.set(text).width
            if len(self._words) < _REMEMBERED:
                self._words[text] = known
        return known * size

    def draws(self, character: str) -> bool:
        """Tell whether the font itself draws a character, without help."""
        with suppress(KeyError):
            return self._widths[character] >= 0
        return False

    def set(self, text: str) -> Setting:
        """Return ``text`` as glyphs: other scripts in a fallback, joined and in their direction. Raises GlyphError."""
        try:
            wide = sum(map(self._widths.__getitem__, text)) / 1000
        except KeyError:
            return self._set_other(text)
        return Setting((Stretch((Glyphs(self.name, text),)),), wide)

    def _set_other(self, text: str) -> Setting:
        from her2board.pdf.scripts import set_text

        known = self._set.get(text)
        if known is None:
            known = set_text(text, self.name)
            if len(self._set) < _REMEMBERED:
                self._set[text] = known
        return known


@cache
def face(name: FontName) -> Face:
    """Return a font, read once."""
    return Face(name)


def check_glyphs(texts: list[str]) -> None:
    """Raise GlyphError naming all characters that cannot be drawn in every style."""
    used = set("".join(texts)) - {"\n", "\t", "\r"}
    other = {character for character in used if not all(face(name).draws(character) for name in _STYLES)}
    if not other:
        return
    from her2board.pdf.scripts import lacking

    suspects = [text for text in texts if not other.isdisjoint(text)]
    if found := set().union(*(lacking(text, name) for text in suspects for name in _STYLES)):
        raise GlyphError(tuple(sorted(found)))
