"""Texts measured and set as glyphs: widths by character, and a check that all can be drawn."""

import unicodedata
from contextlib import suppress
from functools import cache, lru_cache

from her2board.capture.clean_text import clean
from her2board.pdf.fonts import STYLES, FontName, GlyphError, Glyphs, Setting, Stretch, font

_WITH_CARE = ("Mn", "Cc", "Cf", "Co")
"""Marks on letters, controls and private characters: not drawn as they come, even where the family has a glyph."""
_REMEMBERED = 50_000
"""Words whose width is kept; a packet of many pages repeats most of them."""
_LINES_REMEMBERED = 2_000
"""Parts of lines kept as they are set: a page that is drawn again after an edit repeats most of them."""


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
        self._kept = lru_cache(maxsize=_LINES_REMEMBERED)(self._set_anew)

    def width(self, text: str, size: float) -> float:
        """Return the width of ``text`` in points. Raises GlyphError."""
        known = self._words.get(text)
        if known is None:
            known = self._set_anew(text).width
            if len(self._words) < _REMEMBERED:
                self._words[text] = known
        return known * size

    def draws(self, character: str) -> bool:
        """Return whether the font itself draws a character, without help."""
        with suppress(KeyError):
            return self._widths[character] >= 0
        return False

    def set(self, text: str) -> Setting:
        """Return ``text`` as glyphs: other scripts in a fallback, joined and in their direction. Raises GlyphError."""
        return self._kept(text)

    def _set_anew(self, text: str) -> Setting:
        try:
            wide = sum(map(self._widths.__getitem__, text)) / 1000
        except KeyError:
            return self._set_other(text)
        return Setting((Stretch((Glyphs(self.name, text),)),), wide)

    def _set_other(self, text: str) -> Setting:
        from her2board.pdf.scripts import set_text

        known = self._set.get(text)
        if known is None:
            known = set_text(drawable(text), self.name)
            if len(self._set) < _REMEMBERED:
                self._set[text] = known
        return known


@cache
def face(name: FontName) -> Face:
    """Return a font, read once."""
    return Face(name)


def drawable(text: str) -> str:
    """Return a text without what prints as nothing (a soft hyphen, a mark of direction), and signs of symbol fonts."""
    return clean(text).text


def check_glyphs(texts: list[str]) -> None:
    """Raise GlyphError naming all characters that cannot be drawn in every style."""
    texts = [text if text.isascii() and text.isprintable() else drawable(text) for text in texts]
    used = set("".join(texts)) - {"\n", "\t", "\r"}
    other = {character for character in used if not all(face(name).draws(character) for name in STYLES)}
    if not other:
        return
    from her2board.pdf.scripts import lacking

    suspects = [text for text in texts if not other.isdisjoint(text)]
    if found := set().union(*(lacking(text, name) for text in suspects for name in STYLES)):
        raise GlyphError(tuple(sorted(found)))


def drawable_words(words: str) -> str:
    """Return words with what the font cannot draw as U+XXXX: for what is printed whatever a file contains."""
    try:
        check_glyphs([words])
    except GlyphError as error:
        for character in error.characters:
            words = words.replace(character, f"U+{ord(character):04X} ")
    return words
