"""What the window shows while no case is open: what can be begun, the files opened last, and examples."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
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

_WIDTH = 380
_GAP = 40
_SIGN = 40
"""Points of the program's icon."""
_RECENT = 6
_BOOKS = 3
_EXAMPLES_SEEN = 8
_ROW_GAP = 10
_LIST_EDGES = 36
"""Pixels at the sides of a line of a list, a scroll bar among them."""
_WORDS = {"ild": "ILD", "ihc2": "IHC 2+", "fish": "FISH"}
_ORIGINS: dict[str, Marked] = {"invented": "an invented case", "cr": "a published case"}
_DEEDS: tuple[tuple[str, str, Marked, Marked], ...] = (
    ("new_case", "new", "New case", "Type or paste what is known; what is missing is asked for, never assumed."),
    ("open_case", "open", "Open a case…", "A case file, or a PDF of this program that carries one."),
    (
        "casebook",
        "home",
        "Casebook…",
        "Cases and meetings of the department, encrypted: list, chase, decide.",
    ),
    ("packet", "packet", "Packet of a meeting…", "Agenda, pages and requests of several cases."),
    ("handbook", "handbook", "Handbook", "From the first case to the packet, in pictures."),
)
"""Action, icon, words and what they mean."""


class StartPage(QWidget):
    """Offers a new case, a file, a packet, the handbook, recent cases and examples."""

    asked = Signal(str)
    """The id of an action."""
    example_asked = Signal(str)
    file_asked = Signal(str)
    book_asked = Signal(str)

    def __init__(
        self,
        recent: Sequence[Path],
        examples: Sequence[Path],
        books: Sequence[Path] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._books = tuple(books[:_BOOKS])
        self._paths = tuple(examples)
        self._recent = tuple(recent[:_RECENT])
        self._buttons: dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(14)
        about = tr("Prepares a tumour-board discussion: HER2-positive breast cancer, brain metastases.")
        use = tr("For clinicians at a multidisciplinary meeting. It lists and explains; it does not decide.")
        self._sign = Label(self)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._sign)
        head.addWidget(Heading("her2board", self, 2.2))
        head.addStretch()
        grid.addLayout(head, 0, 0, 1, 2)
        grid.addWidget(self._line(about, 2 * _WIDTH), 1, 0, 1, 2)
        grid.addLayout(self._deeds(), 2, 0)
        grid.addLayout(self._lists(examples), 2, 1)
        grid.addWidget(self._line(use, 2 * _WIDTH, quiet=True), 3, 0, 1, 2)
        around = QHBoxLayout()
        around.addStretch()
        around.addLayout(grid)
        around.addStretch()
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(around)
        column.addStretch(3)

    def _deeds(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        for id_, _, words, meaning in _DEEDS:
            button = self._button(tr(words), partial(self.asked.emit, id_), tr(meaning))
            button.setMinimumHeight(40)
            button.setProperty("tile", True)
            self._buttons[id_] = button
            column.addWidget(button)
            column.addWidget(self._line(tr(meaning), _WIDTH, quiet=True))
            column.addSpacing(10)
        self._buttons["new_case"].setProperty("leading", True)
        column.addStretch()
        return column

    def _lists(self, examples: Sequence[Path]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        if self._books:
            title = tr("Casebooks")
            column.addWidget(self._heading(title))
            self.books = self._list(title, [(path.stem, str(path)) for path in self._books], _BOOKS)
            self.books.itemActivated.connect(lambda _: self._open_book())
            self.books.itemClicked.connect(lambda _: self._open_book())
            column.addWidget(self.books)
            column.addSpacing(10)
        if self._recent:
            title = tr("Recent cases")
            names = [(path.stem, str(path)) for path in self._recent]
            column.addWidget(self._heading(title))
            self.recent = self._list(title, names, len(names))
            self.recent.itemActivated.connect(lambda _: self._open_recent())
            self.recent.itemClicked.connect(lambda _: self._open_recent())
            column.addWidget(self.recent)
            column.addSpacing(10)
        if examples:
            title = tr("Examples, opened as a copy")
            column.addWidget(self._heading(title))
            seen = _EXAMPLES_SEEN - (len(self._recent) + len(self._books)) // 2
            self.examples = self._list(title, [(example_name(path), "") for path in examples], seen)
            self.examples.itemActivated.connect(lambda _: self._open_example())
            column.addWidget(self.examples)
            button = self._button(tr("Open the example"), self._open_example)
            button.setFixedWidth(self._list_width())
            column.addWidget(button)
        column.addStretch()
        return column

    def _list(self, title: str, names: Sequence[tuple[str, str]], seen: int) -> QListWidget:
        found = QListWidget(self)
        found.setAccessibleName(title)
        row = found.fontMetrics().height() + _ROW_GAP
        for words, tip in names:
            item = QListWidgetItem(words, found)
            item.setSizeHint(QSize(0, row))
            item.setToolTip(plain_tip(tip or words))
        found.setCurrentRow(0)
        found.setFixedWidth(self._list_width())
        found.setFixedHeight(row * min(len(names), seen) + 2 * found.frameWidth() + 2)
        return found

    def _list_width(self) -> int:
        """Return the width that the names of the examples need; longer names of cases are shown on hover."""
        names = map(example_name, self._paths)
        widest = max(map(self.fontMetrics().horizontalAdvance, names), default=0)
        return max(_WIDTH, widest + _LIST_EDGES)

    def take_theme(self) -> None:
        """Show the icons in the colours of the theme; once the window is painted."""
        from PySide6.QtGui import QPixmap

        from her2board import paths
        from her2board.gui.base.icons import icon

        drawn = QPixmap(str(paths.resources_dir() / "icons" / "her2board.png"))
        drawn.setDevicePixelRatio(drawn.height() / _SIGN)
        self._sign.setPixmap(drawn)
        for id_, name, *_ in _DEEDS:
            self._buttons[id_].setIcon(icon(name, "accent_text" if id_ == "new_case" else "accent"))

    def _open_book(self) -> None:
        self.book_asked.emit(str(self._books[self.books.currentRow()]))

    def _open_recent(self) -> None:
        self.file_asked.emit(str(self._recent[self.recent.currentRow()]))

    def _open_example(self) -> None:
        self.example_asked.emit(str(self._paths[self.examples.currentRow()]))

    def _heading(self, title: str) -> Label:
        heading = self._line(title, _WIDTH)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        return heading

    def _line(self, words: str, width: int, *, quiet: bool = False) -> Label:
        label = _Line(words, self)
        label.setWordWrap(True)
        label.setFixedWidth(width)
        label.fit()
        if quiet:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _button(self, words: str, act: object, tip: str = "") -> QPushButton:
        button = QPushButton(words, self)
        button.setFixedWidth(_WIDTH)
        button.setMinimumHeight(32)
        button.setAutoDefault(True)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleDescription(tip)
        button.clicked.connect(act)
        return button

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Put the keyboard on the first button."""
        super().showEvent(event)
        self._buttons["new_case"].setFocus()


class _Line(Label):
    """Words of a fixed width, as high as their lines: layouts inside layouts forget to ask for that."""

    def fit(self) -> None:
        """Take the height of all lines."""
        self.setMinimumHeight(0)
        self.setMinimumHeight(self.heightForWidth(self.maximumWidth()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()


def example_name(path: Path) -> str:
    """Return what an example is called: its file name in words, and whether it was published or invented."""
    code, *words = path.stem.split("-")
    origin = "invented" if "invented" in words else "cr"
    said = " ".join(_WORDS.get(word, word) for word in words if word != "invented")
    return f"{said[:1].upper()}{said[1:]} ({code.upper()}, {tr(_ORIGINS[origin])})"
