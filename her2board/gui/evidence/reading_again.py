"""Reads stored cases with the release in use and with an offered one, in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field
from PySide6.QtCore import QObject, Signal

from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.gui.base.services import EvidenceServices
from her2board.gui.base.worker import Worker

if TYPE_CHECKING:  # a window that installs nothing goes without
    from her2board.casebook.book import Casebook
    from her2board.packs.difference import Reread
    from her2board.packs.follow_up import FollowUp
    from her2board.packs.offer import Offer

_WORK = "reading again"
Named = tuple[str, Case, date]
Cases = Callable[[], Sequence[Callable[[], Named]]]
"""Lists what reads each case; it is called in the background too."""


class Found(Struct):
    """What came of reading cases again."""

    of: int = 0
    """Cases there are."""
    read: int = 0
    untouched: int = 0
    """Cases that no changed record touches."""
    unread: list[str] = field(default_factory=list)
    """What could not be read, in words."""
    differing: list[Reread] = field(default_factory=list)
    pages: list[FollowUp] = field(default_factory=list)
    stopped: bool = False


class ReadingAgain(QObject):
    """Reads case after case until it is done or stopped; nothing is changed."""

    stepped = Signal(int, int)
    """Cases done of how many; from the thread that reads, Qt carries it over."""
    done = Signal(object)
    """A ``Found``."""
    failed = Signal(object)

    def __init__(self, services: EvidenceServices, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._worker = worker
        self._number = 0
        """Of the reading that counts; one with another number stops."""
        self.running = False
        worker.closing.connect(self.stop)

    def start(self, offer: Offer, cases: Cases, book: Casebook | None = None) -> None:
        """Read cases, and the signed-off pages of a casebook; a reading under way stops."""
        self._number += 1
        self.running = True
        work = partial(self._read, offer, cases, book, self._number)
        self._worker.ask(_WORK, work, self._end, self._fail)

    def stop(self) -> None:
        """Read no further case."""
        self._number += 1

    def _end(self, found: Found) -> None:
        self.running = False
        self.done.emit(found)

    def _fail(self, error: Exception) -> None:
        self.running = False
        self.failed.emit(error)

    def _read(self, offer: Offer, cases: Cases, book: Casebook | None, number: int) -> Found:
        found = Found()
        stop: Callable[[], bool] = lambda: self._number != number  # noqa: E731  # reason: read at each case
        several = cases()
        found.of = len(several)
        for one in self._services.read_again(_readable(several, found, stop), offer):
            found.read += 1
            found.untouched += not one.touched
            if one.differs:
                found.differing.append(one)
            self.stepped.emit(found.read + len(found.unread), found.of)
        if book is not None:
            found.pages.extend(self._services.signed_pages(book, offer, stop))
        found.stopped = stop()
        return found


def _readable(several: Sequence[Callable[[], Named]], found: Found, stop: Callable[[], bool]) -> Iterator[Named]:
    for read in several:
        if stop():
            return
        try:
            yield read()
        except (CaseError, KeyError, OSError) as error:  # dates after the meeting, or gone meanwhile
            found.unread.append(str(error))
