"""What the program does not wait for before its window is painted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys, os
from her2board.cli.program import open_program
import her2board.gui.window.app as app
from PySide6 import QtCore
from pathlib import Path
def say():
    libraries = ("pydantic", "reportlab", "yaml", "html")
    layers = ("case", "capture", "evidence", "assessment", "exchange")
    made = [name for name in (*libraries, *(f"her2board.{layer}" for layer in layers)) if name in sys.modules]
    print(*made, *(["Qt"] if "Qt" in vars(QtCore) else []), flush=True)
    os._exit(0)
class Window(app.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.first_painted.connect(say)
app.MainWindow = Window
open_program(None, Path(sys.argv[1]))
"""


@pytest.fixture
def made(tmp_path: Path) -> str:
    around = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    return subprocess.run(command, env=around, capture_output=True, text=True, timeout=120, check=True).stdout


def test_the_window_is_painted_before_any_layer_of_cases_and_the_enumerations_of_qt_are_made(made: str) -> None:
    """The whole Qt namespace is created when anything asks for it: a fifth of the time to the first paint."""
    assert made.split() == []


READY = """
import linecache, os, sys
from her2board.cli.program import open_program
import her2board.gui.window.app as app
from pathlib import Path
def say():
    print(*(name for name in linecache.cache if "pydantic" in name or "workbench" in name), sep="\\n")
    later = ("her2board.capture.tables", "her2board.capture.report", "her2board.exchange", "her2board.gui.review")
    print(*(name for name in sys.modules if name.startswith(later)), flush=True)
    os._exit(0)
class Window(app.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.ready.connect(say)
app.MainWindow = Window
open_program(None, Path(sys.argv[1]))
"""


def test_no_source_is_read_for_what_is_imported_after_the_window_and_no_list_report_or_record_is_waited_for(
    tmp_path: Path,
) -> None:
    around = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", READY, str(tmp_path)]
    said = subprocess.run(command, env=around, capture_output=True, text=True, timeout=120, check=True).stdout
    assert said.split() == []
