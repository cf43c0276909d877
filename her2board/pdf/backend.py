"""All of reportlab that is used; what it does not offer to others is behind a few functions: a version breaks here."""

import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import reportlab

from her2board import workarounds

with workarounds.light_reportlab(reportlab.Version):
    from reportlab import rl_config
    from reportlab.lib.rl_accel import fp_str
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.pdfdoc import (
        PDFArray,
        PDFDictionary,
        PDFDocument,
        PDFName,
        PDFObject,
        PDFObjectReference,
        PDFStream,
        PDFString,
        PDFTrueTypeFont,
    )
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

DRAWN_WITH = str(reportlab.Version)
"""Another version draws other bytes."""
rl_config.useA85 = 0  # plain binary streams: a quarter smaller and quicker to write
pdf_number = lru_cache(maxsize=20_000)(fp_str)
"""A number as PDF writes it; most places are on a grid and come again."""
_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def document_of(canvas: Canvas) -> PDFDocument:
    """Return the document that a canvas draws."""
    return canvas._doc


def add_operators(drawn: Any, *operators: str) -> None:
    """Add operators to the content of a page, drawn by a canvas, or of a text object on it."""
    drawn._code.extend(operators)


def add_text(canvas: Canvas, written: Any, text: str) -> None:
    """Write a text where a text object is; in the first part of a font plain letters are written as they are."""
    if not (text.isascii() and text.isprintable()):
        written._textOut(text)
        return
    if written._curSubset != 0:
        drawn, document = pdfmetrics.getFont(written._fontname), canvas._doc
        drawn.splitString("", document)  # it is now part of the document
        name = drawn.getSubsetInternalName(0, document)
        add_operators(written, f"{name} {pdf_number(written._fontsize)} Tf {pdf_number(written._leading)} TL")
        written._curSubset = 0
    add_operators(written, f"({text.translate(_ESCAPED)}) Tj")


def destination(canvas: Canvas, place: str) -> Any:
    """Return what leads to a named place, which may be named later."""
    return canvas._bookmarkReference(place)


def annotate(canvas: Canvas, annotation: PDFDictionary, name: str) -> int:
    """Lay something to click over the page being drawn; return its object number."""
    canvas._addAnnotation(annotation, name)
    return _object_number(canvas._doc, f"Annot.{name}")


def last_page(document: PDFDocument) -> PDFObject:
    """Return the page shown last."""
    return document.Pages.pages[-1]


def content_of(page: PDFObject) -> bytes:
    """Return what is drawn on a page that was shown, before it is compressed."""
    content: bytes = page.stream.encode()
    return content


def page_number(document: PDFDocument, page: PDFObject) -> int:
    """Return the object number of a page that was shown."""
    return _object_number(document, page.__InternalName__)


def set_entries(holder: PDFObject, **entries: Any) -> None:
    """Set entries of a page or of the catalogue, also those reportlab does not know."""
    for name, value in entries.items():
        setattr(holder, name, value)
    unknown = [name for name in entries if name not in holder.__NoDefault__]
    holder.__NoDefault__ = [*holder.__NoDefault__, *unknown]


class LateObject(PDFObject):  # type: ignore[misc]  # reason: reportlab ships no types
    """An object of the file whose content, in ASCII, is known only at the end; with its object number."""

    __RefOnly__ = 1

    def __init__(self, document: PDFDocument) -> None:
        self.content = ""
        document.Reference(self)
        self.number = _object_number(document, self.__InternalName__)

    def format(self, _document: PDFDocument) -> bytes:
        """Return the bytes."""
        return self.content.encode("ascii")


def _object_number(document: PDFDocument, name: str) -> int:
    found: int = document.idToObjectNumberAndVersion[name][0]
    return found


_TABLE, _LETTERS = "toUnicodeCMap:", "fontFile:"
"""How reportlab names the table of characters of a part of a font, and the part itself."""
_TABLE_OF_CHARACTERS = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_MOST_IN_BLOCK = 100
"""Entries of one block of such a table, by the specification."""


class _PackedOnce:
    """Packs what is the same in many documents as reportlab's own filter does, but once."""

    pdfname = "FlateDecode"
    encode = staticmethod(lru_cache(maxsize=16)(zlib.compress))


class _Font(TTFont):  # type: ignore[misc]  # reason: reportlab ships no types
    """A font whose characters other programs still know after they have written a page anew.

    reportlab's own tables have blocks too long for the specification, and entries for no character; Ghostscript
    drops them, and with them every '≥' and '·' of the page. A page drawn again needs the same letters: they are
    packed once, and their widths put into words once.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  # reason: reportlab's own name
        """Add the font to the file."""
        subsets = self.state[doc].subsets if doc in self.state else ()
        before = set(doc.idToObject)
        super().addObjects(doc)
        added = [name for name in doc.idToObject if name not in before]
        tables = [name for name in added if name.startswith(_TABLE)]
        for name, subset in zip(tables, subsets, strict=True):
            doc.idToObject[name].content = _table_of_characters(tuple(subset))
        for made in map(doc.idToObject.__getitem__, added):
            if isinstance(made, PDFTrueTypeFont):
                made.Widths = PDFArray(map(pdf_number, made.Widths.sequence))
        if doc.compression:
            for name in added:
                if name.startswith((_TABLE, _LETTERS)):
                    doc.idToObject[name].filters = [_PackedOnce]


@lru_cache(maxsize=16)
def _table_of_characters(subset: tuple[int, ...]) -> bytes:
    """Return which character each code of a part of a font draws, as reader programs read it."""
    entries = [
        f"<{code:02X}> <{chr(letter).encode('utf-16-be').hex().upper()}>"
        for code, letter in enumerate(subset)
        if letter
    ]
    parts = [entries[start : start + _MOST_IN_BLOCK] for start in range(0, len(entries), _MOST_IN_BLOCK)]
    blocks = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return _TABLE_OF_CHARACTERS.format(blocks=blocks).encode("ascii")


def open_font(name: str, path: Path) -> TTFont:
    """Read a font and let pages name it; a page that is drawn again needs the same letters of it."""
    found = _Font(name, str(path))
    kept = lru_cache(maxsize=4)(found.face.makeSubset)
    found.face.makeSubset = lambda letters: kept(tuple(letters))
    pdfmetrics.registerFont(found)
    return found


def font_file(font: TTFont) -> bytes:
    """Return the bytes of a font file."""
    data: bytes = font.face._ttf_data
    return data


def draw_glyph_as(font: TTFont, glyph: int, code: int) -> None:
    """Let the character ``code`` draw a glyph that has no character of its own, as wide as the font says."""
    face = font.face
    face.charToGlyph[code] = glyph
    face.charWidths[code] = face._pdfScale(face.hmetrics[glyph][0])


__all__ = [
    "DRAWN_WITH",
    "Canvas",
    "LateObject",
    "PDFArray",
    "PDFDictionary",
    "PDFDocument",
    "PDFName",
    "PDFObject",
    "PDFObjectReference",
    "PDFStream",
    "PDFString",
    "TTFont",
    "add_operators",
    "add_text",
    "annotate",
    "content_of",
    "destination",
    "document_of",
    "draw_glyph_as",
    "font_file",
    "last_page",
    "open_font",
    "page_number",
    "pdf_number",
    "set_entries",
]
