"""Keeps unsaved work while it is being typed, so that a crash or a power cut loses the last second at most."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from her2board.case import storage
from her2board.gui.base import faults
from her2board.gui.base.worker import Worker
from her2board.gui.document.document import CaseDocument
from her2board.gui.document.unfinished import Unfinished
from her2board.gui.document.unsaved import Slot, Unsaved
from her2board.wording import tr

_DELAY_MS = 200
"""After the first key that was not kept yet; typing that goes on does not put it off."""


class Autosave(QObject):
    """Writes what is not saved to the window's own slot, and clears it once nothing is unsaved."""

    reported = Signal(str, bool)

    def __init__(
        self, folder: Path, document: CaseDocument, unfinished: Callable[[], tuple[Unfinished, ...]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._slot = Slot.new(folder)
        self._wrote = False
        self._document = document
        self._unfinished = unfinished
        self._worker = Worker(self)  # its own: pages and packets being made never hold it up
        self._failed = False
        self.elsewhere: Callable[[], bool] = lambda: False
        """Whether the open case is of a casebook: nothing of it is written to a plain file."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DELAY_MS)
        self._soon.timeout.connect(self.keep)
        for changed in (document.case_changed, document.case_replaced, document.path_changed):
            changed.connect(lambda *_: self.keep_soon())

    def keep_soon(self) -> None:
        """Keep what is unsaved shortly; called whenever something is typed."""
        if not self._soon.isActive():
            self._soon.start()

    def keep_now(self) -> None:
        """Keep what was typed before the form is busy with itself."""
        if self._soon.isActive():
            self.keep()

    def keep(self) -> None:
        """Keep what is unsaved, or nothing when all is saved."""
        self._soon.stop()
        unsaved = self._unsaved()
        if unsaved is not None:
            self._worker.ask("keep", partial(self._slot.write, unsaved), self._kept, self._fail)
        elif self._wrote:
            self._worker.ask("keep", self._slot.clear, self._kept, self._fail)
        self._wrote = unsaved is not None

    def _unsaved(self) -> Unsaved | None:
        case, document = self._document.case, self._document
        unfinished = self._unfinished()
        if case is None or self.elsewhere() or not (document.changed or unfinished):
            return None
        return Unsaved(file=document.path, digest=document.digest, case=storage.dump(case), unfinished=unfinished)

    def _kept(self, _: object) -> None:
        self._failed = False

    def _fail(self, error: Exception) -> None:
        if self._failed:
            return
        self._failed = True
        words = tr("Unsaved work cannot be protected against a crash or power cut ({why} in {folder}); save often.")
        self.reported.emit(words.format(why=faults.why(error), folder=self._folder), True)

    def adopt(self, slot: Slot) -> None:
        """Go on in the slot of a window that ended; what it holds is this window's unsaved work now."""
        self._slot.clear()
        self._slot.release()
        self._slot, self._wrote = slot, True
        self.keep_soon()

    def close(self) -> None:
        """Remove what is kept: all is saved or discarded."""
        self._soon.stop()
        self._worker.close()
        self._slot.clear()
        self._slot.release()
