"""What was found in the evidence, under its headings: trials, guidelines, labels, studies, options, publications."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from her2board.briefing.formats import sentence
from her2board.evidence.entries import Entry
from her2board.evidence.records import Trial
from her2board.gui.base.labels import plain_tip
from her2board.wording import tr, trn

_ADDRESS = Qt.ItemDataRole.UserRole
_LONGEST = 120
"""Letters of an entry; the rest is on its card."""
_ROW_GAP = 8


class EntryList(QTreeWidget):
    """Lists entries; the chosen one stays chosen while it is among them."""

    chosen = Signal(str)
    """The address of the card of an entry that was chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderLabels([tr("Entry"), tr("Year")])
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setAccessibleName(tr("Entries of the evidence"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(lambda item, _: self._report(item))

    def show_found(self, trials: Iterable[Trial], entries: Iterable[Entry], *, unfold: bool) -> None:
        """List what was found; ``unfold`` opens every heading, else the first."""
        current = self.currentItem()
        before = current.data(0, _ADDRESS) if current else None
        self.clear()
        headings: dict[str, QTreeWidgetItem] = {}
        for trial in trials:
            self._add(self._heading(headings, tr("Trials")), _of_trial(trial))
        for entry in entries:
            self._add(self._heading(headings, sentence(tr(entry.group.label))), _of_entry(entry))
        for place, heading in enumerate(headings.values()):
            heading.setText(0, f"{heading.text(0)} ({heading.childCount()})")
            heading.setToolTip(0, heading.text(0))
            heading.setExpanded(unfold or place == 0)
        if before is None or not self.choose(str(before)):
            for item in self._items():
                self.setCurrentItem(item)
                break
            self.scrollToTop()  # the heading of the first says what it is

    def choose(self, address: str) -> bool:
        """Choose the entry of an address without reporting it, a trial for its cohorts; return whether it is listed."""
        kind, _, id_ = address.partition(":")
        wanted = f"trial:{id_.partition('/')[0]}" if kind in ("cohort", "value") else address
        found = next((item for item in self._items() if item.data(0, _ADDRESS) == wanted), None)
        self.blockSignals(True)
        self.setCurrentItem(found)  # type: ignore[arg-type]  # reason: None chooses nothing, which the stub leaves out
        self.blockSignals(False)
        if found is not None:
            self.scrollToItem(found)
        return found is not None

    def names(self) -> tuple[str, ...]:
        """Return the entries as they are read, in order."""
        return tuple(str(item.data(0, Qt.ItemDataRole.AccessibleTextRole)) for item in self._items())

    def _heading(self, headings: dict[str, QTreeWidgetItem], words: str) -> QTreeWidgetItem:
        if words not in headings:
            headings[words] = item = QTreeWidgetItem(self, [words])
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setFirstColumnSpanned(True)
            font = item.font(0)
            font.setBold(True)
            item.setFont(0, font)
            item.setSizeHint(0, QSize(0, self.fontMetrics().height() + _ROW_GAP))
        return headings[words]

    def _add(self, heading: QTreeWidgetItem, entry: tuple[str, str, str, str, str]) -> None:
        address, name, year, spoken, tip = entry
        item = QTreeWidgetItem(heading, [name[:_LONGEST], year])
        item.setToolTip(0, plain_tip(tip))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setData(0, _ADDRESS, address)

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for number in range(self.topLevelItemCount()):
            if heading := self.topLevelItem(number):
                yield from filter(None, map(heading.child, range(heading.childCount())))

    def _report(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and (address := item.data(0, _ADDRESS)):
            self.chosen.emit(address)


def _of_trial(trial: Trial) -> tuple[str, str, str, str, str]:
    """Return address, name, year, name as it is read aloud, and tip."""
    count = len(trial.discrepancies)
    name = f"{trial.name} *" if count else trial.name
    corrections = trn("{n} correction", "{n} corrections", count).format(n=count) if count else ""
    spoken = ", ".join(filter(None, (trial.name, corrections)))
    tip = "\n".join(filter(None, (name, trial.regimen, corrections)))
    return f"trial:{trial.id}", name, str(trial.year), spoken, tip


def _of_entry(entry: Entry) -> tuple[str, str, str, str, str]:
    tip = "\n".join(filter(None, (entry.name, entry.said)))
    return entry.address, entry.name, str(entry.year or ""), entry.name, tip
