"""Asks for what the clinic and this computer set, and at the first start once; applies and remembers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from her2board.wording import tr

if TYPE_CHECKING:  # the window is painted before the case model is imported
    from her2board.assessment.clinic import Clinic
    from her2board.gui.base.remembered import Remembered
    from her2board.gui.base.services import Services
    from her2board.gui.window.appearance import Appearance, Personal
    from her2board.gui.window.preferences import Preferences
    from her2board.gui.window.workbench import Workbench

_ASKED = "welcomed"


class ClinicSettings(QObject):
    """Shows the preferences of one window."""

    changed = Signal(object)
    """The clinic's settings, to be written to their file."""
    reported = Signal(str, bool)
    """What was done with the clinic's local file, and whether it is a problem."""

    def __init__(
        self,
        services: Services,
        appearance: Appearance,
        remembered: Remembered,
        bench: Callable[[], Workbench],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._appearance = appearance
        self._remembered = remembered
        self._bench = bench
        self._window = parent

    def ask(self) -> None:
        """Ask for everything the clinic and this computer set."""
        from her2board.gui.window.preferences import Preferences

        self._show(Preferences)

    def ask_local(self) -> None:
        """Show the clinic's local file to be edited, as soon as the evidence it is checked against is there."""
        from PySide6.QtCore import Qt

        live, folder = self._bench().live, self._services.overlay_dir
        if live.release is None or folder is None:
            self.reported.emit(tr("The evidence is not there yet: the local file is checked against it."), True)
            return
        from her2board.gui.base.dialogs import Questions
        from her2board.gui.window.local_dialog import LocalDialog

        dialog = LocalDialog(live.release, folder, self._services.today(), Questions(self._window), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.installed.connect(live.follow_local)
        dialog.reported.connect(self.reported)
        dialog.open()

    def welcome(self) -> None:
        """Ask once for what is usual at this clinic, unless its settings are there already."""
        kept = self._services.clinic_file
        if self._remembered.flag(_ASKED, False) or (kept is not None and kept.exists()):
            return
        from her2board.gui.window.first_start import FirstStart

        self._show(FirstStart)
        self._remembered.set_flag(_ASKED, True)

    def _show(self, kind: type[Preferences]) -> None:
        from PySide6.QtCore import Qt

        live = self._bench().live
        dialog = kind(live.clinic, self._appearance.personal(), live.library, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._follow)
        dialog.open()

    def _follow(self, clinic: Clinic, personal: Personal) -> None:
        """Apply and remember what was chosen."""
        self._appearance.follow(personal)
        self._bench().live.follow(clinic)
        self.changed.emit(clinic)
