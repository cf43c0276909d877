"""How the program looks at this computer, kept in its settings. A size is in percent of the system's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QApplication

from her2board.gui.base import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings


class Personal(NamedTuple):
    """How the program looks and speaks at this computer. ``theme`` empty is as the system."""

    theme: str
    text_size: int
    language: str


class Appearance:
    """Applies theme and size of text to the application and remembers them."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def restore(self) -> None:
        """Apply what was chosen before, else what the system asks for."""
        personal = self.personal()
        self._apply_theme(personal.theme)
        if personal.text_size != theme.text_size():
            theme.resize_text(_application(), personal.text_size)

    def personal(self) -> Personal:
        """Return what is remembered."""
        size = str(self._settings.value("text_size", ""))
        known = size in map(str, theme.SIZES)
        name, language = str(self._settings.value("theme", "")), str(self._settings.value("language", "en"))
        return Personal(name, int(size) if known else theme.text_size(), language)

    def follow(self, personal: Personal) -> None:
        """Apply and remember what was chosen; the language holds from the next start."""
        self._settings.setValue("language", personal.language)
        self.use_theme(personal.theme)
        self._use_size(personal.text_size)

    def use_theme(self, name: str) -> None:
        """Apply and remember a theme; an empty or unknown name is as the system."""
        self._settings.setValue("theme", name if name in theme.THEMES else "")
        self._apply_theme(name)

    def _apply_theme(self, name: str) -> None:
        application = _application()
        theme.apply(application, theme.THEMES.get(name) or theme.of_system(application))

    def resize_text(self, step: int) -> None:
        """Show all text larger (1), smaller (-1) or as the system asks (0), and remember it."""
        self._use_size(theme.next_size(theme.text_size(), step))

    def _use_size(self, percent: int) -> None:
        self._settings.setValue("text_size", percent)
        theme.resize_text(_application(), percent)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
