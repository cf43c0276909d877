"""One session at a casebook on the screen of the whole program, as a process: used, then closed or crashed.

Arguments: home, casebook, folder of what is meant to be read, number of the session, step to crash at (-1: none).
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog

import her2board.gui.window.app as app
from her2board import workarounds
from her2board.casebook import opening
from her2board.casebook.keys import Cost
from her2board.cli.program import open_program
from support.book_screen import PASSPHRASE
from support.screen import Answers

_SIGNALS = (signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV)


class Session:
    """The steps of a session in their order; each is over when nothing is under way any more."""

    def __init__(self, window: app.MainWindow, book: Path, meant: Path, number: int, word: str) -> None:
        self.window, self.book, self.meant, self.number, self.word = window, book, meant, number, word
        self.steps: tuple[Callable[[], None], ...] = (
            self.unlock,
            self.edit,
            self.export,
            self.print_out,
            self.meet,
            self.papers,
            self.move,
            self.lock,
            self.unlock,
            self.search,
        )

    def go(self, crash: int) -> None:
        for place, step in enumerate(self.steps):
            step()
            self.settle()
            if place == crash:
                os.kill(os.getpid(), _SIGNALS[self.number % len(_SIGNALS)])
        self.window.close()

    def settle(self) -> None:
        end = time.monotonic() + 60
        QApplication.processEvents()
        while self.window.worker.busy and time.monotonic() < end:
            time.sleep(0.005)  # lets the worker run
            QApplication.processEvents()

    @property
    def area(self):
        return self.window.casebook.area

    def unlock(self) -> None:
        door = self.window.casebook
        door.show_file(self.book)
        door.opening.passphrase.setText(PASSPHRASE)
        door.opening.unlock()
        self.settle()
        assert door.unlocked

    def edit(self) -> None:
        self.area.home.table.go(self.number % 20)
        self.area.home.do("open")
        self.settle()
        self.window.workbench.document.set_value("meeting.new_since", f"{self.word} is new")
        self.window.workbench.form.go_to("identity.name")
        self.window.casebook.case.keep_draft()
        if self.number % 3 == 0:
            self.window.act("save")

    def export(self) -> None:
        self.window.questions.path = self.meant / "page.pdf"
        self.window.act("export")

    def print_out(self) -> None:
        printer = QPrinter()
        printer.setOutputFileName(str(self.meant / "printed.pdf"))
        self.window.questions.print_on = printer
        self.window.act("print")

    def meet(self) -> None:
        self.window.casebook.show_page("mode")
        mode = self.area.page("mode")
        mode.discussion.say("outcome.decision", f"{self.word} first")
        mode.next.click()
        self.settle()
        mode.discussion.say("outcome.owner", self.word)  # waits in its draft

    def papers(self) -> None:
        QFileDialog.getSaveFileName = lambda *_: (str(self.meant / "packet.pdf"), "")
        self.window.casebook.show_page("chase")
        self.area.page("chase").copy()
        self.area.papers.make("packet")

    def move(self) -> None:
        self.window.casebook.show_page("moving")
        moving = self.area.page("moving")
        moving.backup_button.click()
        self.settle()
        moving.first.setText("words of the export")
        moving.export_to(self.book.with_name(f"{self.number}.her2export"))
        self.settle()
        moving.write_plain(moving._chosen_cases(), self.meant)

    def lock(self) -> None:
        self.window.act("book_lock")
        assert not QApplication.clipboard().text()

    def search(self) -> None:
        self.window.casebook.show_page("cases")
        self.area.page("cases").search.setText(self.word)


def main() -> None:
    """Open the program and go through the session; a fault ends it with a status of its own."""
    workarounds.dump_no_memory()
    home, book, meant = (Path(argument) for argument in sys.argv[1:4])
    number, crash, word = int(sys.argv[4]), int(sys.argv[5]), sys.argv[6]
    opening.STATED = Cost(memory_kib=64, passes=1, lanes=1)
    begun: list[bool] = []

    class Window(app.MainWindow):
        def __init__(self, services: object, settings: object) -> None:
            super().__init__(services, settings, Answers(unsaved_answer="discard", plain_answer=True))
            self.ready.connect(lambda: self.open_workbench().live.library_loaded.connect(self.begin))

        def begin(self) -> None:
            if not begun:
                begun.append(True)
                QTimer.singleShot(0, self.work)

        def work(self) -> None:
            try:
                Session(self, book, meant, number, word).go(crash)
            except BaseException:  # noqa: BLE001  # reason: the window would only report it
                import traceback

                traceback.print_exc()
                os._exit(3)

    app.MainWindow = Window
    app.open_settings(home).setValue("layout/welcomed", "true")
    open_program(None, home)


if __name__ == "__main__":
    main()
