"""A heading: bold, and larger than the text around it, whatever size that has."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget


class Heading(QLabel):
    """Text ``scale`` times as large as that of the widget it stands in, also after that was changed."""

    def __init__(self, words: str, parent: QWidget, scale: float = 1.35) -> None:
        super().__init__(words, parent)
        self._scale = scale
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._take_size(parent)
        parent.installEventFilter(self)  # a size of its own hides the change from the heading itself

    def _take_size(self, parent: QWidget) -> None:
        font = parent.font()
        font.setPointSizeF(font.pointSizeF() * self._scale)
        font.setBold(True)
        self.setFont(font)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # reason: Qt's name
        """Follow the text around."""
        if event.type() == QEvent.Type.FontChange and isinstance(watched, QWidget):
            self._take_size(watched)
        return super().eventFilter(watched, event)
