"""The interpreter survives long use."""

import subprocess
import sys

_PROGRAM = """
import her2board.gui
from PySide6.QtCore import QCoreApplication, QObject, Signal, QTimer

class Emitter(QObject):
    told = Signal()

application = QCoreApplication([])
emitter, timer = Emitter(), QTimer()
for _ in range(100_000):
    emitter.told.emit()
    timer.stop()
print("alive")
"""


def test_a_hundred_thousand_calls_into_qt_do_not_use_up_none_and_true() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "alive", done.stderr[-400:]
