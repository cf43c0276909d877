"""Clicks every word of generated pages in the window and looks where each led; prints what led elsewhere.

Not part of 'make test': 100 pages take ten minutes. It needs no screen. From the top of the checkout:

    PYTHONPATH=.:tests .venv/bin/python tests/outside/click_words.py [PAGES]
"""

import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.generated import sweep
from support.screen import Answers

import her2board.gui.window.app as app
from her2board.briefing.cards.ways import Way
from her2board.briefing.page_map import PlacedRun
from her2board.case.fields import field_path
from her2board.case.storage import save
from her2board.cli.program import open_program

PAGES = 100
PATIENCE_S = 60


class Reader:
    """Opens one page after the other and clicks through it."""

    def __init__(self, window: app.MainWindow, folder: Path, pages: int) -> None:
        self.window, self.folder, self.pages = window, folder, pages
        self.clicked: Counter[str] = Counter()
        self.wrong: list[str] = []

    def work(self) -> None:
        """Click through all pages; a fault, which the window would only report, ends it."""
        try:
            self.bench = self.window.open_workbench()
            for number, (name, make) in enumerate([*sweep(mixtures=self.pages).items()][: self.pages], 1):
                path = self.folder / f"{number}.her2case"
                save(make(), path)
                self.window.open_file(path)
                self.settle()
                self._click_through(name)
                print(f"{number:3} {name}: {dict(self.clicked)}, {len(self.wrong)} wrong", flush=True)
        except Exception:  # noqa: BLE001  # reason: the window would report it and wait for a person
            traceback.print_exc()
            os._exit(1)
        print("\n".join(self.wrong))
        os._exit(bool(self.wrong))

    def settle(self) -> None:
        """Wait until the page of the case is there."""
        end = time.monotonic() + PATIENCE_S
        page = self.bench.results.page
        QTest.qWait(30)
        while time.monotonic() < end and (
            self.window.worker.busy or any(timer.isActive() for timer in page.findChildren(QTimer))
        ):
            time.sleep(0.005)
            QApplication.processEvents()

    def _click_through(self, name: str) -> None:
        sheet = self.bench.results.page.sheet
        for run in sheet.map.runs:
            for box in sheet.boxes_of(run)[:1]:
                self.bench.results.show_tab("page")
                self.bench.sections.setFocus()
                ways = self.window.leads.ways_of(run)
                place = box.center().toPoint()
                if sheet.run_at(box.center()) is not run:
                    self.wrong.append(f"{name}: {run.text!r} lies under other words")
                    continue
                QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(place))
                QApplication.processEvents()
                self._judge(name, run, ways)

    def _judge(self, name: str, run: PlacedRun, ways: tuple[Way, ...]) -> None:
        kind = ways[0].kind if ways else "nowhere"
        self.clicked[kind] += 1
        led = self._led(ways[0]) if ways else self.bench.sections.hasFocus() or self.bench.results.page.sheet.hasFocus()
        if not led:
            self.wrong.append(f"{name}: {run.text!r} should lead to {ways[:1]}")
        if self.bench.evidence is not None and self.bench.evidence.isVisible():
            self.bench.evidence.close()
            self.window.activateWindow()

    def _led(self, way: Way) -> bool:
        block = self.bench.form.block_in_focus()
        there = block is not None and field_path(way.place).startswith(block.path)
        match way.kind:
            case "card":
                shown = self.bench.evidence
                return shown is not None and shown.card.card is not None and shown.card.card.address == way.place
            case "field":
                return there
            case _:
                ask = self.bench.results.chosen_ask()
                return there or (ask is not None and way.place in ask.fields)


def main() -> None:
    """Open the program in a home of its own and click."""
    pages = int(sys.argv[1]) if sys.argv[1:] else PAGES
    begun: list[bool] = []
    with tempfile.TemporaryDirectory() as home:

        class Window(app.MainWindow):
            def __init__(self, services: object, settings: object) -> None:
                super().__init__(services, settings, Answers(unsaved_answer="discard"))
                work = Reader(self, Path(home), pages).work
                self.ready.connect(lambda: self.workbench.live.library_loaded.connect(partial(self._begin, work)))

            def _begin(self, work: object) -> None:
                if not begun:
                    begun.append(True)
                    QTimer.singleShot(0, work)

        app.MainWindow = Window
        app.open_settings(Path(home)).setValue("layout/welcomed", "true")
        open_program(None, Path(home))


if __name__ == "__main__":
    main()
