"""A button whose words hold a name or a long number: it says fewer of them where there is no room."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from her2board.gui.base.labels import plain_tip
from her2board.gui.base.mnemonics import without_mnemonic

_MOST_LETTERS = 60
"""Letters beyond which words are not waited for: a button that wide would say the brief ones on a large screen too."""


class BriefButton(QPushButton):
    """Shows all of its words where they have room, else the brief ones, and then all of them on hover."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._brief = "", ""
        self._tip = ""
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, words: str, brief: str) -> None:
        """Show ``words``, or ``brief``; an '&' in either is before the letter that presses the button."""
        self._words, self._brief = words, brief
        self.setAccessibleName(without_mnemonic(words))
        self.updateGeometry()
        self._fit()

    def setToolTip(self, tip: str) -> None:  # noqa: N802  # reason: Qt's name
        """Say more on hover, below the words where they are not all shown."""
        self._tip = tip
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the size for all of the words, or for the brief ones where all would be too long for any button."""
        words = self._words if len(self._words) <= _MOST_LETTERS else self._brief
        return QSize(self._width(words), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the size for the brief ones."""
        return QSize(min(self._width(self._brief), self._width(self._words)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Show what has room."""
        super().resizeEvent(event)
        self._fit()

    def _width(self, words: str) -> int:
        metrics = self.fontMetrics()
        shown = metrics.horizontalAdvance(without_mnemonic(self.text()))
        return super().sizeHint().width() - shown + metrics.horizontalAdvance(without_mnemonic(words))

    def _fit(self) -> None:
        shown = self._words if self.width() >= self._width(self._words) else self._brief
        if shown != self.text():
            self.setText(shown)
        hidden = "" if shown == self._words else without_mnemonic(self._words)
        super().setToolTip(plain_tip("\n".join(part for part in (hidden, self._tip) if part)))
