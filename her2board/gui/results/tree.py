"""Findings as a tree: a sign and a word, a line of text, the reason below. One model for every result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, field
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTreeView, QWidget

from her2board.gui.base.context import offered, pop_up
from her2board.gui.base.empty import say
from her2board.gui.results.signs import Mark, sign_word
from her2board.gui.results.tree_delegate import NodeDelegate, first_line
from her2board.wording import tr

Index = QModelIndex | QPersistentModelIndex
NODE_ROLE = Qt.ItemDataRole.UserRole


class Node(Struct, eq=False):
    """One line of a result. ``key`` finds it again after the next assessment."""

    key: str
    title: str
    mark: Mark = "none"
    word: str = ""
    """What the sign means, written beside it."""
    detail: str = ""
    jump: str = ""
    """Path of the field it leads to."""
    card: str = ""
    """Address of its source card; lines below without one of their own share it."""
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    row: int = 0

    def spoken(self) -> str:
        """Return the line as assistive technology reads it: the meaning of its sign first."""
        return ". ".join(part for part in (sign_word(self.mark), self.word, self.title, self.detail) if part)


def linked(nodes: list[Node], parent: Node | None = None) -> list[Node]:
    """Set parent and row of every node, and return them."""
    for row, node in enumerate(nodes):
        node.parent, node.row = parent, row
        linked(node.children, node)
    return nodes


def without_signs(nodes: list[Node]) -> list[Node]:
    """Take the signs off lines and all below them, and return them."""
    for node in nodes:
        node.mark = node.mark if node.mark == "heading" else "none"
        without_signs(node.children)
    return nodes


def _has(node: Node, words: list[str]) -> bool:
    """Return whether every word is in the line or somewhere below it."""
    if not words:
        return True
    text = " ".join(_texts(node)).casefold()
    return all(word in text for word in words)


def _texts(node: Node) -> Iterator[str]:
    yield node.spoken()
    for child in node.children:
        yield from _texts(child)


class NodeModel(QAbstractItemModel):
    """Nodes as Qt sees them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.roots: list[Node] = []

    def show_nodes(self, roots: list[Node]) -> None:
        """Show other nodes."""
        self.beginResetModel()
        self.roots = linked(roots)
        self.endResetModel()

    def node(self, index: Index) -> Node:
        """Return the node at an index."""
        found = index.internalPointer()
        assert isinstance(found, Node)
        return found

    def index_of(self, node: Node) -> QModelIndex:
        """Return the index of a node."""
        return self.createIndex(node.row, 0, node)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  # reason: Qt's signature
        """Return the index of a child."""
        siblings = self.node(parent).children if parent.isValid() else self.roots
        return self.createIndex(row, column, siblings[row]) if 0 <= row < len(siblings) else QModelIndex()

    def parent(self, index: Any = None) -> Any:
        """Return the index above; without an index, the owner of the model."""
        if index is None:
            return super().parent()
        above = self.node(index).parent if index.isValid() else None
        return self.index_of(above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # reason: Qt's signature
        """Return the number of children."""
        return len(self.node(parent).children) if parent.isValid() else len(self.roots)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008, N802  # reason: Qt's signature
        """Return 1."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the node, its title, or its text for assistive technology."""
        node = self.node(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return node.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return node.spoken()
            case Qt.ItemDataRole.UserRole:
                return node
        return None

    def every(self, nodes: list[Node] | None = None) -> Iterator[Node]:
        """Yield all nodes, those above first."""
        for node in self.roots if nodes is None else nodes:
            yield node
            yield from self.every(node.children)


class NodeView(QTreeView):
    """Shows nodes; Return or a double click on one that names a field leads there."""

    jump_asked = Signal(str)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nodes = NodeModel(self)
        self.setModel(self.nodes)
        self.setItemDelegate(NodeDelegate(self))
        self.setHeaderHidden(True)
        self.setAccessibleName(label)
        self.setExpandsOnDoubleClick(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setIndentation(14)
        self.doubleClicked.connect(self._jump)
        self._opened_once = False
        self._words: list[str] = []

    def drawBranches(self, painter: QPainter, room: QRect, index: Index) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the arrow beside the first line of the words, where the sign is."""
        super().drawBranches(painter, QRect(room.topLeft(), QSize(room.width(), first_line(self.font()))), index)

    def filter(self, text: str) -> None:
        """Show only the lines that contain, or whose children contain, every word of ``text``."""
        self._words = text.casefold().split()
        self._hide()

    def shown_and_all(self) -> tuple[int, int]:
        """Return how many lines below the headings are visible, and how many there are."""
        lines = list(self._lines())
        return sum(not self._hidden(node) for node in lines), len(lines)

    def _lines(self) -> Iterator[Node]:
        for root in self.nodes.roots:
            yield from root.children if root.mark == "heading" else [root]

    def _hidden(self, node: Node) -> bool:
        above = self.nodes.index_of(node.parent) if node.parent is not None else QModelIndex()
        return self.isRowHidden(node.row, above)

    def _hide(self) -> None:
        for root in self.nodes.roots:
            if root.mark != "heading":
                self.setRowHidden(root.row, QModelIndex(), not _has(root, self._words))
                continue
            found = [_has(child, self._words) for child in root.children]
            for child, kept in zip(root.children, found, strict=True):
                self.setRowHidden(child.row, self.nodes.index_of(root), not kept)
            self.setRowHidden(root.row, QModelIndex(), bool(self._words) and not any(found))

    def show_nodes(self, roots: list[Node]) -> None:
        """Show other nodes; what was open, chosen and visible stays so."""
        open_keys = {node.key for node in self.nodes.every() if self.isExpanded(self.nodes.index_of(node))}
        current = self.currentIndex()
        chosen = self.nodes.node(current).key if current.isValid() else ""
        place = self.verticalScrollBar().value()
        self.nodes.show_nodes(roots)
        if not self._opened_once and roots:
            self._opened_once = True
            open_keys = {node.key for node in roots if node.mark == "heading"}
        for node in self.nodes.every():
            if node.children and node.key in open_keys:
                self.expand(self.nodes.index_of(node))
            if node.key == chosen:
                self.setCurrentIndex(self.nodes.index_of(node))
        if self._words:
            self._hide()
        self.verticalScrollBar().setValue(place)

    def choose(self, key: str) -> bool:
        """Choose the line with a key and bring it into sight; return whether there is one."""
        node = next((node for node in self.nodes.every() if node.key == key), None)
        if node is None:
            return False
        index = self.nodes.index_of(node)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def _jump(self, index: Index) -> None:
        if path := self.nodes.node(index).jump:
            self.jump_asked.emit(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Lead to the field on Return; open and close what names none."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if self.nodes.node(index).jump:
                self._jump(index)
            else:
                self.setExpanded(index, not self.isExpanded(index))
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Offer what can be done with a line."""
        index = self.currentIndex() if event.reason() == event.Reason.Keyboard else self.indexAt(event.pos())
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        node = self.nodes.node(index)
        own: list[tuple[str, Callable[[], object]]] = [
            (tr("Copy the line"), lambda: QApplication.clipboard().setText(node.spoken()))
        ]
        if node.jump:
            own.insert(0, (tr("Go to the field"), lambda: self.jump_asked.emit(node.jump)))
        pop_up(self, event.globalPos(), offered(self, "result"), own=own)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Say what to do where no line is in sight."""
        super().paintEvent(event)
        shown, every = self.shown_and_all() if self._words else (1, 1)
        if every and not shown:
            say(self, tr("No line contains all these words. Esc in the search shows every line."))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Break the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
