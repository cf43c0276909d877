"""The clinic's local file, edited: formulary, radiotherapy, trials, statements, limits; carried to and from a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from her2board.case.checks import problems_from
from her2board.case.reading import read_whole
from her2board.case.writing import write_atomically
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlay import Overlay
from her2board.evidence.overlay_file import BrokenOverlayError, overlay_text, parse_overlay
from her2board.gui.base import theme
from her2board.gui.base.dialogs import Questions
from her2board.gui.base.labels import Label
from her2board.gui.window.local_entries import RowError
from her2board.gui.window.local_pages import Pages
from her2board.packs import local_file
from her2board.packs.errors import PackError
from her2board.packs.local_installed import install, read_state, remove, text_in_use
from her2board.wording import tr

_SIZE = QSize(900, 560)
FORMAT = "her2board-local-1"


class LocalDialog(QDialog):
    """Shows the local file in use; what cannot be used is said, and the dialog stays open until it can."""

    installed = Signal()
    """Another local file is in use, or none."""
    reported = Signal(str, bool)

    def __init__(
        self, library: EvidenceLibrary, folder: Path, today: date, questions: Questions, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        theme.shape(self)
        self.setWindowTitle(tr("This clinic: local file"))
        self._library, self._folder, self._today, self._questions = library, folder, today, questions
        self._before: Overlay | None = None
        self._signed = False
        self.whose = Label(self)
        self.problem = Label(self)
        self.pages = Pages(library, self)
        self._lay_out()
        self._read()
        self.resize(_SIZE)

    def _lay_out(self) -> None:
        for label in (self.whose, self.problem):
            label.setWordWrap(True)
        palette = self.problem.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.current().problem))
        self.problem.setPalette(palette)
        self.problem.hide()
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(tr("Parts of the local file"))
        for title, page in self.pages.titled:
            self.tabs.addTab(page, title)
        self.read_file = _button(tr("&Read a file…"), self._import, self)
        self.write_file = _button(tr("&Write for other clinics…"), self._export, self)
        self.remove = _button(tr("&Take out of use"), self._remove, self)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Save | standard.Cancel, self)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        for button in (self.read_file, self.write_file, self.remove):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.whose)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.problem)
        column.addLayout(foot)

    def _read(self) -> None:
        """Show the file in use, as far as it can be read."""
        found, self._before, self._signed = None, None, False
        try:
            found = text_in_use(self._folder)
            if found is not None:
                self._before = parse_overlay(found[0], tr("local file"), self._library)
                self._signed = found[1].origin == "signed"
        except (PackError, BrokenOverlayError, OSError) as error:
            self._say(str(error))
        self.pages.show_overlay(self._before)
        self.remove.setEnabled(found is not None or (self._folder / "installed.json").exists())
        self.whose.setText(self._whose())

    def _whose(self) -> str:
        own = tr(
            "What is written here is shown as [local] beside the evidence, on page and screen. It is no evidence and "
            "changes none."
        )
        if self._before is None:
            return own
        if self._signed:
            words = tr("Number {n}, signed by {clinic}. Once edited it is a file of this clinic, under its name.")
            return f"{words.format(n=self._before.number, clinic=self._before.clinic)} {own}"
        words = tr("Number {n}, edited in this clinic and not signed.").format(n=self._before.number)
        return f"{words} {own}"

    def _overlay(self) -> Overlay:
        """Return what was typed as a local file. Raises RowError, ValidationError and BrokenOverlayError."""
        before = self._before
        made = self.pages.overlay(
            number=before.number if before else 1, changed_on=before.changed_on if before else self._today.isoformat()
        )
        if before is not None and made != before:
            if self._signed and made.clinic == before.clinic:
                words = tr("{clinic} signed this file, and it was changed here: write the name of this clinic instead")
                raise RowError(words.format(clinic=before.clinic))
            made = made.model_copy(update={"number": before.number + 1, "changed_on": self._today.isoformat()})
        return parse_overlay(overlay_text(made), tr("local file"), self._library)

    def _stored(self) -> Overlay | None:
        """Put what was typed in use, where it differs from what is; say what cannot be used and return None."""
        try:
            overlay = self._overlay()
            if overlay != self._before:
                install(self._folder, overlay_text(overlay).encode(), self._library, self._today, own=True)
        except ValidationError as error:
            self._say("; ".join(str(problem) for problem in problems_from(error)))
            return None
        except BrokenOverlayError as error:
            self._say("; ".join(problem.message for problem in error.problems))
            return None
        except (RowError, PackError, OSError) as error:
            self._say(str(error))
            return None
        if overlay != self._before:
            self.installed.emit()
        return overlay

    def _save(self) -> None:
        if (overlay := self._stored()) is not None:
            words = tr("Local file of {clinic}, number {n}, is shown beside the evidence.")
            self.reported.emit(words.format(clinic=overlay.clinic, n=overlay.number), False)
            self.accept()

    def _export(self) -> None:
        """Write what is in use for other clinics, signed with the key of this one."""
        path = self._questions.local_to_write(Path.home() / f"clinic{local_file.SUFFIX}")
        if path is None or (overlay := self._stored()) is None:
            return
        try:
            data = self._signed_bytes(overlay)
            write_atomically(path, data)
        except (PackError, OSError) as error:
            self._say(str(error))
            return
        self._read()
        key = local_file.opened(data).key
        words = tr("Wrote {path}, signed with the key {fingerprint}. The other clinic asks for these digits.")
        self._say(words.format(path=path, fingerprint=local_file.fingerprint(key or b"")), problem=False)

    def _signed_bytes(self, overlay: Overlay) -> bytes:
        """Return the file as it was signed by another clinic, or else signed by this one."""
        in_use = read_state(self._folder).in_use
        if in_use is not None and in_use.origin == "signed":
            return in_use.file.encode()
        return local_file.signed(overlay_text(overlay), local_file.make_key(self._folder))

    def _import(self) -> None:
        """Put a file in use, asking once whose key signed it."""
        path = self._questions.local_to_read(Path.home())
        if path is None:
            return
        try:
            data = read_whole(path, local_file.LARGEST)
            if not self._agreed(path, data):
                return
        except (PackError, BrokenOverlayError, OSError) as error:
            self._say(f"{path.name}: {error}")
            return
        self.problem.hide()
        self.installed.emit()
        self._read()

    def _agreed(self, path: Path, data: bytes) -> bool:
        """Install a file where the person agrees; return whether it was. Raises PackError and others."""
        carried = local_file.opened(data)
        overlay = parse_overlay(carried.text, path.name, self._library)
        own, compared = False, ""
        if carried.key is None:
            own = self._questions.own_file(path.name)
            if not own:
                return False
        else:
            here = local_file.fingerprint(carried.key)
            if read_state(self._folder).known.get(here) != overlay.clinic:
                if not self._questions.same_key(overlay.clinic, here):
                    return False
                compared = here
        install(self._folder, data, self._library, self._today, own=own, compared=compared)
        return True

    def _remove(self) -> None:
        try:
            remove(self._folder)
        except (PackError, OSError) as error:
            self._say(str(error))
            return
        self.problem.hide()
        self.installed.emit()
        self._read()

    def _say(self, words: str, *, problem: bool = True) -> None:
        role = theme.current().problem if problem else theme.current().text
        palette = self.problem.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(role))
        self.problem.setPalette(palette)
        self.problem.setText(f"⚠ {words}" if problem else words)
        self.problem.show()


def _button(words: str, act: object, parent: QWidget) -> QPushButton:
    button = QPushButton(words, parent)
    button.setAutoDefault(False)
    button.clicked.connect(act)
    return button
