"""The buttons of the dialog on the evidence in use, in their rows."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from her2board.wording import tr


class ReleaseButtons:
    """Made once; what each does is the dialog's."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self.file = self._button(tr("Look at a pack: &file…"))
        self.folder = self._button(tr("Look at a pack: &stick or folder…"))
        self.back = self._button(tr("Go &back one step"))
        self.shipped = self._button(tr("Use the evidence the program came &with"))
        self.clock = self._button(tr("The cloc&k is right"))
        self.trust = self._button(tr("&Trust a root…"))
        self.forget = self._button(tr("Forget this &root"))
        self.forget.setToolTip(tr("With the reason, typed below; evidence installed with it goes out of use"))
        self.others = self._button(tr("Read a folder of &cases…"))
        self.stop = self._button(tr("Sto&p"))
        self.followed = self._button(tr("Mark as followed &up"))
        self.install = self._button(tr("&Install"))
        self.install.setProperty("leading", True)
        self.close = self._button(tr("C&lose"))
        self.about_root = _row(self.trust, self.forget)
        self.about_release = _row(self.file, self.folder, self.back, self.shipped, self.clock)
        self.about_cases = _row(self.others, self.stop)
        self.at_the_end = _row(self.followed, None, self.install, self.close)

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words, self._parent)
        button.setAutoDefault(False)
        return button


def _row(*buttons: QPushButton | None) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        if button is None:
            row.addStretch(1)
        else:
            row.addWidget(button)
    if None not in buttons:
        row.addStretch(1)
    return row
