"""The program as a desktop starts it: in a process of its own, asked by the system to open a file."""

import os
import subprocess
import sys
from pathlib import Path

from her2board import paths

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys, os
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from her2board.cli.program import open_program
import her2board.gui.window.app as app
class Window(app.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.first_painted.connect(self.hand_over)
        self.windowTitleChanged.connect(self.say)
    def hand_over(self):
        QCoreApplication.postEvent(QCoreApplication.instance(), QFileOpenEvent(sys.argv[2]))
    def say(self, title):
        if self.workbench and self.workbench.document.path:
            print(title, self.workbench.document.path, flush=True)
            os._exit(0)
app.MainWindow = Window
open_program(None, Path(sys.argv[1]))
"""


def test_a_file_that_the_desktop_hands_to_the_running_program_is_opened(tmp_path: Path) -> None:
    case = tmp_path / "handed over.her2case"
    case.write_bytes(paths.example_case("b07-invented-complete").read_bytes())
    around = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), str(case)]
    said = subprocess.run(command, env=around, capture_output=True, text=True, timeout=120, check=True).stdout
    assert said.startswith("B-07")
    assert str(case) in said
