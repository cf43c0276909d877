"""A sheet as PDF bytes: same input, same bytes."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any, Protocol

from her2board import __version__
from her2board.briefing.model import Briefing, all_text
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.attach import Attachments, sealed_page
from her2board.pdf.blocks import Shape, Sheet, TextMark
from her2board.pdf.enclosure import Enclosure
from her2board.pdf.fonts import check_glyphs, face, font
from her2board.pdf.page import lay_out
from her2board.pdf.structure import Structure, shape_runs, text_runs, utf16
from her2board.pdf.styles import Geometry, Paper
from her2board.pdf.toolkit import Canvas, PDFArray, PDFDictionary, PDFName, PDFString, fp_str, rl_config
from her2board.wording import tr


class Titled(Protocol):
    """What a document calls itself, and its language: a briefing, a packet, a table."""

    @property
    def title(self) -> str:
        """Title in the metadata."""

    @property
    def language(self) -> str:
        """Language tag of the text."""


_number = lru_cache(maxsize=20_000)(fp_str)
"""A number as PDF writes it; most places stand on a grid and come again."""
_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
_PAINT = {(True, False): "S", (False, True): "f*", (True, True): "B*"}
"""Whether a path is stroked, whether it is filled, and how PDF says so."""
rl_config.useA85 = 0  # plain binary streams: a quarter smaller and quicker to write


def render_page(
    briefing: Briefing,
    library: EvidenceLibrary,
    paper: Paper = "a4",
    further: Sequence[Sheet] = (),
    enclosure: Enclosure | None = None,
    tell: Callable[[Sheet, Briefing], None] | None = None,
) -> bytes:
    """Return the one page as PDF, with further sheets behind it; with an enclosure it carries its own case.

    ``tell`` is given the page as it was laid out.

    Raises GlyphError for characters the font cannot draw, PageTooFullError when nothing more can be shortened.
    """
    check_glyphs(all_text(briefing))
    geometry = Geometry(paper)
    if enclosure is None:
        sheet, shown = lay_out(briefing, library, geometry)
    else:
        sheet, shown = sealed_page(briefing, library, geometry, enclosure)
    if tell is not None:
        tell(sheet, shown)
    check_glyphs([mark.text for extra in further for mark in extra.texts])
    return write_pdf([sheet, *further], shown, geometry)


def write_pdf(sheets: Iterable[Sheet], document: Titled, geometry: Geometry) -> bytes:
    """Return sheets as one PDF with embedded fonts, title, language, page labels and outline.

    Sheets are taken one after the other and not kept, so that a long packet need not lie in memory.
    """
    for name in ("regular", "semibold", "italic"):
        face(name)
    target = BytesIO()
    canvas = Canvas(
        target,
        pagesize=(geometry.width, geometry.height),
        invariant=1,
        pageCompression=1,
        initialFontName="regular",
        pdfVersion=(1, 7),  # the kind of an attachment; reader programs know it from 1.7 on
        lang=document.language,
    )
    canvas.setTitle(document.title)
    canvas.setAuthor("her2board")
    canvas.setCreator(f"her2board {__version__}")
    canvas.setSubject(tr("Prepared for clinicians at a multidisciplinary meeting"))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    attachments, structure = Attachments(canvas._doc), Structure(canvas._doc)
    for number, sheet in enumerate(sheets):
        _draw(canvas, sheet, geometry, number, structure)
        canvas.showPage()
        structure.close_page()
        attachments.add(sheet)
    attachments.finish()
    structure.finish()
    canvas.save()
    return target.getvalue()


def _draw(canvas: Canvas, sheet: Sheet, geometry: Geometry, number: int, structure: Structure) -> None:
    pen = _Pen(canvas, geometry.height)
    leaves = structure.open_page(sheet, geometry)
    for leaf, shapes in shape_runs(sheet, leaves):
        canvas._code.append(structure.begin(leaf))
        for shape in shapes:
            pen.shape(shape)
        canvas._code.append("EMC")
    pen.texts((structure.begin(leaf), marks) for leaf, marks in text_runs(sheet, leaves))
    if sheet.label:
        canvas.addPageLabel(number, prefix=sheet.label)
    for index, heading in enumerate(sheet.headings):
        key = f"p{number}-{index}"
        canvas.bookmarkHorizontalAbsolute(key, geometry.height - heading.y)
        canvas.addOutlineEntry(heading.title, key, level=heading.level, closed=heading.closed)
    _links(canvas, sheet, geometry.height, structure)


def _links(canvas: Canvas, sheet: Sheet, top: float, structure: Structure) -> None:
    """Name the places of a page, and lay links over the words that lead to one or to the web."""
    for place, y in sheet.places.items():
        canvas.bookmarkHorizontalAbsolute(place, top - y)
    for link in sheet.links:
        number = structure.next_owner
        annotation = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray([link.x, top - link.y - link.height, link.x + link.width, top - link.y]),
                "Border": PDFArray([0, 0, 0]),
                "StructParent": number,
            }
        )
        if link.target.startswith("#"):
            annotation["Dest"] = canvas._bookmarkReference(link.target[1:])
        else:
            annotation["A"] = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(link.target)})
        canvas._addAnnotation(annotation, f"link {number}")
        structure.tie(link, canvas._doc.idToObjectNumberAndVersion[f"Annot.link {number}"][0])


class _Pen:
    """Draws marks of one page, setting grey and font only when they change."""

    def __init__(self, canvas: Canvas, top: float) -> None:
        self._canvas = canvas
        self._top = top
        self._filled: float | None = None
        self._font: tuple[str, float] | None = None
        self._grey: float | None = None

    def shape(self, shape: Shape) -> None:
        """Draw a line, rectangle or polygon."""
        canvas, code, top = self._canvas, self._canvas._code, self._top
        if shape.fill is not None:
            self._fill(shape.fill)
        if shape.stroke is not None:
            code += (f"{_number(shape.stroke)} G", f"{_number(shape.weight)} w")
            canvas.setDash(*shape.dash)
        first, *others = [f"{_number(x)} {_number(top - y)}" for x, y in shape.points]
        code.append(" ".join(["n", f"{first} m", *[f"{point} l" for point in others]]))
        code.append(_PAINT[shape.stroke is not None, shape.fill is not None])

    def texts(self, runs: Iterable[tuple[str, Sequence[TextMark]]]) -> None:
        """Write texts on their baselines, as one text object, each run between its own marks of structure."""
        written = self._canvas.beginText()
        for begin, marks in runs:
            written._code.append(begin)
            for mark, follower in zip(marks, [*marks[1:], None], strict=True):
                self._text(written, mark)
                if follower is not None and _apart(mark, follower):
                    self._out(written, " ")
            written._code.append("EMC")
        self._canvas.drawText(written)

    def _text(self, written: Any, mark: TextMark) -> None:
        if self._grey != mark.grey:
            self._grey = mark.grey
            written.setFillGray(mark.grey)
        for stretch in face(mark.font).set(mark.text).stretches:
            if stretch.replaced:
                written._code.append(f"/Span <</ActualText {utf16(stretch.replaced)}>> BDC")
            for glyphs in stretch.glyphs:
                if self._font != (glyphs.font, mark.size):
                    self._font = glyphs.font, mark.size
                    written.setFont(*self._font)
                x, y = mark.x + glyphs.x * mark.size, self._top - mark.y + glyphs.y * mark.size
                written._code.append(f"1 0 0 1 {_number(x)} {_number(y)} Tm")
                self._out(written, glyphs.text)
            if stretch.replaced:
                written._code.append("EMC")

    def _out(self, written: Any, text: str) -> None:
        """Write a text where the pen is; in the first part of a font plain letters stand for themselves."""
        if not (text.isascii() and text.isprintable()):
            written._textOut(text)
            return
        if written._curSubset != 0:
            drawn, document = font(written._fontname), self._canvas._doc
            drawn.splitString("", document)  # it now knows the document
            name = drawn.getSubsetInternalName(0, document)
            written._code.append(f"{name} {_number(written._fontsize)} Tf {_number(written._leading)} TL")
            written._curSubset = 0
        written._code.append(f"({text.translate(_ESCAPED)}) Tj")

    def _fill(self, grey: float) -> None:
        if self._filled != grey:
            self._canvas.setFillGray(grey)
            self._filled = grey


def _apart(mark: TextMark, follower: TextMark) -> bool:
    """Tell whether a reader program must be told of a space: the line ends there, or nothing is drawn between."""
    near = mark.y == follower.y and follower.x - (mark.x + mark.width) < 1
    return not near and not mark.text.endswith(" ") and not follower.text.startswith(" ")
