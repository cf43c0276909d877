"""What a source offers, section by section: first what to read, last what was seen and is not offered."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from her2board.capture.proposal import UNREAD_WORDS, Offer, SeenNotOffered, Source, TextSpan, Unread
from her2board.gui.base import theme
from her2board.gui.base.empty import say
from her2board.gui.base.labels import plain_tip
from her2board.gui.document.document import CaseDocument
from her2board.gui.review.lines import Line, Remark, choices, known, seen_words
from her2board.wording import Marked, tr, trn

State = Literal["open", "accepted", "rejected"]
STATES: dict[State, Marked] = {"open": "", "accepted": "taken over", "rejected": "left"}
"""In place of how sure a line is, once it is answered."""
Index = QModelIndex | QPersistentModelIndex
_MARGIN = 4
_NARROWEST = 40
_TITLE_SCALE = 1.1
_LETTERS_WIDE = {0: 32, 2: 21, 3: 30}
"""Letters of each column but the second, which takes the rest."""
_PART = 0.78
"""Part of the width that those columns take at most."""
_PLACE = Qt.ItemDataRole.UserRole
_LINE = Qt.ItemDataRole.UserRole + 1
_FIRST = Qt.ItemDataRole.UserRole + 2
"""Whether a title is of what is looked at first."""
_NUMBERS = range(Qt.Key.Key_1.value, Qt.Key.Key_9.value + 1)
_LETTERS: dict[int, str] = {
    Qt.Key.Key_A.value: "accept",
    Qt.Key.Key_S.value: "section",
    Qt.Key.Key_R.value: "reject",
    Qt.Key.Key_E.value: "edit",
    Qt.Key.Key_N.value: "next",
    Qt.Key.Key_U.value: "undo",
}


class _Wrapped(QStyledItemDelegate):
    """Gives each row the height of its wrapped texts."""

    def __init__(self, view: QTreeWidget) -> None:
        super().__init__(view)
        self._view = view

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802  # reason: Qt's name
        """Draw titles apart from the lines below them, and in red what is looked at before anything is taken over."""
        super().initStyleOption(option, index)
        if not index.parent().isValid():
            option.font = _title(self._view)
            if index.data(_FIRST):
                red = QColor(theme.current().problem)
                option.palette.setColor(QPalette.ColorRole.Text, red)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the size of a cell at the width of its column."""
        spanned = self._view.isFirstColumnSpanned(index.row(), index.parent())
        if spanned and index.column() > 0:
            return QSize()
        hint = super().sizeHint(option, index)
        if not index.parent().isValid():
            return QSize(hint.width(), hint.height() + 2 * _MARGIN)
        width = (self._view.viewport().width() if spanned else self._view.columnWidth(index.column())) - 2 * _MARGIN
        if index.column() == 0:
            width -= 2 * self._view.indentation()
        room = QRect(0, 0, max(width, _NARROWEST), 10_000)
        font = index.data(Qt.ItemDataRole.FontRole) or self._view.font()
        text = QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWordWrap, index.data() or "")
        return QSize(hint.width(), max(hint.height(), text.height() + 2 * _MARGIN))


def _title(view: QTreeWidget) -> QFont:
    font = QFont(view.font())
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * _TITLE_SCALE)
    return font


class ReviewTree(QTreeWidget):
    """One row for each proposal; one key answers it."""

    answered = Signal(str, int)
    """What to do with the chosen line: accept, section, reject, edit, next, undo or choose; number of the choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("What is offered"))
        self.setHeaderLabels([tr("Field"), tr("Read"), tr("Recorded now"), tr("How sure")])
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setItemDelegate(_Wrapped(self))
        self.setWordWrap(True)
        self.setStyleSheet(f"QTreeView::item {{ padding: {_MARGIN}px 0; }}")
        self.setAllColumnsShowFocus(True)
        header = self.header()
        header.setStretchLastSection(False)
        for column in range(4):
            mode = QHeaderView.ResizeMode.Stretch if column == 1 else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(column, mode)
        self._take_widths()
        header.sectionResized.connect(self.settle)
        self._items: dict[int, QTreeWidgetItem] = {}
        self._places: list[tuple[TextSpan, ...]] = []
        self._shown: dict[int, tuple[str, ...]] = {}
        """What each line shows, so that only a line that changed is drawn anew."""

    def show_offer(
        self,
        offer: Offer,
        lines: Sequence[Line],
        place: Callable[[Source], TextSpan],
        against: Sequence[Remark] = (),
        silent: str = "",
    ) -> None:
        """Replace what is shown by what a source offers; ``place`` says where in its text something was read.

        ``against`` is what contradicts itself in it; ``silent`` counts what nothing was read from.
        """
        self.clear()
        self._items, self._places, self._shown = {}, [], {}
        if offer.read_first:
            urgent = [(first.words, (place(first.source),)) for first in offer.read_first]
            self._in_full(tr("Read this first: a person records urgency"), urgent, first=True)
        if against:
            words = trn("Contradicts itself: look at it ({n})", "Contradicts itself: look at it ({n})", len(against))
            remarks = [(remark.words, remark.spans) for remark in against]
            self._in_full(words.format(n=len(against)), remarks, first=True)
        self._show_unread(offer.unread)
        self._show_lines(lines)
        self._show_seen(offer.not_offered, place)
        if silent:
            self._group(tr("Nothing was read from: {what}").format(what=silent))

    def _show_unread(self, unread: Sequence[Unread]) -> None:
        patients = [part for part in unread if part.why == "patients"]
        if patients:
            title = tr("More than one patient: nothing is read until only the part of this one is left")
            self._in_full(title, [(part.words, (part.source,)) for part in patients], first=True)
        elif unread:
            title = trn("Not read ({n})", "Not read ({n})", len(unread)).format(n=len(unread))
            said = ((tr(UNREAD_WORDS[part.why]).format(n=part.limit), part) for part in unread)
            self._in_full(title, [(f"{words}: {part.words}", (part.source,)) for words, part in said])

    def _show_lines(self, lines: Sequence[Line]) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for number, line in enumerate(lines):
            if line.section not in groups:
                groups[line.section] = self._group(line.section)
            item = self._add(groups[line.section], (line.label, "", "", ""), line.spans)
            item.setData(0, _LINE, number)
            self._items[number] = item

    def _show_seen(self, not_offered: Sequence[SeenNotOffered], place: Callable[[Source], TextSpan]) -> None:
        if not_offered:
            count = len(not_offered)
            title = trn("Seen, not offered ({n})", "Seen, not offered ({n})", count).format(n=count)
            group = self._group(title)
            group.setExpanded(False)
            for seen in sorted(not_offered, key=lambda one: place(one.source).start):
                label, said, why = seen_words(seen)
                self._add(group, (label, said, "", why), (place(seen.source),))

    def show_line(self, number: int, line: Line, state: State, document: CaseDocument) -> None:
        """Show one line as it is now."""
        offered = choices(line, document)
        if state == "accepted":  # what it was taken over as is no other entry
            offered = tuple(choice for choice in offered if not choice.keeps)
        text = offered[0].words
        if len(offered) > 1:
            text = "\n".join(f"{place})  {choice.words}" for place, choice in enumerate(offered, 1))
        now = "" if line.is_entry and state == "accepted" else known(line, document)
        shown = (line.label, text, now, tr(STATES[state]) or line.trust)
        if self._shown.get(number) == shown:
            return
        self._shown[number] = shown
        item = self._items[number]
        for column, cell in enumerate(shown):
            item.setText(column, cell)
            item.setToolTip(column, plain_tip(line.proposal.words[0] if column == 0 else cell))
        font = QFont(self.font())
        font.setBold(state == "open")
        item.setFont(0, font)

    def _take_widths(self) -> None:
        """Give each column its letters, or with larger text or less room its part of what there is."""
        letter = self.fontMetrics().averageCharWidth()
        wanted = letter * sum(_LETTERS_WIDE.values())
        part = min(1.0, _PART * self.viewport().width() / wanted)
        for column, letters in _LETTERS_WIDE.items():
            self.setColumnWidth(column, round(part * letters * letter))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Keep every column in sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._take_widths()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Say what will be here where nothing is yet."""
        super().paintEvent(event)
        if not self.topLevelItemCount():
            say(self, tr("What the text says is listed here, to be taken over or left one by one."))

    def settle(self, *_: object) -> None:
        """Give each row the height of its texts, after they changed."""
        self.scheduleDelayedItemsLayout()

    def choose(self, number: int) -> None:
        """Go to a line."""
        self.setCurrentItem(self._items[number])

    def number(self) -> int | None:
        """Return the number of the chosen line; None where none is chosen."""
        item = self.currentItem()
        found = item.data(0, _LINE) if item is not None else None
        return found if isinstance(found, int) else None

    def spans(self) -> tuple[TextSpan, ...]:
        """Return the places in the text of what is chosen; none where it is a title."""
        item = self.currentItem()
        found = item.data(0, _PLACE) if item is not None else None
        return self._places[found] if isinstance(found, int) else ()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Answer the chosen line; every other key moves as usual."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _LETTERS:
            self.answered.emit(_LETTERS[event.key()], 0)
        elif plain and event.key() in _NUMBERS:
            self.answered.emit("choose", event.key() - Qt.Key.Key_1.value)
        else:
            super().keyPressEvent(event)

    def _group(self, title: str, *, first: bool = False) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [title])
        item.setData(0, _FIRST, first)
        item.setFirstColumnSpanned(True)
        item.setExpanded(True)
        return item

    def _in_full(self, title: str, listed: Sequence[tuple[str, tuple[TextSpan, ...]]], *, first: bool = False) -> None:
        """Add a group of texts over the whole width."""
        group = self._group(title, first=first)
        items = [self._add(group, (words,), spans) for words, spans in listed]
        for item in items:  # after all are there: each time lays out what was added before
            item.setFirstColumnSpanned(True)

    def _add(self, group: QTreeWidgetItem, texts: Sequence[str], spans: tuple[TextSpan, ...]) -> QTreeWidgetItem:
        item = QTreeWidgetItem(group, list(texts))
        item.setData(0, _PLACE, len(self._places))
        self._places.append(tuple(span for span in spans if span.start < span.end))
        for column, text in enumerate(texts):
            if text:
                item.setToolTip(column, plain_tip(text))
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return item
