"""Finds where a text has two dates that are the ends of a treatment: '03/2023 - 09/2024', 'since Mar 2024'."""

import re

from her2board.capture.date_words import SINCE, is_ongoing
from her2board.capture.typed import LONGEST_ENTRY

_DAY = (
    r"(?:(?:\d{1,2}\.?\s)?[^\W\d_]{3,10}\.?\s'?(?:\d{4}|\d{2})|\d{4}-\d{2}(?:-\d{2})?|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})"
    r"|\d{1,2}[./](?:\d{4}|\d{2})|(?:[Kk]|[Cc])[Ww]\s?\d{1,2}[./ -](?:19|20)\d{2}|(?:19|20)\d{2})"
)
_BETWEEN = (
    r"(?:\s*[\N{EN DASH}\N{EM DASH}\N{RIGHTWARDS ARROW}]\s*|\s+-\s+|(?<!-\d\d)-(?!\d\d-)"
    r"|\s+(?:to|until|till|bis|a|au|al)\s+)"
)
_END = rf"(?:{_DAY}|[^\W\d_][^\W\d_' ]*(?:\s[^\W\d_]+){{0,2}}\.?)"
_PERIOD = re.compile(rf"(?P<start>{_DAY}){_BETWEEN}(?P<stop>{_END})")
_BULLET = r"(?:[\N{BULLET}\N{MIDDLE DOT}▪‣◦*]\s*|-\s+|\d{1,2}[.)]\s+)?"
_TIMES = rf"(?:(?P<start>{_DAY}){_BETWEEN}(?P<stop>{_DAY}|[^\W\d_' ]+)|(?:{SINCE})\s(?P<since>{_DAY}))"
_NAME_FIRST = re.compile(rf"{_BULLET}(?P<name>\S.*?)[\s:,(]+{_TIMES}\)?(?:[\s,;:]+(?P<rest>\S.*))?", re.IGNORECASE)
_TIME_FIRST = re.compile(rf"{_BULLET}{_TIMES}\s*[:\s,]\s*(?P<name>[^\W\d_].*)", re.IGNORECASE)


def split_period(text: str) -> tuple[str, str] | None:
    """Return the two ends of a period; the second is a date, or a word for going on."""
    match = _PERIOD.fullmatch(text.strip())
    return (match["start"], match["stop"]) if match and _ends(match["stop"]) else None


def split_dated_line(line: str) -> tuple[str, str, str, str] | None:
    """Return what a line of a list says was given, its two ends and what is behind; None where it is no such line.

    '• Kadcyla 03/2023 - 09/2024 (PD)' and '03/2023 - 09/2024: Kadcyla' are; the end of 'since 2024' is empty.
    """
    if len(line) > LONGEST_ENTRY:
        return None
    for pattern in (_TIME_FIRST, _NAME_FIRST):
        match = pattern.fullmatch(line.strip())
        if match is None:
            continue
        stop, rest = match["stop"] or "", match.groupdict().get("rest") or ""
        if match["since"] or _ends(stop):
            return match["name"].rstrip(" :,("), match["start"] or match["since"], stop, rest.strip("() ")
    return None


def _ends(stop: str) -> bool:
    return bool(re.search(r"\d", stop)) or is_ongoing(stop)
