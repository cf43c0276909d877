"""What the window shows while no case is open: a new case, a file, an example, and the files opened last."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label, plain_tip
from her2board.wording import Marked, tr

_WIDTH = 360
_RECENT = 5
_EXAMPLES_SEEN = 8
_ROW_GAP = 8
_LIST_EDGES = 12
_WORDS = {"ild": "ILD", "ihc2": "IHC 2+", "fish": "FISH"}
_ORIGINS: dict[str, Marked] = {"invented": "an invented case", "cr": "a published case"}


class StartPage(QWidget):
    """Offers a new case, a file, an example."""

    new_asked = Signal()
    open_asked = Signal()
    example_asked = Signal(str)
    file_asked = Signal(str)

    def __init__(self, recent: Sequence[Path], examples: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths = tuple(examples)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(12)
        about = tr("Prepares a tumour-board discussion: HER2-positive breast cancer, brain metastases.")
        use = tr("For clinicians at a multidisciplinary meeting. It lists and explains; it does not decide.")
        grid.addWidget(Heading("her2board", self, 2), 0, 0, 1, 2)
        grid.addWidget(self._line(about, 2 * _WIDTH), 1, 0, 1, 2)
        grid.addLayout(self._own(recent), 2, 0)
        if examples:
            grid.addLayout(self._examples(examples), 2, 1)
        grid.addWidget(self._line(use, 2 * _WIDTH), 3, 0, 1, 2)
        around = QHBoxLayout()
        around.addStretch()
        around.addLayout(grid)
        around.addStretch()
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(around)
        column.addStretch(2)

    def _own(self, recent: Sequence[Path]) -> QVBoxLayout:
        column = self._column(tr("Your cases"))
        self._new = self._button(tr("New case"), self.new_asked.emit, "Ctrl+N")
        column.addWidget(self._new)
        column.addWidget(self._button(tr("Open a case…"), self.open_asked.emit, "Ctrl+O"))
        if recent:
            column.addSpacing(8)
            column.addWidget(self._line(tr("Recent cases"), _WIDTH))
        for path in recent[:_RECENT]:
            column.addWidget(self._button(path.stem, partial(self.file_asked.emit, str(path)), str(path)))
        column.addStretch()
        return column

    def _examples(self, examples: Sequence[Path]) -> QVBoxLayout:
        column = self._column(tr("Examples, opened as a copy"))
        self.examples = QListWidget(self)
        self.examples.setAccessibleName(tr("Examples, opened as a copy"))
        self.examples.setFrameShape(QFrame.Shape.StyledPanel)
        row = self.examples.fontMetrics().height() + _ROW_GAP
        for path in examples:
            item = QListWidgetItem(example_name(path), self.examples)
            item.setSizeHint(QSize(0, row))
        words = max(map(self.examples.fontMetrics().horizontalAdvance, map(example_name, examples)))
        self.examples.setCurrentRow(0)
        self.examples.setFixedWidth(max(_WIDTH, words + _LIST_EDGES))
        self.examples.setFixedHeight(row * min(len(examples), _EXAMPLES_SEEN) + 2 * self.examples.frameWidth())
        self.examples.itemActivated.connect(lambda _: self._open_example())
        column.addWidget(self.examples)
        column.addWidget(self._button(tr("Open the example"), self._open_example))
        column.addStretch()
        return column

    def _open_example(self) -> None:
        self.example_asked.emit(str(self._paths[self.examples.currentRow()]))

    def _column(self, title: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        heading = self._line(title, _WIDTH)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        column.addWidget(heading)
        return column

    def _line(self, words: str, width: int) -> Label:
        label = Label(words, self)
        label.setWordWrap(True)
        label.setFixedWidth(width)
        return label

    def _button(self, words: str, act: object, tip: str = "") -> QPushButton:
        button = QPushButton(words, self)
        button.setFixedWidth(_WIDTH)
        button.setMinimumHeight(32)
        button.setAutoDefault(True)
        button.setToolTip(plain_tip(tip))
        button.clicked.connect(act)
        return button

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Put the keyboard on the first button."""
        super().showEvent(event)
        self._new.setFocus()


def example_name(path: Path) -> str:
    """Return what an example is called: its file name in words, and whether it was published or invented."""
    code, *words = path.stem.split("-")
    origin = "invented" if "invented" in words else "cr"
    said = " ".join(_WORDS.get(word, word) for word in words if word != "invented")
    return f"{said[:1].upper()}{said[1:]} ({code.upper()}, {tr(_ORIGINS[origin])})"
