"""Backups of a casebook as the screen makes them: where to, how often, and what a rehearsal found, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from her2board.casebook.backup_files import backup_folder, backups, made_at
from her2board.casebook.backups import back_up, is_due, rehearse
from her2board.casebook.errors import CasebookError
from her2board.casebook.stored import StoredCasebook
from her2board.gui.base.worker import Worker
from her2board.gui.casebook.conflict import moment_words
from her2board.gui.casebook.session import BookSession
from her2board.wording import Marked, tr

_FOLDER, _EVERY = "casebook/backup_folder", "casebook/backup_every_days"
EVERY: dict[int, Marked] = {1: "every day", 7: "every week", 0: "only when asked"}
_FIRST_MS, _AGAIN_MS = 30_000, 3_600_000
_WORK = "backup"


class Backups(QObject):
    """Makes a backup when one is due, and when somebody asks."""

    reported = Signal(str, bool)
    made = Signal(object)
    """Where the newest backup is."""

    def __init__(self, session: BookSession, settings: QSettings, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._worker = worker
        self._due = QTimer(self)
        self._due.timeout.connect(self.look)
        self._due.start(_FIRST_MS)

    @property
    def folder(self) -> Path:
        """Where backups go."""
        kept = str(self._settings.value(_FOLDER, ""))
        return Path(kept) if kept else backup_folder(Path.home() / self._session.path)  # of a server: at home

    def use_folder(self, folder: Path) -> None:
        """Keep where backups go from now on."""
        self._settings.setValue(_FOLDER, str(folder))

    @property
    def every(self) -> int:
        """How many days there may be between backups; 0 where they are only made when asked for."""
        kept = str(self._settings.value(_EVERY, 1))
        return int(kept) if kept.isdigit() and int(kept) in EVERY else 1

    def use_every(self, days: int) -> None:
        """Keep how often backups are made."""
        self._settings.setValue(_EVERY, days)

    def last_words(self) -> str:
        """Return when the last backup was made."""
        found = backups(self.folder) if self.folder.is_dir() else ()
        if not found:
            return tr("There is no backup yet.")
        return tr("Last backup: {when}.").format(when=moment_words(made_at(found[0]).replace(tzinfo=UTC)))

    def look(self) -> None:
        """Make a backup where one is due."""
        self._due.setInterval(_AGAIN_MS)
        every = self.every
        if every and self._session.is_open and is_due(self.folder, datetime.now(UTC), timedelta(days=every)):
            self.make()

    def make(self) -> None:
        """Make a backup now; it is opened and compared before it counts as one."""
        book, folder = self._session.book, self.folder
        if not isinstance(book, StoredCasebook):
            return
        self._worker.ask(_WORK, lambda: back_up(book, folder), self._take, self._fail)

    def _take(self, path: Path) -> None:
        self.made.emit(path)
        self.reported.emit(tr("Backed up to {path}; opened again and compared.").format(path=path), False)

    def rehearse(self) -> None:
        """Open the newest backup as a restore would, and compare it with the casebook."""
        book, found = self._session.book, backups(self.folder) if self.folder.is_dir() else ()
        if not found or not isinstance(book, StoredCasebook):
            self.reported.emit(tr("There is no backup yet."), True)
            return
        self._worker.ask(_WORK, lambda: tuple(rehearse(book, found[0])), self._rehearsed, self._fail)

    def _rehearsed(self, problems: tuple[str, ...]) -> None:
        if problems:
            words = tr("The last backup is not sound: {why}. Make another now.")
            self.reported.emit(words.format(why="; ".join(problems)), True)
        else:
            self.reported.emit(tr("The last backup was opened and holds every case, meeting and audit entry."), False)

    def _fail(self, error: Exception) -> None:
        self.reported.emit(str(error) if isinstance(error, CasebookError) else type(error).__name__, True)
