"""Failed unlocks: kept beside the casebook, since it is closed then, and taken into its audit at the next unlock."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from her2board.case.file_names import name_beside

_SUFFIX = ".attempts"


def note_attempt(path: Path, at: datetime, by: str) -> None:
    """Note one failed unlock; where nothing can be written beside the casebook, nothing is noted."""
    line = json.dumps({"at": at.isoformat(), "by": by, "token": secrets.token_hex(6)}) + "\n"
    with suppress(OSError):
        handle = os.open(_file(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)


def noted(path: Path) -> Iterator[tuple[datetime, str, str]]:
    """Yield time, user and token of every failed unlock noted; a line cut off by a crash is skipped."""
    with suppress(OSError):
        for line in _file(path).read_text(encoding="utf-8", errors="replace").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                said = json.loads(line)
                yield datetime.fromisoformat(said["at"]), str(said["by"]), str(said["token"])


def forget(path: Path, tokens: frozenset[str]) -> None:
    """Remove the notes once they are in the audit; one that came meanwhile stays."""
    if {token for _, _, token in noted(path)} <= tokens:
        with suppress(OSError):
            _file(path).unlink()


def _file(path: Path) -> Path:
    return name_beside(path, "", _SUFFIX)
