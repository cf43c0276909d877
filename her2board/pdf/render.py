"""A sheet as PDF bytes: same input, same bytes."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any, Protocol

from her2board import builds
from her2board.assessment.paper import Paper
from her2board.briefing.model import Briefing, all_text
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.attach import Attachments, sealed_page
from her2board.pdf.backend import (
    Canvas,
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFString,
    add_operators,
    add_text,
    annotate,
    destination,
    document_of,
    pdf_number,
)
from her2board.pdf.blocks import Shape, Sheet, TextMark
from her2board.pdf.enclosure import Enclosure
from her2board.pdf.page import lay_out
from her2board.pdf.structure import Structure, shape_runs, text_runs, utf16
from her2board.pdf.styles import Geometry
from her2board.pdf.text import check_glyphs, face
from her2board.wording import tr


class Titled(Protocol):
    """What a document calls itself, and its language: a briefing, a packet, a table."""

    @property
    def title(self) -> str:
        """Title in the metadata."""

    @property
    def language(self) -> str:
        """Language tag of the text."""


_PAINT = {(True, False): "S", (False, True): "f*", (True, True): "B*"}
"""Whether a path is stroked, whether it is filled, and how PDF says so."""


def render_page(
    briefing: Briefing,
    library: EvidenceLibrary,
    paper: Paper = "a4",
    behind: Callable[[Sheet, Briefing], Sequence[Sheet]] | None = None,
    enclosure: Enclosure | None = None,
) -> bytes:
    """Return the one page as PDF; with an enclosure it carries its own case.

    ``behind`` is given the page as it was laid out, and returns the sheets that come after it.

    Raises GlyphError for characters the font cannot draw, PageTooFullError when nothing more can be shortened.
    """
    check_glyphs(all_text(briefing))
    geometry = Geometry(paper)
    if enclosure is None:
        sheet, shown = lay_out(briefing, library, geometry)
    else:
        sheet, shown = sealed_page(briefing, library, geometry, enclosure)
    further = behind(sheet, shown) if behind else ()
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
    canvas.setCreator(f"her2board {builds.version()}")
    canvas.setSubject(tr("Prepared for clinicians at a multidisciplinary meeting"))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    attachments, structure = Attachments(document_of(canvas)), Structure(document_of(canvas))
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
        add_operators(canvas, structure.begin(leaf))
        for shape in shapes:
            pen.shape(shape)
        add_operators(canvas, "EMC")
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
            annotation["Dest"] = destination(canvas, link.target[1:])
        else:
            annotation["A"] = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(link.target)})
        structure.tie(link, annotate(canvas, annotation, f"link {number}"))


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
        canvas, top = self._canvas, self._top
        if shape.fill is not None:
            self._fill(shape.fill)
        if shape.stroke is not None:
            add_operators(canvas, f"{pdf_number(shape.stroke)} G", f"{pdf_number(shape.weight)} w")
            canvas.setDash(*shape.dash)
        first, *others = [f"{pdf_number(x)} {pdf_number(top - y)}" for x, y in shape.points]
        path = " ".join(["n", f"{first} m", *[f"{point} l" for point in others]])
        add_operators(canvas, path, _PAINT[shape.stroke is not None, shape.fill is not None])

    def texts(self, runs: Iterable[tuple[str, Sequence[TextMark]]]) -> None:
        """Write texts on their baselines, as one text object, each run between its own marks of structure."""
        written = self._canvas.beginText()
        for begin, marks in runs:
            add_operators(written, begin)
            for mark, follower in zip(marks, [*marks[1:], None], strict=True):
                self._text(written, mark)
                if follower is not None and _apart(mark, follower):
                    add_text(self._canvas, written, " ")
            add_operators(written, "EMC")
        self._canvas.drawText(written)

    def _text(self, written: Any, mark: TextMark) -> None:
        if self._grey != mark.grey:
            self._grey = mark.grey
            written.setFillGray(mark.grey)
        for stretch in face(mark.font).set(mark.text).stretches:
            if stretch.replaced:
                add_operators(written, f"/Span <</ActualText {utf16(stretch.replaced)}>> BDC")
            for glyphs in stretch.glyphs:
                if self._font != (glyphs.font, mark.size):
                    self._font = glyphs.font, mark.size
                    written.setFont(*self._font)
                x, y = mark.x + glyphs.x * mark.size, self._top - mark.y + glyphs.y * mark.size
                add_operators(written, f"1 0 0 1 {pdf_number(x)} {pdf_number(y)} Tm")
                add_text(self._canvas, written, glyphs.text)
            if stretch.replaced:
                add_operators(written, "EMC")

    def _fill(self, grey: float) -> None:
        if self._filled != grey:
            self._canvas.setFillGray(grey)
            self._filled = grey


def _apart(mark: TextMark, follower: TextMark) -> bool:
    """Return whether a reader program needs a space between: the line ends there, or nothing is drawn between."""
    near = mark.y == follower.y and follower.x - (mark.x + mark.width) < 1
    return not near and not mark.text.endswith(" ") and not follower.text.startswith(" ")
