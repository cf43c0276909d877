"""A program that types into a window until it is killed, and notes after every key how far it came.

Started once, it makes one typist per line on its standard input: folder, seed. A typist is a process of its own.
"""

import json
import os
import random
import sys
import time
from itertools import cycle
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from her2board.case.model import Case
from her2board.case.storage import save
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.gui.base.services import Services
from her2board.gui.window.main_window import MainWindow
from support.screen import TODAY, Answers, fake_page

LETTERS = "abcdefghij"


class Typist:
    """Types letters in turn into a text, a table cell and a number that cannot be used; saves now and then."""

    def __init__(self, folder: Path, seed: int, library: EvidenceLibrary) -> None:
        self._chance = random.Random(seed)
        self._log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._typed = 0
        self._file = folder / "case.her2case"
        save(Case(code="K"), self._file)
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        services = Services(lambda: library, fake_page, lambda _: (), lambda: TODAY, state_dir=folder / "state")
        self.window = MainWindow(services, settings, Answers(unsaved_answer="discard"))
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.window.open_file(self._file)
        self._form = self.window.workbench.form

    def work(self) -> None:
        """Type until the end."""
        self._note()
        for target in cycle((self._text, self._cell, self._number, self._save)):
            target(self._chance.randint(3, 20))

    def _text(self, keys: int) -> None:
        self._form.go_to("meeting.question")
        control = self._form.block_in_focus().control
        QTest.keyClick(control, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        self._keys(control, keys)

    def _cell(self, keys: int) -> None:
        self._form.go_to("brain.lesions")
        table = self._form.table_in_focus()
        table.add()
        self._keys(table.control.findChild(QLineEdit), keys)
        table.commit()

    def _number(self, keys: int) -> None:
        self._form.go_to("patient.ecog")
        control = self._form.block_in_focus().control
        control.deselect()
        control.end(False)
        self._keys(control, keys)

    def _save(self, _: int) -> None:
        self.window.actions_by_id["save"].trigger()

    def _keys(self, control: object, keys: int) -> None:
        for _ in range(keys):
            QTest.keyClicks(control, LETTERS[self._typed % len(LETTERS)])
            self._typed += 1
            self._note()
            QTest.qWait(self._chance.randint(5, 40))

    def _note(self) -> None:
        os.write(self._log, (json.dumps([time.monotonic(), self._typed]) + "\n").encode())


def main() -> None:
    """Make a typist for every line; say its process and wait until it was killed."""
    library = load_release()
    for line in sys.stdin:
        folder, seed = line.rsplit(maxsplit=1)
        child = os.fork()
        if child == 0:
            application = QApplication([])
            application.setApplicationName("her2board")
            Typist(Path(folder), int(seed), library).work()
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "ended by itself", flush=True)


if __name__ == "__main__":
    main()
