"""Asks about work that was not saved when a window ended, with what differs from its file."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from her2board.case.dates import PartialDate
from her2board.gui.base import theme
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.document.left_behind import LeftBehind, Unreadable
from her2board.wording import Marked, tr, trn

_CHOICES: tuple[tuple[str, Marked, Marked], ...] = (
    ("restore", "&Restore it", "Open it; nothing is written to its file before you save"),
    ("later", "Decide &later", "Keep it; File, Restore unsaved work leads back here"),
    ("discard", "&Discard it", "Remove it; the file stays as it is"),
)


class RecoveryPage(QWidget):
    """Shows one piece of unsaved work after the other."""

    answered = Signal(object, str)
    """A ``LeftBehind`` or ``Unreadable``, and 'restore', 'later' or 'discard'."""
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.shape(self)
        self._waiting: list[LeftBehind | Unreadable] = []
        self._heading = Heading("", self)
        self._about = Label(self)
        for label in (self._heading, self._about):
            label.setWordWrap(True)
        self.table = _table(self)
        line = QHBoxLayout()
        self._buttons: dict[str, QPushButton] = {}
        for answer, words, tip in _CHOICES:
            button = QPushButton(tr(words), self)
            button.setToolTip(tr(tip))
            button.setAccessibleDescription(tr(tip))
            button.clicked.connect(partial(self._answer, answer))
            self._buttons[answer] = button
            line.addWidget(button)
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        for widget in (self._heading, self._about, self.table):
            column.addWidget(widget)
        column.addLayout(line)

    @property
    def shown(self) -> LeftBehind | Unreadable | None:
        """What is being asked about."""
        return self._waiting[0] if self._waiting else None

    def ask(self, found: Sequence[LeftBehind | Unreadable]) -> None:
        """Ask about each in turn."""
        self._waiting = list(found)
        self._show()

    def _show(self) -> None:
        found = self.shown
        if found is None:
            self.done.emit()
            return
        readable = isinstance(found, LeftBehind)
        when = f"{PartialDate.from_day(found.kept_at.date()).shown()}, {found.kept_at:%H:%M}"
        if isinstance(found, LeftBehind):
            self._heading.setText(tr("{code} was not saved when the program ended").format(code=found.case.code))
            count = trn("{n} difference", "{n} differences", len(found.lines)).format(n=len(found.lines))
            words = tr("Last typed {when}. {remark} {count}:").format(when=when, remark=found.remark, count=count)
        else:
            self._heading.setText(tr("Unsaved work cannot be read"))
            words = tr("Kept {when} in {path}, where it stays until it is discarded. Reason: {why}").format(
                when=when, path=found.slot.path, why=found.why
            )
        self._about.setText(words)
        self.table.clear()
        for line in found.lines if isinstance(found, LeftBehind) else ():
            item = QTreeWidgetItem(self.table, list(line))
            for column, text in enumerate(line):
                item.setToolTip(column, plain_tip(text))
        self.table.setVisible(readable)
        self._buttons["restore"].setVisible(readable)
        self._buttons["restore" if readable else "later"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, answer: str) -> None:
        found = self.shown
        if found is not None:
            self.answered.emit(found, answer)

    def next(self) -> None:
        """Go on to the next piece of work, or end."""
        self._waiting = self._waiting[1:]
        self._show()


def _table(parent: QWidget) -> QTreeWidget:
    table = QTreeWidget(parent)
    table.setHeaderLabels([tr("Field"), tr("In the file"), tr("Not saved")])
    table.setAccessibleName(tr("What differs"))
    table.setRootIsDecorated(False)
    table.setWordWrap(True)
    place = table.sizePolicy()
    place.setRetainSizeWhenHidden(True)
    table.setSizePolicy(place)
    header = table.header()
    for column in range(3):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return table
