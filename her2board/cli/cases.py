"""Reads a case for a command, and finds the day it is judged for."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from her2board.case.checks import CaseError, future_dates
from her2board.case.model import Case
from her2board.case.read_anew import read_anew
from her2board.case.storage import Stored, load_stored
from her2board.cli.errors import CommandError
from her2board.cli.output import warn
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr, trn


class CaseRead(NamedTuple):
    """A case as a file holds it, the day it is judged for, and whether that is a meeting date rather than today."""

    stored: Stored
    day: date
    dated: bool

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.stored.case


def read_case(path: Path, as_of: date | None) -> CaseRead:
    """Return the case at ``path``. Raises CommandError naming file, field, value and remedy."""
    try:
        stored = load_stored(path)
        return CaseRead(stored, *day_of(stored.case, as_of))
    except CaseError as error:
        raise CommandError(_words(path, error)) from error


def day_of(case: Case, as_of: date | None) -> tuple[date, bool]:
    """Return the day a case is judged for, and whether that is a meeting date rather than today.

    Raises CaseError for what would be done after that day.
    """
    meeting = case.meeting.date.exact if case.meeting.date else None
    day = as_of or meeting or date.today()  # noqa: DTZ011  # reason: the edge supplies today, in local time
    if problems := future_dates(case, day):
        raise CaseError(problems)
    return day, (as_of or meeting) is not None


def read_anew_words(path: Path, stored: Stored, library: EvidenceLibrary) -> str:
    """Return what of a file of an earlier version is read otherwise now; empty where nothing is."""
    remarks = read_anew(stored, library.vocabulary)
    head = tr("{path}: written by an earlier version of this program; read otherwise now:").format(path=path)
    return "\n  ".join((head, *remarks)) if remarks else ""


def say_read_anew(path: Path, stored: Stored, library: EvidenceLibrary) -> None:
    """Say on standard error what of a file of an earlier version is read otherwise now."""
    if words := read_anew_words(path, stored, library):
        warn(words)


def _words(path: Path, error: CaseError) -> str:
    count = len(error.problems)
    head = trn("{path}: {n} problem; nothing was written", "{path}: {n} problems; nothing was written", count)
    lines = "".join(f"\n  {problem}" for problem in error.problems)
    return head.format(path=path, n=count) + lines
