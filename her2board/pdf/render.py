"""A sheet as PDF bytes: same input, same bytes."""

from collections.abc import Sequence
from io import BytesIO

import reportlab
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from her2board import __version__
from her2board.briefing.model import Briefing, all_text
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Shape, Sheet, TextMark
from her2board.pdf.fonts import check_glyphs, face
from her2board.pdf.page import lay_out
from her2board.pdf.styles import Geometry, Paper
from her2board.wording import tr

DRAWN_WITH = str(reportlab.__version__)
"""Another version draws other bytes."""

rl_config.useA85 = 0  # plain binary streams: a quarter smaller and quicker to write


def render_page(
    briefing: Briefing, library: EvidenceLibrary, paper: Paper = "a4", further: Sequence[Sheet] = ()
) -> bytes:
    """Return the one page as PDF, with further sheets behind it.

    Raises GlyphError for characters the font cannot draw, PageTooFullError when nothing more can be shortened.
    """
    check_glyphs(all_text(briefing))
    geometry = Geometry(paper)
    sheet, shown = lay_out(briefing, library, geometry)
    check_glyphs([mark.text for extra in further for mark in extra.texts])
    return write_pdf([sheet, *further], shown, geometry)


def write_pdf(sheets: list[Sheet], briefing: Briefing, geometry: Geometry) -> bytes:
    """Return sheets as one PDF with embedded fonts, title, language and outline."""
    for name in ("regular", "semibold", "italic"):
        face(name)
    target = BytesIO()
    canvas = Canvas(
        target,
        pagesize=(geometry.width, geometry.height),
        invariant=1,
        pageCompression=1,
        initialFontName="regular",
        lang=briefing.language,
    )
    canvas.setTitle(briefing.title)
    canvas.setAuthor("her2board")
    canvas.setCreator(f"her2board {__version__}")
    canvas.setSubject(tr("Prepared for clinicians at a multidisciplinary meeting"))
    for number, sheet in enumerate(sheets):
        _draw(canvas, sheet, geometry, number)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw(canvas: Canvas, sheet: Sheet, geometry: Geometry, number: int) -> None:
    pen = _Pen(canvas, geometry.height)
    for shape in sheet.shapes:
        pen.shape(shape)
    pen.texts(sheet.texts)
    for index, heading in enumerate(sheet.headings):
        key = f"p{number}-{index}"
        canvas.bookmarkHorizontalAbsolute(key, geometry.height - heading.y)
        canvas.addOutlineEntry(heading.title, key, level=0)


class _Pen:
    """Draws marks of one page, setting grey and font only when they change."""

    def __init__(self, canvas: Canvas, top: float) -> None:
        self._canvas = canvas
        self._top = top
        self._filled: float | None = None

    def shape(self, shape: Shape) -> None:
        """Draw a line, rectangle or polygon."""
        canvas, top = self._canvas, self._top
        path = canvas.beginPath()
        (x, y), *rest = shape.points
        path.moveTo(x, top - y)
        for x, y in rest:
            path.lineTo(x, top - y)
        if shape.fill is not None:
            self._fill(shape.fill)
        if shape.stroke is not None:
            canvas.setStrokeGray(shape.stroke)
            canvas.setLineWidth(shape.weight)
            canvas.setDash(*shape.dash) if shape.dash else canvas.setDash()
        canvas.drawPath(path, stroke=int(shape.stroke is not None), fill=int(shape.fill is not None))

    def texts(self, marks: list[TextMark]) -> None:
        """Write texts on their baselines, as one text object."""
        written = self._canvas.beginText()
        font: tuple[str, float] | None = None
        grey: float | None = None
        for mark in marks:
            if grey != mark.grey:
                grey = mark.grey
                written.setFillGray(grey)
            if font != (mark.font, mark.size):
                font = mark.font, mark.size
                written.setFont(*font)
            written.setTextOrigin(mark.x, self._top - mark.y)
            written.textLine(mark.text)
        self._canvas.drawText(written)

    def _fill(self, grey: float) -> None:
        if self._filled != grey:
            self._canvas.setFillGray(grey)
            self._filled = grey
