"""Asks, before a case leaves without names, about what was replaced in it and what looks like a name, once per text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from her2board.gui.base import theme
from her2board.gui.base.labels import Label
from her2board.gui.base.roomy import space_lines
from her2board.wording import tr

if TYPE_CHECKING:  # the window is painted before the case model is imported
    from her2board.case.identity_review import Found
    from her2board.case.model import Case

Rows = Sequence[tuple[str, str]]
"""Field, and what was replaced or left in it."""


class NamesReview:
    """Remembers, as long as the window, which texts somebody agreed to; a text that changed is asked about again."""

    def __init__(self, ask: Callable[[Rows], bool]) -> None:
        self._ask = ask
        self._agreed: set[tuple[object, ...]] = set()

    def agreed(self, cases: Iterable[tuple[str, Sequence[Found]]]) -> bool:
        """Return whether cases may leave, each with the name it is listed under; asks where a text is new."""
        new = [(name, found) for name, several in cases for found in several if _key(found) not in self._agreed]
        rows = [(", ".join(filter(None, (name, found.label))), line) for name, found in new for line in found.lines()]
        if rows and not self._ask(rows):
            return False
        self._agreed.update(_key(found) for _, found in new)
        return True


def looked_through(case: Case, known: frozenset[str]) -> Sequence[Found]:
    """Return what a person looks at before a case leaves."""
    from her2board.case.identity_review import look_through  # read when something leaves, not at the start

    return look_through(case, known)


def _key(found: Found) -> tuple[object, ...]:
    """Return what is remembered of a text: a word that is cut for one patient may be left for another."""
    return found.text, found.kinds


class NamesDialog(QDialog):
    """Lists the texts, with a button to export and one to go back."""

    def __init__(self, rows: Rows, parent: QWidget) -> None:
        super().__init__(parent)
        theme.shape(self)
        self.setWindowTitle(tr("Names in the texts"))
        about = Label(
            tr(
                "Name and record number are left out of this copy. Look at what was replaced and at what is left: "
                "words that look like names, long numbers, dates of birth, addresses. To change a text, go back to "
                "the form."
            ),
            self,
        )
        about.setWordWrap(True)
        self.table = _table(rows, self)
        buttons = QDialogButtonBox(self)
        self.go_on = buttons.addButton(tr("&Export as it is"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go_back = buttons.addButton(tr("&Back"), QDialogButtonBox.ButtonRole.RejectRole)
        self.go_back.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (about, self.table, buttons):
            column.addWidget(widget)
        self.resize(640, 420)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _table(rows: Rows, parent: QWidget) -> QTreeWidget:
    table = QTreeWidget(parent)
    table.setHeaderLabels([tr("Field"), tr("Replaced or left")])
    table.setAccessibleName(tr("What was replaced, and what looks like a name"))
    table.setRootIsDecorated(False)
    table.setWordWrap(True)
    space_lines(table)
    table.setTabKeyNavigation(False)
    table.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    items = [QTreeWidgetItem(list(row)) for row in rows]
    table.addTopLevelItems(items)
    table.setCurrentItem(items[0])
    return table
