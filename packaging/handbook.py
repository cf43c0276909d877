"""Makes a PDF of a text in the part of Markdown we write: the handbook in resources/handbook, the safety case.

.venv/bin/python packaging/handbook.py [OUT.pdf [TEXT.md]]
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from her2board import __version__

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "handbook"
WIDTH = A4[0] - 40 * mm
SHARES = (0.28, 0.72)
"""Of the two columns of a table of the handbook."""
WINDOW = 1200
"""Pixels of a picture that is as wide as the text; smaller ones keep their share."""
TALLEST = 92 * mm
"""Of a picture: a taller one would leave half a page empty before it."""
FONTS = {"Regular": "SourceSans3-Regular", "Semibold": "SourceSans3-Semibold", "It": "SourceSans3-It"}
BODY = ParagraphStyle("body", fontName="Regular", fontSize=10, leading=13.5, spaceAfter=5)
CELL = ParagraphStyle("cell", BODY, fontSize=9, leading=11.5, spaceAfter=0)
ITEM = ParagraphStyle("item", BODY, leftIndent=12, bulletIndent=2, spaceAfter=3)
HEAD = ParagraphStyle("head", BODY, fontName="Semibold", keepWithNext=1)
HEADS = {
    1: ParagraphStyle("h1", HEAD, fontSize=24, leading=30, spaceAfter=10),
    2: ParagraphStyle(
        "h2", BODY, keepWithNext=1, fontName="Semibold", fontSize=15, leading=19, spaceBefore=14, spaceAfter=5
    ),
    3: ParagraphStyle(
        "h3", BODY, keepWithNext=1, fontName="Semibold", fontSize=11.5, leading=15, spaceBefore=8, spaceAfter=3
    ),
}


def marked_up(text: str) -> str:
    """Return a line with its bold, italic and fixed words as reportlab writes them."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"\*\*(.+?)\*\*", r'<font name="Semibold">\1</font>', text)
    text = re.sub(r"\*(.+?)\*", r'<font name="It">\1</font>', text)
    return re.sub(r"`(.+?)`", r'<font name="Courier" size="8">\1</font>', text).replace("&lt;br&gt;", "<br/>")


def table(lines: list[str]) -> Table:
    """Return the rows of a table; the line below its head is left out."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    rows = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    cells = [
        [Paragraph(marked_up(cell if place else f"**{cell}**"), CELL) for cell in row] for place, row in enumerate(rows)
    ]
    made = Table(cells, colWidths=widths(rows), hAlign="LEFT", spaceAfter=8, repeatRows=1)
    made.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return made


def widths(rows: list[list[str]]) -> list[float]:
    """Return the width of each column, in points: two as the handbook has them, more by the length of their texts."""
    if len(rows[0]) == len(SHARES):
        return [WIDTH * share for share in SHARES]
    weights = [max(20, *map(len, column)) ** 0.5 for column in zip(*rows, strict=True)]
    return [WIDTH * weight / sum(weights) for weight in weights]


def picture(name: str, words: str) -> KeepTogether:
    """Return a picture with its words below."""
    image = Image(str(FOLDER / name), hAlign="LEFT")
    share = min(WIDTH / max(image.imageWidth, WINDOW), TALLEST / image.imageHeight)
    image.drawWidth, image.drawHeight = image.imageWidth * share, image.imageHeight * share
    below = Paragraph(marked_up(f"*{words}*"), CELL)
    return KeepTogether([image, Spacer(1, 2), below, Spacer(1, 8)])


def flowables(text: str) -> Iterator[Flowable]:
    """Yield the handbook piece by piece."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        if head := re.match(r"(#+) (.+)", block):
            yield Paragraph(marked_up(head[2]), HEADS[len(head[1])])
        elif shown := re.match(r"!\[(.*)\]\((.+)\)", block):
            yield picture(shown[2], shown[1])
        elif lines[0].startswith("|"):
            yield table(lines)
        else:
            yield from paragraphs(lines)


def paragraphs(lines: list[str]) -> Iterator[Flowable]:
    """Yield running text and the entries of lists."""
    running: list[str] = []
    for line in lines:
        if entry := re.match(r"(-|\d+\.) (.+)", line):
            if running:
                yield Paragraph(marked_up(" ".join(running)), BODY)
                running = []
            sign = "\N{BULLET}" if entry[1] == "-" else entry[1]
            yield Paragraph(marked_up(entry[2]), ITEM, bulletText=sign)
        else:
            running.append(line)
    if running:
        yield Paragraph(marked_up(" ".join(running)), BODY)


def footer(canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Draw title, version and number of the page."""
    canvas.setFont("Regular", 8)
    canvas.drawString(20 * mm, 12 * mm, f"{document.title}, version {__version__}")
    canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, str(document.page))


def main() -> None:
    """Write the PDF."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "handbook.pdf"
    source = Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER / "handbook.md"
    out.parent.mkdir(parents=True, exist_ok=True)
    for name, file in FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(ROOT / "resources" / "fonts" / f"{file}.ttf")))
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 20 * mm)
    document = SimpleDocTemplate(
        str(out), pagesize=A4, title=f"her2board: {source.stem.lower()}", invariant=1, **margins
    )
    pieces = list(flowables(source.read_text(encoding="utf-8")))
    document.build(pieces, onFirstPage=footer, onLaterPages=footer)
    print(f"{out}: {document.page} pages, {out.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
