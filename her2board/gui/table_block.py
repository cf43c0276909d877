"""A list of the case in the form: its table, how complete it is, and the buttons that change it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from her2board.case.fields import CaseField
from her2board.gui import shown, theme
from her2board.gui.absence import AbsenceBar, AbsenceButton
from her2board.gui.document import CaseDocument
from her2board.gui.entries import entries_of, extra_flags
from her2board.gui.fields import ChoiceControl
from her2board.gui.rows import BUTTON_WIDTH, FormRow
from her2board.gui.table_model import EntryTableModel
from her2board.gui.tables import EntryDelegate, EntryTable
from her2board.gui.typed import Typed
from her2board.wording import tr

_COMPLETENESS = ("complete", "partial")


class TableBlock(QObject):
    """Shows one list of the case and lets it be changed."""

    def __init__(
        self, document: CaseDocument, field: CaseField, grid: QGridLayout, parent: QWidget, drugs: QStringListModel
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.path = field.path
        self._document = document
        self._remark = ""
        self._problem = ""
        self._entries = entries_of(field)
        self.model = EntryTableModel(document, self._entries, self)
        self.model.problem_changed.connect(self._take_problem)
        self.completeness = self._completeness(parent) if self._entries.listed else None
        self.control = EntryTable(tr(field.info.label), parent)
        self.control.setItemDelegate(EntryDelegate(drugs, self.control))
        self.control.take_model(self.model)
        self.button = AbsenceButton(field.info.level, tr(field.info.label), parent)
        self.button.reason_chosen.connect(self._choose_reason)
        self.bar = AbsenceBar(document, field.path, tr(field.info.label), tr(field.info.asks), parent)
        self.bar.problem_changed.connect(self._take_problem)
        self.note = QLabel(parent)
        self.note.setWordWrap(True)
        self._lay_out(grid, parent)
        self.extras = [FormRow(document, extra, grid, parent) for extra in extra_flags(field)]
        for row in self.extras:
            row.button.setFixedWidth(0)

    def _completeness(self, parent: QWidget) -> ChoiceControl:
        control = ChoiceControl([(shown.term(word), word) for word in _COMPLETENESS], parent)
        control.setItemText(0, tr("not asked"))
        control.setAccessibleName(tr("{label}: how complete").format(label=tr(self.field.info.label)))
        control.setToolTip(tr("Only a complete list says that something it does not name was not given"))
        control.edited.connect(self._take_completeness)
        return control

    def _lay_out(self, grid: QGridLayout, parent: QWidget) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(0, 10, 0, 8)
        box.setSpacing(4)
        head = QHBoxLayout()
        title = QLabel(tr(self.field.info.label), parent)
        title.setBuddy(self.control)
        title.setToolTip(tr(self.field.info.why))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        head.addWidget(title)
        head.addStretch()
        if self.completeness is not None:
            words = QLabel(tr("This list is"), parent)
            words.setBuddy(self.completeness)
            head.addWidget(words)
            head.addWidget(self.completeness)
        self.button.setFixedWidth(BUTTON_WIDTH)
        head.addWidget(self.button)
        box.addLayout(head)
        box.addWidget(self.control)
        box.addWidget(self.note)
        box.addWidget(self.bar)
        box.addLayout(self._buttons(parent))
        grid.addLayout(box, grid.rowCount(), 0, 1, 3)

    def _buttons(self, parent: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        verbs: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (tr("Add"), tr("Add an entry to {label}"), self.add),
            (tr("Remove"), tr("Remove the entry from {label}"), self.remove),
            (tr("Up"), tr("Move the entry up in {label}"), lambda: self.move(-1)),
            (tr("Down"), tr("Move the entry down in {label}"), lambda: self.move(1)),
        )
        for words, name, act in verbs if self.field.kind == "table" else verbs[:2]:
            button = QPushButton(words, parent)
            button.setAccessibleName(name.format(label=tr(self.field.info.label)))
            button.setAutoDefault(False)
            button.clicked.connect(act)
            line.addWidget(button)
        line.addStretch()
        return line

    def refresh(self) -> None:
        """Show what the case holds for this list."""
        self.model.refresh()
        value = self._document.value(self.path)
        absence = self._document.absence(self.path)
        recorded = bool(value)
        if self.completeness is not None:
            completeness = (value or {}).get("completeness")
            recorded = completeness in _COMPLETENESS
            self.completeness.show_value(completeness)
        self.button.show_state(recorded=recorded, absence=absence)
        self.bar.show_absence(absence)
        for row in self.extras:
            row.refresh()
            row.button.hide()
        self._tell()

    @property
    def pending(self) -> bool:
        """Tell whether something stands here that the case does not hold."""
        return self.model.pending

    def revert(self) -> None:
        """Let go of what the case does not hold."""
        self.model.clear_attempts()
        self._take_problem("")

    def remark(self, words: str) -> None:
        """Show what the assessment says about the list."""
        if words != self._remark:
            self._remark = words
            self._tell()

    def focus(self) -> None:
        """Put the keyboard into the table."""
        self.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.control.currentIndex().isValid() and self.model.rowCount():
            self.control.setCurrentIndex(self.model.index(0, 0))

    def choose_reason(self) -> None:
        """Offer the reasons for absence, where nothing is recorded."""
        if self.button.isVisible():
            self.button.choose()

    def _choose_reason(self, reason: str | None) -> None:
        before = self._document.absence(self.path)
        details = before.model_dump(mode="json", exclude_none=True) if before else {}
        self._document.set_absence(self.path, {**details, "reason": reason} if reason else None)

    def _take_completeness(self, entry: Typed) -> None:
        before = self._document.value(self.path) or {}
        rest = {key: value for key, value in before.items() if key != "completeness"}
        value = {**rest, "completeness": entry.value} if entry.value else rest
        problem = self._document.set_value(self.path, value if any(value.values()) else None)
        if problem and self.completeness is not None:
            self.completeness.show_value(before.get("completeness"))
        self._take_problem(problem or self.model.problem)

    def add(self) -> None:
        """Add an entry and start typing in it."""
        self._edit(self.model.add())

    def copy(self) -> None:
        """Add a copy of the current entry."""
        if self.control.currentIndex().isValid():
            self._edit(self.model.add(self.model.row(self.control.currentIndex().row())))

    def remove(self) -> None:
        """Take the current entry out."""
        index = self.control.currentIndex()
        if index.isValid():
            self.model.remove(index.row())
            self.control.setCurrentIndex(self.model.index(min(index.row(), self.model.rowCount() - 1), index.column()))

    def move(self, by: int) -> None:
        """Move the current entry."""
        index = self.control.currentIndex()
        if index.isValid():
            self.control.setCurrentIndex(self.model.index(self.model.move(index.row(), by), index.column()))

    def _edit(self, number: int) -> None:
        index = self.model.index(number, 0)
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.control.setCurrentIndex(index)
        self.control.scrollTo(index)
        self.control.edit(index)

    def _take_problem(self, problem: str) -> None:
        self._problem = problem
        self._tell()

    def _tell(self) -> None:
        words = self._problem or self._remark
        self.note.setText(f"⚠ {words}" if words else "")
        self.note.setVisible(bool(words))
        palette = self.note.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.current().problem))
        self.note.setPalette(palette)
        self.control.setAccessibleDescription(words or tr(self.field.info.why))
