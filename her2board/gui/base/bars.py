"""Lines of text in the window: messages, and recorded urgency above everything."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from her2board.gui.base import theme
from her2board.gui.base.labels import Label
from her2board.wording import tr

Offer = tuple[str, Callable[[], object]]
"""Words on a button, and what it does."""


class MessageBar(QFrame):
    """Shows one message until it is closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.shape(self)
        self._label = Label(self)
        self._label.setForegroundRole(QPalette.ColorRole.WindowText)  # else, on this ground, that of buttons
        self._label.setWordWrap(True)
        self._label.allow_copying()
        close = QPushButton(tr("Close"), self)
        close.setAccessibleName(tr("Close this message"))
        close.setAutoDefault(False)
        close.clicked.connect(self.hide)
        self._offers: list[QPushButton] = []
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self._label, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Button)
        self.hide()

    @property
    def text(self) -> str:
        """The message shown; empty when there is none."""
        return "" if self.isHidden() else self._label.text()

    def show_message(self, words: str, *, problem: bool, offers: Sequence[Offer] = ()) -> None:
        """Show ``words``, and what can be done about them."""
        self._offer(offers)
        self._label.setText(f"⚠ {words}" if problem else words)
        palette = self._label.palette()
        colours = theme.current()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colours.problem if problem else colours.text))
        self._label.setPalette(palette)
        self.show()

    def _offer(self, offers: Sequence[Offer]) -> None:
        for button in self._offers:
            self._row.removeWidget(button)
            button.hide()  # it is deleted a moment later
            button.deleteLater()
        self._offers = []
        for place, (words, act) in enumerate(offers, 1):
            button = QPushButton(words, self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _, act=act: act())
            self._row.insertWidget(place, button, 0, Qt.AlignmentFlag.AlignTop)
            self._offers.append(button)


class UrgencyBand(Label):
    """Recorded urgency, above everything; it lists nothing as blocking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setAutoFillBackground(True)
        self.setContentsMargins(12, 6, 12, 6)
        font = self.font()
        font.setBold(True)
        self.setFont(font)
        self._apply_theme()
        self.hide()

    def show_urgency(self, reasons: tuple[str, ...], recorded: str) -> None:
        """Show what a person recorded, or nothing."""
        self.setVisible(bool(reasons))
        if reasons:
            words = tr("Urgency {recorded}: {reasons}.")
            self.setText(words.format(recorded=recorded, reasons="; ".join(part.rstrip(".") for part in reasons)))

    def _apply_theme(self) -> None:
        colours = theme.current()
        palette = self.palette()
        wanted = {QPalette.ColorRole.Window: colours.band, QPalette.ColorRole.WindowText: colours.band_text}
        if any(palette.color(role) != QColor(colour) for role, colour in wanted.items()):
            for role, colour in wanted.items():
                palette.setColor(role, QColor(colour))
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._apply_theme()
