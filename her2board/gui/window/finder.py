"""Finds any action, field or trial by name: type a few letters, Return goes there."""

import re
from collections.abc import Callable, Iterable

from msgspec import Struct
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from her2board.gui.base import theme
from her2board.gui.base.labels import Label, plain_tip
from her2board.wording import tr

_SIZE = QSize(640, 460)
_MOST = 60
_NAME, _BESIDE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_EDGE = 6
Index = QModelIndex | QPersistentModelIndex
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


_ALSO = {
    "srs": "radiosurgery",
    "srt": "radiosurgery",
    "stereotactic": "radiosurgery",
    "wbrt": "whole-brain",
    "kps": "karnofsky",
    "echo": "lvef",
    "scan": "imaging",
    "dex": "dexamethasone",
    "settings": "preferences",
    "exit": "quit",
    "shortcuts": "keys",
}
"""What people call things -> a word of the program's own."""


def _found_in(word: str, text: str) -> bool:
    return word in text or (word in _ALSO and _ALSO[word] in text)


class Findable(Struct, frozen=True):
    """One thing to go to or to do."""

    name: str
    kind: str
    """Menu, section, or 'Trial'."""
    keys: str
    about: str
    go: Callable[[], object]

    def rank(self, words: list[str]) -> int | None:
        """Return how well the words fit: 0 begins with them, 1 in the name, 2 beside it; None does not fit."""
        name = self.name.casefold()
        beside = f"{name} {self.kind} {self.about}".casefold()
        if not all(_found_in(word, beside) for word in words):
            return None
        if words and name.startswith(words[0]) and all(word in name for word in words):
            return 0
        return 1 if all(_found_in(word, name) for word in words) else 2


class _Beside(QStyledItemDelegate):
    """Draws the name of what was found, and at the right in grey where it is and its keys."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802  # reason: Qt's name
        """Leave the name alone, as much of it as has room."""
        super().initStyleOption(option, index)
        if beside := index.data(_BESIDE):
            name, metrics = index.data(_NAME), option.fontMetrics
            room = option.rect.width() - metrics.horizontalAdvance(beside) - 3 * _EDGE
            option.text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw both parts of a line."""
        super().paint(painter, option, index)
        chosen = option.state & QStyle.StateFlag.State_Selected
        colours = theme.current()
        painter.setPen(QColor(colours.accent_text if chosen else colours.muted))
        room = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, index.data(_BESIDE) or "")


class Finder(QDialog):
    """Lists what fits while one types."""

    def __init__(
        self, entries: Iterable[Findable], parent: QWidget, written: Callable[[str], Findable | None] = lambda _: None
    ) -> None:
        super().__init__(parent)
        self._written = written
        """Returns what a line of facts would record; None where it is a name to find."""
        theme.shape(self)
        self.setWindowTitle(tr("Find an action or field"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries = tuple(entries)
        self._shown: list[Findable] = []
        self.words = QLineEdit(self)
        label = Label(tr("&Name, or part of it"), self)
        label.setBuddy(self.words)
        self.words.setAccessibleName(tr("Name, or part of it"))
        self.words.setPlaceholderText(tr("or facts to record: age: 52; ECOG: 1"))
        self.words.textChanged.connect(lambda _: self._list())
        self.words.returnPressed.connect(self._go)
        self.words.installEventFilter(self)
        self.found = QListWidget(self)
        self.found.setAccessibleName(tr("Found"))
        self.found.setUniformItemSizes(True)
        self.found.setSpacing(2)
        self.found.setItemDelegate(_Beside(self.found))
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.itemActivated.connect(lambda _: self._go())
        column = QVBoxLayout(self)
        for widget in (label, self.words, self.found):
            column.addWidget(widget)
        self.resize(_SIZE)
        self._list()
        self.words.setFocus()

    def _list(self) -> None:
        text = self.words.text()
        facts = self._written(text) if re.search(r"[:=\d]", text) else None
        words = text.casefold().split()
        ranked = [(rank, place) for place, entry in enumerate(self._entries) if (rank := entry.rank(words)) is not None]
        self._shown = [facts] if facts else [self._entries[place] for _, place in sorted(ranked)[:_MOST]]
        self.found.clear()
        self.found.setUniformItemSizes(facts is None)
        self.found.setWordWrap(facts is not None)  # every fact is read before it is recorded
        for entry in self._shown:
            item = QListWidgetItem("  ".join(part for part in (entry.name, f"({entry.kind})", entry.keys) if part))
            if not facts:
                item.setData(_NAME, entry.name)
                item.setData(_BESIDE, "  ".join(filter(None, (entry.kind, entry.keys))))
            item.setToolTip(plain_tip(entry.about))
            self.found.addItem(item)
        if not self._shown:
            nothing = QListWidgetItem(tr("No match"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(nothing)
        self.found.setCurrentRow(0)

    def _go(self) -> None:
        row = self.found.currentRow()
        if 0 <= row < len(self._shown):
            chosen, window = self._shown[row], self.parentWidget()
            self.accept()
            if isinstance(window, QWidget):
                window.activateWindow()
            chosen.go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # reason: Qt's name
        """Move through the list without leaving the line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            row = self.found.currentRow() + _STEPS[Qt.Key(event.key())]
            self.found.setCurrentRow(min(max(row, 0), self.found.count() - 1))
            return True
        return super().eventFilter(watched, event)
