"""Meetings held in a casebook in memory, with the cases of the examples."""

from typing import Any

from her2board.briefing.meeting.gathered import Gathered, gathered
from her2board.case.model import Case
from her2board.casebook.model import Attendance
from support.casebooks import MemoryBook
from support.meetings import DAY, listed, with_section
from support.pages import example

PLAIN, OTHER = "cr11-prior-ild", "cr20-receptor-conversion"


def bare(stem: str, code: str, **changes: object) -> Case:
    """Return an example case under a code, without a day of its own."""
    case = example(stem).case
    return with_section(case, "meeting", date=None, **changes).model_copy(update={"code": code})


def held(*entries: tuple[Case, dict[str, Any]], attendance: tuple[Attendance, ...] = ()) -> Gathered:
    """Return a meeting in a casebook with these cases on its list."""
    book = MemoryBook()
    kept = book.add_meeting(DAY, "Neuro-oncology board", "Room 4")
    listings = tuple(listed(book.add(case).key, **changes) for case, changes in entries)
    book.save_meeting(kept.value.model_copy(update={"listings": listings, "attendance": attendance}), 1)
    return gathered(book, kept.key)
