"""What each discussion contributes to the self-audit, read once and remembered inside the casebook.

Reading every version of ten thousand cases takes ten seconds; of a meeting that is over it gives the same each time.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from her2board.casebook.book import Casebook, Kept
from her2board.casebook.errors import CasebookError
from her2board.casebook.model import BoardMeeting

_NAME = "self-audit read"
"""Under which a casebook remembers it."""


class Known(NamedTuple):
    """A value, or the word for why there is none."""

    value: float | None = None
    why: str = ""


class Discussion(BaseModel):
    """What one discussion of one case contributes; it stays inside the casebook, only figures leave it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case_id: str
    to_ready: Known
    """Days from listing to ready."""
    to_meeting: Known
    """Days from listing to the meeting."""
    missing: Known
    """Required items that were not there when it was discussed."""
    deferred: bool | None
    heard: Known | None
    """1 where all four disciplines were heard, 0 where one was not; None where no such radiation was proposed."""
    proposed: bool | None
    carried_out: Known | None = None
    """1 carried out, 0 in part or not; None where nothing was decided, and while it is kept: it may still change."""


class _Read(BaseModel):
    """The discussions of one version of a meeting."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    rows: tuple[Discussion, ...]


class _All(BaseModel):
    """What one version of the program read with the disciplines of one release: another counts anew."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counted_by: str
    meetings: dict[str, _Read]


class Memory:
    """Discussions of meetings that are over, by meeting; what cannot be read of it is read from the versions again."""

    def __init__(self, book: Casebook, counted_by: str) -> None:
        self._book = book
        self._counted_by = counted_by
        self._there = frozenset(book.summaries())
        self._read = self._remembered()
        self._changed = False

    def recall(self, kept: Kept[BoardMeeting]) -> tuple[Discussion, ...] | None:
        """Return what was read of a meeting; None where it was saved since, or one of its cases was removed."""
        found = self._read.get(kept.key)
        if found is None or found.version != kept.version:
            return None
        return found.rows if self._there.issuperset(row.case_id for row in found.rows) else None

    def add(self, kept: Kept[BoardMeeting], rows: Sequence[Discussion]) -> None:
        """Remember what was read of a meeting that is over."""
        self._read[kept.key] = _Read(version=kept.version, rows=tuple(rows))
        self._changed = True

    def keep(self) -> None:
        """Write it into the casebook where something is new; who may only read goes without."""
        if self._changed:
            text = _All(counted_by=self._counted_by, meetings=self._read).model_dump_json(exclude_defaults=True)
            with suppress(CasebookError):
                self._book.remember(_NAME, text)

    def _remembered(self) -> dict[str, _Read]:
        try:
            found = _All.model_validate_json(self._book.remembered(_NAME) or "{}")
        except ValidationError:
            return {}
        return dict(found.meetings) if found.counted_by == self._counted_by else {}
