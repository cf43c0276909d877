"""What the screen runs on: Qt, its platform, and where settings are kept."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings, qVersion
from PySide6.QtGui import QGuiApplication

from her2board.wording import tr


def open_settings(folder: Path | None) -> QSettings:
    """Return the program's settings: the user's own, or those in ``folder``."""
    if folder is None:
        return QSettings("her2board", "her2board")
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder))  # what Qt itself keeps
    return QSettings(str(folder / "her2board.ini"), QSettings.Format.IniFormat)


def keep_private(settings: QSettings) -> None:
    """Let only their owner read the settings: names of files are in them. Qt writes them as the umask says."""
    path = Path(settings.fileName())
    with suppress(OSError):  # a folder that takes no settings, or knows no owners
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        path.chmod(0o600)


def has_display() -> bool:
    """Return whether a window could be shown; Qt ends the process when it tries without."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("win32", "darwin"))


def qt_words() -> str:
    """Return Qt's version and platform; starts Qt when it does not run yet, without a window."""
    from PySide6 import QtPdfWidgets, QtSvg, QtWidgets  # noqa: F401  # reason: that they load is what is asked

    off_screen = [] if has_display() else ["-platform", "offscreen"]
    application = QGuiApplication.instance() or QGuiApplication([*sys.argv[:1], *off_screen])
    words = tr("Qt {version}, platform {name}").format(version=qVersion(), name=QGuiApplication.platformName())
    del application  # kept until its platform was read
    return words
