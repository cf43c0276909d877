"""Why a field is not recorded: entered beside it, with the owner and the due date."""

from functools import partial
from typing import Any, get_args

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from her2board.capture.date_readings import show_date
from her2board.capture.typed import Typed, read_text
from her2board.case.model import Absence
from her2board.case.terms import AbsenceReason
from her2board.gui.base import shown
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.document.document import CaseDocument
from her2board.gui.form.badge import Badge, Look
from her2board.gui.form.controls import LineControl
from her2board.gui.form.readers import read_day
from her2board.wording import tr

_LONG_DATE = "2026-11-30"
_DUE_EDGES = 24
_LOOKS: dict[str, Look] = {"H": "needed", "S": "helpful", "O": "optional"}


class AbsenceButton(Badge):
    """Says how much a field matters while it is empty, and offers the reasons for absence."""

    reason_chosen = Signal(object)

    def __init__(self, level: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = level
        self._label = label
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.clicked.connect(self.choose)

    def show_state(self, *, recorded: bool, absence: Absence | None, needed: bool, excluded: str) -> None:
        """Show what an empty field means for the case: needed, excluded, a reason given; nothing once recorded."""
        self.setVisible(not recorded)
        level = self._level if needed or self._level != "H" else "O"
        look: Look = _LOOKS[level]
        words, tip = (tr(text) for text in shown.LEVELS[level])
        if excluded:
            look = "optional"
            words, tip = tr("does not apply"), excluded[:1].upper() + excluded[1:]
        if absence:
            look, words = "needed" if needed else "reason", shown.term(absence.reason)
        self.show_look(look, words)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(tr("{label}: {words}. Reason for absence").format(label=self._label, words=words))

    def choose(self) -> None:
        """Open the list of reasons below the button."""
        menu = QMenu(self)
        for reason in get_args(AbsenceReason):
            self._offer(menu, shown.term(reason).capitalize(), reason)
        menu.addSeparator()
        self._offer(menu, tr("No reason given"), None)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _offer(self, menu: QMenu, words: str, reason: str | None) -> None:
        action = QAction(words, menu)
        action.triggered.connect(partial(self.reason_chosen.emit, reason))
        menu.addAction(action)


class AbsenceBar(QWidget):
    """Owner, due date and note of a reason for absence, edited in place."""

    problem_changed = Signal(str)

    def __init__(self, document: CaseDocument, path: str, label: str, asks: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._path = path
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2)
        self.owner = self._part(layout, tr("owner"), label, LineControl(read_text, str, self), asks)
        self.due = self._part(layout, tr("due"), label, LineControl(read_day, show_date, self), "")
        self.note = self._part(layout, tr("note"), label, LineControl(read_text, str, self), "")
        self.due.setMaximumWidth(self.due.fontMetrics().horizontalAdvance(show_date(_LONG_DATE)) + _DUE_EDGES)
        self._parts = {"owner": self.owner, "due": self.due, "note": self.note}
        for control in (self.owner, self.note):
            layout.setStretchFactor(control, 1)

    def _part(self, layout: QHBoxLayout, name: str, label: str, control: LineControl, hint: str) -> LineControl:
        words = Label(name, self)
        words.setBuddy(control)
        control.setAccessibleName(f"{label}: {name}")
        control.setPlaceholderText(hint)
        control.edited.connect(lambda _: self._take())
        control.finished.connect(partial(_settle, control))
        layout.addWidget(words)
        layout.addWidget(control)
        return control

    def focus(self) -> None:
        """Put the keyboard into the owner, to be corrected by typing."""
        self.owner.setFocus(Qt.FocusReason.OtherFocusReason)
        self.owner.selectAll()

    def show_absence(self, absence: Absence | None) -> None:
        """Show the reason's details, or nothing and hide."""
        self.setVisible(absence is not None)
        if absence is None:
            for control in self._parts.values():
                control.clear()
            return
        for name, value in _recorded(absence).items():
            control = self._parts[name]
            if control.typed().value != value:
                with QSignalBlocker(control):
                    control.show_value(value)

    def unusable(self) -> dict[str, str]:
        """Return by part the texts that the case does not hold because one of them is invalid."""
        absence = self._document.absence(self._path)
        if absence is None:
            return {}
        held = _recorded(absence)
        typed = {name: part.typed() for name, part in self._parts.items()}
        return {
            name: part.text()
            for name, part in self._parts.items()
            if typed[name].problem or typed[name].value != held[name]
        }

    def put_back(self, name: str, text: str) -> None:
        """Enter a part again that is not in the case."""
        self._parts[name].setText(text)
        self._take()

    def _take(self) -> None:
        before = self._document.absence(self._path)
        if before is None:
            return
        entries: dict[str, Typed] = {name: part.typed() for name, part in self._parts.items()}
        problem = next((entry.problem for entry in entries.values() if entry.problem), "")
        if not problem:
            body: dict[str, Any] = {name: entry.value for name, entry in entries.items() if entry.value}
            problem = self._document.set_absence(self._path, {"reason": before.reason, **body})
        self.problem_changed.emit(problem)


def _recorded(absence: Absence) -> dict[str, str | None]:
    return {"owner": absence.owner, "due": str(absence.due) if absence.due else None, "note": absence.note}


def _settle(control: LineControl) -> None:
    """Show what was typed as it was read."""
    entry = control.typed()
    if not entry.problem:
        control.show_value(entry.value)
