"""A list to choose from that the wheel never changes."""

from typing import Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

_NARROWEST = 18
"""Characters."""


class Picker(QComboBox):
    """A choice with a name for screen readers."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def narrow(self) -> Self:
        """Let it be narrower than its longest entry, and return it."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_NARROWEST)
        return self

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Leave the choice as it is."""
        event.ignore()
