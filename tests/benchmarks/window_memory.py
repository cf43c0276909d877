"""What memory the open program holds, beside a bare window: a page in sight, the evidence loaded."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import Line, environment, line

from her2board import paths

_CASE = "b07-invented-complete"
_RUNS = 3
_HELD = """
def held():
    import os
    pages = int(open("/proc/self/statm").read().split()[1])
    sys.stdout.write(str(pages * os.sysconf("SC_PAGE_SIZE"))); sys.stdout.flush(); os._exit(0)
"""
_BARE = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
{_HELD}
application = QApplication(sys.argv[:1])
window = QMainWindow(); window.setCentralWidget(QLabel("her2board")); window.resize(1280, 800); window.show()
QTimer.singleShot(500, held)
application.exec()
"""
_PROGRAM = f"""
import sys
from PySide6.QtCore import QTimer
from her2board.cli import main
import her2board.gui.window.app as app
{_HELD}
class Window(app.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.ready.connect(lambda: self.workbench.results.page.shown.connect(self.wait))
    def wait(self, number, pages):
        if pages:
            QTimer.singleShot(500, held)
app.MainWindow = Window
main([sys.argv[1]])
"""


def window_memory() -> Iterator[Line]:
    """Measure both in processes of their own, in megabytes where other lines have milliseconds."""
    if not Path("/proc/self/statm").exists():
        print("memory of the open program: not measured (only Linux gives it)")
        return
    case = str(paths.example_case(_CASE))
    program, bare = ([_held(code, case) for _ in range(_RUNS)] for code in (_PROGRAM, _BARE))
    yield line(
        "memory of the open program, MB",
        [(mb, mb) for mb in program],
        "a bare PySide6 main window, MB",
        [(mb, mb) for mb in bare],
        "2x or less",
        lambda ratio, *_: ratio <= 2,
    )


def _held(code: str, case: str) -> float:
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-c", code, case],
            env=environment(home, QT_QPA_PLATFORM="offscreen"),
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
    return int(done.stdout) / 2**20
