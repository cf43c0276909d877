"""The buttons below a list of the form; each has keys of its own."""

from collections.abc import Callable, Mapping
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from her2board.case.fields import CaseField
from her2board.gui.base.labels import plain_tip
from her2board.wording import Marked, tr

Verb = Literal["add", "remove", "copy", "up", "down", "paste", "none"]
_ARROW_WIDTH = 34
_WORDS: dict[Verb, tuple[Marked, Marked]] = {
    "add": ("Add", "Add an entry to {label}"),
    "remove": ("Remove", "Remove the entry from {label}"),
    "copy": ("Duplicate", "Add a copy of the entry to {label}"),
    "up": ("↑", "Move the entry up in {label}"),
    "down": ("↓", "Move the entry down in {label}"),
    "paste": ("Paste…", "Read a copied table into {label}"),
    "none": ("None", "Record that there is none (F5): {label}"),
}


class TableButtons(QHBoxLayout):
    """Offers 'none' while there is no entry, and a copy of one once there is."""

    def __init__(self, field: CaseField, verbs: Mapping[Verb, Callable[[], object]], parent: QWidget) -> None:
        super().__init__()
        self._buttons: dict[Verb, QPushButton] = {}
        for verb, (words, name) in _WORDS.items():
            if verb in verbs:
                button = QPushButton(tr(words), parent)
                button.setAccessibleName(tr(name).format(label=tr(field.info.label)))
                button.setToolTip(plain_tip(button.accessibleName()))
                if len(words) == 1:
                    button.setFixedWidth(_ARROW_WIDTH)
                    button.setProperty("small", True)
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes on to the next field
                button.clicked.connect(verbs[verb])
                self._buttons[verb] = button
                self.addWidget(button)
        self.addStretch()

    def show_rows(self, rows: int) -> None:
        """Offer what fits so many entries."""
        for verb, wanted in (("copy", rows > 0), ("none", rows == 0)):
            if verb in self._buttons:
                self._buttons[verb].setVisible(wanted)
