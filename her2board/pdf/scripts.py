"""Texts the family alone cannot draw: fallback fonts, right-to-left order, joined letters, marks on letters.

Order is that of the Unicode bidirectional algorithm in a line that runs left to right; letters are joined and marks
placed by HarfBuzz, from the tables of the font. Imported only for a text that needs it.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

import uharfbuzz
from bidi import algorithm

from her2board.pdf.backend import draw_glyph_as, font_file
from her2board.pdf.fonts import FALLBACKS, Drawn, FontName, GlyphError, Glyphs, Setting, Stretch, font

_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
"""Say how letters join, which way they run or where a line may end; never drawn themselves."""
_BLANK = frozenset("\n\t\r")
"""Drawn as spaces, once a line is made of the text."""
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_SKIPPED = frozenset(("RLE", "LRE", "RLO", "LRO", "PDF", "BN"))
"""Bidirectional classes that have no level of their own."""
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_LETTERS = {"L": "a", "R": "\u05d0"}
_GLYPH = 0xE000
"""Private characters that draw glyphs without a character of their own: this plus the number of the glyph."""
_UNDRAWN = ("Cc", "Cf", "Co", "Cs")
"""Controls, among them those that turn a text round, and private characters: some fonts have a glyph for them."""
_PRIVATE = range(0xE000, 0xF900)


def set_text(text: str, name: FontName) -> Setting:
    """Return a text as glyphs. Raises GlyphError naming what no font has."""
    text = unicodedata.normalize("NFC", text)
    if missing := lacking(text, name):
        raise GlyphError(tuple(sorted(missing)))
    runs = [_run(part, level % 2 == 1, name) for part, level in _directions(text)]
    starts: dict[int, float] = {}
    width = 0.0
    for place in _visual([level for _, level in _directions(text)]):
        starts[place] = width
        width += runs[place][1]
    placed = [_moved(stretch, starts[place]) for place, (run, _) in enumerate(runs) for stretch in run]
    return Setting(tuple(placed), width)


def _run(text: str, to_left: bool, name: FontName) -> tuple[list[Stretch], float]:
    """Return a text of one direction as stretches from its left end, with its width."""
    at = 0.0
    stretches: list[Stretch] = []
    parts = list(_by_font(text, name))
    for drawn, part in reversed(parts) if to_left else parts:
        shaped = to_left or _to_shape(part, drawn)
        glyphs, wide = _shaped(part, drawn, to_left) if shaped else _plain(part, drawn)
        said = "".join(glyph.text for glyph in glyphs)
        stretches.append(_moved(Stretch(glyphs, "" if said == part else part), at))
        at += wide
    if to_left:
        return [Stretch(tuple(glyph for stretch in stretches for glyph in stretch.glyphs), text)], at
    return stretches, at


def _moved(stretch: Stretch, by: float) -> Stretch:
    glyphs = tuple(Glyphs(glyph.font, glyph.text, glyph.x + by, glyph.y) for glyph in stretch.glyphs)
    return Stretch(glyphs, stretch.replaced)


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
    return unicodedata.category(character) in ("Mn", "Me") or character in _UNSEEN


@cache
def _font_for(cluster: str, name: FontName) -> Drawn | None:
    """Return the first font that has every character of a cluster."""
    needed = [ord(character) for character in cluster if character not in _UNSEEN and character not in _BLANK]
    if any(code > 0xFFFF or unicodedata.category(chr(code)) in _UNDRAWN for code in needed):
        return None
    fonts: Sequence[Drawn] = (name, *FALLBACKS)
    return next((drawn for drawn in fonts if all(code in font(drawn).face.charToGlyph for code in needed)), None)


def _by_font(text: str, name: FontName) -> Iterator[tuple[Drawn, str]]:
    """Yield what is drawn in one font."""
    for drawn, clusters in groupby(_clusters(text), key=lambda cluster: _font_for(cluster, name)):
        assert drawn is not None
        yield drawn, "".join(clusters)


def _directions(text: str) -> list[tuple[str, int]]:
    """Return the parts of one embedding level, in the order they are read; even levels run to the right."""
    if not any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return [(text, 0)]
    levels = groupby(zip(text, _levels(text), strict=True), key=lambda pair: pair[1])
    return [("".join(character for character, _ in group), level) for level, group in levels]


def _visual(levels: list[int]) -> list[int]:
    """Return the places of parts with these levels, from left to right (rule L2 of the algorithm)."""
    places = list(range(len(levels)))
    for least in range(max(levels, default=0), 0, -1):
        ordered: list[int] = []
        for deep, group in groupby(places, key=lambda place: levels[place] >= least):
            together = list(group)
            ordered += together[::-1] if deep else together
        places = ordered
    return places


def _levels(text: str) -> list[int]:
    """Return the embedding level of each character; of one that has none, that of the character before."""
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = 0, "L"
    algorithm.get_embedding_levels(_brackets_settled(text), storage)
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


def _brackets_settled(text: str) -> str:
    """Return a text with each pair of brackets around strong letters replaced by letters of its direction.

    Rule N0 of the algorithm, which the library does not know, for a line that runs left to right.
    """
    strong = list(_strong(text))
    settled, open_places = list(text), []
    for place, character in enumerate(text):
        if character in _BRACKETS:
            open_places.append(place)
        elif open_places and _BRACKETS[text[open_places[-1]]] == character:
            first = open_places.pop()
            within = set(strong[first + 1 : place]) - {""}
            before = next((direction for direction in reversed(strong[:first]) if direction), "L")
            if within:
                letter = _LETTERS["R" if within == {"R"} and before == "R" else "L"]
                settled[first] = settled[place] = letter
    return "".join(settled)


def _strong(text: str) -> Iterator[str]:
    """Yield L or R for each character that says a direction, else nothing; digits go with the letter before them."""
    last = "L"
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            last = "L" if kind == "L" else "R"
        yield last if kind in ("L", "R", "AL", "EN") else "R" if kind == "AN" else ""


def _to_shape(text: str, drawn: Drawn) -> bool:
    """Return whether letters are to be joined or marks placed: the characters of the east are separate."""
    return drawn == "wide" or (drawn != "east" and any(_is_mark(character) for character in text))


def _plain(text: str, drawn: Drawn) -> tuple[tuple[Glyphs, ...], float]:
    """Return a text character by character, with its width."""
    text = "".join(" " if character in _BLANK else character for character in text if character not in _UNSEEN)
    widths = font(drawn).face.charWidths
    return (Glyphs(drawn, text),), sum(widths[ord(character)] for character in text) / 1000


def _shaped(text: str, drawn: Drawn, to_left: bool) -> tuple[tuple[Glyphs, ...], float]:
    """Return a text with its letters joined and its marks placed, glyph by glyph from the left, with its width."""
    shaper, units = _shaper(drawn)
    buffer = uharfbuzz.Buffer()
    buffer.add_str("".join(" " if character in _BLANK else character for character in text))
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if to_left else "ltr"
    uharfbuzz.shape(shaper, buffer, {"kern": False, "liga": False})
    glyphs = []
    at = 0.0
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        x, y = at + place.x_offset / units, place.y_offset / units
        glyphs.append(Glyphs(drawn, _character(drawn, info.codepoint), x, y))
        at += place.x_advance / units
    return tuple(glyphs), at


@cache
def _shaper(drawn: Drawn) -> tuple[uharfbuzz.Font, int]:
    read = uharfbuzz.Face(uharfbuzz.Blob(font_file(font(drawn))))
    return uharfbuzz.Font(read), read.upem


@cache
def _character(drawn: Drawn, glyph: int) -> str:
    """Return the character that draws a glyph; a private one, always the same, where it has none of its own."""
    codes: list[int] = font(drawn).face.glyphToChar.get(glyph, [])
    if codes and codes[0] not in _PRIVATE:
        return chr(codes[0])
    code = _GLYPH + glyph
    assert code in _PRIVATE
    draw_glyph_as(font(drawn), glyph, code)
    return chr(code)
