"""The day a letter or note was written, and days that it names without their year: 'the 27th of October'."""

import re
from datetime import date

from her2board.capture.report.model import Document, FoundDate

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAY_AND_MONTH = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{'|'.join(_MONTHS)})(?!\w)"
)
_WHOLE = len("2025-01-01")


def written_on(document: Document) -> str:
    """Return the latest whole day in the title of a text; empty where there is none."""
    titles = [one for one in document.sentences if one.role == "title"][:3]
    days = [one.iso for title in titles for one in document.dates_in(title.start, title.end)]
    return max((day for day in days if len(day) == _WHOLE), default="")


def without_year(document: Document, start: int, end: int) -> tuple[FoundDate, ...]:
    """Return days without a year, as the last such day before the text was written; a case takes none of them."""
    written = written_on(document)
    found = _DAY_AND_MONTH.finditer(document.marked, max(start, 0), max(end, 0)) if written else ()
    days = ((match, _last_before(match, written)) for match in found)
    return tuple(FoundDate(*match.span(), (day,)) for match, day in days if day)


def _last_before(match: re.Match[str], written: str) -> str:
    month, day = _MONTHS.index(match["month"]) + 1, int(match["day"])
    for year in (int(written[:4]), int(written[:4]) - 1):
        try:
            found = date(year, month, day).isoformat()
        except ValueError:
            return ""
        if found <= written:
            return found
    return ""
