"""A whole entry of a list written in one line: parts separated by semicolons, in the order of the columns."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from her2board.capture.tables.columns import Target, heading_target
from her2board.capture.tables.entries import PasteContext, PastedEntry, read_entries
from her2board.case.fields import CaseField
from her2board.case.terms import Completeness
from her2board.gui.base import shown
from her2board.gui.base.keys import taken
from her2board.gui.form.around import Around
from her2board.gui.form.drug_names import DrugCompleter
from her2board.gui.form.tables import pastes_table
from her2board.wording import tr

_OF_SEVERAL_PARTS = ("note", "view", "result", "earlier_sizes")
"""What may have semicolons inside, once its column is named."""
_COMPLETENESS: tuple[Completeness, ...] = ("complete", "partial")
_GOES_ON = Qt.KeyboardModifier.ShiftModifier
_NAMED = 3
"""Columns named in the empty line, at most."""
_LINE_EDGES = 10


class LineEntry(QLineEdit):
    """Reads what is written as one entry on Return; what cannot be read stays, with the reason."""

    written = Signal(object)
    """A ``PastedEntry`` that was read as a whole."""
    completeness_written = Signal(str)
    """How complete the list is was written instead of an entry."""
    finished = Signal()
    """Shift and Return were pressed, and nothing is left to read: the keyboard goes on to the next field."""
    table_pasted = Signal()
    problem_changed = Signal(str)

    def __init__(
        self, label: str, columns: Sequence[CaseField], around: Around, parent: QWidget, *, listed: bool
    ) -> None:
        super().__init__(parent)
        self._completeness = {shown.term(word).casefold(): word for word in _COMPLETENESS} if listed else {}
        self._columns = tuple(columns)
        self._around = around
        self._names = [tr(column.info.heading or column.info.label) for column in columns]  # units would take the room
        self._name_columns()
        self.setAccessibleName(tr("{label}: an entry in one line").format(label=label))
        about = tr("Parts in the order of the columns, ; between them; or named: 'due: 3 Dec 2026'")
        also = tr("'complete' says that there is no other entry; Shift+Return goes on to the next field")
        self.setToolTip("\n".join((about, also)) if listed else about)
        self.textEdited.connect(lambda _: self.problem_changed.emit(""))
        if columns[0].path == "drugs":
            self.setCompleter(_FirstPart(around.drugs, self))

    def _name_columns(self) -> None:
        """Name as many columns in the empty line as it has room for."""
        room = self.width() - _LINE_EDGES
        for n in range(min(len(self._names), _NAMED), -1, -1):
            named = "; ".join((*self._names[:n], *(("…",) if n < len(self._names) else ())))
            self.setPlaceholderText(tr("An entry in one line: {columns}").format(columns=named))
            if self.fontMetrics().horizontalAdvance(self.placeholderText()) <= room:
                return

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Name what there is room for now."""
        super().resizeEvent(event)
        self._name_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Read the line on Return."""
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and self._name_marked():
            event.accept()  # the list below takes the name
        elif entered and not event.modifiers() & ~(_GOES_ON | Qt.KeyboardModifier.KeypadModifier):
            if self.text().strip():
                self._read()
            if event.modifiers() & _GOES_ON and not self.text().strip():
                self.finished.emit()
        elif pastes_table(event):
            self.table_pasted.emit()  # a line would make one text of it
        else:
            super().keyPressEvent(event)

    def _name_marked(self) -> bool:
        completer = self.completer()
        popup = completer.popup() if completer else None
        return popup is not None and popup.isVisible() and popup.currentIndex().isValid()

    def event(self, event: QEvent) -> bool:
        """Leave the keys of the window to it; undo is of the document once nothing is written here."""
        if (answer := taken(self, event, undo=bool(self.text()))) is not None:
            event.setAccepted(answer)
            return answer
        return super().event(event)

    def _read(self) -> None:
        written = self.text().strip().casefold()
        if (completeness := self._completeness.get(written)) is not None:
            self.completeness_written.emit(completeness)
            return
        read = read_line(self.text(), self._columns, self._around.context())
        if isinstance(read, str):
            self.problem_changed.emit(read)
        else:
            self.written.emit(read)


class _FirstPart(DrugCompleter):
    """Completes drugs and regimens while the first part is written."""

    def splitPath(self, path: str) -> list[str]:  # noqa: N802  # reason: Qt's name
        """Return the part to complete; nothing behind the first semicolon."""
        return ["\0"] if ";" in path else super().splitPath(path)


def read_line(text: str, columns: Sequence[CaseField], context: PasteContext) -> PastedEntry | str:
    """Return the entry a line is read as, or why it is not: nothing of it is taken unless everything is."""
    targets: list[Target] = []
    cells: list[str] = []
    by_name = False
    for part in text.split(";"):
        name, colon, rest = part.partition(":")
        named = heading_target(name.strip(), columns) if colon else None
        if named is not None:
            targets.append(named)
            cells.append(rest.strip())
            by_name = True
        elif by_name and targets[-1].column.path in _OF_SEVERAL_PARTS:
            cells[-1] += f";{part}"
        elif by_name or len(targets) >= len(columns):
            words = tr("'{text}': which column? Name it, as in 'due: 3 Dec 2026'")
            return words.format(text=part.strip())
        else:
            targets.append(Target(columns[len(targets)]))
            cells.append(part.strip())
    [entry] = read_entries([tuple(cells)], targets, columns, (), context)
    for cell, target in zip(entry.cells, targets, strict=True):
        if cell.typed.problem:
            return tr("{column}: {problem}").format(column=shown.heading(target.column), problem=cell.typed.problem)
    return entry if not entry.left_over else tr("No place for: {text}").format(text="; ".join(entry.left_over))
