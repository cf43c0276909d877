"""The table of cases: order by drag or key, opened by Return, every line's menu by the right button."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from her2board.casebook.model import Status
from her2board.gui.base.context import pop_up
from her2board.gui.base.empty import say
from her2board.gui.base.read_table import for_reading, space_rows
from her2board.gui.casebook.case_model import (
    CODE,
    DECISION,
    DOTS,
    NUMBER,
    OWED,
    QUESTION,
    STATUS,
    URGENT,
    CaseModel,
    DotsDelegate,
    More,
)
from her2board.gui.casebook.rows import Row
from her2board.wording import Marked, tr

_HELD = Qt.KeyboardModifier.AltModifier
_KEYS: dict[tuple[Qt.KeyboardModifier, Qt.Key], str] = {
    (_HELD, Qt.Key.Key_Up): "up",
    (_HELD, Qt.Key.Key_Down): "down",
    (_HELD, Qt.Key.Key_Home): "top",
    (_HELD, Qt.Key.Key_End): "bottom",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_L): "list_only",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_N): "not_ready",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_R): "reason",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_H): "history",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Y): "carried_out",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_C): "what_became",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Delete): "take_off",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Return): "open",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Enter): "open",
}
WORDS: dict[str, tuple[Marked, str]] = {
    "open": ("Open the case", "Return"),
    "up": ("Move up", "Alt+Up"),
    "down": ("Move down", "Alt+Down"),
    "top": ("Move to the top", "Alt+Home"),
    "bottom": ("Move to the end", "Alt+End"),
    "list_only": ("List only, or not", "L"),
    "not_ready": ("Not ready because…", "N"),
    "reason": ("Why it is listed…", "R"),
    "carried_out": ("Decision carried out", "Y"),
    "what_became": ("What became of the decision…", "C"),
    "history": ("History of the case", "H"),
    "take_off": ("Take off this list", "Del"),
}
"""What can be done to a line, and its key."""
STATUS_KEYS = {Qt.Key(Qt.Key.Key_1 + place): status for place, status in enumerate(Status)}
_WIDTHS = {NUMBER: 5, CODE: 14, DOTS: 15, OWED: 28, URGENT: 14, STATUS: 20}
_NARROW = {NUMBER: 4, CODE: 11, DOTS: 13, OWED: 18, URGENT: 12, STATUS: 13}
"""Letters of each column, on a wide list and on a narrow one; question and decision share the rest."""
_ROOMY = 132
"""Letters that a wide list has room for."""
_OF_LIST = frozenset(WORDS) - {"open", "history"}


class CaseTable(QTableView):
    """Shows cases and reports what is asked for them, by key, menu or drag."""

    asked = Signal(str)
    """Something of ``WORDS`` for the current case."""
    status_asked = Signal(object)
    move_asked = Signal(int, int)
    """A line was dragged: where from, and the line it was dropped before."""
    row_changed = Signal()

    def __init__(self, name: str, today: Callable[[], date], empty: Marked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cases = CaseModel(today, self)
        self.empty = empty
        self.of_meeting = True
        """Whether the lines are on the list of a meeting, and not cases of the book."""
        self.setModel(self.cases)
        self.setItemDelegateForColumn(DOTS, DotsDelegate(self))
        for_reading(self, name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer)
        self.doubleClicked.connect(lambda _: self.asked.emit("open"))
        self.cases.move_asked.connect(self.move_asked)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.row_changed.emit())
        self._take_widths()

    def _take_widths(self) -> None:
        letter = self.fontMetrics().horizontalAdvance("n")
        header = self.horizontalHeader()
        header.setMinimumSectionSize(2 * letter)
        self._roomy = self.width() >= _ROOMY * letter
        for column, letters in (_WIDTHS if self._roomy else _NARROW).items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, letters * letter)
        for column in (QUESTION, DECISION):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        space_rows(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Leave the question and the decision their part where the list becomes narrow, or the text large."""
        super().resizeEvent(event)
        if self._roomy != (self.width() >= _ROOMY * self.fontMetrics().horizontalAdvance("n")):
            self._take_widths()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_roomy"):
            self._take_widths()

    def let_order(self, allowed: bool) -> None:
        """Let lines be moved, or not: a list that is filtered has no order of its own."""
        self.cases.can_move = allowed
        self.setDragEnabled(allowed)
        self.setAcceptDrops(allowed)
        self.setDropIndicatorShown(allowed)
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if allowed else mode.NoDragDrop)
        self.setDragDropOverwriteMode(False)

    def show_rows(self, rows: Sequence[Row], more: More | None = None) -> None:
        """Show cases; the current one stays current. ``more`` is asked for those after them once one gets there."""
        if tuple(rows) == self.cases.rows:
            self.cases.let_follow(more)
            return
        current = self.current_id
        place = self.currentIndex().row()
        self.cases.show_rows(rows, more)
        if not self.choose(current):
            self.go(min(max(place, 0), len(rows) - 1))
        self.row_changed.emit()

    @property
    def current(self) -> Row | None:
        """The line the keyboard is on."""
        place = self.currentIndex().row()
        return self.cases.rows[place] if 0 <= place < len(self.cases.rows) else None

    @property
    def current_id(self) -> str:
        """Id of the case the keyboard is on; empty where the list is empty."""
        return self.current.case_id if self.current else ""

    def choose(self, case_id: str) -> bool:
        """Go to the line of a case; return whether it is there."""
        for place, row in enumerate(self.cases.rows):
            if row.case_id == case_id:
                self.go(place)
                return True
        return False

    def go(self, place: int) -> None:
        """Go to a line by its place."""
        if place >= 0:
            self.setCurrentIndex(self.cases.index(place, CODE))

    def event(self, event: QEvent) -> bool:
        """Take the keys of a line before the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._deed(event):
            event.accept()
            return True
        return super().event(event)

    def _deed(self, event: QKeyEvent) -> str | Status:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier and self.of_meeting and event.key() in STATUS_KEYS:
            return STATUS_KEYS[Qt.Key(event.key())]
        deed = _KEYS.get((held, Qt.Key(event.key())), "")
        return deed if deed in self._offered() else ""

    def _offered(self) -> Sequence[str]:
        if self.current is None:
            return ()
        return [name for name in WORDS if self.of_meeting or name not in _OF_LIST]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Do what a key asks for the current line."""
        deed = self._deed(event)
        if isinstance(deed, Status):
            self.status_asked.emit(deed)
        elif deed:
            self.asked.emit(deed)
        else:
            super().keyPressEvent(event)

    def _offer(self, place: QPoint) -> None:
        own = [
            (f"{tr(WORDS[name][0])}\t{WORDS[name][1]}", lambda name=name: self.asked.emit(name))
            for name in self._offered()
        ]
        if own:
            pop_up(self, self.viewport().mapToGlobal(place), own=own)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the lines, or words in their place."""
        super().paintEvent(event)
        if not self.cases.rows:
            say(self, tr(self.empty))
