"""Lines to type a passphrase in: hidden unless asked, forgotten as soon as it was used."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from her2board.gui.base.icons import icon
from her2board.wording import tr

SHORTEST = 8
"""Characters below which a passphrase is refused."""
_GOOD = 20
_LINES = QLineEdit.EchoMode


class SecretLine(QLineEdit):
    """Shows dots; the sign at its end shows the letters until the line is left."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEchoMode(_LINES.Password)
        self.setAccessibleName(name)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._look = QAction(icon("read"), tr("Show what is typed"), self)
        self._look.setCheckable(True)
        self._look.toggled.connect(lambda shown: self.setEchoMode(_LINES.Normal if shown else _LINES.Password))
        self.addAction(self._look, QLineEdit.ActionPosition.TrailingPosition)

    def take(self) -> str:
        """Return what is typed and forget it."""
        typed = self.text()
        self.clear()
        self._look.setChecked(False)
        return typed

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Clear on Escape; where nothing is typed it is for whoever is around."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def strength(passphrase: str) -> str:
    """Return in a few words how well a passphrase protects; empty while nothing is typed."""
    if not passphrase:
        return ""
    if len(passphrase.strip()) < SHORTEST:
        return tr("Too short: at least {n} characters").format(n=SHORTEST)
    if len(set(passphrase)) < SHORTEST // 2 or passphrase.isdigit():
        return tr("Easy to guess. Five or six ordinary words together are hard to guess and easy to remember.")
    if len(passphrase) < _GOOD:
        return tr("Fair. Five or six ordinary words together protect better.")
    return tr("Good: long enough that it cannot be guessed by trying.")
