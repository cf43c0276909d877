"""Lists of what a pack changes: records with both values, cases that read otherwise, signed-off pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QWidget,
)

from her2board.gui.base.empty import say
from her2board.gui.base.labels import plain_tip
from her2board.wording import Marked, day_words, tr, trn

if TYPE_CHECKING:
    from her2board.packs.difference import Reread
    from her2board.packs.follow_up import FollowUp
    from her2board.packs.offer import Offer

_KINDS: dict[str, Marked] = {"added": "added", "removed": "withdrawn", "changed": "changed"}
_HOW: dict[str, Marked] = {"withdrawn": "withdrawn", "changed": "changed"}
_WHAT: dict[str, Marked] = {
    "cohort": "Cohort",
    "option": "Option",
    "caution": "Caution",
    "statement": "Statement",
    "page": "Words of the page",
}


_OPENED = 12
"""So many changed records are listed opened: about as many as are in sight at once."""


_WIDTHS = (290, 120, 220, 220)
"""Of the columns, but for the last, which takes the rest."""
_SEAL = "content_hash"
"""A field that is another whenever anything is; the dialog names it apart."""


class OfferList(QTreeWidget):
    """A list with headings, and words where it is empty."""

    def __init__(self, name: str, heads: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = ""
        self.setAccessibleName(name)
        self.setHeaderLabels(list(heads))
        self.setColumnCount(len(heads))
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(False)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate(_WIDTHS[: len(heads) - 1]):
            self.setColumnWidth(column, width)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Say in an empty list what would be in it."""
        super().paintEvent(event)
        if not self.topLevelItemCount():
            say(self, self.empty)

    def chosen_words(self) -> str:
        """Return every column of the chosen row with its heading; empty where none is chosen."""
        row = self.currentItem()
        if row is None:
            return ""
        heads = self.headerItem()
        cells = ((heads.text(column), row.text(column)) for column in range(self.columnCount()))
        return "\n".join(f"{head}: {text}" for head, text in cells if text)

    def texts(self) -> list[str]:
        """Return every row as one text, those below after the one above."""
        found, rows = [], QTreeWidgetItemIterator(self)
        while (row := rows.value()) is not None:
            found.append(" | ".join(row.text(column) for column in range(self.columnCount())))
            rows += 1
        return found


def record_list(parent: QWidget) -> OfferList:
    """Return the list of changed records."""
    heads = (tr("Record"), tr("What"), tr("Before"), tr("After"), tr("Reason"))
    return OfferList(tr("Changed records"), heads, parent)


def show_records(view: OfferList, offer: Offer) -> None:
    """List every record that is added, withdrawn or changed, a row for each of its fields."""
    view.clear()
    tops: dict[str, QTreeWidgetItem] = {}
    for row in offer.rows:
        if row.record not in tops:
            words = (row.record, tr(_KINDS[row.kind]), "", "", offer.reason(row.record))
            tops[row.record] = _item(words)
            view.addTopLevelItem(tops[row.record])
        if row.field and row.field != _SEAL:
            tops[row.record].addChild(_item((row.field, "", row.before, row.after, "")))
    if len(tops) <= _OPENED:
        view.expandAll()


def case_list(parent: QWidget) -> OfferList:
    """Return the list of cases that read otherwise."""
    heads = (tr("Case"), tr("What"), tr("Before"), tr("After"), tr("Because of"))
    view = OfferList(tr("Cases that read otherwise"), heads, parent)
    view.itemExpanded.connect(_open_case)
    return view


def show_cases(view: OfferList, found: Sequence[Reread]) -> None:
    """List cases that read otherwise; what differs in one of many is listed once it is opened."""
    view.clear()
    for one in found:
        count = len(one.differs)
        top = _item((one.case, trn("{n} difference", "{n} differences", count).format(n=count), "", "", ""))
        view.addTopLevelItem(top)
        if len(found) <= _OPENED:
            _list_differences(top, one)
        else:
            top.setData(0, Qt.ItemDataRole.UserRole, one)
            top.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)


def _list_differences(top: QTreeWidgetItem, found: Reread) -> None:
    for each in found.differs:
        before, after = each.before or "\N{EN DASH}", each.after or "\N{EN DASH}"
        top.addChild(_item((each.id, tr(_WHAT[each.what]), before, after, ", ".join(each.records))))


def _open_case(top: QTreeWidgetItem) -> None:
    found = top.data(0, Qt.ItemDataRole.UserRole)
    if found is not None and not top.childCount():
        _list_differences(top, found)


def page_list(parent: QWidget) -> OfferList:
    """Return the list of signed-off pages to follow up."""
    heads = (tr("Case"), tr("Signed off"), tr("Figure on the page"), tr("What became of it"), tr("Because of"))
    return OfferList(tr("Signed-off pages to follow up"), heads, parent)


def show_pages(view: OfferList, found: Iterable[FollowUp]) -> None:
    """List figures on signed-off pages that are gone."""
    view.clear()
    for one in found:
        signed = tr("{day} by {by}").format(day=day_words(one.signed_at.date()), by=one.signed_by)
        how = tr(_HOW[one.how])
        if not one.same_evidence:
            how = f"{how} ({tr('made with earlier evidence, read as with that in use')})"
        because = f"{one.record}: {one.why}" if one.why else one.record
        item = _item((one.code, signed, one.figure, how, because))
        item.setData(0, Qt.ItemDataRole.UserRole, one)
        view.addTopLevelItem(item)


def entry_of(item: QTreeWidgetItem) -> FollowUp:
    """Return what a row of the list of signed-off pages is about."""
    entry: FollowUp = item.data(0, Qt.ItemDataRole.UserRole)
    return entry


def _item(words: Sequence[str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem(list(words))
    for column, text in enumerate(words):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignTop)
        item.setToolTip(column, plain_tip(text))
    return item
