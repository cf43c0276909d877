"""What the pages of the casebook work with beside the book itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from her2board.assessment.paper import Paper
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base.services import Services
from her2board.gui.base.worker import Worker

if TYPE_CHECKING:
    from her2board.gui.base.dialogs import Questions


class Around(Struct, frozen=True):
    """Services, worker, settings and the evidence, once it is loaded."""

    services: Services
    worker: Worker
    settings: QSettings
    questions: Callable[[], Questions]
    library: Callable[[], EvidenceLibrary | None]
    paper: Callable[[], Paper]


def button(words: str, act: Callable[[], object], parent: QWidget, *, leading: bool = False) -> QPushButton:
    """Return a button that does something."""
    made = QPushButton(words, parent)
    made.setAutoDefault(False)
    made.setProperty("leading", leading)
    made.clicked.connect(lambda _: act())
    return made


def let_key(keys: str, pressed: QPushButton, page: QWidget) -> None:
    """Let keys anywhere on a page press a button, at once, and name them in its tip."""
    sequence = QKeySequence(keys)
    shortcut = QShortcut(sequence, page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(pressed.click)
    tip = pressed.toolTip()
    shown = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    pressed.setToolTip(f"{tip} ({shown})" if tip else shown)
