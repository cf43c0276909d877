"""Work that windows left behind when they ended: asked about one by one, before anything else is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject

from her2board.gui.document.left_behind import LeftBehind, Unreadable
from her2board.gui.window.files import CaseFiles
from her2board.gui.window.frame import Frame
from her2board.gui.window.recovery_page import RecoveryPage


class UnsavedWork(QObject):
    """Shows the page that asks, and does what is answered."""

    def __init__(self, window: Frame, files: CaseFiles) -> None:
        super().__init__(files)
        self._window = window
        self._files = files
        self.page: RecoveryPage | None = None
        files.unsaved_found.connect(self._ask)

    def _ask(self, found: object) -> None:
        if self.page is None:
            self.page = RecoveryPage(self._window.body)
            self.page.answered.connect(self._take)
            self.page.done.connect(self._leave)
            self._window.add_page(self.page)
        self._window.show_page(self.page)
        self.page.ask(found)  # type: ignore[arg-type]  # reason: a signal carries it as an object

    def _take(self, found: LeftBehind | Unreadable, answer: str) -> None:
        assert self.page is not None
        if answer == "restore":
            self._files.restore(found)  # type: ignore[arg-type]  # reason: the page offers it for what can be read only
            return
        if answer == "discard":
            self._files.discard(found)
        self.page.next()

    def _leave(self) -> None:
        bench = self._window.workbench
        open_case = bench is not None and bench.document.case is not None
        page = bench if open_case else self._window.start
        assert page is not None
        self._window.show_page(page)
