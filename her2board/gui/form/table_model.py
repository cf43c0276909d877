"""The rows of one list of the case, changed through the document."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from her2board.capture.drug_names import open_meanings
from her2board.capture.tables.entries import PastedEntry
from her2board.capture.tables.reading import take
from her2board.capture.tables.readings import CellReading
from her2board.capture.typed import Candidate, Typed
from her2board.case.drugs import Vocabulary
from her2board.case.fields import CaseField
from her2board.case.table_rows import Entries, Row
from her2board.gui.base import shown, theme
from her2board.gui.base.labels import plain_tip
from her2board.gui.base.words import cell_words
from her2board.gui.document.document import CaseDocument
from her2board.wording import tr

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[int, int]


class Attempt(NamedTuple):
    """An invalid text in a cell, why it is invalid or what is asked, and its meanings to choose from."""

    text: str
    problem: str
    candidates: tuple[Candidate, ...] = ()


class Question(NamedTuple):
    """What is asked about a cell, and the meanings to choose from."""

    cell: Cell
    text: str
    candidates: tuple[Candidate, ...]


_NO_ATTEMPT = Attempt("", "")


class EntryTableModel(QAbstractTableModel):
    """Shows entries row by row. A new entry that still needs a column is shown here but is not in the case yet."""

    problem_changed = Signal(str)
    unfinished_removed = Signal()
    """An entry was removed that was never in the case; until the case changes it can be put back."""

    def __init__(self, document: CaseDocument, entries: Entries, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._entries = entries
        self._label = tr(entries.field.info.label)
        self.columns: tuple[CaseField, ...] = entries.columns
        self._rows: list[Row] = []
        self._draft: Row | None = None
        self._attempts: dict[Cell, Attempt] = {}
        self._meanings: dict[tuple[int, str], tuple[Candidate, ...]] = {}
        """What a drug name may mean, by vocabulary and name."""
        self._removed: Row = {}
        self._removed_attempts: dict[Cell, Attempt] = {}

    def refresh(self) -> None:
        """Show what the case holds."""
        rows = self._entries.rows(self._document.value(self._entries.field.path))
        if rows == self._rows:
            return
        self._attempts = self._followed(rows)
        if len(rows) == len(self._rows):
            self._rows = rows
            self._changed()
        elif rows[:-1] == self._rows and self._draft is None:  # a cell being typed in stays open
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
            self._rows = rows
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def _followed(self, rows: list[Row]) -> dict[Cell, Attempt]:
        """Return the invalid texts at the places their entries have in ``rows``."""
        found: dict[Cell, Attempt] = {}
        for (number, column), attempt in self._attempts.items():
            place = self._place(number, rows)
            if place is not None:
                found[place, column] = attempt
        return found

    def _place(self, number: int, rows: list[Row]) -> int | None:
        """Return the place of entry ``number`` in ``rows``; None when it was removed."""
        if number >= len(self._rows):  # the unfinished entry is always the last
            return number if self._draft is None else len(rows)
        row = self._rows[number]
        if number < len(rows) and (rows[number] == row or (len(rows) == len(self._rows) and row not in rows)):
            return number
        return rows.index(row) if row in rows else None

    def clear_attempts(self) -> None:
        """Discard invalid texts and the unfinished entry."""
        self.beginResetModel()
        self._draft = None
        self._attempts.clear()
        self.endResetModel()

    def unusable(self) -> dict[Cell, str]:
        """Return the invalid texts, by row and column."""
        return {cell: attempt.text for cell, attempt in self._attempts.items()}

    @property
    def draft(self) -> Row | None:
        """The entry that is not in the case yet, once something is in it."""
        return self._draft or None

    @property
    def pending(self) -> bool:
        """Return whether something is entered here that the case does not hold."""
        return bool(self._attempts) or bool(self._draft)

    @property
    def problem(self) -> str:
        """What is wrong or missing, in words."""
        if self._attempts:
            return next(iter(self._attempts.values())).problem
        if self._draft is None:
            return ""
        names = [shown.heading(column) for column in self.columns if column.path in self._entries.missing(self._draft)]
        return tr("The last entry is not in the case yet; it needs: {columns}").format(columns=", ".join(names))

    def _changed(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # reason: Qt's signature
        """Return the number of entries, an unfinished one included."""
        return 0 if parent.isValid() else len(self._rows) + (self._draft is not None)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # reason: Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: ARG002  # reason: Qt's signature
        """Let every cell be chosen and edited."""
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable

    def headerData(  # noqa: N802  # reason: Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return column headings and entry numbers; a star marks the unfinished entry."""
        if orientation == Qt.Orientation.Horizontal:
            column = self.columns[section]
            if role == Qt.ItemDataRole.ToolTipRole:
                return tr(column.info.why)
            return shown.heading(column) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1) if section < len(self._rows) else "*"
        return None

    def row(self, number: int) -> Row:
        """Return one row as plain JSON."""
        if number < len(self._rows):
            return self._rows[number]
        return self._draft or {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell in words, as plain JSON, or the message about it."""
        column = self.columns[index.column()]
        value = self.row(index.row()).get(column.path)
        attempt = self._attempts.get((index.row(), index.column()))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return attempt.text if attempt else "\N{EN DASH}" if value is None else cell_words(column, value)
            case Qt.ItemDataRole.EditRole:
                return value
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(attempt.problem) if attempt else None
            case Qt.ItemDataRole.ForegroundRole:
                colours = theme.current()
                return QColor(colours.problem) if attempt else QColor(colours.muted) if value is None else None
            case Qt.ItemDataRole.AccessibleTextRole:
                words = tr(shown.NOT_RECORDED) if value is None else cell_words(column, value)
                return f"{shown.heading(column)}: {attempt.text if attempt else words}"
        return None

    def attempt(self, index: Index) -> str:
        """Return the invalid text in a cell."""
        return self._attempts.get((index.row(), index.column()), _NO_ATTEMPT).text

    def enter(self, index: Index, entry: Typed, text: str) -> None:
        """Record what was entered into a cell; invalid text stays visible with the reason."""
        self.enter_reading(index, CellReading(entry), text)

    def enter_reading(self, index: Index, found: CellReading, text: str) -> None:
        """Record what was read in a cell, in its column and in others; what it has no column for goes to the note."""
        cell = (index.row(), index.column())
        column, entry = self.columns[index.column()], found.typed
        before = self.row(index.row())
        row = {**before, **found.more, column.path: entry.value}
        if entry.value is None:
            del row[column.path]
        opposed = [path for path, value in found.more.items() if before.get(path, value) != value]
        problem = entry.problem or (self._opposed(opposed) if opposed else "")
        if not problem:
            problem = self._put_row(index.row(), self._noted(row, found.left), column)
        self._attempts.pop(cell, None)
        if problem:
            self._attempts[cell] = Attempt(text, f"{shown.heading(column)}: {problem}", entry.candidates)
        self._changed()
        self.problem_changed.emit(self.problem)

    def _opposed(self, paths: Sequence[str]) -> str:
        names = ", ".join(shown.heading(column) for column in self.columns if column.path in paths)
        return tr("this says something else than {columns} of the entry").format(columns=names)

    def _noted(self, row: Row, left: Sequence[str]) -> Row:
        """Return the row with what has no column of its own in its note, each text once."""
        if "note" not in [column.path for column in self.columns]:
            return row
        held = row.get("note", "")
        added = [text for text in left if text not in held]
        return {**row, "note": "; ".join(filter(None, (held, *added)))} if added else row

    def question(self, vocabulary: Vocabulary | None) -> Question | None:
        """Return what is asked first: of a text that could not be used, else of a recorded drug name."""
        for cell, attempt in self._attempts.items():
            if attempt.candidates:
                return Question(cell, attempt.problem, attempt.candidates)
        number = next((n for n, column in enumerate(self.columns) if column.path == "drugs"), None)
        if number is None or vocabulary is None:
            return None
        for place in range(self.rowCount()):
            names: list[str] = self.row(place).get("drugs") or []
            for at, name in enumerate(names):
                if candidates := self._open_meanings(name, vocabulary):
                    lists = (Candidate([*names[:at], *c.value, *names[at + 1 :]], c.words) for c in candidates)
                    text = tr("Entry {n}: which drugs is '{name}'?").format(n=place + 1, name=name)
                    return Question((place, number), text, tuple(lists))
        return None

    def _open_meanings(self, name: str, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
        """Return what a name may mean; the same few names are asked at every keystroke."""
        if (id(vocabulary), name) not in self._meanings:
            self._meanings[id(vocabulary), name] = open_meanings(name, vocabulary)
        return self._meanings[id(vocabulary), name]

    def answer(self, question: Question, chosen: Candidate) -> None:
        """Record one of the meanings that were offered."""
        row, column = question.cell
        self.enter_reading(self.index(row, column), take(self.columns[column], chosen), chosen.words)

    def _put_row(self, number: int, row: Row, column: CaseField) -> str:
        if number >= len(self._rows):
            return self._put_draft(row)
        rows = [*self._rows[:number], row, *self._rows[number + 1 :]]
        return self._record(
            rows, tr("Change {column} of {label}").format(column=shown.heading(column), label=self._label)
        )

    def _put_draft(self, row: Row) -> str:
        self._draft = row
        if self._entries.missing(row):
            return ""
        before = self._rows
        self._rows, self._draft = [*before, row], None  # it stays where it is, so that the next cell can be typed in
        problem = self._record(self._rows, tr("Add to {label}").format(label=self._label))
        if problem:
            self._rows, self._draft = before, row
        self.headerDataChanged.emit(Qt.Orientation.Vertical, len(before), len(before))
        return problem

    def _record(self, rows: list[Row], text: str) -> str:
        """Record the rows as one undoable step; return what is wrong, or nothing."""
        path = self._entries.field.path
        value = self._entries.value(rows, self._document.value(path))
        return self._entries.problem(rows) or self._document.set_value(path, value, text, merges=False)

    def add(self, row: Row | None = None) -> int:
        """Add an entry and return its number; one that needs a column first is not in the case yet."""
        new = dict(row or {})
        if self._entries.missing(new):
            if self._draft is None:
                self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
                self._draft = new
                self.endInsertRows()
        elif problem := self._record([*self._rows, new], tr("Add to {label}").format(label=self._label)):
            self.problem_changed.emit(problem)
            return self.rowCount() - 1
        self.problem_changed.emit(self.problem)
        return self.rowCount() - 1

    def add_entries(self, entries: Sequence[PastedEntry]) -> tuple[tuple[PastedEntry, str], ...]:
        """Add what the list takes as one step; return the rest, each with the reason."""
        rows, refused = list(self._rows), []
        for pasted in entries:
            if problem := pasted.not_given or self._refusal(rows, pasted.entry):
                refused.append((pasted, problem))
            else:
                rows.append(dict(pasted.entry))
        if len(rows) > len(self._rows):
            count = len(rows) - len(self._rows)
            self._record(rows, tr("Add {n} copied to {label}").format(n=count, label=self._label))
        return tuple(refused)

    def _refusal(self, rows: list[Row], row: Row) -> str:
        if not row:
            return tr("nothing in it could be read")
        if missing := self._entries.missing(row):
            names = (shown.heading(column) for column in self.columns if column.path in missing)
            return tr("it needs: {columns}").format(columns=", ".join(names))
        path = self._entries.field.path
        return self._document.refusal(path, self._entries.value([*rows, row], self._document.value(path)))

    def remove(self, number: int) -> None:
        """Remove an entry."""
        if number >= len(self._rows):
            self._remove_draft()
        else:
            rows = [*self._rows[:number], *self._rows[number + 1 :]]
            self._record(rows, tr("Remove entry {n} of {label}").format(n=number + 1, label=self._label))
        self.problem_changed.emit(self.problem)

    def _remove_draft(self) -> None:
        """Remove the unfinished entry, and nothing else that is not in the case."""
        if self._draft is None:
            return
        place = len(self._rows)
        self.beginRemoveRows(QModelIndex(), place, place)
        self._removed, self._draft = self._draft, None
        self._removed_attempts = {cell: self._attempts.pop(cell) for cell in list(self._attempts) if cell[0] == place}
        self.endRemoveRows()
        if self._removed or self._removed_attempts:
            self.unfinished_removed.emit()

    def bring_back(self) -> None:
        """Put back the unfinished entry removed last; one begun since then stays instead."""
        if self._draft is None:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
            self._draft = self._removed
            self._attempts |= self._removed_attempts
            self.endInsertRows()
            self.problem_changed.emit(self.problem)

    def move(self, number: int, by: int) -> int:
        """Move an entry up or down and return its new place."""
        target = number + by
        if not (0 <= number < len(self._rows) and 0 <= target < len(self._rows)):
            return number
        rows = list(self._rows)
        rows[number], rows[target] = rows[target], rows[number]
        self._record(rows, tr("Move entry {n} of {label}").format(n=number + 1, label=self._label))
        return target
