"""Meetings made for tests: the example cases on a list, with what was decided."""

from datetime import date
from typing import Any

from her2board.case.model import Case
from her2board.case.terms import Discipline
from her2board.casebook.model import Attendance, BoardMeeting, CaseSummary, Listing, Outcome, Owed

DAY = date(2026, 12, 3)
BEFORE = date(2026, 11, 12)
DECIDED = Outcome(
    decision="Radiosurgery of three metastases, systemic therapy goes on.",
    dissent="Neurosurgery would resect the largest.",
    fallback="Whole-brain radiotherapy with hippocampal avoidance if there are more than ten.",
    owner="Dr Rossi",
    due=date(2026, 12, 17),
    tells_patient="Dr Bianchi",
    trial_mentioned=True,
    wbrt_proposed=True,
)
"""What was decided, everything a slip has room for."""


def meeting(*listings: Listing, day: date = DAY, **changes: Any) -> BoardMeeting:
    """Return a meeting of a day with these cases on its list."""
    attendance = (
        Attendance(discipline=Discipline.MEDICAL_ONCOLOGY, present=True, names="Dr Verdi"),
        Attendance(discipline=Discipline.RADIATION_ONCOLOGY, present=True),
        Attendance(discipline=Discipline.NEUROSURGERY, present=False),
        Attendance(discipline=Discipline.NEURORADIOLOGY),
    )
    values: dict[str, Any] = {"id": f"m-{day}", "board": "Neuro-oncology board", "place": "Room 4"}
    return BoardMeeting(**{**values, "day": day, "attendance": attendance, "listings": listings, **changes})


def listed(case_id: str, **changes: Any) -> Listing:
    """Return a case on a list."""
    return Listing(case_id=case_id, **changes)


def summary(code: str, *owed: Owed, **changes: Any) -> CaseSummary:
    """Return what a list shows of a case."""
    return CaseSummary(**{"code": code, "question": "Radiosurgery?", "owed": owed, **changes})


def with_section(case: Case, section: str, **changes: Any) -> Case:
    """Return a case with fields of one section changed."""
    part = getattr(case, section)
    return case.model_copy(update={section: part.model_copy(update=changes)})
