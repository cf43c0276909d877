"""Shows the recovery key of a new casebook once, to be printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextDocument
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from her2board.case.writing import reason, write_atomically
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.casebook.around import button
from her2board.wording import tr

if TYPE_CHECKING:
    from her2board.gui.base.dialogs import Questions

_WIDTH = 720


class KeyPage(QWidget):
    """The key, what it is for, and a button that goes on."""

    done = Signal()
    reported = Signal(str, bool)

    def __init__(self, questions: Callable[[], Questions], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions = questions
        self._name = ""
        self.key = QLineEdit(self)
        self.key.setReadOnly(True)
        self.key.setAccessibleName(tr("Recovery key"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 1.2)
        self.key.setFont(font)
        about = Label(
            tr(
                "If the passphrase is lost, this key opens the casebook. Without both, nobody can: there is no other "
                "way in. Print it and keep it where keys are kept, apart from this computer. It is not shown again."
            ),
            self,
        )
        about.setWordWrap(True)
        about.setFixedWidth(_WIDTH)
        about.setMinimumHeight(about.heightForWidth(_WIDTH))  # layouts inside layouts forget to ask for it
        self.print_button = button(tr("&Print…"), self._print, self)
        self.save_button = button(tr("&Save as a file…"), self._ask_where, self)
        self.go_on = button(tr("I have &kept it"), self._leave, self, leading=True)
        row = QHBoxLayout()
        for part in (self.print_button, self.save_button):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self.go_on)
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(Heading(tr("Recovery key"), self, 1.6))
        column.addWidget(about)
        column.addWidget(self.key)
        column.addLayout(row)
        body = QWidget(self)
        body.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        body.setFixedWidth(_WIDTH)
        around = QVBoxLayout(self)
        around.addStretch(1)
        around.addWidget(body, 0, Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(2)

    def show_key(self, key: str, name: str) -> None:
        """Show the key of a casebook."""
        self._name = name
        self.key.setText(key)
        self.key.setCursorPosition(0)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self) -> str:
        return "\n\n".join((tr("Recovery key of the casebook {name}").format(name=self._name), self.key.text()))

    def _print(self) -> None:
        printer = self._questions().printer("a4")
        if printer is not None:
            document = QTextDocument()
            document.setPlainText(self._words())
            document.print_(printer)
            self.reported.emit(tr("Sent to the printer."), False)

    def _ask_where(self) -> None:
        suggested = str(Path.home() / f"{self._name}-{tr('recovery key')}.txt")
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the recovery key"), suggested, "(*.txt)")
        if name:
            self.write_to(Path(name))

    def write_to(self, path: Path) -> None:
        """Write the key to a file that its owner alone may read."""
        try:
            write_atomically(path, f"{self._words()}\n".encode(), private=True)
        except OSError as error:
            self.reported.emit(tr("{path}: {why}").format(path=path, why=reason(error, path)), True)
            return
        self.reported.emit(tr("Wrote {path}.").format(path=path), False)

    def _leave(self) -> None:
        self.key.clear()
        self.done.emit()
