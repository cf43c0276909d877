"""Trusting a root on purpose: half of its fingerprint is shown, the other half typed from a letter or a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from her2board.gui.base import theme
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.base.mnemonics import without_mnemonic
from her2board.gui.base.services import EvidenceError
from her2board.packs.fingerprint import first_half
from her2board.wording import day_words, tr

if TYPE_CHECKING:
    from her2board.packs.root import RootFile

_SIZE = QSize(620, 380)


class TrustDialog(QDialog):
    """Asks for the last groups of a fingerprint, which no screen shows, and where they were read."""

    def __init__(self, root: RootFile, trust: Callable[[str, str], object], parent: QWidget | None) -> None:
        super().__init__(parent)
        theme.shape(self)
        self.setWindowTitle(tr("Trust a root"))
        self._trust = trust
        self._root = root
        self.typed = QLineEdit(self)
        self.typed.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.why = QLineEdit(self)
        self.why.setPlaceholderText(tr("letter of 12 Nov 2026, signed by …; call to the number in the contract"))
        self.problem = Label(self)
        self.agree = QPushButton(tr("&Trust this root"), self)
        self._lay_out()
        self.typed.textChanged.connect(lambda _: self._enable())
        self.why.textChanged.connect(lambda _: self._enable())
        self._enable()
        self.resize(_SIZE)

    def _lay_out(self) -> None:
        root = self._root
        words = tr(
            "Whoever holds the keys of this root decides what counts as evidence here, from now on and without being "
            "asked again. Trust it only if its fingerprint is that of a letter, or of a call to a number you knew "
            "before. A stick, or whoever brings it, is no such source."
        )
        shown = tr("This file: root {n}, its keys hold until {day}. Its fingerprint begins with")
        column = QVBoxLayout(self)
        column.addWidget(Heading(tr("Whom this program will trust"), self, 1.2))
        half = Label(first_half(root.data), self)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(1.4 * self.font().pointSizeF())
        half.setFont(font)
        about = Label(shown.format(n=root.number, day=day_words(root.until)), self)
        for label in (Label(words, self), about, half):
            label.setWordWrap(True)
            column.addWidget(label)
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        asked = ((tr("The &last four groups, from there"), self.typed), (tr("&Where they were read"), self.why))
        for title, line in asked:
            label = Label(title, self)
            label.setBuddy(line)
            line.setAccessibleName(without_mnemonic(title))
            rows.addRow(label, line)
        column.addLayout(rows)
        self.problem.setWordWrap(True)
        column.addWidget(self.problem)
        column.addStretch(1)
        self.agree.setDefault(True)  # Return in a line agrees, where both are filled in; it never cancels
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton(self.agree, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        self.agree.clicked.connect(lambda: self._agree())
        column.addWidget(buttons)

    def _enable(self) -> None:
        self.agree.setEnabled(bool(self.typed.text().strip() and self.why.text().strip()))

    def _agree(self) -> None:
        try:
            self._trust(self.typed.text(), self.why.text())
        except EvidenceError as error:
            self.problem.setText(f"⚠ {error}")
        else:
            self.accept()
