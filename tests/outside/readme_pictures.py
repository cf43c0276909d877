"""Takes the pictures of the README, without a screen: the window on an example, and the page it prints.

'make pictures' runs it and writes docs/pictures/window.png and docs/pictures/page.png. Fonts are those of the program
and the day is fixed, so that pictures change only when the program does.
"""

import io
import os
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pypdfium2
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QSettings, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from her2board import paths
from her2board.case.storage import load
from her2board.cli import program
from her2board.cli.pages import PageRequest, make_page
from her2board.cli.release import load_library
from her2board.gui.base import theme
from her2board.gui.base.services import Services
from her2board.gui.window.main_window import MainWindow

EXAMPLE = "b07-invented-complete"
SECTION = "brain"
TODAY = date(2026, 11, 29)
WINDOW = QSize(1440, 900)
PAGE_WIDTH = 1000
COLOURS = 64
"""A palette of so many colours keeps each picture below 200 kB."""
PATIENCE_S = 60


def window_picture(folder: Path) -> Image.Image:
    """Return the window in its light palette with a complete case among others; files go to ``folder``."""
    application = QApplication([sys.argv[0], "-style", "fusion"])
    for file in sorted((paths.resources_dir() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    application.setFont(QFont("Source Sans 3", 10))
    theme.apply(application, theme.LIGHT)
    services = Services(load_library, program._make_page, program.cases_in_pdf, lambda: TODAY)
    window = MainWindow(services, QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    window.resize(WINDOW)
    window.show()
    bench = window.open_workbench()
    cases = Path(shutil.copytree(paths.examples_dir(), folder / "cases"))
    window.open_file(cases / paths.example_case(EXAMPLE).name)
    bench.form.enter(SECTION)
    wait_for_page(window)
    picture = as_picture(window)
    window.worker.close()
    return picture


def as_picture(widget: QWidget) -> Image.Image:
    """Return what a widget shows, at its own size whatever the density of the screen."""
    grabbed = widget.grab().toImage().scaled(widget.size(), Qt.AspectRatioMode.KeepAspectRatio)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    grabbed.save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.data().data())).convert("RGB")


def wait_for_page(window: MainWindow) -> None:
    """Return once the page is drawn."""
    end = time.monotonic() + PATIENCE_S
    while window.worker.busy or not window.open_workbench().results.page.has_page:
        if time.monotonic() > end:
            raise SystemExit(f"no page within {PATIENCE_S} s")
        QTest.qWait(50)
    QTest.qWait(500)  # the page is drawn again at its final size


def page_picture() -> Image.Image:
    """Return the first page of the example's briefing."""
    case = load(paths.example_case(EXAMPLE))
    meeting = case.meeting.date.exact if case.meeting.date else None
    day = meeting or TODAY
    data = make_page(PageRequest(case=case, library=load_library(), day=day, dated=meeting is not None))
    page = pypdfium2.PdfDocument(data)[0]
    return page.render(scale=PAGE_WIDTH / page.get_width()).to_pil().convert("RGB")


def main() -> None:
    """Write both pictures into the folder named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        for name, picture in (("window", window_picture(Path(made))), ("page", page_picture())):
            path = folder / f"{name}.png"
            picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
            print(f"{path}: {picture.width} x {picture.height}, {path.stat().st_size // 1024} kB")
    os._exit(0)  # without waiting for the window


if __name__ == "__main__":
    main()
