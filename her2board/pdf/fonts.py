"""The fonts of the pages: the one family in three styles, and fallbacks for other scripts; a text as glyphs."""

from functools import cache
from typing import Literal

from msgspec import Struct

from her2board import paths
from her2board.pdf.backend import TTFont, open_font
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
STYLES: tuple[FontName, ...] = ("regular", "semibold", "italic")
FALLBACKS: tuple[Drawn, ...] = ("wide", "east")
"""Asked in this order for what the family lacks: Arabic, Hebrew and rare Latin; Chinese, Japanese and Korean."""


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
    return open_font(name, paths.resources_dir() / "fonts" / _FILES[name])


class Glyphs(Struct, frozen=True):
    """Some text as it is drawn: left to right, in one font, moved by parts of the size from where the text starts."""

    font: Drawn
    text: str
    x: float = 0.0
    y: float = 0.0


class Stretch(Struct, frozen=True):
    """Neighbouring glyphs from left to right, and the text they draw where they do not say it themselves."""

    glyphs: tuple[Glyphs, ...]
    replaced: str = ""


class Setting(Struct, frozen=True):
    """A text as glyphs, in the order it is read, with its width as a part of the size."""

    stretches: tuple[Stretch, ...]
    width: float
