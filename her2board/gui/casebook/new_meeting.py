"""A line that adds a meeting: its day and its board."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from her2board.gui.base.labels import Label
from her2board.gui.casebook import entries as made
from her2board.gui.casebook.session import BookSession
from her2board.wording import tr


class NewMeeting(QFrame):
    """Hidden until a meeting is to be added; always there while the casebook has none."""

    added = Signal()

    def __init__(self, session: BookSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.day = made.day_line(session.today(), self)
        self.day.setPlaceholderText(tr("day, such as 3 Dec"))
        self.board = made.line(self)
        self.board.setPlaceholderText(tr("board, such as neuro-oncology"))
        self._problem = Label(self)
        self.add_button = QPushButton(tr("Add the meeting"), self)
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(lambda _: self.add())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for words, line in ((tr("Day"), self.day), (tr("Board"), self.board)):
            label = Label(words, self)
            label.setBuddy(line)
            line.setAccessibleName(words)
            line.returnPressed.connect(self.add)
            row.addWidget(label)
            row.addWidget(line, 1)
        row.addWidget(self.add_button)
        row.addWidget(self._problem, 2)
        self.hide()

    def offer(self, there_are_some: bool) -> None:
        """Show the line while there is no meeting yet."""
        if not there_are_some:
            self.show()

    def ask(self) -> None:
        """Show the line and put the keyboard into it; the board is that of the meeting shown."""
        kept = self._session.meeting
        self.board.setText(self.board.text() or (kept.value.board if kept else ""))
        self.show()
        self.day.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self) -> None:
        """Add the meeting."""
        read = self.day.typed()
        if read.value is None:
            self._problem.setText(read.problem or tr("The day of the meeting is needed"))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._session.add_meeting(read.value, self.board.text().strip())
        self._problem.clear()
        self.day.clear()
        self.hide()
        self.added.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Leave the line on Escape."""
        if event.key() == Qt.Key.Key_Escape and self._session.meetings():
            self.hide()
        else:
            super().keyPressEvent(event)
