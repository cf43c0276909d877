"""What lies before or after a part of a year: 'before Q2 2023' is before April, and not before the whole year."""

import re

from her2board.capture.calendar_weeks import week_of
from her2board.capture.date_readings import Found, show_date
from her2board.wording import tr

_ORDINAL = {"first": "1", "second": "2", "third": "3", "fourth": "4", "1st": "1", "2nd": "2", "3rd": "3", "4th": "4"}
_PART = re.compile(
    rf"(?:(?P<letter>[qh])(?P<number>[1-4])|(?P<before>[1-4])q|(?P<counted>[1-4]|{'|'.join(_ORDINAL)})\.?\s?"
    r"(?P<word>quart\w*|half|halbjahr)(?:\sof)?)[\s/-]+(?P<year>\d{4})"
    r"|(?P<early>\d{4})[\s/-]?(?P<behind>[qh])(?P<last>[1-4])"
)


def bounded_part(bare: str, bound: str) -> Found | None:
    """Return the month or day that ends a quarter, half or calendar week on the side of the bound; else None."""
    if not bound:
        return None
    if (days := week_of(bare)) is not None:
        return Found(tuple((days[0] if bound == "<" else days[1]).isoformat().split("-")))
    match = _PART.fullmatch(bare)
    if match is None:
        return None
    words = match["letter"] or match["word"] or match["behind"] or "q"
    counted = match["number"] or match["before"] or match["counted"] or match["last"]
    length, number = 6 if words.startswith("h") else 3, int(_ORDINAL.get(counted, counted))
    if number * length > 12:
        return None
    month = number * length if bound == ">" else (number - 1) * length + 1
    return Found((match["year"] or match["early"], f"{month:02d}"))


def beyond_part(found: Found, bound: str) -> Found:
    """Return the whole month or year before or after a vague part of one: before mid 2023 is surely before 2024."""
    year, month = int(found.parts[0]), int(found.parts[1]) if len(found.parts) > 1 else 0
    said = tr("which part of {date} is not recorded").format(date=show_date("-".join(found.parts)))
    step = 1 if bound == "<" else -1
    if not month:
        return Found((f"{year + step:04d}",), said)
    years, place = divmod(year * 12 + month - 1 + step, 12)
    return Found((f"{years:04d}", f"{place + 1:02d}"), said)
