"""Both sides of what two people changed, line by line, each to be chosen before anything is stored."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.casebook.around import button
from her2board.gui.casebook.clashes import Line
from her2board.wording import day_words, tr, trn

Settle = Callable[[Mapping[str, str]], bool]
"""Stores what was chosen, by line; returns whether it is stored."""


def moment_words(at: datetime) -> str:
    """Return day and time of the clinic's clock."""
    here = at.astimezone()
    return f"{day_words(here.date())}, {here:%H:%M}"


class ConflictPage(QWidget):
    """Shows the lines, mine at the left and theirs at the right."""

    done = Signal(bool)
    """Left, and whether the choice was stored."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settle: Settle = lambda _: False
        self._groups: dict[str, QButtonGroup] = {}
        self.title = Heading("", self, 1.4)
        self.about = Label(self)
        self.about.setWordWrap(True)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.all_mine = button(tr("Everything &mine"), partial(self.take, "mine"), self)
        self.all_theirs = button(tr("Everything &theirs"), partial(self.take, "theirs"), self)
        self.back = button(tr("&Decide later"), partial(self.done.emit, False), self)
        self.store = button(tr("&Save what is chosen"), self.settle, self, leading=True)
        row = QHBoxLayout()
        for part in (self.all_mine, self.all_theirs):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self.back, self.store):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self._scroll, 1)
        column.addLayout(row)

    def show_clash(self, what: str, by: str, at: datetime, lines: Sequence[Line], settle: Settle) -> None:
        """Show both sides of a case or a meeting."""
        self._settle = settle
        self.title.setText(tr("{what} was changed by two people").format(what=what))
        words = tr("{who} saved at {when}, before you. Nothing of yours is stored yet, and nothing is lost.")
        self.about.setText(words.format(who=by or tr("Somebody"), when=moment_words(at)))
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setVerticalSpacing(12)
        grid.setHorizontalSpacing(16)
        for place, head in enumerate((tr("What"), tr("Mine"), tr("Theirs: {who}").format(who=by)), 0):
            grid.addWidget(Heading(head, body, 1.0), 0, place)
        self._groups = {}
        for number, line in enumerate(lines, 1):
            self._add(line, number, grid, body)
        grid.setRowStretch(len(lines) + 1, 1)
        for column, share in enumerate((2, 4, 4)):
            grid.setColumnStretch(column, share)
        self._scroll.setWidget(body)
        self._show_state()
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, line: Line, number: int, grid: QGridLayout, body: QWidget) -> None:
        label = Label(line.label, body)
        label.setWordWrap(True)
        grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(body)
        for place, (side, words) in enumerate((("mine", line.mine), ("theirs", line.theirs)), 1):
            cell, choice = _choice(words, f"{line.label}: {words}", body)
            choice.setProperty("side", side)
            choice.setChecked(line.side == side)
            choice.toggled.connect(lambda _: self._show_state())
            group.addButton(choice)
            grid.addWidget(cell, number, place)
        self._groups[line.key] = group

    def _first(self) -> QRadioButton:
        open_ = [group for group in self._groups.values() if group.checkedButton() is None]
        group = (open_ or list(self._groups.values()))[0]
        return group.buttons()[0]  # type: ignore[return-value]  # reason: the group holds these buttons only

    def chosen(self) -> dict[str, str]:
        """Return the side chosen for each line; those without a choice are left out."""
        pressed = {key: group.checkedButton() for key, group in self._groups.items()}
        return {key: str(one.property("side")) for key, one in pressed.items() if one is not None}

    def take(self, side: str) -> None:
        """Choose one side of every line."""
        for group in self._groups.values():
            for choice in group.buttons():
                choice.setChecked(choice.property("side") == side)

    def _show_state(self) -> None:
        left = len(self._groups) - len(self.chosen())
        self.store.setEnabled(left == 0)
        words = (
            trn("{n} line to choose", "{n} lines to choose", left).format(n=left)
            if left
            else tr("Everything is chosen")
        )
        self.store.setToolTip(words)
        self.store.setAccessibleDescription(words)

    def settle(self) -> None:
        """Store what was chosen; where somebody saved again meanwhile, both sides are shown anew."""
        if self._settle(self.chosen()):
            self.done.emit(True)


def _choice(words: str, name: str, parent: QWidget) -> tuple[QWidget, QRadioButton]:
    """Return a cell with a button and its words, which may need several lines."""
    cell = QWidget(parent)
    choice = QRadioButton(cell)
    choice.setAccessibleName(name)
    label = _Words(words, cell, choice)
    row = QHBoxLayout(cell)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(choice, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label, 1)
    return cell, choice


class _Words(Label):
    """The words of a choice; a click on them chooses it."""

    def __init__(self, words: str, parent: QWidget, choice: QRadioButton) -> None:
        super().__init__(words, parent)
        self._choice = choice
        self.setWordWrap(True)

    def mousePressEvent(self, _: object) -> None:  # noqa: N802  # reason: Qt's name
        """Choose the side."""
        self._choice.setChecked(True)
