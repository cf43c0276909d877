"""Facts of the follow-up that was agreed."""

from her2board.case.catalogue.declare import Found, fact
from her2board.case.catalogue.plain import as_recorded
from her2board.case.model import Case


@fact("next_mri_date", "words", "board.next_mri_date", label="Date of the next MRI")
def next_mri_date(case: Case) -> Found:
    """Whether a day is named; no criterion compares which."""
    return as_recorded(case, "board.next_mri_date")


@fact("next_mri_owner", "words", "board.next_mri_owner", label="Owner of the next MRI")
def next_mri_owner(case: Case) -> Found:
    """As recorded; away from the field above it, 'that MRI' would not say which."""
    return as_recorded(case, "board.next_mri_owner")
