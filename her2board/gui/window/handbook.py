"""The handbook in a window: its chapters at the left, words and pictures at the right, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from her2board import paths
from her2board.gui.base import theme
from her2board.gui.base.keys import take_keys
from her2board.gui.base.labels import Label
from her2board.gui.base.mnemonics import without_mnemonic
from her2board.wording import tr

_SIZE = QSize(1060, 760)
_PICTURE = 740
_WINDOW = 1200
"""Points that a picture of a whole window is wide, and its pixels; smaller ones keep their share."""
_CHAPTER = 2
"""Level of the headings that are listed."""
_PLACE = Qt.ItemDataRole.UserRole


class Handbook(QWidget):
    """A window of its own; it stays open beside the case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        theme.shape(self)
        self.setWindowTitle(tr("Handbook"))
        self.text = _Pages(paths.handbook_dir(), self)
        self.chapters = QListWidget(self)
        self.chapters.setAccessibleName(tr("Chapters"))
        self.chapters.setWordWrap(True)
        self.chapters.setSpacing(3)
        self.chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.words.returnPressed.connect(self.find_next)
        self._lay_out()
        self._list()
        self.chapters.currentItemChanged.connect(lambda item, _: self._turn_to(item))
        self.resize(_SIZE)

    def _lay_out(self) -> None:
        words = tr("&Find in the handbook")
        label = Label(words, self)
        label.setBuddy(self.words)
        self.words.setAccessibleName(without_mnemonic(words))
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self.words, 1)
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.addWidget(self.chapters)
        panes.addWidget(self.text)
        panes.setSizes([250, 800])
        panes.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.addLayout(line)
        column.addWidget(panes, 1)
        take_keys(
            self,
            (QKeySequence.StandardKey.Find, self.words.setFocus),
            (QKeySequence.StandardKey.FindNext, self.find_next),
            (QKeySequence(Qt.Key.Key_Escape), self.close),
        )

    def _list(self) -> None:
        block = self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == _CHAPTER:
                item = QListWidgetItem(block.text(), self.chapters)
                item.setData(_PLACE, block.blockNumber())
            block = block.next()

    def _turn_to(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            block = self.text.document().findBlockByNumber(int(item.data(_PLACE)))
            self.text.show_block(block)

    def find_next(self) -> None:
        """Go to the next place with the words, from the beginning once there is none."""
        words = self.words.text()
        if words and not self.text.find(words):
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(words)


class _Pages(QTextBrowser):
    """The text; of what it names it loads only pictures of its own folder."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setOpenLinks(False)
        self.setAccessibleName(tr("Handbook"))
        self.setMarkdown((folder / "handbook.md").read_text(encoding="utf-8"))
        self._fit_pictures()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802  # reason: Qt's name
        """Return a picture of the handbook, and nothing else."""
        wanted = Path(QUrl(name).path()).name
        path = self._folder / wanted
        if kind == QTextDocument.ResourceType.ImageResource.value and path.suffix == ".png" and path.is_file():
            return QImage(str(path))
        return None

    def _fit_pictures(self) -> None:
        """Give every picture the width of the text; each is in a paragraph of its own."""
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
            if cursor.charFormat().isImageFormat():
                image = cursor.charFormat().toImageFormat()
                image.setWidth(_PICTURE * min(QImage(str(self._folder / image.name())).width() / _WINDOW, 1))
                cursor.setCharFormat(image)
            block = block.next()

    def show_block(self, block: QTextBlock) -> None:
        """Put a heading at the top."""
        cursor = QTextCursor(block)
        self.setTextCursor(cursor)
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(round(top))
