"""One hour at the screen without its pauses: whether the memory of the program grows.

Run as a program: 60 rounds, one for every minute, each with as many keys, pages and files as a fast person would take
in it. After each round the rubbish is collected and what the process holds is printed; in the end, whether the last
third holds more than the middle one. Other numbers of rounds as an argument; a list of what grew with --what.
"""

import argparse
import gc
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from support.screen import Answers

import her2board.gui.window.app as app
from her2board import paths
from her2board.case.sections import SECTIONS
from her2board.case.storage import SUFFIX
from her2board.cli.program import open_program
from her2board.gui.results.page_view import PageView

ROUNDS = 60
NOISE_MB = 3.0
"""What the allocator keeps more of or less from one round to the next."""
WORDS = "Six untreated metastases, no symptoms; is a drug that reaches the brain an option before radiation?"
TABLES = ("brain.lesions", "brain.local_therapies", "systemic.lines", "tumour.specimens", "board.disciplines")
TABS = ("tab_page", "tab_cohorts", "tab_options", "tab_pause", "tab_ask")
DIALOGS = ("find", "preferences", "packet")
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def held_mb() -> float:
    """Return the memory of this process that lies in the machine's, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Hour:
    """Uses the program as a person in a hurry would, and never waits for longer than an answer takes."""

    def __init__(self, window: app.MainWindow, answers: Answers, folder: Path, rounds: int, what: bool) -> None:
        self.window, self.answers, self.folder, self.rounds, self.what = window, answers, folder, rounds, what
        self.chance = random.Random(7)
        self.done: Counter[str] = Counter()
        self.held: list[float] = []
        self.kinds: list[Counter[str]] = []

    def work(self) -> None:
        """Work through all rounds; a fault, which the window would only report, ends it."""
        try:
            self._work()
        except Exception:  # noqa: BLE001  # reason: whatever it is, nobody reads the window
            traceback.print_exc()
            os._exit(1)

    def _work(self) -> None:
        start = time.monotonic()
        for number in range(self.rounds):
            self._round(number)
            self._note(number, time.monotonic() - start)
        self._judge()
        self.answers.unsaved_answer = "discard"
        self.window.close()

    def _round(self, number: int) -> None:
        examples = sorted((paths.resources_dir() / "examples").glob(f"*{SUFFIX}"))
        self.window.open_example(examples[number % len(examples)])
        self._settle()
        for part in (self._type, self._change_a_table, self._turn_sections, self._look_at_results, self._browse):
            part()
        self._save_and_export(number)
        self._act("present_again")
        self._type()
        self._dialogs()
        self._act("new_case")
        self._type()
        self._act("dark" if number % 2 else "light")
        self._settle()

    def _type(self) -> None:
        """Type a sentence, a number that fits and one that does not, a date and an answer, and take some back."""
        self._keys("meeting.question", WORDS[: self.chance.randint(12, 40)])
        self._keys("patient.age", str(self.chance.randint(25, 90)))
        self._keys("patient.ecog", "x")
        self._act("undo")
        self._keys("brain.imaging_date", "3/26")
        self._keys("neurology.symptoms_present", self.chance.choice("yn"))
        for id_ in ("undo", "undo", "redo", "undo"):
            self._act(id_)

    def _keys(self, path: str, text: str) -> None:
        form = self.window.workbench.form
        form.go_to(path)
        self._press(Key.Key_A, CTRL)
        for letter in text:
            QTest.keyClicks(self.here, letter)
            self.done["keys"] += 1
            QApplication.processEvents()
        self._settle()

    @property
    def here(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.here, key, modifier)
        self.done["keys"] += 1
        QApplication.processEvents()

    def _change_a_table(self) -> None:
        form = self.window.workbench.form
        for path in TABLES:
            form.go_to(path)
            self._act("add_row")
            for letter in "tras":
                QTest.keyClicks(self.here, letter)
                self.done["keys"] += 1
            self._press(Key.Key_Tab)
            form.table_in_focus() or form.go_to(path)
            for id_ in ("copy_row", "row_up", "remove_row", "undo", "undo", "undo"):
                self._act(id_)
            QApplication.clipboard().setText("Frontal\t12 mm\nOccipital\t8 mm")
            self._act("paste_rows")
            self._settle()
            form.revert_focus()
            form.commit()

    def _turn_sections(self) -> None:
        for _ in SECTIONS:
            self._act("next_section")
            self.done["sections"] += 1

    def _look_at_results(self) -> None:
        for tab in TABS:
            self._act(tab)
            self.done["pages"] += 1
            self._settle()
        self._act("find_result")
        for letter in "brain":
            QTest.keyClicks(self.here, letter)
            self.done["keys"] += 1
        self.window.workbench.results.words.clear()
        for id_ in ("tab_annex", "tab_full_annex", "tab_page", "zoom_in", "zoom_in", "zoom_whole", "zoom_fit"):
            self._act(id_)
            self._settle()
        self.window.workbench.results.page_pane.show_annex("none")
        self._settle()

    def _browse(self) -> None:
        self._act("evidence")
        shown = self.window.workbench.evidence
        tree = shown.found
        for _ in range(5):
            QTest.keyClick(tree, Key.Key_Down)
            self.done["keys"] += 1
            QApplication.processEvents()
        shown.close()
        self._back()

    def _save_and_export(self, number: int) -> None:
        for id_, suffix in (("save_as", SUFFIX), ("export_a4", ".pdf"), ("export_letter", ".pdf")):
            self.answers.path = self.folder / f"case{number % 3}{suffix}"
            self._act(id_)
            self._settle()
        self.done["exports"] += 2
        self.window.open_file(self.folder / f"case{number % 3}{SUFFIX}")
        self._settle()

    def _dialogs(self) -> None:
        for id_ in DIALOGS:
            self._act(id_)
            for dialog in self.window.findChildren(QDialog):
                dialog.close()
            self._back()

    def _back(self) -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def _act(self, id_: str) -> None:
        self.done["actions"] += 1
        self.window.actions_by_id[id_].trigger()
        QApplication.processEvents()

    def _settle(self) -> None:
        """Wait for everything that was asked for."""
        page = self.window.workbench.results.page
        end = time.monotonic() + 30
        QApplication.processEvents()
        while (self.window.worker.busy or _waits(page)) and time.monotonic() < end:
            time.sleep(0.005)  # lets the worker run, which the waiting of the test library does not
            QApplication.processEvents()

    def _note(self, number: int, seconds: float) -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        self.held.append(held_mb())
        counts = ", ".join(f"{n} {name}" for name, n in self.done.items())
        widgets = len(QApplication.allWidgets())
        print(
            f"{number + 1:3} {seconds:6.0f} s {self.held[-1]:7.1f} MB  {widgets} widgets; so far {counts}", flush=True
        )
        if self.what:
            self.kinds.append(Counter(type(part).__qualname__ for part in gc.get_objects()))

    def _judge(self) -> None:
        third = len(self.held) // 3
        middle, last = (median(self.held[at : at + third]) for at in (third, 2 * third))
        flat = last - middle <= NOISE_MB
        print(f"middle third {middle:.1f} MB, last third {last:.1f} MB: {'flat' if flat else 'NOT FLAT'}")
        if self.what:
            grown = self.kinds[-1] - self.kinds[third]
            print("grew since the first third: " + ", ".join(f"{kind} {n}" for kind, n in grown.most_common(25)))
        self.flat = flat


def _waits(page: PageView) -> bool:
    return any(timer.isActive() for timer in page.findChildren(QTimer))


def main() -> int:
    """Work for an hour; return 1 when memory grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", type=int, nargs="?", default=ROUNDS)
    parser.add_argument("--what", action="store_true", help="list what grew")
    options = parser.parse_args()
    hours: list[Hour] = []

    with tempfile.TemporaryDirectory() as home:

        class Window(app.MainWindow):
            def __init__(self, services: object, settings: object) -> None:
                answers = Answers(unsaved_answer="discard")
                super().__init__(services, settings, answers)
                hours.append(Hour(self, answers, Path(home), options.rounds, options.what))
                self.ready.connect(lambda: self.workbench.live.library_loaded.connect(begin))

        begun: list[bool] = []

        def begin() -> None:
            if not begun:
                begun.append(True)
                QTimer.singleShot(0, hours[0].work)

        app.MainWindow = Window
        app.open_settings(Path(home)).setValue("layout/welcomed", "true")
        open_program(None, Path(home))
    return 0 if getattr(hours[0], "flat", False) else 1


if __name__ == "__main__":
    sys.exit(main())
