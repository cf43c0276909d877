"""The page straight to a printer; here one that writes a file."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from her2board import paths
from her2board.case.storage import load
from her2board.cli.pages import PageRequest, make_page
from her2board.gui.base.printing import make_printer, print_pdf
from her2board.gui.results.page_view import Room, draw


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    printer = make_printer("a4")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    return printer


def tones(data: bytes) -> list[int]:
    """Return how light each part of the page is."""
    small = draw(data, Room(900)).image.scaled(30, 42, mode=Qt.TransformationMode.SmoothTransformation)
    return [small.pixelColor(x, y).lightness() for x in range(30) for y in range(42)]


def test_what_is_printed_is_the_page(qapp, library, printer, tmp_path) -> None:
    case = load(paths.example_case("b07-invented-complete"))
    page = make_page(PageRequest(case=case, library=library, day=date(2026, 11, 26)))
    print_pdf(page, printer)
    printed = (tmp_path / "printed.pdf").read_bytes()
    differences = [abs(one - other) for one, other in zip(tones(printed), tones(page), strict=True)]
    assert max(differences) < 60
    assert sum(differences) / len(differences) < 6
    assert min(tones(printed)) < 120
    document = QPdfDocument()
    document.load(str(tmp_path / "printed.pdf"))
    assert document.pageCount() == 1
    size = document.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == (595, 842)
    document.close()


def test_printing_asks_for_the_printer_and_says_what_is_missing(screen, printer) -> None:
    screen.answers.print_on = printer
    with screen.qtbot.waitSignal(screen.window.files.printed, timeout=20_000):
        screen.act("print")
    assert screen.answers.asked == ["printer a4"]
    message = screen.window.statusBar().currentMessage()
    assert message.startswith("Sent to the printer. Not recorded: Meeting date")


def test_without_a_printer_nothing_happens(screen) -> None:
    screen.act("print")
    assert screen.window.messages.text == ""


def test_what_cannot_be_printed_is_reported(qapp, printer) -> None:
    with pytest.raises(ValueError, match="not a readable PDF"):
        print_pdf(b"nonsense", printer)
