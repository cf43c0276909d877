"""An entry of a list as a card: what it is of, its main results large, and the rest in a line; a press opens it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QVBoxLayout, QWidget

from her2board.case.fields import CaseField
from her2board.gui.base import shown, theme
from her2board.gui.base.labels import Label
from her2board.gui.form.block import NoteLabel
from her2board.wording import Marked, tr

_RADIUS = 6
HEAD = ("site", "day")
"""Columns that say what the entry is of."""
RESULTS: Mapping[Marked, Sequence[str]] = {
    "HER2": ("ihc", "ish", "her2_stated"),
    "ER": ("er", "er_percent"),
    "PR": ("pr", "pr_percent"),
}
"""What is shown large, each with its columns."""
_WITH_HEADING = {"ihc", "ish"}
"""Columns whose words mean nothing without their heading."""


class CardFace(QAbstractButton):
    """One entry, closed."""

    def __init__(self, columns: Sequence[CaseField], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = {column.path: column for column in columns}
        self._shown: tuple[str, Mapping[str, str]] = ("", {})
        self.column = 0
        """The column that was pressed."""
        self._head = NoteLabel(self)
        bold = self._head.font()
        bold.setBold(True)
        self._head.setFont(bold)
        self._values = {name: Label(self) for name in RESULTS}
        self._rest = NoteLabel(self)
        self._rest.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Return or a click opens the entry"))
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self._head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        for place, (name, value) in enumerate(self._values.items()):
            caption = Label(tr(name), self)
            caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            value.setWordWrap(True)
            value.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(caption, 0, place)
            grid.addWidget(value, 1, place)
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        column.addWidget(self._rest)
        for label in self.findChildren(Label):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_entry(self, number: str, words: Mapping[str, str]) -> None:
        """Show an entry: its number, and what is recorded or written, by column."""
        if (number, words) == self._shown:  # as most cards are after most edits
            return
        self._shown = number, dict(words)
        head = " · ".join(words[path] for path in HEAD if path in words) or tr("no site and no date recorded")
        self._head.say(f"{number}   {head}")
        said = [head]
        for name, paths in RESULTS.items():
            value = ", ".join(self._result(path, words[path]) for path in paths if path in words)
            label = self._values[name]
            label.setText(value or tr(shown.NOT_RECORDED))
            font = label.font()
            font.setBold(bool(value))
            label.setFont(font)
            label.setForegroundRole(QPalette.ColorRole.WindowText if value else QPalette.ColorRole.PlaceholderText)
            said.append(f"{tr(name)}: {label.text()}")
        placed = {*HEAD, *(path for paths in RESULTS.values() for path in paths)}
        rest = "; ".join(
            f"{shown.heading(column)}: {words[path]}"
            for path, column in self._columns.items()
            if path in words and path not in placed
        )
        self._rest.say(rest)
        self.setAccessibleName(tr("Entry {n}: {words}").format(n=number, words="; ".join((*said, rest)).strip("; ")))

    def _result(self, path: str, words: str) -> str:
        column = self._columns[path]
        if column.info.unit == "%":
            return f"{words} %"
        if path == "her2_stated":
            return tr("{words}, as stated").format(words=words)
        return f"{tr(column.info.label)} {words}" if path in _WITH_HEADING else words

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Note which column was pressed."""
        place = event.position().toPoint()
        below = place.y() > self._head.geometry().bottom()
        pressed = next(
            (RESULTS[name][0] for name, value in self._values.items() if value.geometry().right() >= place.x()), ""
        )
        self.column = [*self._columns].index(pressed if below and pressed else HEAD[0])
        super().mouseReleaseEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the room for what is in it."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Open on Return too; the other keys are for the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not event.modifiers():
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the ground and the edge of the card."""
        draw_card(self, focused=self.hasFocus(), raised=self.underMouse())


def draw_card(widget: QWidget, *, focused: bool, raised: bool = False) -> None:
    """Draw a rounded ground as large as a widget, inside its paint event."""
    colours = theme.current()
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.accent if focused else colours.line), 2 if focused else 1))
    painter.setBrush(QColor(colours.raised if raised else colours.base))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
    painter.end()
