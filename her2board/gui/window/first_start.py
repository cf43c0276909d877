"""Asks once, at the first start, for what the clinic usually has; everything may be left empty."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from her2board.assessment.clinic import Clinic
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.window.appearance import Personal
from her2board.gui.window.preferences import Preferences
from her2board.wording import tr


class FirstStart(Preferences):
    """The preferences, with a word of welcome."""

    def __init__(self, clinic: Clinic, personal: Personal, library: EvidenceLibrary | None, parent: QWidget) -> None:
        super().__init__(clinic, personal, library, parent)
        self.setWindowTitle(tr("First start"))

    def _lay_out(self, scroll: QScrollArea) -> None:
        super()._lay_out(scroll)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        about = Label(
            tr(
                "What is usual at this clinic is written into new cases, where everybody sees it and can change it. "
                "What is left empty is asked in each case and never assumed. Edit, Preferences has all of it later."
            ),
            self,
        )
        about.setWordWrap(True)
        column.insertWidget(0, Heading(tr("Welcome"), self))
        column.insertWidget(1, about)
        for box in self.findChildren(QDialogButtonBox):
            if (later := box.button(QDialogButtonBox.StandardButton.Cancel)) is not None:
                later.setText(tr("Not no&w"))
