"""What the pages of the casebook work with beside the book itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QPushButton, QWidget

from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base.services import Services
from her2board.gui.base.worker import Worker

if TYPE_CHECKING:
    from her2board.gui.base.dialogs import Questions


@dataclass(frozen=True)
class Around:
    """Services, worker, settings and the evidence, once it is loaded."""

    services: Services
    worker: Worker
    settings: QSettings
    questions: Callable[[], Questions]
    library: Callable[[], EvidenceLibrary | None]


def button(words: str, act: Callable[[], object], parent: QWidget, *, leading: bool = False) -> QPushButton:
    """Return a button that does something."""
    made = QPushButton(words, parent)
    made.setAutoDefault(False)
    made.setProperty("leading", leading)
    made.clicked.connect(lambda _: act())
    return made
