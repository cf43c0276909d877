"""The day of a report: that of what it reports where it is read, else the only date of its heading."""

import re
from collections.abc import Iterable

from her2board.capture.proposal import Proposal
from her2board.capture.report.model import Document, Kind, Sentence
from her2board.case.dates import PartialDate

_DAY_OF: dict[Kind, str] = {
    "brain_mri": "brain.imaging_date",
    "echo": "organs.lvef_date",
    "staging_ct": "systemic.staging_date",
}
"""The field that holds the day of an examination."""
_OTHER_DAY = re.compile(
    r"(?<!\w)(?:admi|discharg|collected|received|dob|d\.o\.b|born|birth|geb|compar|prior|previous|since|from|seit|until)"
)
"""What a date in the first sentence of a report may be instead, in lower case without accents."""


def report_day(document: Document, proposals: Iterable[Proposal]) -> PartialDate | None:
    """Return the day of a report; None where none is plain."""
    field = _DAY_OF.get(document.kind)
    found = next((one.value for one in proposals if one.field == field and one.value), None)
    if found is None:
        found = next(filter(None, (_alone(document, one.start, one.end) for one in _headings(document))), None)
    return PartialDate.parse(found) if found else None


def _headings(document: Document) -> Iterable[Sentence]:
    titles = [one for one in document.sentences if one.role == "title"]
    first = [one for one in document.sentences[:1] if one.role == "body"]
    return (*titles, *first)


def _alone(document: Document, start: int, end: int) -> str:
    """Return the date of a sentence that holds one with one reading, and says nothing else of it."""
    dates = document.dates_in(start, end)
    if len(dates) != 1 or _OTHER_DAY.search(document.plain[start : dates[0].start]):
        return ""
    return dates[0].iso
