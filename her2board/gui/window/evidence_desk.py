"""Leads between the window and evidence packs: what is in use, the dialog, what is wrong with clock or evidence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from her2board.wording import tr, trn

if TYPE_CHECKING:  # a window that installs nothing needs none of it
    from her2board.casebook.book import Casebook
    from her2board.gui.evidence.reading_again import Named
    from her2board.gui.evidence.release_dialog import ReleaseDialog
    from her2board.gui.results.live import LiveResult
    from her2board.gui.window.frame import Frame


class EvidenceDesk(QObject):
    """Shows the dialog when it is asked for, and says once what is wrong when the window starts or a casebook opens."""

    def __init__(self, window: Frame, book: Callable[[], Casebook | None], parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._book = book
        self._said: set[str] = set()
        self.dialog: ReleaseDialog | None = None

    def actions(self) -> dict[str, Callable[[], object]]:
        """Return the actions of the evidence, by id."""
        return {"evidence_release": self.show}

    def load(self, live: LiveResult) -> None:
        """Have the evidence loaded for the first time, and follow what becomes of it."""
        live.library_loaded.connect(self._take_library)
        live.evidence_refused.connect(self._offer_way_out)
        live.load()

    def take_book(self, book: Casebook) -> None:
        """Remember day and evidence in a casebook that was opened, and say what is wrong beside it."""
        services = self._window.services
        if services.evidence is None:
            return
        for words in services.evidence.look_in(book, services.today()):
            self._say(words)
        if count := len(services.evidence.to_follow_up(book)):
            words = trn(
                "{n} figure on signed-off pages was withdrawn or changed.",
                "{n} figures on signed-off pages were withdrawn or changed.",
                count,
            )
            self._say(words.format(n=count))

    def _take_library(self) -> None:
        services = self._window.services
        if services.evidence is not None:
            work = partial(services.evidence.look, services.today())  # imports and writes: the window does not wait
            self._window.worker.ask("look", work, self._say, lambda _: None)

    def _say(self, words: str) -> None:
        """Say something once, with the way to the dialog; nothing where nothing is wrong."""
        if words and words not in self._said:
            self._said.add(words)
            offers = ((tr("Evidence …"), self.show),)
            self._window.messages.show_message(words, problem=True, offers=offers)

    def _offer_way_out(self, words: str) -> None:
        """Offer the evidence the program came with, where what was installed cannot be used."""
        services = self._window.services.evidence
        if services is None or not services.in_use().problem:
            return
        said = tr("The installed evidence cannot be used: {why}").format(why=words)
        offers = ((tr("Use the evidence the program came with"), self._use_shipped), (tr("Evidence …"), self.show))
        self._window.messages.show_message(said, problem=True, offers=offers)

    def _use_shipped(self) -> None:
        from her2board.gui.base.services import EvidenceError

        services = self._window.services.evidence
        assert services is not None
        try:
            services.use_shipped("", self._book())
        except EvidenceError as error:
            self._window.report(str(error), True)
        else:
            self._window.messages.hide()
            self._load()

    def show(self) -> None:
        """Show the evidence in use, and what a pack would change."""
        from her2board.gui.evidence.release_dialog import ReleaseDialog

        window = self._window
        if window.services.evidence is None:  # a window that installs nothing, as one in a test
            return
        if self.dialog is None:
            live = window.open_workbench().live
            self.dialog = ReleaseDialog(
                window.services, window.worker, lambda: live.library, self._book, self._opened, window.body
            )
            self.dialog.changed.connect(self._load)
            live.library_loaded.connect(self.dialog.refresh)
        self.dialog.refresh()
        self.dialog.show()
        self.dialog.activateWindow()

    def _load(self) -> None:
        """Read the evidence anew: another release is in use."""
        self._window.open_workbench().live.load()

    def _opened(self) -> Named | None:
        bench = self._window.open_workbench()
        case, day = bench.document.case, bench.live.as_of
        return (case.code, case, day.day) if case is not None and day is not None else None
