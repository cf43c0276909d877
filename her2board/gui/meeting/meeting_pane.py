"""The cases of a meeting: those beside the open one in its folder, with what each still needs."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from her2board.assessment.readiness import readiness
from her2board.case import storage
from her2board.case.checks import CaseError
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base.empty import say
from her2board.gui.base.keys import SearchLine
from her2board.gui.base.labels import plain_tip
from her2board.gui.results.live import as_of
from her2board.wording import tr

_MOST = 200
_EDGES = 12
"""Pixels around a code."""


class Listed(Struct, frozen=True):
    """One case of the list; ``needed`` is None when the file cannot be used."""

    path: Path
    code: str
    meeting: str
    needed: int | None


def survey(folder: Path, library: EvidenceLibrary, today: date) -> tuple[Listed, ...]:
    """Return the cases in ``folder`` by meeting and code."""
    paths = sorted(folder.glob(f"*{storage.SUFFIX}"))[:_MOST]
    return tuple(sorted(_survey(paths, library, today), key=lambda entry: (entry.meeting, entry.code)))


def _survey(paths: Iterable[Path], library: EvidenceLibrary, today: date) -> Iterable[Listed]:
    for path in paths:
        try:
            case = storage.load(path)
        except CaseError:
            yield Listed(path, path.stem, "", None)
        else:
            needed = len(readiness(case, library, as_of(case, today).day).outstanding)
            yield Listed(path, case.code, case.meeting.date.shown() if case.meeting.date else "", needed)


class _Cases(QTreeWidget):
    """The list itself; says what to do where no case is in sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Share the width anew."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the numbers the width of their heading, but where a code would be cut short for it only their own."""
        room = self.viewport().width() - self.sizeHintForColumn(0)
        self.setColumnWidth(1, max(self.sizeHintForColumn(1), min(self.header().sectionSizeHint(1), room)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the lines, or words in their place."""
        super().paintEvent(event)
        items = (self.topLevelItem(number) for number in range(self.topLevelItemCount()))
        if all(item is None or item.isHidden() for item in items):
            found = tr("No case has this code. Esc shows all.")
            begin = tr("Save the case, and it is listed here with the others of its folder. A casebook's: Ctrl+M.")
            say(self, found if self.topLevelItemCount() else begin)


class MeetingPane(QWidget):
    """Lists the cases and opens the chosen one."""

    open_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchLine(self)
        self.search.setPlaceholderText(tr("Find a case"))
        self.search.setAccessibleName(tr("Find a case"))
        self.search.textChanged.connect(lambda _: self._filter())
        self._list = _Cases(self)
        self._list.setColumnCount(2)
        self._list.setHeaderLabels([tr("Case"), tr("Needed")])
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setAccessibleName(tr("Cases in this folder"))
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self._list.itemActivated.connect(lambda item, _: self.open_asked.emit(item.data(0, Qt.ItemDataRole.UserRole)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.search)
        layout.addWidget(self._list)

    def show_cases(self, cases: Sequence[Listed], current: Path | None) -> None:
        """Show the cases, the open one marked."""
        self._list.clear()
        bold = self.font()
        bold.setBold(True)
        for entry in cases:
            needed = tr("unreadable") if entry.needed is None else str(entry.needed or "")
            item = QTreeWidgetItem(self._list, [entry.code, needed])
            item.setData(0, Qt.ItemDataRole.UserRole, str(entry.path))
            item.setToolTip(0, plain_tip(f"{entry.path.name}\n{entry.meeting}".strip()))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            width = QFontMetrics(bold).horizontalAdvance(entry.code) + _EDGES
            item.setSizeHint(0, QSize(width, self.fontMetrics().height() + 8))
            if entry.path == current:
                item.setFont(0, bold)
                self._list.setCurrentItem(item)
        self._filter()
        self._list.fit()

    def show_needed(self, path: Path | None, code: str, needed: int) -> None:
        """Keep the line of the open case in step with what is typed."""
        for number in range(self._list.topLevelItemCount()):
            item = self._list.topLevelItem(number)
            if item is not None and path is not None and item.data(0, Qt.ItemDataRole.UserRole) == str(path):
                item.setText(0, code)
                item.setText(1, str(needed or ""))

    def _filter(self) -> None:
        wanted = self.search.text().casefold()
        for number in range(self._list.topLevelItemCount()):
            item = self._list.topLevelItem(number)
            if item is not None:
                item.setHidden(wanted not in item.text(0).casefold())
