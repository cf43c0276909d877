"""The menus of the window, made from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from her2board.gui.base import context
from her2board.gui.window.actions import ACTIONS, MENUS, PLACES, SUBMENUS, ActionSpec
from her2board.wording import tr

_TEXTS = {spec.id: spec.text for spec in ACTIONS}
Listed = Callable[[], Sequence[Path]]
"""The files a submenu offers at the moment it opens."""


class Menus(QObject):
    """Every action with its keys in the menu bar, and submenus of files."""

    triggered = Signal(str)
    """The id of an action that was chosen."""
    file_chosen = Signal(str, object)
    """The id of a submenu, and the path chosen in it."""

    def __init__(self, window: QMainWindow, files: dict[str, Listed]) -> None:
        super().__init__(window)
        self._window = window
        self._files = files
        self.actions: dict[str, QAction] = {}
        menus = {id_: window.menuBar().addMenu(tr(text)) for id_, text in MENUS.items()}
        for spec in ACTIONS:
            if spec.divides:
                menus[spec.menu].addSeparator()
            menus[spec.menu].addAction(self._action(spec))
            for id_, (_, after, text) in SUBMENUS.items():
                if after == spec.id:
                    self._submenu(menus[spec.menu], id_, tr(text))
        window.addActions(list(self.actions.values()))  # so that text fields leave their keys to them

    def _action(self, spec: ActionSpec) -> QAction:
        action = QAction(tr(spec.text), self._window)
        if spec.keys:
            action.setShortcuts([QKeySequence(spec.keys)])  # setShortcut would make every enumeration of Qt
        action.setStatusTip(tr(spec.tip))
        action.triggered.connect(partial(self._trigger, spec.id))
        places = " ".join(place for place, ids in PLACES.items() if spec.id in ids)
        action.setProperty(context.PLACES, places)
        self.actions[spec.id] = action
        return action

    def _trigger(self, id_: str, *_: object) -> None:
        self.triggered.emit(id_)

    def _submenu(self, menu: QMenu, id_: str, text: str) -> None:
        sub = menu.addMenu(text)
        sub.aboutToShow.connect(partial(self._fill_submenu, sub, id_))

    def _fill_submenu(self, menu: QMenu, id_: str) -> None:
        menu.clear()
        for path in self._files[id_]():
            menu.addAction(path.stem).triggered.connect(partial(self._choose_file, id_, path))
        if menu.isEmpty():
            menu.addAction(tr("None")).setEnabled(False)

    def _choose_file(self, id_: str, path: Path, *_: object) -> None:
        self.file_chosen.emit(id_, path)

    def enable(self, *, has_case: bool, has_book: bool, undo: str, redo: str) -> None:
        """Enable what can be done with or without an open case or casebook; name what undo and redo would do."""
        for spec in ACTIONS:
            allowed = (has_case or not spec.needs_case) and (has_book or not spec.needs_book)
            self.actions[spec.id].setEnabled(allowed)
        for id_, change in (("undo", undo), ("redo", redo)):
            text = tr(_TEXTS[id_])
            self.actions[id_].setText(f"{text} {change}" if change else text)
