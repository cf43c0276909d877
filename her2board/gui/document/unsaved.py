"""Work that is not saved yet, kept in files of the program's own: one per window, its owner's alone."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from PySide6.QtCore import QLockFile

from her2board.case.reading import CASE_FILE, read_whole
from her2board.case.writing import write_atomically
from her2board.gui.document.unfinished import Unfinished
from her2board.wording import tr

_SUFFIX = ".unsaved"
_LOCK = ".lock"


class Unsaved(BaseModel):
    """A case as it was last kept, and the file it belongs to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Path | None
    digest: str
    """Digest of ``file`` as it was last read or written; empty when there was none."""
    case: str
    """Text of a case file."""
    unfinished: tuple[Unfinished, ...] = ()


def digest_of(path: Path) -> str:
    """Return a digest of the file at ``path``; empty when it cannot be read."""
    try:
        return hashlib.sha256(read_whole(path, CASE_FILE)).hexdigest()
    except OSError:
        return ""


class Slot:
    """The place of one window's unsaved work, held by a lock as long as the window lives."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}{_SUFFIX}"
        self._lock = QLockFile(str(folder / f"{name}{_LOCK}"))
        self._lock.setStaleLockTime(0)  # held as long as its process lives, however long that is

    @classmethod
    def new(cls, folder: Path) -> "Slot":
        """Return a slot of this window's own; nothing is made before something is written."""
        return cls(folder, f"{os.getpid()}-{secrets.token_hex(4)}")

    def take(self) -> bool:
        """Hold the slot; return whether no other living window holds it."""
        return self._lock.isLocked() or self._lock.tryLock(0)

    def write(self, unsaved: Unsaved) -> None:
        """Keep ``unsaved`` in the place of what was kept before; OSError leaves that as it was."""
        folder = self.path.parent
        if not self._lock.isLocked():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(OSError):  # a stick may know no owners
                folder.chmod(0o700)
        if not self.take():
            raise PermissionError(13, tr("no lock can be made"), str(folder))
        write_atomically(self.path, unsaved.model_dump_json().encode("utf-8"), private=True)

    def read(self) -> Unsaved:
        """Return what is kept; OSError or ValueError when it cannot be read."""
        return Unsaved.model_validate_json(read_whole(self.path, 2 * CASE_FILE))

    def clear(self) -> None:
        """Keep nothing any more."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def release(self) -> None:
        """Let the slot go; what is kept stays."""
        self._lock.unlock()


def left_behind(folder: Path) -> Iterator[Slot]:
    """Yield the slots with work in them whose window has ended; each is held by the caller from then on."""
    _tidy(folder)
    for path in sorted(folder.glob(f"[!.]*{_SUFFIX}")):
        slot = Slot(folder, path.name.removesuffix(_SUFFIX))
        if slot.take():
            yield slot


def _tidy(folder: Path) -> None:
    """Remove what killed windows left half-written, and their locks; complete files stay."""
    halves = {path: path.name[1:].partition(_SUFFIX)[0] for path in folder.glob(f".*{_SUFFIX}.*")}
    locks = {path: path.name.removesuffix(_LOCK) for path in folder.glob(f"*{_LOCK}")}
    for path, name in (halves | locks).items():
        slot = Slot(folder, name)
        if slot.take():
            with suppress(OSError):
                path.unlink(missing_ok=True)
            slot.release()
