"""The list that leads to the sections of the form."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from her2board.case.sections import SECTIONS
from her2board.gui.base import theme
from her2board.wording import tr, trn

_LEAST_WIDTH = 142
_NUMBER_WIDTH = 28
_MOST_HEIGHT = 400
"""Pixels the list insists on; in a smaller window with large text it scrolls."""
_TITLE_EDGES = 8
_TITLE_SIDES = 7
_LONGEST_SIDES = 16
"""Pixels above and below a title in its line of the list, at its sides, and at those of the longest word."""


class SectionList(QTreeWidget):
    """Lists the sections with what each still needs."""

    section_chosen = Signal(str)
    section_entered = Signal(str)
    """Return was pressed: the keyboard goes to the first field of the section."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setAccessibleName(tr("Sections of the case"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._needed: Mapping[str, Sequence[str]] | None = None
        self._widths: tuple[QFontMetrics, int, int] | None = None
        for section in SECTIONS:
            item = QTreeWidgetItem(self, [tr(section.title), ""])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._items[section.id] = item
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(_NUMBER_WIDTH)
        self._break_soon = QTimer(self)  # once all columns have their width, not between two of them
        self._break_soon.setSingleShot(True)
        self._break_soon.setInterval(0)
        self._break_soon.timeout.connect(self._break_titles)
        header.sectionResized.connect(lambda *_: self._break_soon.start())
        self._break_titles()
        self.itemActivated.connect(lambda item, _: self.section_entered.emit(self._id(item)))
        self.currentItemChanged.connect(lambda item, _: self.section_chosen.emit(self._id(item)))

    def _id(self, item: QTreeWidgetItem | None) -> str:
        return next((id_ for id_, entry in self._items.items() if entry is item), SECTIONS[0].id)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the width that the longest word of a title needs: titles break between words only."""
        around = self.columnWidth(1) + _LONGEST_SIDES + 2 * self.frameWidth()
        if self.verticalScrollBar().maximum() > 0:
            around += self.verticalScrollBar().sizeHint().width()
        word, _ = self._widest()
        return QSize(max(_LEAST_WIDTH, word + around), super().minimumSizeHint().height())

    def _widest(self) -> tuple[int, int]:
        """Return the width of the longest word of a title, and of the longest title.

        They are asked for at every change of the layout, and change only with the font.
        """
        metrics = self.fontMetrics()
        if self._widths is None or self._widths[0] != metrics:
            titles = [item.text(0) for item in self._items.values()]
            words = (word for title in titles for word in title.split())
            widest_word, widest_title = (max(map(metrics.horizontalAdvance, texts)) for texts in (words, titles))
            self._widths = metrics, widest_word, widest_title
        return self._widths[1:]

    def _break_titles(self) -> None:
        """Give every title the lines it needs at this width."""
        room = QRect(0, 0, self.columnWidth(0) - _TITLE_SIDES, 0)
        for item in self._items.values():
            lines = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text(0))
            item.setSizeHint(0, QSize(0, lines.height() + _TITLE_EDGES))
        self.setMinimumHeight(min(self._height(), _MOST_HEIGHT))
        self.scheduleDelayedItemsLayout()  # heights that change while columns are laid out are not asked for again

    def sizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the room in which every title is in sight, each in one line."""
        _, title = self._widest()
        return QSize(title + self.columnWidth(1) + _LONGEST_SIDES + 2 * self.frameWidth(), self._height())

    def _height(self) -> int:
        """Return the height in which every title is in sight."""
        return sum(item.sizeHint(0).height() for item in self._items.values()) + 2 * self.frameWidth() + 2

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow another size of text, and another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._break_titles()
        elif event.type() == QEvent.Type.PaletteChange:
            for item in self._items.values():
                item.setForeground(1, QColor(theme.current().problem))

    def choose(self, id_: str) -> None:
        """Mark a section as the one shown."""
        if self.currentItem() is not self._items[id_]:
            self.setCurrentItem(self._items[id_])

    def show_needed(self, labels: Mapping[str, Sequence[str]]) -> None:
        """Show how many needed fields each section still lacks, and name them."""
        if labels == self._needed:  # as after most edits; the panes around would be laid out again
            return
        self._needed = labels
        for section in SECTIONS:
            item, missing = self._items[section.id], labels.get(section.id, ())
            count = len(missing)
            words = trn("{n} needed", "{n} needed", count).format(n=count)
            item.setText(1, str(count) if count else "")
            item.setForeground(1, QColor(theme.current().problem))
            said = f"{words}: {', '.join(missing)}" if count else tr("Nothing needed")
            for column in range(self.columnCount()):
                item.setToolTip(column, "\n".join((tr(section.title), *((words, *missing) if count else (said,)))))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{tr(section.title)}, {words}")
            item.setData(1, Qt.ItemDataRole.AccessibleTextRole, words if count else said)
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, said)
        self.updateGeometry()  # the column of numbers may need another width
