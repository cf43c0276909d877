"""Takes pictures of every page of the window, for somebody to look at; nothing here passes or fails.

Not part of 'make test': it needs a screen of 2560x1440. From the top of the checkout:

    PYTHONPATH=. xvfb-run -a -s "-screen 0 2560x1440x24" \\
        .venv/bin/python tests/outside/pictures.py build/pictures [WORD...]

Every page and dialog in three palettes, in three sizes of window and two of text. A word keeps the pictures with it in
their name: 'dark', '1280', '150', 'empty', 'evidence'.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import her2board.gui.window.app as app
from her2board import paths
from her2board.case.sections import SECTIONS
from her2board.cli.program import open_program
from her2board.gui.base import theme
from her2board.wording import PSEUDO

FULL = "b07-invented-complete"
URGENT = "cr31-herniation"
SIZES = (QSize(1280, 800), QSize(1920, 1080), QSize(2560, 1440))
TEXTS = (100, 150)
"""Sizes of text, in percent."""
LOOKS = (
    *(("en", theme_, text) for theme_ in theme.THEMES.values() for text in TEXTS),
    (PSEUDO, theme.LIGHT, 100),
)
TABS = ("page", "annex", "cohorts", "options", "pause", "ask")
Shot = tuple[str, Callable[[], QWidget | None]]
DIALOG = "-dialog-"
"""In the name of a picture of a dialog that waits for an answer."""
MODAL_AFTER_MS = 800


class Photographer:
    """Brings one page after the other to the front and keeps what is seen."""

    def __init__(self, window: app.MainWindow, folder: Path, look: str, wanted: list[str]) -> None:
        self.window, self.folder, self.look, self.wanted = window, folder, look, wanted

    def work(self) -> None:
        """Take every picture, in every size."""
        for size in SIZES:
            self.window.resize(size)
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)
            for name, show in self._shots():
                full = f"{self.look}-{size.width()}-{name}"
                if all(word in full for word in self.wanted):
                    self._take(full, show)
        os._exit(0)

    def _take(self, name: str, show: Callable[[], QWidget | None]) -> None:
        if DIALOG in name:
            QTimer.singleShot(MODAL_AFTER_MS, partial(self._take_modal, name))
        widget = show()
        if widget is None:  # it waited for an answer, and was taken meanwhile
            return
        self._settle()
        widget.grab().save(str(self.folder / f"{name}.png"))
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        if widget is not self.window:
            widget.close()

    def _take_modal(self, name: str) -> None:
        """Take a dialog that waits for an answer, and cancel it."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.grab().save(str(self.folder / f"{name}.png"))
            dialog.reject()

    def _settle(self) -> None:
        end = time.monotonic() + 30
        QTest.qWait(200)
        page = self.window.workbench.results.page
        while time.monotonic() < end and (
            self.window.worker.busy or any(t.isActive() for t in page.findChildren(QTimer))
        ):
            QTest.qWait(20)
        QTest.qWait(100)

    def _shots(self) -> Iterator[Shot]:
        yield "start", self._start
        for case, open_ in (("full", partial(self._open, FULL)), ("empty", self._new)):
            open_()
            for section in SECTIONS:
                yield f"{case}-form-{section.id}", partial(self._section, section.id)
            for tab in TABS:
                yield f"{case}-{tab}", partial(self._act, f"tab_{tab}")
            self.window.workbench.results.page_pane.show_annex("none")
            self._act("tab_page")
        self._open(URGENT)
        yield "urgent-page", lambda: self.window
        yield "preferences", partial(self._dialog, "preferences")
        yield "packet", partial(self._dialog, "packet")
        yield "find", partial(self._dialog, "find")
        for place, name in enumerate(("card", "compare", "corrections")):
            yield f"evidence-{name}", partial(self._evidence, place)
        yield from self._questions()

    def _questions(self) -> Iterator[Shot]:
        """Yield the dialogs that wait for an answer."""
        ask = self.window.questions
        yield "dialog-keys", partial(self._wait_on, lambda: self.window.act("keys"))
        yield "dialog-about", partial(self._wait_on, lambda: self.window.act("about"))
        checks = (
            ("Python", "ok", "3.11"),
            ("evidence", "ok", "133 cohorts"),
            ("resources", "FAIL", "a font is missing"),
        )
        yield "dialog-self-check", partial(self._wait_on, partial(ask.show_self_check, checks))
        yield "dialog-unsaved", partial(self._wait_on, partial(ask.unsaved, "B-07", ("Age",), changed=True))
        yield "dialog-held", partial(self._wait_on, partial(ask.held, "b07.her2case", "another window"))
        yield "dialog-outside", partial(self._wait_on, partial(ask.outside, "b07.her2case", removed=False))
        yield "dialog-hard-link", partial(self._wait_on, partial(ask.separate, "b07.her2case", 1))
        names = (("Question", "Dr Rossi asks -> [clinician] asks"), ("Decision", "Anna [?]"))
        yield "dialog-names", partial(self._wait_on, partial(ask.names, names))
        yield "dialog-which-case", partial(self._wait_on, partial(ask.which_case, ("B-07", "CR-01")))

    def _wait_on(self, ask: Callable[[], object]) -> None:
        ask()

    def _start(self) -> QWidget:
        self.window._stack.setCurrentWidget(self.window.start)
        return self.window

    def _open(self, name: str) -> QWidget:
        self.window.open_example(paths.example_case(name))
        self._settle()
        return self.window

    def _new(self) -> QWidget:
        return self._act("new_case")

    def _section(self, id_: str) -> QWidget:
        self.window.workbench.form.enter(id_)
        return self.window

    def _act(self, id_: str) -> QWidget:
        self.window.actions_by_id[id_].trigger()
        return self.window

    def _dialog(self, id_: str) -> QWidget:
        self._act(id_)
        QTest.qWait(100)
        return next(dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible())

    def _evidence(self, place: int) -> QWidget:
        self._act("evidence")
        evidence = self.window.workbench.evidence
        evidence.resize(self.window.size() * 0.9)
        evidence.tabs.setCurrentIndex(place)
        evidence.found.setCurrentItem(evidence.found.topLevelItem(0).child(0))
        return evidence


def photograph(folder: Path, language: str, theme_name: str, text: str, wanted: list[str]) -> None:
    """Open the program in one language and palette, and take its pictures."""

    class Window(app.MainWindow):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)
            look = f"{theme_name if language == 'en' else language}-{text}"
            work = Photographer(self, folder, look, wanted).work
            self.ready.connect(lambda: self.workbench.live.library_loaded.connect(lambda: QTimer.singleShot(0, work)))

    app.MainWindow = Window
    with tempfile.TemporaryDirectory() as home:
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
        photograph(folder, *sys.argv[3:6], sys.argv[6:])
        return
    folder.mkdir(parents=True, exist_ok=True)
    for language, palette, text in LOOKS:
        look = [str(folder), "--look", language, palette.name, str(text), *sys.argv[2:]]
        subprocess.run([sys.executable, __file__, *look], check=True)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main()
