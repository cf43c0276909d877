"""What the window shows while no case is open: three ways to begin, and the files opened last."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from her2board.wording import tr

_WIDTH = 420
_RECENT = 5


class StartPage(QWidget):
    """Offers a new case, a file, an example."""

    new_asked = Signal()
    open_asked = Signal()
    example_asked = Signal()
    file_asked = Signal(str)

    def __init__(self, recent: Sequence[Path], *, has_examples: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(8)
        column.addWidget(self._heading())
        column.addWidget(
            self._line(tr("Prepares a tumour-board discussion: HER2-positive breast cancer, brain metastases."))
        )
        column.addSpacing(12)
        column.addWidget(self._button(tr("New case"), self.new_asked.emit))
        column.addWidget(self._button(tr("Open a case…"), self.open_asked.emit))
        if has_examples:
            column.addWidget(self._button(tr("Open a published example"), self.example_asked.emit))
        if recent:
            column.addSpacing(12)
            column.addWidget(self._line(tr("Opened before")))
        for path in recent[:_RECENT]:
            column.addWidget(self._button(path.stem, partial(self.file_asked.emit, str(path)), str(path)))
        column.addSpacing(12)
        use = tr("For clinicians at a multidisciplinary meeting. It lists and explains; it does not decide.")
        column.addWidget(self._line(use))

    def _heading(self) -> QLabel:
        label = QLabel("her2board", self)
        font = label.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        font.setBold(True)
        label.setFont(font)
        return label

    def _line(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setWordWrap(True)
        label.setFixedWidth(_WIDTH)
        return label

    def _button(self, words: str, act: object, tip: str = "") -> QPushButton:
        button = QPushButton(words, self)
        button.setFixedWidth(_WIDTH)
        button.setMinimumHeight(32)
        button.setToolTip(tip)
        button.clicked.connect(act)
        return button
