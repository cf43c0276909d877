"""Takes a folder of loose case files into the casebook, lists them for the meeting, and says what became of each."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget

from her2board.casebook.book import ConflictError
from her2board.casebook.taking_in import Taken, files_at, take_in
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.casebook.around import button
from her2board.gui.casebook.session import BookSession
from her2board.wording import tr, trn


class IntakePage(QWidget):
    """The report of what was taken in."""

    left = Signal()
    reported = Signal(str, bool)

    def __init__(self, session: BookSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
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
        self.done_button = button(tr("To the l&ist"), self.left.emit, self, leading=True)
        row = QHBoxLayout()
        row.addWidget(self.versions_button)
        row.addStretch(1)
        row.addWidget(self.done_button)
        column = QVBoxLayout(self)
        for part in (self.title, self.about, self.bar):
            column.addWidget(part)
        column.addWidget(self.lines, 1)
        column.addLayout(row)

    def ask(self) -> bool:
        """Ask which folder; return whether one was taken in."""
        folder = QFileDialog.getExistingDirectory(self, tr("Take in a folder of case files"), str(Path.home()))
        return bool(folder) and self.take(Path(folder))

    def take(self, folder: Path) -> bool:
        """Take in every case file of a folder, and list them where a meeting is shown."""
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
        self.bar.show()
        try:
            taken = self._session.attempt(
                lambda: take_in(self._session.book, files, next_version=next_version, progress=self._step)
            )
        except ConflictError:
            self.reported.emit(tr("Somebody saved one of these cases meanwhile; take the folder in again"), True)
            taken = None
        self.bar.hide()
        if taken is not None:
            self._report(taken)

    def _step(self, _: Taken) -> None:
        """Show how far it is; nobody may press anything meanwhile."""
        self.bar.setValue(self.bar.value() + 1)
        QGuiApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _report(self, taken: Sequence[Taken]) -> None:
        self._taken = taken
        self.lines.setPlainText("\n".join(one.words() for one in taken))
        counted = Counter(one.fate for one in taken)
        stored = [one.case_id for one in taken if one.stored]
        listed = self._session.meeting is not None and self._session.list_cases(stored)
        words = tr("{added} added, {known} stored already, {out} left out.").format(
            added=counted["added"] + counted["next_version"],
            known=counted["same"],
            out=counted["same_code"] + counted["unreadable"],
        )
        if listed and stored:
            words += " " + tr("They are on the list of the meeting.")
        self.about.setText(words)
        self.versions_button.setVisible(counted["same_code"] > 0)
        self.done_button.setFocus()
