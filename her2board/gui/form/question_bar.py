"""The meanings a text may have, to choose from with one key: Alt and a digit, or a click."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from her2board.capture.typed import Candidate
from her2board.wording import tr

DIGITS = 9
_PER_LINE = ((12, 4), (24, 2))
"""How many meanings one line takes, by the letters of the longest."""


def key_of(number: int) -> str:
    """Return the key that chooses the meaning with this number, from 0, as it is shown."""
    return QKeySequence(f"Alt+{number + 1}").toString(QKeySequence.SequenceFormat.NativeText)


def with_keys(candidates: Sequence[Candidate]) -> str:
    """Return the meanings in words, each with its key."""
    return ", ".join(f"{key_of(number)} {candidate.words}" for number, candidate in enumerate(candidates[:DIGITS]))


class QuestionBar(QWidget):
    """Offers the meanings below the control; the form passes on Alt and a digit."""

    chosen = Signal(object)
    """The ``Candidate``."""

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = label
        self.candidates: tuple[Candidate, ...] = ()
        self.buttons: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 2)
        self._grid.setSpacing(4)
        self.hide()

    def offer(self, candidates: Sequence[Candidate], *, visible: bool = True) -> None:
        """Offer the meanings, or none; not ``visible`` while somebody is still typing, when the keys work already."""
        if tuple(candidates) != self.candidates:
            self.candidates = tuple(candidates)
            self._make_buttons()
        self.setVisible(visible and bool(candidates))

    def _make_buttons(self) -> None:
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        longest = max((len(candidate.words) for candidate in self.candidates), default=0)
        per_line = next((count for letters, count in _PER_LINE if longest <= letters), 1)
        self.buttons = [self._button(number, candidate) for number, candidate in enumerate(self.candidates)]
        for number, button in enumerate(self.buttons):
            self._grid.addWidget(button, number // per_line, number % per_line)

    def choose(self, number: int) -> bool:
        """Choose the meaning with this number, from 0; return whether there is one."""
        if not 0 <= number < len(self.candidates):
            return False
        self.chosen.emit(self.candidates[number])
        return True

    def _button(self, number: int, candidate: Candidate) -> QPushButton:
        words = f"{candidate.words}   {key_of(number)}" if number < DIGITS else candidate.words
        button = QPushButton(words.replace("&", "&&"), self)
        button.setAccessibleName(tr("{label}: {words}").format(label=self._label, words=candidate.words))
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has a key of its own; Tab goes on to the next field
        button.clicked.connect(lambda: self.choose(number))
        return button
