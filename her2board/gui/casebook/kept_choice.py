"""The choice to keep a casebook's passphrase with the desktop's secrets, to open it with that, and to forget it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from her2board.casebook import kept_passphrase
from her2board.casebook.errors import CasebookError
from her2board.gui.base.labels import plain_tip
from her2board.gui.base.worker import Worker
from her2board.gui.casebook.around import button
from her2board.wording import tr

if TYPE_CHECKING:
    from her2board.gui.base.services import Where

_KEPT = "casebook/kept_with_the_desktop"
"""Which casebooks, so that the desktop is asked for a secret only when somebody wants it."""
_WORK = "kept passphrase"


class KeptChoice(QWidget):
    """Nothing where the desktop's secrets cannot be reached; nothing is kept unless somebody ticks it."""

    unlock_asked = Signal()
    """With the passphrase that is kept."""
    reported = Signal(str, bool)

    def __init__(self, settings: QSettings, worker: Worker, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._worker = worker
        self._where: Where | None = None
        self.keep_box = QCheckBox(tr("Keep the passphrase with the &secrets of this desktop"), self)
        self.keep_box.setToolTip(plain_tip(tr("Whoever uses this desktop can then open the casebook")))
        self.keep_box.toggled.connect(self._look)
        self.unlock_button = button(tr("U&nlock with the kept passphrase"), self.unlock_asked.emit, self)
        self.forget_button = button(tr("Forget i&t"), self._forget_chosen, self)
        row = QHBoxLayout()
        for part in (self.unlock_button, self.forget_button):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.keep_box)
        column.addLayout(row)

    def show_for(self, where: Where | None) -> None:
        """Show what is possible for a casebook."""
        self._where = where
        self.keep_box.setChecked(False)
        kept = where is not None and str(where) in self._names()
        self.setVisible(where is not None and (kept or kept_passphrase.may_be_kept()))
        self.keep_box.setVisible(not kept)
        for part in (self.unlock_button, self.forget_button):
            part.setVisible(kept)

    def _names(self) -> list[str]:
        stored = self._settings.value(_KEPT, [])
        return stored if isinstance(stored, list) else [stored] if isinstance(stored, str) and stored else []

    def _note(self, where: Where, kept: bool) -> None:
        names = [name for name in self._names() if name != str(where)]
        self._settings.setValue(_KEPT, [*names, str(where)] if kept else names)

    def _look(self, ticked: bool) -> None:
        """Say at once where there is no place for it."""
        if not ticked:
            return
        try:
            kept_passphrase.refuse_nowhere()
        except CasebookError as error:
            self.keep_box.setChecked(False)
            self.reported.emit(str(error), True)

    def keep(self, where: Where, passphrase: str) -> None:
        """Keep a passphrase that opened a casebook."""

        def done(_: object) -> None:
            self._note(where, kept=True)

        self._worker.ask(_WORK, partial(kept_passphrase.keep, where, passphrase), done, self._fail)

    def _forget_chosen(self) -> None:
        if self._where is not None:
            self.forget(self._where, tr("The passphrase is no longer kept."))

    def forget(self, where: Where, words: str) -> None:
        """Keep a passphrase no longer, and say so."""

        def done(_: object) -> None:
            self._note(where, kept=False)
            self.show_for(self._where)
            self.reported.emit(words, False)

        self._worker.ask(_WORK, partial(kept_passphrase.forget, where), done, self._fail)

    def _fail(self, error: Exception) -> None:
        self.reported.emit(str(error) if isinstance(error, CasebookError) else type(error).__name__, True)
