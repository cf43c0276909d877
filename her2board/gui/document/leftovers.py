"""What a save that ended midway left beside a case: a complete version becomes unsaved work, the rest is removed."""

import os
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from her2board.case import storage
from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.case.writing import backup_of, discard, followed, left_staged, meant_for, staged_for
from her2board.gui.document.case_lock import CaseLock, lock_of
from her2board.gui.document.unsaved import Slot, Unsaved, digest_of

_CASE = re.compile(rf"\.?(.+{re.escape(storage.SUFFIX)})(\.bak|\.lock)?")
_BEING_WRITTEN = 3600
"""Seconds: an export that another program may still be writing is left alone for so long."""


def clear_up(path: Path, unsaved: Path | None) -> bool:
    """Look beside the case at ``path``; return whether a version of a case was put into ``unsaved``, that folder.

    What belongs to a case that any window has open is left alone. A lock of a window that ended goes too.
    """
    target = followed(path)
    staged = list(left_staged(target.parent))
    cases = {target, *(case for found in staged if (case := _case_of(found)))}
    kept = sum(_cleared(case, staged, unsaved) for case in sorted(cases))
    for found in filter(_abandoned, staged):
        discard(found)
    return kept > 0


def _case_of(staged: Path) -> Path | None:
    """Return the case that a temporary file belongs to: it was to become the case, its backup or its lock."""
    meant = meant_for(staged)
    found = _CASE.fullmatch(meant.name) if meant else None
    return staged.with_name(found[1]) if found else None


def _cleared(target: Path, staged: Sequence[Path], unsaved: Path | None) -> int:
    """Return how many versions of one case were kept."""
    lock = CaseLock()
    if not (staged or lock_of(target).exists()) or lock.take(target) is not None:
        return 0
    try:
        return sum(_settled(found, target, unsaved) for found in staged)
    finally:
        lock.release()


def _settled(staged: Path, target: Path, unsaved: Path | None) -> bool:
    """Remove one temporary file, kept as unsaved work first where it holds what the case file does not."""
    newer = _newer(staged, target) if staged_for(staged, target) else None
    if newer is not None:
        if unsaved is None or not _kept(newer, staged, target, unsaved):
            return False
        discard(staged)
        return True
    if any(staged_for(staged, own) for own in (target, backup_of(target), lock_of(target))):
        discard(staged)
    return False


def _newer(staged: Path, target: Path) -> Case | None:
    """Return the case in a temporary file that was written whole; nothing where the file holds the same."""
    try:
        case = storage.load(staged)
    except CaseError:
        return None
    try:
        return None if storage.load(target) == case else case
    except CaseError:
        return case


def _kept(case: Case, staged: Path, target: Path, unsaved: Path) -> bool:
    slot = Slot.new(unsaved)
    try:
        slot.write(Unsaved(file=target, digest=digest_of(target), case=storage.dump(case)))
        written = staged.stat()
        os.utime(slot.path, (written.st_atime, written.st_mtime))
    except OSError:  # it stays where it is
        slot.clear()
        return False
    finally:
        slot.release()
    return True


def _abandoned(staged: Path) -> bool:
    """Return whether it is an export that ended midway long ago."""
    with suppress(OSError):
        age = abs(time.time() - staged.stat().st_mtime)  # a clock may have been set back
        return storage.SUFFIX not in staged.name and age > _BEING_WRITTEN
    return False
