"""Texts the family alone cannot draw: fallback fonts, right-to-left order, joined letters, marks on letters.

Order is that of the Unicode bidirectional algorithm in a line that runs left to right; letters are joined and marks
placed by HarfBuzz, from the tables of the font. Imported only for a text that needs it.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import groupby

import uharfbuzz
from bidi import algorithm

from her2board.pdf.fonts import FALLBACKS, Drawn, FontName, GlyphError, Glyphs, Setting, font

_JOINERS = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}")
"""Say how letters join and which way they run; never drawn themselves."""
_BLANK = frozenset("\n\t\r")
"""Drawn as spaces, once a line is made of the text."""
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_SKIPPED = frozenset(("RLE", "LRE", "RLO", "LRO", "PDF", "BN"))
"""Bidirectional classes that have no level of their own."""
_GLYPH = 0xE000
"""Private characters that stand for glyphs without a character of their own: this plus the number of the glyph."""
_PRIVATE = range(0xE000, 0xF900)


def set_text(text: str, name: FontName) -> Setting:
    """Return a text as glyphs, from left to right. Raises GlyphError naming what no font has."""
    text = unicodedata.normalize("NFC", text)
    if missing := lacking(text, name):
        raise GlyphError(tuple(sorted(missing)))
    glyphs: list[Glyphs] = []
    at = 0.0
    for part, level in _visual(text):
        for drawn, run in _by_font(part, name):
            made = _shaped(run, drawn, level % 2 == 1, at) if _to_shape(run, drawn) else _plain(run, drawn, at)
            glyphs += made.glyphs
            at += made.width
    said = "".join(glyph.text for glyph in glyphs)
    return Setting(tuple(glyphs), at, "" if said == text else text)


def lacking(text: str, name: FontName) -> set[str]:
    """Return the characters of ``text`` that neither the style nor a fallback has a glyph for."""
    missing: set[str] = set()
    for cluster in _clusters(unicodedata.normalize("NFC", text)):
        if _font_for(cluster, name) is None:
            alone = {character for character in cluster if _font_for(character, name) is None}
            missing |= alone or set(cluster[1:])
    return missing


def _clusters(text: str) -> Iterator[str]:
    """Yield letters with the marks on them."""
    cluster = ""
    for character in text:
        if cluster and not _is_mark(character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me") or character in _JOINERS


@cache
def _font_for(cluster: str, name: FontName) -> Drawn | None:
    """Return the first font that has every character of a cluster."""
    needed = [ord(character) for character in cluster if character not in _JOINERS and character not in _BLANK]
    if any(code in _PRIVATE or code > 0xFFFF for code in needed):
        return None
    fonts: Sequence[Drawn] = (name, *FALLBACKS)
    return next((drawn for drawn in fonts if all(code in font(drawn).face.charToGlyph for code in needed)), None)


def _by_font(text: str, name: FontName) -> Iterator[tuple[Drawn, str]]:
    """Yield what is drawn in one font; signs between letters of a right-to-left script are drawn in its font."""
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        fallback = FALLBACKS[0]
        if all(_font_for(cluster, name) is not None and _has(cluster, fallback) for cluster in _clusters(text)):
            yield fallback, text
            return
    for drawn, clusters in groupby(_clusters(text), key=lambda cluster: _font_for(cluster, name)):
        assert drawn is not None
        yield drawn, "".join(clusters)


def _has(cluster: str, drawn: Drawn) -> bool:
    known = font(drawn).face.charToGlyph
    return all(ord(character) in known or character in _JOINERS for character in cluster)


def _visual(text: str) -> list[tuple[str, int]]:
    """Return the parts of one direction with their levels, from left to right."""
    if not any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return [(text, 0)]
    parts = [
        ("".join(character for character, _ in group), level)
        for level, group in groupby(zip(text, _levels(text), strict=True), key=lambda pair: pair[1])
    ]
    for least in range(max(level for _, level in parts), 0, -1):
        ordered: list[tuple[str, int]] = []
        for deep, group in groupby(parts, key=partial(_at_least, least)):
            together = list(group)
            ordered += together[::-1] if deep else together
        parts = ordered
    return parts


def _at_least(level: int, part: tuple[str, int]) -> bool:
    return part[1] >= level


def _levels(text: str) -> list[int]:
    """Return the embedding level of each character; of one that has none, that of the character before."""
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = 0, "L"
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    resolved = iter(storage["chars"])
    levels: list[int] = []
    for character in text:
        skipped = unicodedata.bidirectional(character) in _SKIPPED
        levels.append((levels[-1] if levels else 0) if skipped else next(resolved)["level"])
    return levels


def _to_shape(text: str, drawn: Drawn) -> bool:
    """Tell whether letters are to be joined or marks placed: the characters of the east stand on their own."""
    return drawn == "wide" or (drawn != "east" and any(_is_mark(character) for character in text))


def _plain(text: str, drawn: Drawn, at: float) -> Setting:
    """Return a text character by character."""
    text = "".join(" " if character in _BLANK else character for character in text if character not in _JOINERS)
    widths = font(drawn).face.charWidths
    return Setting((Glyphs(drawn, text, at),), sum(widths[ord(character)] for character in text) / 1000)


def _shaped(text: str, drawn: Drawn, to_left: bool, at: float) -> Setting:
    """Return a text with its letters joined and its marks placed, glyph by glyph from left to right."""
    shaper, units = _shaper(drawn)
    buffer = uharfbuzz.Buffer()
    buffer.add_str("".join(" " if character in _BLANK else character for character in text))
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if to_left else "ltr"
    uharfbuzz.shape(shaper, buffer, {"kern": False, "liga": False})
    glyphs = []
    start = at
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyph = Glyphs(drawn, _character(drawn, info.codepoint), at + place.x_offset / units, place.y_offset / units)
        glyphs.append(glyph)
        at += place.x_advance / units
    return Setting(tuple(glyphs), at - start)


@cache
def _shaper(drawn: Drawn) -> tuple[uharfbuzz.Font, int]:
    read = uharfbuzz.Face(uharfbuzz.Blob(font(drawn).face._ttf_data))
    return uharfbuzz.Font(read), read.upem


@cache
def _character(drawn: Drawn, glyph: int) -> str:
    """Return the character that draws a glyph; a private one, always the same, where it has none of its own."""
    found = font(drawn).face
    codes: list[int] = found.glyphToChar.get(glyph, [])
    if codes and codes[0] not in _PRIVATE:
        return chr(codes[0])
    code = _GLYPH + glyph
    assert code in _PRIVATE
    found.charToGlyph[code] = glyph
    found.charWidths[code] = found._pdfScale(found.hmetrics[glyph][0])
    return chr(code)
