"""One window per case file: a lock beside the file, held while the case is open."""

from pathlib import Path

from PySide6.QtCore import QLockFile, QSysInfo

from her2board.wording import tr


class CaseLock:
    """Holds at most one case file; reports who else has it."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._lock: QLockFile | None = None

    def take(self, path: Path) -> str:
        """Hold ``path`` from now on and release the file before; return who else holds it, or nothing.

        A folder that takes no lock takes no case either: such a file is read without one.
        """
        path = path.resolve()
        if path == self._path:
            return ""
        lock = QLockFile(str(path.with_name(f".{path.name}.lock")))
        lock.setStaleLockTime(0)  # a lock of this computer ends with its process, not after some time
        if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError:
            return _holder(lock)
        self.release()
        self._path, self._lock = path, lock
        return ""

    def release(self) -> None:
        """Release the file."""
        if self._lock is not None:
            self._lock.unlock()
        self._path = self._lock = None


def _holder(lock: QLockFile) -> str:
    _, host, _ = lock.getLockInfo()
    if host == QSysInfo.machineHostName():
        return tr("another window")
    words = tr("a window on {host}; if none is open there, remove {lock}")
    return words.format(host=host, lock=Path(lock.fileName()).name)
