"""Remembers which files were opened: their paths, and nothing of what is in them."""

from pathlib import Path

from PySide6.QtCore import QSettings

_KEY = "recent_files"
CASEBOOKS = "recent_casebooks"
_MOST = 8


class RecentFiles:
    """The last files opened or saved, newest first: cases, or casebooks."""

    def __init__(self, settings: QSettings, key: str = _KEY) -> None:
        self._settings = settings
        self._key = key

    def paths(self) -> tuple[Path, ...]:
        """Return those that are still there."""
        stored = self._settings.value(self._key, [])
        names = stored if isinstance(stored, list) else [stored] if isinstance(stored, str) else []
        return tuple(path for path in map(Path, names) if _is_there(path))

    def add(self, path: Path) -> None:
        """Put a file first."""
        kept = [path.resolve(), *(other for other in self.paths() if other != path.resolve())]
        self._settings.setValue(self._key, [str(entry) for entry in kept[:_MOST]])


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have
        return False
