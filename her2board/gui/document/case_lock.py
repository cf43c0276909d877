"""One window per case file: a lock beside the file says who has it open, and another person can take it over."""

import getpass
import hashlib
import os
import secrets
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from msgspec import Struct
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from PySide6.QtCore import QSysInfo

from her2board.case.file_names import name_beside
from her2board.case.reading import SMALL_FILE, read_whole
from her2board.case.writing import followed, put_if_free, put_in_place, stage
from her2board.wording import day_words, tr


class Holder(Struct, frozen=True):
    """Who has a case file open; the user is empty where the lock does not say."""

    user: str
    host: str
    since: datetime
    here: bool
    """Whether it is the same user on the same computer."""

    def __str__(self) -> str:
        local = self.since.astimezone()
        since = f"{day_words(local.date())}, {local:%H:%M}"
        if self.here:
            return tr("another window of yours (since {since})").format(since=since)
        if not self.user:
            return tr("a window that does not say whose it is (since {since})").format(since=since)
        words = tr("a window of {user} on {host} (since {since})")
        return words.format(user=self.user, host=self.host, since=since)


_READERS = 0o640
"""Whoever has the case by its group may read who has it open; nobody else."""
_Name = Annotated[str, Field(max_length=300)]
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)


class _Note(BaseModel):
    """What a lock says."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    token: _Name
    user: _Name
    host: _Name
    machine: _Name
    """Computer and its start: a number of a process means nothing elsewhere or later."""
    process: int
    since: Annotated[AwareDatetime, Field(ge=_EARLIEST, le=_LATEST)]
    """A day at the end of the calendar has no local time."""

    @property
    def holder(self) -> Holder:
        here = (self.user, self.host) == (_user(), QSysInfo.machineHostName())
        return Holder(self.user, self.host, self.since, here)

    @property
    def stale(self) -> bool:
        """Tell whether the window ended without releasing it, as far as this computer can know."""
        computer, _, start = self.machine.rpartition("/")
        here, _, started = _machine().rpartition("/")
        return computer == here and (start != started or not _runs(self.process))


class CaseLock:
    """Holds at most one case file; reports who else has it."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._token = ""
        """Of the lock that was written; empty where the folder takes none."""

    def take(self, path: Path) -> Holder | None:
        """Hold ``path`` from now on and release the file before; return who else holds it, or nothing.

        A folder that takes no lock takes no case either: such a file is read without one.
        """
        path = followed(path)
        if path == self._path:
            return self.taken_by()
        holder = holder_of(path)
        if holder is None and not self._write(path, over=lock_of(path).exists()):  # another window was faster
            holder = holder_of(path)
        return holder or self.taken_by()

    def take_over(self, path: Path) -> None:
        """Hold ``path`` whoever else does; that window learns of it when it saves."""
        self._write(followed(path), over=True)

    def taken_by(self) -> Holder | None:
        """Return who took the held file over; a lock that is gone is written anew."""
        if self._path is None or not self._token:
            return None
        note = _read(lock_of(self._path))
        if isinstance(note, _Note) and note.token == self._token:
            return None
        if note is None:
            self._write(self._path, over=True)
            return None
        return note.holder if isinstance(note, _Note) else note

    def release(self) -> None:
        """Release the file."""
        if self._path is not None and self._token:
            lock = lock_of(self._path)
            note = _read(lock)
            if isinstance(note, _Note) and note.token == self._token:
                with suppress(OSError):
                    lock.unlink()
        self._path, self._token = None, ""

    def _write(self, path: Path, *, over: bool) -> bool:
        """Hold ``path``; False where a lock is there already that is not to be written ``over``."""
        token, lock = secrets.token_hex(8), lock_of(path)
        note = _Note(
            token=token,
            user=_user(),
            host=QSysInfo.machineHostName(),
            machine=_machine(),
            process=os.getpid(),
            since=datetime.now(UTC),
        )
        try:
            staged = stage(lock, note.model_dump_json().encode(), private=True, like=path)
            with suppress(OSError):  # a stick may know no modes
                staged.chmod(staged.stat().st_mode & _READERS)
            (put_in_place if over else put_if_free)(staged, lock)
        except FileExistsError:
            return False
        except OSError:  # a folder that takes no lock
            token = ""
        if path != self._path:
            self.release()
        self._path, self._token = path, token
        return True


def lock_of(path: Path) -> Path:
    """Return the lock of a case file."""
    return name_beside(path, ".", ".lock")


def holder_of(path: Path) -> Holder | None:
    """Return who holds ``path``; nothing where nobody does, or a window of this computer that ended."""
    note = _read(lock_of(followed(path)))
    if isinstance(note, _Note):
        return None if note.stale else note.holder
    return note


def _read(lock: Path) -> _Note | Holder | None:
    """Return what a lock says, or the time it was made where that cannot be read; nothing where there is none."""
    try:
        return _Note.model_validate_json(read_whole(lock, SMALL_FILE))
    except (OSError, ValidationError):
        with suppress(OSError):
            return Holder("", "", datetime.fromtimestamp(lock.stat().st_mtime, UTC), here=False)
    return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name
        return ""


def _machine() -> str:
    parts = bytes(QSysInfo.machineUniqueId().data()), bytes(QSysInfo.bootUniqueId().data())
    digests = (hashlib.sha256(part).hexdigest()[:16] for part in parts)  # the ids themselves are not for others to read
    return "/".join((QSysInfo.machineHostName(), *digests))


def _runs(process: int) -> bool:
    """Tell whether a process of this computer lives."""
    if sys.platform == "win32":
        return _runs_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _runs_on_windows(process: int) -> bool:
    """Ask Windows, where os.kill would end the process."""
    import ctypes

    limited_query, still_active, access_denied = 0x1000, 259, 5
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]  # reason: on Windows only
    handle = kernel.OpenProcess(limited_query, False, process)
    if not handle:
        return bool(ctypes.get_last_error() == access_denied)  # type: ignore[attr-defined,unused-ignore]  # reason: as above
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == still_active
