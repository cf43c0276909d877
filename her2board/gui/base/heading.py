"""A heading: bold, and larger than the text around it, whatever size that has."""

from PySide6.QtWidgets import QApplication, QWidget

from her2board.gui.base.labels import Label


class Heading(Label):
    """Text ``scale`` times as large as the application's."""

    def __init__(self, words: str, parent: QWidget, scale: float = 1.35) -> None:
        super().__init__(words, parent)
        self._scale = scale
        self.take_size()

    def take_size(self, scale: float = 0) -> None:
        """Follow the application's text: a label with a size of its own does not hear of another."""
        self._scale = scale or self._scale
        font = QApplication.font()
        font.setPointSizeF(font.pointSizeF() * self._scale)
        font.setBold(True)
        self.setFont(font)
