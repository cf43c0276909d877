"""Work that a window left behind when it ended, compared with the file it belongs to."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from her2board.case import storage
from her2board.case.checks import CaseError
from her2board.case.differences import differences
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.gui.base import faults, shown
from her2board.gui.base.words import differing, entry_words
from her2board.gui.document.document import empty_case
from her2board.gui.document.unfinished import Unfinished, fits
from her2board.gui.document.unsaved import Slot, digest_of
from her2board.wording import tr

Line = tuple[str, str, str]
"""What differs, how the file has it, how it was typed."""


class LeftBehind(Struct, frozen=True):
    """A case as it was when its window ended, and how the file differs from it."""

    slot: Slot
    stored: storage.Stored
    path: Path | None
    """The file it belongs to, while that can be read."""
    unfinished: tuple[Unfinished, ...]
    dropped: tuple[Unfinished, ...]
    """Entries for which there is no place any more."""
    kept_at: datetime
    lines: tuple[Line, ...]
    remark: str
    """A remark about the file itself."""

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.stored.case


class Unreadable(Struct, frozen=True):
    """Work that a window left behind and that cannot be read."""

    slot: Slot
    kept_at: datetime
    why: str


def examined(slot: Slot) -> LeftBehind | Unreadable | None:
    """Return what ``slot`` holds; nothing when its file holds all of it."""
    moment = _kept_at(slot)
    try:
        kept = slot.read()
        stored = storage.parse_stored(kept.case)
    except (OSError, ValueError, CaseError) as error:
        return Unreadable(slot, moment, _why(error))
    unfinished = tuple(entry for entry in kept.unfinished if fits(entry))
    dropped = tuple(entry for entry in kept.unfinished if entry not in unfinished)
    before, remark = _file(kept.file, kept.digest)
    changes = differences(before or empty_case(), stored.case)
    lines = (*map(differing, changes), *map(_unfinished, unfinished), *map(without_place, dropped))
    if not lines:
        slot.clear()
        slot.release()
        return None
    path = kept.file if before else None
    return LeftBehind(slot, stored, path, unfinished, dropped, moment, tuple(lines), remark)


def _kept_at(slot: Slot) -> datetime:
    """Return when it was kept; the earliest day there is where the disk gives none that can be shown."""
    try:
        return datetime.fromtimestamp(slot.path.stat().st_mtime).astimezone()
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(0).astimezone()


def _why(error: Exception) -> str:
    """Return why unsaved work cannot be read, without quoting what is in it."""
    if isinstance(error, CaseError):
        return str(error.problems[0])
    if isinstance(error, OSError):
        return faults.why(error)
    return tr("it is damaged, or from another version of the program")


def _file(path: Path | None, digest: str) -> tuple[Case | None, str]:
    """Return what the file holds now, and a remark about it."""
    if path is None:
        return None, tr("It was never saved to a file.")
    try:
        case = storage.load(path)
    except CaseError:
        return None, tr("Its file {path} is not there or cannot be read.").format(path=path)
    if digest_of(path) != digest:
        return case, tr("Its file {path} was changed since; this compares with the file as it is now.").format(
            path=path
        )
    return case, tr("Its file is {path}.").format(path=path)


def _unfinished(entry: Unfinished) -> Line:
    field = field_by_path().get(entry.path)
    label = tr(field.info.label) if field else entry.path
    if entry.entry is not None:
        words = entry_words(field, dict(entry.entry)) if field else ""
        return tr("{label}, incomplete entry").format(label=label), tr(shown.NOT_RECORDED), words
    if entry.of_reason:
        label = tr("{label}: reason for absence").format(label=label)
    return tr("{label}, entered but not saved (invalid)").format(label=label), "", entry.text


def without_place(entry: Unfinished) -> Line:
    """Return what cannot be entered again: what it was, that it is lost when the rest is restored, how it was typed."""
    field = field_by_path().get(entry.path)
    parts = (f"{name}: {value}" for name, value in (entry.entry or {}).items())
    words = "; ".join(filter(None, (entry.text, *parts)))
    label = tr(field.info.label) if field else entry.path
    return tr("{label}, cannot be entered again").format(label=label), "", words
