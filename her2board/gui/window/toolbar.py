"""The tools: what is done most, as icons below the menus; every one of them is in a menu too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QSizePolicy, QToolBar, QWidget

from her2board.gui.base.theme import text_size
from her2board.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_EDGE, _AROUND = 20, 16
"""Points of an icon's edge at the system's size of text, and of the row around it."""
_LEFT: tuple[tuple[str, ...], ...] = (
    ("casebook", "new_case", "open_case", "save"),
    ("undo", "redo"),
    ("next_needed", "note_asked"),
    ("find", "evidence"),
)
_RIGHT: tuple[tuple[str, ...], ...] = (("export", "print", "packet"), ("handbook", "preferences"))
ICONS = {
    "new_case": "new",
    "open_case": "open",
    "present_again": "again",
    "save": "save",
    "undo": "undo",
    "redo": "redo",
    "next_needed": "needed",
    "note_asked": "ask",
    "find": "find",
    "evidence": "evidence",
    "export": "export",
    "print": "print",
    "packet": "packet",
    "casebook": "home",
    "handbook": "handbook",
    "preferences": "preferences",
    "about": "information",
}
"""By action: its icon."""


class ToolBar(QToolBar):
    """Made empty with its height, so that nothing moves when the tools come after the first paint."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Tools"), parent)
        self.setObjectName("tools")
        self.setMovable(False)
        self.setFloatable(False)
        self._fit()
        if layout := self.layout():
            layout.setContentsMargins(4, 0, 4, 0)
        self.toggleViewAction().setEnabled(False)  # a menu has it

    def _fit(self) -> None:
        """Let icons grow with the text."""
        edge = round(_EDGE * text_size() / 100)
        self.setIconSize(QSize(edge, edge))
        self.setFixedHeight(edge + _AROUND)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def fill(self, actions: Mapping[str, QAction]) -> None:
        """Show the tools."""
        self._add(_LEFT, actions)
        space = QWidget(self)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self._add(_RIGHT, actions)
        self.take_theme(actions)

    def _add(self, groups: tuple[tuple[str, ...], ...], actions: Mapping[str, QAction]) -> None:
        for place, group in enumerate(groups):
            if place:
                self.addSeparator()
            for id_ in group:
                if id_ in actions:
                    self.addAction(actions[id_])

    def take_theme(self, actions: Mapping[str, QAction]) -> None:
        """Give every action its icon in the colours of the theme."""
        from her2board.gui.base.icons import icon  # with its pictures, after the first paint

        for id_, name in ICONS.items():
            if id_ in actions:
                actions[id_].setIcon(icon(name))
