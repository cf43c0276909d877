"""Remembers where windows and their parts were put: size and place of a window, widths of its panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QRect, QSettings
    from PySide6.QtWidgets import QWidget

_TITLE = 40
"""Pixels for the title above a window, and the edge below it."""


def begin(window: QWidget, size: tuple[int, int]) -> None:
    """Give a window that was never put anywhere its size: no larger than the screen has room for, title and all."""
    if QGuiApplication.platformName() != "offscreen":  # where there is no screen, it is as large as it likes
        size = fitting(size, window.screen().availableGeometry())
    window.resize(*size)


def fitting(size: tuple[int, int], room: QRect) -> tuple[int, int]:
    """Return the size of a window that fits into the room on a screen with its title."""
    return min(size[0], room.width()), min(size[1], room.height() - _TITLE)


class Remembered:
    """The layout of the program, under names in its settings."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def bring_back(self, parts: Mapping[str, QWidget]) -> None:
        """Put windows and panes, by name, where they were; what was never kept stays as it is."""
        for name, part in parts.items():
            kept = self._settings.value(f"layout/{name}")
            if kept is None:
                continue
            from PySide6.QtCore import QByteArray  # a first start, with nothing kept, paints without
            from PySide6.QtWidgets import QSplitter

            if isinstance(kept, QByteArray) and isinstance(part, QSplitter):
                part.restoreState(kept)
            elif isinstance(kept, QByteArray):
                part.restoreGeometry(kept)

    def keep(self, parts: Mapping[str, QWidget]) -> None:
        """Keep where windows and panes are."""
        from PySide6.QtWidgets import QSplitter

        for name, part in parts.items():
            kept = part.saveState() if isinstance(part, QSplitter) else part.saveGeometry()
            self._settings.setValue(f"layout/{name}", kept)

    def flag(self, name: str, default: bool) -> bool:
        """Return whether a part is shown."""
        return str(self._settings.value(f"layout/{name}", default)).casefold() == "true"

    def set_flag(self, name: str, shown: bool) -> None:
        """Keep whether a part is shown."""
        self._settings.setValue(f"layout/{name}", shown)
