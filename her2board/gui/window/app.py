"""Starts the screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from her2board.gui.base import faults
from her2board.gui.base.platform import keep_private, open_settings
from her2board.gui.base.services import Services
from her2board.gui.window.appearance import Appearance
from her2board.gui.window.main_window import MainWindow
from her2board.wording import speak, spoken_language, tr

_STYLE = ("-style", "fusion")
"""Named here and not by setStyle, which would wrap the style and all its enumerations before the first paint."""

_DESKTOP_FILE = "org.her2board.her2board"
"""By this name a desktop knows window, icon and menu entry as one program."""


class Application(QApplication):
    """Qt's application, which also takes files that a desktop asks the running program to open."""

    file_asked = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Take up a file, as macOS hands over one that was opened in its Finder."""
        if isinstance(event, QFileOpenEvent):  # asking for the type would make every kind of event before the window
            self.file_asked.emit(event.file())
            return True
        return super().event(event)


def run(services: Services, case_path: Path | None = None, *, read: bool = False) -> int:
    """Show the window, on ``case_path`` when one is named, and in the reading view; return the exit status."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else Application([*sys.argv[:1], *_STYLE])
    application.setApplicationName("her2board")
    application.setDesktopFileName(_DESKTOP_FILE)
    settings = open_settings(services.settings_folder)
    keep_private(settings)
    refused = speak(os.environ.get("HER2BOARD_LANGUAGE") or str(settings.value("language", "en")))
    _translate_qt(application)
    Appearance(settings).restore()
    window = MainWindow(services, settings)
    hook, sys.excepthook = sys.excepthook, _FaultReporter(window)
    window.first_painted.connect(lambda: QTimer.singleShot(0, window.prepare))
    if refused:
        window.ready.connect(lambda: window.report(refused, True))
    if case_path is not None:
        window.ready.connect(lambda: window.open_file(case_path, read=read))
    else:
        window.ready.connect(lambda: _welcome(window))
    if isinstance(application, Application):
        application.file_asked.connect(lambda name: QTimer.singleShot(0, window, lambda: window.open_file(Path(name))))
    window.show()
    try:
        return application.exec()
    finally:
        sys.excepthook = hook


def _welcome(window: MainWindow) -> None:
    """Ask what is usual at this clinic once the evidence is there, which knows the limits of age."""
    from PySide6.QtCore import Qt  # makes hundreds of enumerations, so not before the first paint

    window.open_workbench().live.library_loaded.connect(window.settings.welcome, Qt.ConnectionType.SingleShotConnection)


def _translate_qt(application: QApplication) -> None:
    """Show Qt's own texts, such as buttons, in the language of the program where Qt knows it."""
    if spoken_language() != "en":
        from PySide6.QtCore import QLibraryInfo, QTranslator

        translator = QTranslator(application)
        if translator.load(f"qtbase_{spoken_language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(translator)


class _FaultReporter:
    """Reports a fault at the window: its place in the program, never what is in the case, and never on stderr."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, _kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
        words = tr("Internal error at {place}. The case is still open; save it under a new name.")
        self._window.report(words.format(place=faults.place_of(trace)), True)
