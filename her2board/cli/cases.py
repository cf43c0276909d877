"""Reads a case for a command, and finds the day it is judged for."""

from datetime import date
from pathlib import Path

from her2board.case.checks import CaseError, future_dates
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.cli.errors import CommandError
from her2board.wording import trn


def read_case(path: Path, as_of: date | None) -> tuple[Case, date, bool]:
    """Return the case, the day it is judged for, and whether that is a meeting date rather than today.

    Raises CommandError naming file, field, value and remedy.
    """
    try:
        case = load(path)
        return case, *day_of(case, as_of)
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


def _words(path: Path, error: CaseError) -> str:
    count = len(error.problems)
    head = trn("{path}: {n} problem; nothing was written", "{path}: {n} problems; nothing was written", count)
    lines = "".join(f"\n  {problem}" for problem in error.problems)
    return head.format(path=path, n=count) + lines
