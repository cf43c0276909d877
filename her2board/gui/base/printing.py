"""The page straight to a printer: drawn from the same PDF that is exported."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from her2board.assessment.paper import PAPERS, Paper

_MOST_DPI = 300
"""Enough for 8 pt text; more only takes time and memory."""


def make_printer(paper: Paper) -> QPrinter:
    """Return the usual printer, set to the paper, without margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = QSizeF(PAPERS[paper].width, PAPERS[paper].height)
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter))
    printer.setFullPage(True)
    return printer


def print_pdf(data: bytes, printer: QPrinter) -> None:
    """Draw every page of a PDF on the printer. Raises ValueError when either cannot be used."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    painter = QPainter()
    try:
        if document.status() != QPdfDocument.Status.Ready or document.pageCount() == 0:
            raise ValueError("not a readable PDF")
        if not painter.begin(printer):
            raise ValueError("the printer does not answer")
        for number in range(document.pageCount()):
            if number:
                printer.newPage()
            _draw(document, number, painter, printer)
    finally:
        if painter.isActive():
            painter.end()
        document.close()
        buffer.close()


def _draw(document: QPdfDocument, number: int, painter: QPainter, printer: QPrinter) -> None:
    """Draw one page as large as the sheet lets it be, in the middle."""
    sheet = QRectF(painter.viewport())
    points = document.pagePointSize(number)
    scale = min(sheet.width() / points.width(), sheet.height() / points.height())
    drawn = QRectF(0, 0, points.width() * scale, points.height() * scale)
    drawn.moveCenter(sheet.center())
    fine = min(1.0, _MOST_DPI / printer.resolution())
    picture = document.render(number, QSize(round(drawn.width() * fine), round(drawn.height() * fine)))
    painter.fillRect(drawn, Qt.GlobalColor.white)
    painter.drawImage(drawn, picture)
