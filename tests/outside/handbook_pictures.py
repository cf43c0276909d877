"""Takes the pictures of the handbook, without a screen, from the program itself: 'make pictures' runs it.

Fonts are those of the program and the day is fixed, so that pictures change only when the program does.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from picture_shots import RECORD
from PIL import Image
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from readme_pictures import EXAMPLE, TODAY, as_picture, wait_for_page
from support.casebooks import MemoryBook
from support.fill_book import filled

from her2board import paths
from her2board.cli import program
from her2board.cli.release import load_library
from her2board.gui.base import theme
from her2board.gui.base.services import Services
from her2board.gui.window.main_window import MainWindow

SIZE = QSize(1200, 760)
COLOURS = 96
"""Few, and the rare ones too: red marks are small."""
CARD = "value:destiny-breast12/active#0"


class Handbook:
    """One window, brought to each state that a picture shows."""

    def __init__(self, folder: Path) -> None:
        self.application = QApplication([sys.argv[0], "-style", "fusion"])
        for file in sorted((paths.resources_dir() / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
        self.application.setFont(QFont("Source Sans 3", 10))
        theme.apply(self.application, theme.LIGHT)
        services = Services(load_library, program._make_page, program.cases_in_pdf, lambda: TODAY)
        self.window = MainWindow(services, QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
        self.window.resize(SIZE)
        self.window.show()
        self.bench = self.window.open_workbench()
        self.cases = Path(shutil.copytree(paths.examples_dir(), folder / "cases"))

    def shots(self) -> dict[str, Callable[[], QWidget]]:
        """Return what to show for each picture, in this order."""
        return {
            "start": lambda: self.window,
            "first-start": lambda: self._dialog(self.window.settings.welcome),
            "form": self._form,
            "ask": lambda: self._act("tab_ask"),
            "card": self._card,
            "packet": lambda: self._dialog(lambda: self.window.act("packet")),
            "review": self._review,
            "home": self._home,
            "meeting-mode": self._meeting_mode,
        }

    def _review(self) -> QWidget:
        """Show a record beside what it offers, the plain values of its first section accepted."""
        path = self.cases / "record.json"
        path.write_text(RECORD)
        self.window.questions.records_to_read = lambda _: (path,)
        self.window.questions.into_case = lambda _: "new"
        self.window.act("read_records")
        while (review := self.window.files.records.review) is None:
            QTest.qWait(20)
        QTest.keyClick(review.tree, Qt.Key.Key_S)
        return review

    def _home(self) -> QWidget:
        if not self.window.casebook.unlocked:
            self.window.casebook._take(MemoryBook(filled()), Path("neuro-oncology.her2book"), "")
        self.window.casebook.show()
        self.window.casebook.area.home.table.go(1)
        return self.window

    def _meeting_mode(self) -> QWidget:
        self._home()
        self.window.act("book_mode")
        page = self.window.casebook.area.page("mode").page
        for _ in range(600):
            if page.has_page and not self.window.worker.busy:
                break
            QTest.qWait(20)
        self.window.casebook.area.page("mode").clock.setText("2:40")
        return self.window

    def _form(self) -> QWidget:
        self.window.open_file(self.cases / paths.example_case(EXAMPLE).name)
        self.bench.form.enter("brain")
        wait_for_page(self.window)
        return self.window

    def _act(self, id_: str) -> QWidget:
        self.window.act(id_)
        return self.window

    def _card(self) -> QWidget:
        self.bench.show_evidence(CARD)
        shown = self.bench.evidence
        assert shown is not None
        shown.resize(SIZE * 0.92)
        return shown

    def _dialog(self, ask: Callable[[], object]) -> QWidget:
        ask()
        while not (shown := [dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible()]):
            QApplication.processEvents()
        return shown[0]


def main() -> None:
    """Write the pictures into the folder named."""
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as made:
        handbook = Handbook(Path(made))
        while handbook.window.worker.busy or handbook.bench.live.library is None:
            QTest.qWait(50)
        for name, show in handbook.shots().items():
            widget = show()
            QTest.qWait(400)
            picture = as_picture(widget)
            if widget is not handbook.window:
                widget.close()
            path = folder / f"{name}.png"
            picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
            print(f"{path}: {picture.width} x {picture.height}, {path.stat().st_size // 1024} kB")
    os._exit(0)  # without waiting for the window


if __name__ == "__main__":
    main()
