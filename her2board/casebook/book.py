"""What a casebook does, for the screen and the command line alike.

Every call that changes something is one transaction with its entry in the audit; it returns what was written, or
raises ``ConflictError`` with both sides where somebody else wrote first, and then has changed nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from her2board.case.model import Case
from her2board.casebook.model import BoardMeeting, CaseSummary, CaseVersion, SignedOff

ValueT = TypeVar("ValueT")


class Kept(Struct, Generic[ValueT], frozen=True):
    """A stored value and the number of the version it is."""

    key: str
    version: int
    value: ValueT
    at: datetime
    by: str


class ConflictError(Exception):
    """Somebody else saved a newer version of the same thing; nothing was written."""

    def __init__(self, key: str, expected: int, theirs: Kept[Case] | Kept[BoardMeeting] | None) -> None:
        super().__init__(key)
        self.key = key
        self.expected = expected
        self.theirs = theirs
        """What is stored now; None where it was removed."""


class CaseEdit(Struct, frozen=True):
    """The next version of a case, to be stored together with what it comes from."""

    case_id: str
    case: Case
    expected: int
    """Number of the version it was changed from."""
    changed: str
    """What changed, in words."""


class Wanted(Struct, frozen=True):
    """Filters of a search; empty ones do not filter."""

    words: str = ""
    """Every word must begin some word of the case; any script."""
    status: frozenset[str] = frozenset()
    """Status of the case in its latest meeting."""
    meeting: str = ""
    owner: str = ""
    cns_class: str = ""
    exposure: str = ""
    cohort: tuple[str, str] = ("", "")
    """Id of a cohort and the outcome asked for."""


class Entry(Struct, frozen=True):
    """One line of the audit."""

    number: int
    at: datetime
    by: str
    action: str
    """Key of what was done: opened, changed, exported, printed, unlock_failed, ..."""
    subject: str
    """Id of the case or meeting, or empty."""
    detail: str


class Casebook(Protocol):
    """The cases and meetings of one department, unlocked."""

    def summaries(self) -> Mapping[str, Kept[CaseSummary]]:
        """Return what a list shows of every case, by id."""

    def some_summaries(self, ids: Sequence[str]) -> Mapping[str, Kept[CaseSummary]]:
        """Return what a list shows of some cases, by id; those that are no longer there are left out."""

    def find(self, wanted: Wanted, limit: int = 50) -> Sequence[str]:
        """Return ids of the cases found, the latest saved first."""

    def with_code(self, code: str) -> Sequence[str]:
        """Return ids of the cases of a code, upper or lower case alike, the latest saved first."""

    def case(self, case_id: str) -> Kept[Case]:
        """Return the latest version of a case; KeyError where there is none."""

    def case_at(self, case_id: str, number: int) -> Kept[Case]:
        """Return a case as one version had it."""

    def versions(self, case_id: str) -> Sequence[CaseVersion]:
        """Return every saved version of a case, the latest first."""

    def add(self, case: Case) -> Kept[Case]:
        """Store a new case as version 1."""

    def save(self, case_id: str, case: Case, expected: int, *, changed: str = "") -> Kept[Case]:
        """Store the next version of a case; ConflictError unless ``expected`` is the latest."""

    def remove(self, case_id: str, expected: int) -> None:
        """Remove a case with its versions; the audit keeps that it was there."""

    def meetings(self) -> Sequence[Kept[BoardMeeting]]:
        """Return every meeting, the latest day first."""

    def meeting(self, meeting_id: str) -> Kept[BoardMeeting]:
        """Return one meeting; KeyError where there is none."""

    def add_meeting(self, day: date, board: str = "", place: str = "") -> Kept[BoardMeeting]:
        """Store a new meeting without cases."""

    def meeting_at(self, meeting_id: str, number: int) -> Kept[BoardMeeting]:
        """Return a meeting as one version had it; KeyError where there is none."""

    def save_meeting(self, meeting: BoardMeeting, expected: int, cases: Sequence[CaseEdit] = ()) -> Kept[BoardMeeting]:
        """Store the next version of a meeting and of cases, all of them or none.

        ConflictError, with the key of what moved on, unless each is still of the version expected.
        """

    def sign_off(self, signed: SignedOff) -> None:
        """Keep the exact inputs of a signed-off briefing."""

    def signed_off(self, case_id: str) -> Sequence[SignedOff]:
        """Return the signed-off briefings of a case, the latest first."""

    def signed_pages(self) -> Sequence[SignedOff]:
        """Return the signed-off briefings of all cases, the latest first."""

    def remembered(self, name: str) -> str:
        """Return a text that is kept under a name; empty where there is none."""

    def remember(self, name: str, text: str, action: str = "", detail: str = "") -> None:
        """Keep a text under a name, in place of the one before; with ``action`` the audit says so."""

    def record(self, action: str, subject: str = "", detail: str = "") -> None:
        """Write into the audit what changed nothing here: an export, a print."""

    def audit(self) -> Sequence[Entry]:
        """Return the audit, the oldest first."""

    def audit_problems(self) -> Sequence[str]:
        """Return every entry of the audit that was removed or altered, in words."""

    def newest(self) -> int:
        """Return the newest audit number; 0 of an empty audit."""

    def changed_since(self, seen: int) -> tuple[int, Sequence[str]]:
        """Return the newest audit number, and ids of cases and meetings changed after number ``seen``."""

    def lock(self) -> None:
        """Close the file and forget the key."""
