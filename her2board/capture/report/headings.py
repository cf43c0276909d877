"""Headings of sections: the role of what follows them, and labels at the beginning of a line."""

import re
from functools import cache
from typing import get_args

from her2board.capture.report.model import Role
from her2board.capture.report.patterns import named
from her2board.capture.report.resources import alternatives, pattern_of, read_resource

LABEL = re.compile(r"[^\W\d_][^:\n|.;?!]{0,58}?:(?!\d)")
"""'Label:' at the beginning of a line."""
BLANK = re.compile(r"\n[ \t]*\n")


@cache
def _headings() -> dict[Role, re.Pattern[str]]:
    data = read_resource("sections")["headings"]
    return {role: pattern_of(alternatives(data[role])) for role in get_args(Role) if role in data}


_DESCRIBED = re.compile(r"\s*(?:\d\d(?!\d)|(?:an?|f|female|male|woman|donna|frau|femme|mujer)\b)")
"""What follows 'Patient:' where that introduces no name."""
_NUMBERED = re.compile(r"(?:[-*\u2022]|\(?\d{1,2}[.)])\s*")


def heading(plain: str, start: int, end: int) -> tuple[Role, bool] | None:
    """Return the role of the heading that a sentence begins with, and whether more follows in its line."""
    text = plain[start:end]
    bullet = _NUMBERED.match(text)
    text = text[bullet.end() :] if bullet else text
    if copied := named("copied_bracket").match(text):
        text = text[: copied.end("head")] + text[copied.end() :]
    label, colon, rest = text.partition(":")
    alone = not colon and len(text) < 60
    if len(label) > 60 or not (colon or alone):
        return None
    bare = " ".join(label.strip(" .\n*_#=-").split())
    role = next((role for role, pattern in _headings().items() if pattern.fullmatch(bare)), None)
    described = role == "person" and bool(_DESCRIBED.match(rest))
    if role is None or described or (alone and role in ("person", "comparison")):
        return None
    return role, bool(rest.strip())
