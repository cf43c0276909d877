"""From the start of a process to its window, and from a key to its findings and its page."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from statistics import median, quantiles

from measure import CASE, FRAME_MS, Line, Taken, environment, in_turns, line, processor

from her2board import paths

_SIGNALS = ("first_painted", "ready")
"""Signals of the main window: painted once; form and results made, the evidence being loaded."""
_BARE_WINDOW = """
import sys, time, os
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        sys.stdout.write(str(time.monotonic_ns())); sys.stdout.flush(); os._exit(0)
application = QApplication(sys.argv[:1])
window = Window(); window.setCentralWidget(QLabel("her2board")); window.resize(1280, 800); window.show()
application.exec()
"""
_PROGRAM_WINDOW = """
import sys, time, os
from her2board.cli import main
import her2board.gui.window.app as app
def stamp():
    sys.stdout.write(str(time.monotonic_ns())); sys.stdout.flush(); os._exit(0)
class Window(app.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.{signal}.connect(stamp)
app.MainWindow = Window
main([])
"""
_USABLE_WINDOW = """
import sys, time, os
from her2board.cli import main
import her2board.gui.window.app as app
def stamp(number, pages):
    if pages:
        sys.stdout.write(str(time.monotonic_ns())); sys.stdout.flush(); os._exit(0)
class Window(app.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.ready.connect(lambda: self.workbench.results.page.shown.connect(stamp))
app.MainWindow = Window
main([{case!r}])
"""
_TYPING = """
import sys, time, os, json
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from her2board.cli import main
import her2board.gui.window.app as app
from her2board.gui.results.page_view import draw
PAUSE_S = 0.2
WORDS = "Six untreated metastases, no symptoms; is a drug that reaches the brain an option before radiation? " * 2
class Window(app.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.ready.connect(lambda: self.workbench.results.page.shown.connect(self.begin))
        self.begun = False
    def begin(self, number, pages):
        if pages and not self.begun:
            self.begun = True
            QTimer.singleShot(500, self.type)
    def await_(self, happened, since):
        while not happened and time.monotonic() < since + 20:
            QApplication.processEvents()
            time.sleep(0.0002)
        return (happened[0] - since) * 1000
    def type(self):
        bench, found, drawn = self.workbench, [], []
        bench.live.assessed.connect(lambda _: found.append(time.monotonic()))
        bench.results.page.shown.connect(lambda *_: drawn.append(time.monotonic()))
        bench.form.go_to("meeting.question")
        field = bench.form.block_in_focus().control
        keys, findings, pages = [], [], []
        for number, letter in enumerate(WORDS):
            found.clear(); drawn.clear()
            start = time.monotonic()
            QTest.keyClick(field, letter)
            keys.append((time.monotonic() - start) * 1000)
            findings.append(self.await_(found, start))
            if number % 5 == 4:
                pages.append(self.await_(drawn, start))
        single, floor = [], []
        for letter in WORDS[:60]:
            floor.append(self.draw_alone())
            until = time.monotonic() + PAUSE_S
            while time.monotonic() < until:
                QApplication.processEvents()
                time.sleep(0.001)
            drawn.clear()
            start = time.monotonic()
            QTest.keyClick(field, letter)
            single.append(self.await_(drawn, start))
        sys.stdout.write(json.dumps([keys, findings, pages, single, floor])); sys.stdout.flush(); os._exit(0)
    def draw_alone(self):
        live, view = self.workbench.live, self.workbench.results.page
        case = self.workbench.document.case
        start = time.monotonic()
        made = self._services.make_mapped("none", case, live.library, live.as_of.day, "a4", live.assessment)
        draw(made.data, view._room())
        return (time.monotonic() - start) * 1000
app.MainWindow = Window
main([{case!r}])
"""


def starts() -> Iterator[Line]:
    """Measure process start to first paint, and to the moment the workbench is there."""
    platforms = ["offscreen"] + (["xcb"] if os.environ.get("DISPLAY") else [])
    floor = "a bare PySide6 main window"
    with tempfile.TemporaryDirectory() as home:
        for name in platforms:
            around = environment(home, QT_QPA_PLATFORM=name)
            bare = partial(until_stamp, _BARE_WINDOW, around)
            painted, ready = (partial(until_stamp, _PROGRAM_WINDOW.format(signal=s), around) for s in _SIGNALS)
            times, baselines = in_turns(painted, bare, 12)
            reach = "1.2x or less"
            yield line(f"start to first paint, {name}", times, floor, baselines, reach, lambda ratio, *_: ratio <= 1.2)
            times, baselines = in_turns(ready, bare, 12)
            yield line(f"start to form and results there, {name}", times, floor, baselines)
            case = str(paths.example_case(CASE))
            usable = partial(until_stamp, _USABLE_WINDOW.format(case=case), around)
            times, baselines = in_turns(usable, bare, 6)
            what, reach = f"start to evidence loaded and page shown, {name}", "3x or less"
            yield line(what, times, floor, baselines, reach, lambda ratio, *_: ratio <= 3)
            yield from typing(case, around, name)


def typing(case: str, around: dict[str, str], platform_name: str) -> Iterator[Line]:
    """Measure a typing script at the window: a key taken, its findings there, its page there."""
    code = _TYPING.format(case=case)
    done = subprocess.run(
        [sys.executable, "-c", code], env=around, capture_output=True, text=True, timeout=300, check=False
    )
    if not done.stdout.startswith("[["):
        raise RuntimeError(f"nothing was typed: {done.stderr[-800:]}")
    keys, found, pages, single, drawn = json.loads(done.stdout)
    frame = [(FRAME_MS, FRAME_MS)]
    for what, times, reach, most in (
        ("keystroke taken", keys, "16 ms at the 99th percentile", FRAME_MS),
        ("keystroke to findings in sight", found, "", None),
        ("keystroke in fast typing to a fresh page in sight", pages, "", None),
    ):
        taken = [(ms, ms) for ms in times]
        met = None if most is None else partial(_within, most)
        yield line(f"{what}, {platform_name}", taken, "one frame of 16 ms", frame, reach, met)
    alone = [(ms, ms) for ms in drawn]
    slow = quantiles(single, n=20)[18]
    yield line(
        f"key after a pause to the fresh page in sight, {platform_name}; 95th percentile {slow:.0f} ms",
        [(ms, ms) for ms in single],
        "composing and drawing that page, warm",
        alone,
        "1.5x at the 95th percentile",
        lambda *_: slow <= 1.5 * median(drawn),
    )


def _within(most: float, _ratio: float, _ms: float, last: float) -> bool:
    return last <= most


def until_stamp(code: str, around: dict[str, str]) -> Taken:
    """Start a process; return the time until it says what the clock showed."""
    before, start = processor(), time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-c", code], env=around, capture_output=True, text=True, timeout=60, check=False
    )
    if not done.stdout.isdigit():
        raise RuntimeError(f"the window was not painted: {done.stderr[-800:]}")
    return (int(done.stdout) - start) / 1e6, processor() - before
