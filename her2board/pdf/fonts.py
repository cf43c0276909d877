"""The one type family: widths for measuring, and a check that every character can be drawn."""

from functools import cache
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from her2board import paths
from her2board.wording import tr

FontName = Literal["regular", "semibold", "italic"]
_FILES: dict[FontName, str] = {
    "regular": "SourceSans3-Regular.ttf",
    "semibold": "SourceSans3-Semibold.ttf",
    "italic": "SourceSans3-It.ttf",
}


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


class Face:
    """One font: its widths by character."""

    def __init__(self, name: FontName) -> None:
        self.name = name
        font = TTFont(name, str(paths.resources_dir() / "fonts" / _FILES[name]))
        pdfmetrics.registerFont(font)
        self._widths: dict[int, float] = font.face.charWidths
        self._glyphs: dict[int, int] = font.face.charToGlyph
        self._words: dict[str, float] = {}

    def width(self, text: str, size: float) -> float:
        """Return the width of ``text`` in points."""
        known = self._words.get(text)
        if known is None:
            widths = self._widths
            known = sum([widths.get(ord(character), 0.0) for character in text]) / 1000
            if len(self._words) < _REMEMBERED:
                self._words[text] = known
        return known * size

    def lacking(self, text: str) -> set[str]:
        """Return the characters of ``text`` that this font has no glyph for."""
        return {character for character in text if ord(character) not in self._glyphs and character != "\n"}


@cache
def face(name: FontName) -> Face:
    """Return a font, read once."""
    return Face(name)


def check_glyphs(texts: list[str]) -> None:
    """Raise GlyphError when a character cannot be drawn in every style."""
    everything = set("".join(texts))
    joined = "".join(sorted(everything - {"\n", "\t", "\r"}))
    lacking = set().union(*(face(name).lacking(joined) for name in _FILES))
    if lacking:
        raise GlyphError(tuple(sorted(lacking)))
