"""Takes pictures of every page of the window, for somebody to look at; nothing here passes or fails.

Not part of 'make test'. It needs no screen. From the top of the checkout, 20 seconds for each look:

    PYTHONPATH=.:tests:tests/outside .venv/bin/python tests/outside/pictures.py build/pictures [WORD...]

Every page and dialog in three palettes, in three sizes of window and two of text, the pages of a casebook in memory
among them. A word keeps the pictures with it in their name: 'dark', '1280', '150', 'empty', 'book'.
"""

import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from picture_shots import MODAL_AFTER_MS, Shots
from PySide6.QtCore import QSize, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import her2board.gui.window.app as app
from her2board.cli.program import open_program
from her2board.gui.base import theme
from her2board.wording import PSEUDO

SIZES = (QSize(1280, 800), QSize(1920, 1080), QSize(2560, 1440))
TEXTS = (100, 150)
"""Sizes of text, in percent."""
LOOKS = (
    *(("en", theme_, text) for theme_ in theme.THEMES.values() for text in TEXTS),
    (PSEUDO, theme.LIGHT, 100),
)
QUESTION = "question-"
"""In the name of a picture of a dialog that waits for an answer."""


class Photographer:
    """Brings one page after the other to the front and keeps what is seen."""

    def __init__(self, window: app.MainWindow, folder: Path, home: Path, look: str, size: QSize) -> None:
        self.window, self.folder, self.home, self.look, self.size = window, folder, home, look, size

    def work(self, wanted: list[str]) -> None:
        """Take every picture whose name has all the words."""
        self.window.resize(self.size)
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        shots = Shots(self.window, self.home)
        try:
            for name, show in shots.all():
                full = f"{self.look}-{self.size.width()}-{name}"
                if all(word in full for word in wanted):
                    self._take(shots, full, show)
        except Exception:  # noqa: BLE001  # reason: the window would report it and wait for a person
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def _take(self, shots: Shots, name: str, show: Callable[[], QWidget | None]) -> None:
        if QUESTION in name:
            QTimer.singleShot(MODAL_AFTER_MS, partial(self._take_modal, name))
            show()
            return
        widget = show()
        shots.settle()
        (widget if isinstance(widget, QWidget) else self.window).grab().save(str(self.folder / f"{name}.png"))
        for other in QApplication.topLevelWidgets():
            if other is not self.window and other.isVisible():
                other.close()

    def _take_modal(self, name: str) -> None:
        """Take a dialog that waits for an answer, and cancel it."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.grab().save(str(self.folder / f"{name}.png"))
            dialog.reject()


def photograph(folder: Path, language: str, theme_name: str, text: str, width: str, wanted: list[str]) -> None:
    """Open the program in one language, palette and size, and take its pictures."""
    begun: list[bool] = []

    with tempfile.TemporaryDirectory() as home:

        class Window(app.MainWindow):
            def __init__(self, *arguments: object) -> None:
                super().__init__(*arguments)
                look = f"{theme_name if language == 'en' else language}-{text}"
                size = next(size for size in SIZES if size.width() == int(width))
                work = Photographer(self, folder, Path(home), look, size).work
                self.ready.connect(lambda: self.workbench.live.library_loaded.connect(partial(self._begin, work)))

            def _begin(self, work: Callable[[list[str]], None]) -> None:
                if not begun:  # another release would be loaded again
                    begun.append(True)
                    QTimer.singleShot(0, partial(work, wanted))

        app.MainWindow = Window
        settings = app.open_settings(Path(home))
        settings.setValue("language", language)
        settings.setValue("theme", theme_name)
        settings.setValue("text_size", text)
        settings.setValue("layout/welcomed", "true")
        settings.sync()
        open_program(None, Path(home))


def main() -> None:
    """Take the pictures of each look in a process of its own."""
    folder = Path(sys.argv[1])
    if sys.argv[2:3] == ["--look"]:
        photograph(folder, *sys.argv[3:7], sys.argv[7:])
        return
    folder.mkdir(parents=True, exist_ok=True)
    for language, palette, text in LOOKS:
        for size in SIZES:
            look = [str(folder), "--look", language, palette.name, str(text), str(size.width()), *sys.argv[2:]]
            subprocess.run([sys.executable, __file__, *look], check=True)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main()
