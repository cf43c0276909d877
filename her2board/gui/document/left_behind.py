"""Work that a window left behind when it ended, compared with the file it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from her2board.case import storage
from her2board.case.checks import CaseError
from her2board.case.differences import differences
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.gui.base import shown
from her2board.gui.base.words import differing, entry_words
from her2board.gui.document.document import empty_case
from her2board.gui.document.unfinished import Unfinished, fits
from her2board.gui.document.unsaved import Slot, digest_of
from her2board.wording import tr

Line = tuple[str, str, str]
"""What differs, how the file has it, how it was typed."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A case as it was when its window ended, and how the file differs from it."""

    slot: Slot
    stored: storage.Stored
    path: Path | None
    """The file it belongs to, while that can be read."""
    unfinished: tuple[Unfinished, ...]
    kept_at: datetime
    lines: tuple[Line, ...]
    remark: str
    """A remark about the file itself."""

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.stored.case


def examined(slot: Slot) -> LeftBehind | None:
    """Return what ``slot`` holds; nothing when its file holds all of it, or when it cannot be read."""
    try:
        kept = slot.read()
        stored = storage.parse_stored(kept.case)
        moment = datetime.fromtimestamp(slot.path.stat().st_mtime).astimezone()
    except (OSError, ValueError, CaseError, OverflowError):
        slot.release()
        return None
    unfinished = tuple(entry for entry in kept.unfinished if fits(entry))
    before, remark = _file(kept.file, kept.digest)
    lines = (*map(differing, differences(before or empty_case(), stored.case)), *map(_unfinished, unfinished))
    if not lines:
        if unfinished == kept.unfinished:
            slot.clear()
        slot.release()
        return None
    return LeftBehind(slot, stored, kept.file if before else None, unfinished, moment, tuple(lines), remark)


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
