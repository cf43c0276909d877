"""Days by which decisions are to be carried out, as a calendar file (RFC 5545): codes of cases, nothing clinical."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

from her2board import builds
from her2board.wording import tr

_MOST = 75
"""Octets of a line; a longer one goes on behind a space."""


class DueDay(Struct, frozen=True):
    """The day by which the decision on a case is to be carried out."""

    meeting_id: str
    case_id: str
    code: str
    day: date
    revision: int
    """Version of the meeting: a calendar replaces an entry by one of a later version."""


def calendar(days: Iterable[DueDay], written: datetime) -> bytes:
    """Return a calendar with an all-day entry for each; ``written`` is when, with its offset."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//her2board//her2board {builds.version()}//EN"]
    lines.append(f"X-WR-CALDESC:{_escaped(builds.intended_use())}")
    for due in days:
        summary = tr("{code}: decision due").format(code=due.code)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uuid5(NAMESPACE_URL, f'her2board:{due.meeting_id}/{due.case_id}')}",
            f"DTSTAMP:{written.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"SEQUENCE:{due.revision}",
            f"DTSTART;VALUE=DATE:{due.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{due.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(summary)}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode()


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _folded(line: str) -> str:
    """Break a line of more octets than allowed between letters."""
    parts, size = [""], 0
    for letter in line:
        size += len(letter.encode())
        if size > _MOST:
            parts.append("")
            size = 1 + len(letter.encode())
        parts[-1] += letter
    return "\r\n ".join(parts)
