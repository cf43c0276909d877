"""Starts the screen."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from her2board.gui import theme
from her2board.gui.main_window import MainWindow
from her2board.gui.platform import open_settings
from her2board.gui.services import Services
from her2board.wording import tr

_STYLE = ("-style", "fusion")
"""Named here and not by setStyle, which would wrap the style and all its enumerations before the first paint."""

_DESKTOP_FILE = "org.her2board.her2board"
"""By this name a desktop knows window, icon and menu entry as one program."""


def run(services: Services, case_path: Path | None = None) -> int:
    """Show the window, on ``case_path`` when one is named; return the exit status."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication([*sys.argv[:1], *_STYLE])
    application.setApplicationName("her2board")
    application.setDesktopFileName(_DESKTOP_FILE)
    settings = open_settings(services.settings_folder)
    chosen = theme.THEMES.get(str(settings.value("theme", "")))
    theme.apply(application, chosen or theme.of_system(application))
    window = MainWindow(services, settings)
    hook, sys.excepthook = sys.excepthook, _Teller(window)
    window.first_painted.connect(lambda: QTimer.singleShot(0, window.prepare))
    if case_path is not None:
        window.ready.connect(lambda: window.open_file(case_path))
    window.show()
    try:
        return application.exec()
    finally:
        sys.excepthook = hook


class _Teller:
    """Tells of a fault at the window: where in the program, never what is in the case, and never on stderr."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
        words = tr("The program made a mistake ({kind} in {place}). The case is still here; save it under a new name.")
        self._window.tell(words.format(kind=kind.__name__, place=place), True)
