"""One column of a table: what it holds, in which unit, and what its values mean."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from her2board.exchange.sources import Table
from her2board.exchange.tables.headings import UNITS
from her2board.exchange.tables.mapping import Column
from her2board.gui.base.labels import Label
from her2board.gui.review.column_choices import AS_WRITTEN, MOST_VALUES, distinct, meanings, shown_value, targets
from her2board.gui.review.picker import Picker
from her2board.wording import tr


class ColumnPanel(QWidget):
    """Edits what one column holds; every choice counts at once."""

    changed = Signal()

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._heading = ""
        self._column: Column | None = None
        self.title = Label(self)
        self.title.setWordWrap(True)
        self.holds = Picker(tr("What the column holds"), self).narrow()
        self.holds.addItem(tr("nothing for a case"), "")
        for path, words in targets():
            self.holds.addItem(words, path)
        self._let_type()
        self.holds.activated.connect(self._take_field)
        self.unit = Picker(tr("Unit of the numbers"), self)
        self.unit.activated.connect(lambda _: self._take(unit=self.unit.currentData()))
        self.entry = QLineEdit(self)
        self.entry.setAccessibleName(tr("Which entry of the list"))
        self.entry.editingFinished.connect(lambda: self._take(entry=self.entry.text().strip()))
        self._form = QFormLayout()
        for label, part in ((tr("&Holds"), self.holds), (tr("&Unit"), self.unit), (tr("&Which entry"), self.entry)):
            self._form.addRow(label, part)
        self._values = QScrollArea(self)
        self._values.setAccessibleName(tr("Values in the file and what they mean:"))
        self._values.setWidgetResizable(True)
        self._values.setFrameShape(QScrollArea.Shape.NoFrame)
        self._values.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the choices in it have the keyboard, and scroll it
        self.values: dict[str, Picker] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addLayout(self._form)
        column.addWidget(self._values, 1)

    def _let_type(self) -> None:
        """Let a part of a name be typed to find the field."""
        self.holds.setEditable(True)
        self.holds.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.holds.model(), self.holds)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.holds.setCompleter(completer)
        line = self.holds.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._settle)

    def show_column(self, heading: str, column: Column | None) -> None:
        """Show a column; None where it holds nothing for a case."""
        self._heading, self._column = heading, column
        question = self._table.dictionary.of(heading)
        self.title.setText(f"{heading}: {question.label}" if question and question.label != heading else heading)
        self.holds.setCurrentIndex(max(0, self.holds.findData(column.field if column else "")))
        units = UNITS.get(column.field, ()) if column else ()
        self.unit.clear()
        for number, unit in enumerate(units):
            self.unit.addItem(unit, unit if number else "")  # the first is that of the case
        self.unit.setCurrentIndex(max(0, self.unit.findData(column.unit if column else "")))
        self.entry.setText(column.entry if column else "")
        self._form.setRowVisible(self.unit, bool(units))
        self._form.setRowVisible(self.entry, column is not None and "[]." in column.field and not column.ticked)
        self._show_values(column)

    @property
    def column(self) -> Column | None:
        """What the column holds; None for nothing."""
        return self._column

    def _show_values(self, column: Column | None) -> None:
        self.values = {}
        body = QWidget(self._values)
        rows = QFormLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        found = distinct(self._table, self._heading) if column is not None and not column.ticked else ()
        if column is not None and column.ticked:
            rows.addRow(Label(tr("A tick adds: {what}").format(what=column.ticked), body))
        if found and column is not None:
            rows.addRow(Label(tr("Values in the file and what they mean:"), body))
            for text in found[:MOST_VALUES]:
                words = shown_value(self._table, self._heading, text)
                picker = Picker(tr("What '{text}' means").format(text=words), body).narrow()
                for meaning in meanings(column, text):
                    picker.addItem(meaning.words, meaning.value)
                given = column.values.get(text, AS_WRITTEN)
                known = [meaning.value for meaning in meanings(column, text)]
                picker.setCurrentIndex(
                    next(n for n, value in enumerate(known) if value == given and type(value) is type(given))
                )
                picker.activated.connect(partial(self._take_value, text, known))
                self.values[text] = picker
                rows.addRow(words, picker)
        self._values.setWidget(body)

    def _settle(self) -> None:
        """Take up a name that was typed whole; put back what was chosen where it is none."""
        index = self.holds.findText(self.holds.currentText(), Qt.MatchFlag.MatchFixedString)
        if index < 0:
            self.holds.setCurrentIndex(max(0, self.holds.findData(self._column.field if self._column else "")))
        elif self.holds.itemData(index) != (self._column.field if self._column else ""):
            self._take_field(index)

    def _take_field(self, index: int) -> None:
        path = self.holds.itemData(index)
        if path == (self._column.field if self._column else ""):
            return
        self._column = Column(field=path) if path else None
        self.show_column(self._heading, self._column)
        self.changed.emit()

    def _take_value(self, text: str, known: list[Any], place: int) -> None:
        assert self._column is not None
        values = {key: value for key, value in self._column.values.items() if key != text}
        if known[place] != AS_WRITTEN:
            values[text] = known[place]
        self._take(values=values)

    def _take(self, **given: Any) -> None:
        if self._column is not None:
            self._column = self._column.model_copy(update=given)
            self.changed.emit()
