"""Takes a folder of loose case files into the casebook, lists them for the meeting, and says what became of each."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget

from her2board.casebook.book import ConflictError
from her2board.casebook.errors import CasebookError
from her2board.casebook.taking_in import Taken, files_at, take_in
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.base.worker import Worker
from her2board.gui.casebook.around import button
from her2board.gui.casebook.session import BookSession
from her2board.wording import tr, trn

_WORK = "taking in"


class IntakePage(QWidget):
    """How far it is, and the report of what was taken in."""

    left = Signal()
    reported = Signal(str, bool)
    stepped = Signal()
    """One file more is done; from the thread that does it, Qt carries it over."""

    def __init__(self, session: BookSession, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = worker
        self._files: Sequence[Path] = ()
        self._meeting_id = ""
        self._stopped = False
        self.running = False
        worker.closing.connect(self.stop)
        self._taken: Sequence[Taken] = ()
        self.title = Heading("", self, 1.4)
        self.about = Label(self)
        self.about.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(tr("Progress"))
        self.lines = QPlainTextEdit(self)
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName(tr("What became of each file"))
        self.versions_button = button(tr("Store those as the ne&xt version"), self.store_versions, self)
        self.stop_button = button(tr("Sto&p"), self.stop, self)
        self.done_button = button(tr("To the l&ist"), self.left.emit, self, leading=True)
        row = QHBoxLayout()
        row.addWidget(self.versions_button)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        row.addWidget(self.done_button)
        column = QVBoxLayout(self)
        for part in (self.title, self.about, self.bar):
            column.addWidget(part)
        column.addWidget(self.lines, 1)
        column.addLayout(row)
        self.stepped.connect(lambda: self.bar.setValue(self.bar.value() + 1))

    def ask(self) -> bool:
        """Ask which folder; return whether one was taken in."""
        folder = QFileDialog.getExistingDirectory(self, tr("Take in a folder of case files"), str(Path.home()))
        return bool(folder) and self.take(Path(folder))

    def take(self, folder: Path) -> bool:
        """Begin to take in every case file of a folder, to list them where a meeting is shown."""
        if self.running:
            self.reported.emit(tr("A folder is being taken in already"), True)
            return True
        files = files_at(folder)
        if not files:
            self.reported.emit(tr("{path}: no case files in this folder").format(path=folder), True)
            return False
        self._do(files, next_version=False)
        return True

    def store_versions(self) -> None:
        """Store what differs from the case of the same code as its next version."""
        self._do([one.file for one in self._taken if one.fate == "same_code"], next_version=True)

    def _do(self, files: Sequence[Path], *, next_version: bool) -> None:
        self.title.setText(trn("{n} case file", "{n} case files", len(files)).format(n=len(files)))
        self.bar.setRange(0, len(files))
        self.bar.setValue(0)
        self.about.clear()
        self.lines.clear()
        self._files, self._meeting_id, self._stopped = files, self._session.meeting_id, False
        self._show_running(True)
        work = partial(
            take_in,
            self._session.book,
            files,
            next_version=next_version,
            progress=lambda _: self.stepped.emit(),
            stop=lambda: self._stopped or not self._session.is_open,
        )
        self._worker.ask(_WORK, work, self._report, self._fail)

    def _show_running(self, running: bool) -> None:
        self.running = running
        self.bar.setVisible(running)
        self.stop_button.setVisible(running)
        self.versions_button.hide()
        self.done_button.setVisible(not running)
        if running:
            self.stop_button.setFocus()

    def stop(self) -> None:
        """Take in no further file; what is stored stays."""
        self._stopped = True

    def _fail(self, error: Exception) -> None:
        if not self._session.is_open:
            return
        self._show_running(False)
        self._session.look()
        if isinstance(error, ConflictError):
            words = tr("Somebody saved one of these cases meanwhile; take the folder in again")
        else:
            words = str(error) if isinstance(error, CasebookError) else type(error).__name__
        self.about.setText(words)
        self.reported.emit(words, True)

    def _report(self, taken: Sequence[Taken]) -> None:
        if not self._session.is_open:
            return
        self._show_running(False)
        self._session.look()
        self._taken = taken
        self.lines.setPlainText("\n".join(one.words() for one in taken))
        counted = Counter(one.fate for one in taken)
        stored = [one.case_id for one in taken if one.stored]
        listed = bool(self._meeting_id) and self._session.list_cases(stored, self._meeting_id)
        words = tr("{added} added, {known} stored already, {out} left out.").format(
            added=counted["added"] + counted["next_version"],
            known=counted["same"],
            out=counted["same_code"] + counted["unreadable"],
        )
        if listed and stored:
            words += " " + tr("They are on the list of the meeting.")
        if left := len(self._files) - len(taken):
            words += " " + trn(
                "Stopped: {n} file was not looked at.", "Stopped: {n} files were not looked at.", left
            ).format(n=left)
        self.about.setText(words)
        self.versions_button.setVisible(counted["same_code"] > 0)
        self.done_button.setFocus()
