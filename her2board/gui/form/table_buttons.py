"""What is below a list of the form: its buttons, and the choice of how complete it is."""

from collections.abc import Callable, Mapping
from typing import Literal, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from her2board.case.fields import CaseField
from her2board.case.terms import Completeness
from her2board.gui.base import shown
from her2board.gui.base.labels import plain_tip
from her2board.gui.form.controls import ChoiceControl
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


def how_complete(field: CaseField, parent: QWidget) -> ChoiceControl:
    """Return the choice of how complete a list is."""
    words = [word for word in get_args(Completeness) if word != "not_asked"]
    control = ChoiceControl([(shown.term(word), word) for word in words], parent)
    control.setItemText(0, tr("not asked"))
    control.setAccessibleName(tr("{label}: how complete").format(label=tr(field.info.label)))
    control.setToolTip(tr("Only a complete list says that something it does not name was not given"))
    return control
