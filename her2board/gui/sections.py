"""The sections of the form, in the order of the page, and the list that leads to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from her2board.case.fields import CaseField, case_fields
from her2board.wording import tr, trn


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its id, its title, and the parts of the case it shows."""

    id: str
    title: str
    parts: tuple[str, ...]

    @property
    def fields(self) -> tuple[CaseField, ...]:
        """Fields in the order they are shown: a part is a field, or everything below it; '' is the rest of the case."""
        found = (field for part in self.parts for field in case_fields() if part in (field.path, field.section))
        return tuple(dict.fromkeys(found))


SECTIONS = (
    Section("meeting", "Meeting", ("code", "meeting", "")),
    Section("urgency", "Urgency", ("urgency",)),
    Section("brain", "Brain", ("brain",)),
    Section("neurology", "Neurology", ("neurology",)),
    Section("patient", "Patient", ("patient",)),
    Section("tumour", "Tumour", ("tumour",)),
    Section("systemic", "Systemic treatment", ("systemic",)),
    Section("organs", "Organs and toxicity", ("organs",)),
    Section("access", "Access", ("access",)),
    Section("board", "Board", ("board",)),
    Section("identity", "Identity", ("identity",)),
)


@cache
def section_of(path: str) -> str:
    """Return the id of the section that shows ``path``, entry numbers and parts of a field included."""
    first = path.split(".")[0] if "." in path else ""
    return next((section.id for section in SECTIONS if first in section.parts), SECTIONS[0].id)


class SectionList(QTreeWidget):
    """Lists the sections with what each still needs."""

    section_chosen = Signal(str)
    section_entered = Signal(str)
    """Return was pressed: the keyboard goes to the first field of the section."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderLabels([tr("Section"), tr("Needed")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAccessibleName(tr("Sections of the case"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items: dict[str, QTreeWidgetItem] = {}
        for section in SECTIONS:
            item = QTreeWidgetItem(self, [tr(section.title), ""])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setSizeHint(0, QSize(0, self.fontMetrics().height() + 8))
            self._items[section.id] = item
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemActivated.connect(lambda item, _: self.section_entered.emit(self._id(item)))
        self.currentItemChanged.connect(lambda item, _: self.section_chosen.emit(self._id(item)))

    def _id(self, item: QTreeWidgetItem | None) -> str:
        return next((id_ for id_, entry in self._items.items() if entry is item), SECTIONS[0].id)

    def choose(self, id_: str) -> None:
        """Mark a section as the one in sight."""
        if self.currentItem() is not self._items[id_]:
            self.setCurrentItem(self._items[id_])

    def show_needed(self, labels: Mapping[str, Sequence[str]]) -> None:
        """Show how many needed fields each section still lacks, and name them."""
        for section in SECTIONS:
            item, missing = self._items[section.id], labels.get(section.id, ())
            count = len(missing)
            words = trn("{n} needed", "{n} needed", count).format(n=count)
            item.setText(1, str(count) if count else "")
            said = f"{words}: {', '.join(missing)}" if count else tr("Nothing needed")
            for column in range(self.columnCount()):
                item.setToolTip(column, "\n".join((tr(section.title), words, *missing)) if count else said)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{tr(section.title)}, {words}")
            item.setData(1, Qt.ItemDataRole.AccessibleTextRole, words if count else said)
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, said)
