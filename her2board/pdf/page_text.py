"""Reads the text of a page of a PDF whoever wrote it: every character in the order drawn, in fonts of any producer."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

if TYPE_CHECKING:
    from pypdf import PageObject

Take = Callable[[int], None]
"""Is given how many bytes are gone through, and stops it by raising."""
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""Takes the place of a character whose font does not say what it draws."""
_DEEPEST = 8
"""Drawings inside drawings; programs that flatten a page make two or three."""
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_CODES = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")
_PAIR = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]*)\s*>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[(.*?)\])", re.DOTALL)
_TO_PARSE, _OF_A_DRAWING = 20, 1000
"""What a byte of operations counts as, for it takes as long as unpacking so many; and how many an empty drawing has."""
_MOST_CODES, _MOST_DIGITS = 0xFFFF, 256
"""Codes of a font, and digits of what one of them draws: no font has more."""
_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}


class PageText(Struct):
    """What a page says: its text, with ``UNREADABLE`` for lost characters, and how many pictures it draws."""

    text: str = ""
    pictures: int = 0


def page_text(page: "PageObject", take: Take) -> PageText:
    """Return every character drawn, in the order drawn; where a replacement text is given, that instead."""
    contents = page.get_contents()
    if contents is None:
        return PageText()
    walk = _Walk(page.pdf, take)
    walk.operations(contents, _held(page, "/Resources"), depth=0)
    return PageText("".join(walk.written), walk.pictures)


class _Font(Struct):
    """Width of a code in bytes, and which character each code draws."""

    width: int = 1
    characters: dict[int, str] = field(default_factory=dict)

    def decoded(self, raw: bytes) -> Iterator[str]:
        for place in range(0, len(raw), self.width):
            yield self.characters.get(int.from_bytes(raw[place : place + self.width]), UNREADABLE)


class _Walk:
    """Goes through what is drawn, drawings inside it (form XObjects) too."""

    def __init__(self, document: Any, take: Take) -> None:
        self._document = document
        self._take = take
        self._fonts: dict[int, _Font] = {}
        self.written: list[str] = []
        self.pictures = 0

    def operations(self, contents: Any, resources: Any, depth: int) -> None:
        """Note what the operations of a page or drawing write."""
        from pypdf.generic import ContentStream

        self._take(_TO_PARSE * (_OF_A_DRAWING + len(contents.get_data())))  # a drawing counts each time it is drawn
        font = _Font()
        fonts, drawings = _held(resources, "/Font"), _held(resources, "/XObject")
        replaced: list[bool] = []
        for operands, operator in ContentStream(contents, self._document).operations:
            if operator == b"BDC":
                actual = _actual_text(operands[1], resources)
                if actual is not None and not any(replaced):
                    self._note(actual)
                replaced.append(actual is not None)
            elif operator == b"BMC":
                replaced.append(False)
            elif operator == b"EMC" and replaced:
                replaced.pop()
            elif operator == b"Tf":
                font = self._font(fonts.get(operands[0]))
            elif operator in (b"Tj", b"TJ", b"'", b'"') and not any(replaced):
                self._write(operands[-1], font)
            elif operator == b"INLINE IMAGE":
                self.pictures += 1
            elif operator == b"Do":
                self._draw(drawings.get(operands[0]), resources, depth)

    def _draw(self, reference: Any, resources: Any, depth: int) -> None:
        drawing = None if reference is None else reference.get_object()
        if drawing is None or depth == _DEEPEST:
            return
        if drawing.get("/Subtype") == "/Form":
            self.operations(drawing, _held(drawing, "/Resources") or resources, depth + 1)
        else:
            self.pictures += 1

    def _write(self, operand: Any, font: _Font) -> None:
        parts = operand if isinstance(operand, list) else [operand]
        for part in parts:
            raw = getattr(part, "original_bytes", None)
            if raw is not None:
                for characters in font.decoded(raw):
                    self._note(characters)

    def _note(self, characters: str) -> None:
        self._take(len(characters))
        self.written.append(characters)

    def _font(self, reference: Any) -> _Font:
        if reference is None:
            return _Font()
        font = reference.get_object()
        key = id(font)
        if key not in self._fonts:
            self._fonts[key] = _read_font(font)
        return self._fonts[key]


def _held(holder: Any, key: str) -> Any:
    """Return the dictionary at ``key``; an empty one where there is none."""
    held = holder.get(key)
    found = None if held is None else held.get_object()
    return {} if found is None else found


def _actual_text(properties: Any, resources: Any) -> str | None:
    if not isinstance(properties, dict):  # the name of an entry elsewhere
        named = _held(resources, "/Properties").get(properties)
        properties = {} if named is None else named.get_object()
    actual = properties.get("/ActualText")
    return None if actual is None else str(actual)


def _read_font(font: Any) -> _Font:
    """Return which character each code of a font draws: by its own table for reader programs, else by its encoding."""
    encoding = font.get("/Encoding")
    held = None if encoding is None else encoding.get_object()
    width = 1
    if font.get("/Subtype") == "/Type0":
        codes = _CODES.search(held.get_data()) if held is not None and hasattr(held, "get_data") else None
        width = len(codes[1]) // 2 if codes else 2
    table = font.get("/ToUnicode")
    if table is not None:
        return _Font(width, _by_table(table.get_object().get_data()))
    return _Font(width, _by_encoding(held) if width == 1 else {})


def _by_table(table: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in _CHARACTERS.findall(table):
        found |= {int(code, 16): _utf16(text) for code, text in _PAIR.findall(block)}
    for block in _RANGES.findall(table):
        for low, high, first, each in _RANGE.findall(block):
            if len(found) > _MOST_CODES:
                break
            codes = range(int(low, 16), min(int(high, 16), int(low, 16) + 0xFFFF) + 1)
            if each:
                texts = re.findall(rb"<([0-9A-Fa-f]*)>", each)
                found |= {code: _utf16(text) for code, text in zip(codes, texts, strict=False)}
            elif start := _utf16(first):
                found |= {code: start[:-1] + _next(start[-1], code - codes[0]) for code in codes}
    return {code: text for code, text in found.items() if text.strip("\0")}


def _utf16(digits: bytes) -> str:
    digits = digits[:_MOST_DIGITS]
    return bytes.fromhex(digits.decode()[: len(digits) // 2 * 2]).decode("utf-16-be", errors="replace")


def _next(character: str, by: int) -> str:
    return chr(min(ord(character) + by, 0x10FFFF))


def _by_encoding(held: Any) -> dict[int, str]:
    """Return the characters of a font without a table: plain letters, unless its encoding says otherwise."""
    found = {code: chr(code) for code in range(0x20, 0x7F)}
    base = held.get("/BaseEncoding") if isinstance(held, dict) else held
    if codec := _CODECS.get(str(base)):
        found |= {code: bytes([code]).decode(codec, errors="replace") for code in range(0x80, 0x100)}
    code = 0
    for entry in held.get("/Differences", ()) if isinstance(held, dict) else ():
        if isinstance(entry, int):
            code = int(entry)
        else:
            found[code] = _named(str(entry).removeprefix("/"))
            code += 1
    return found


def _named(glyph: str) -> str:
    """Return the character of a glyph's name, as far as the name is one: 'A', 'uni2265'."""
    if len(glyph) == 1:
        return glyph
    if re.fullmatch(r"uni[0-9A-F]{4}", glyph):
        return chr(int(glyph[3:], 16))
    return " " if glyph == "space" else UNREADABLE
