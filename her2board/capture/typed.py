"""What a typed text is read as, and texts and lists. Nothing is guessed between two meanings."""

import re
from typing import Any

from msgspec import Struct

from her2board.capture.clean_text import clean
from her2board.wording import tr

LONGEST_ENTRY = 300
"""Characters of a number, date or result as it is typed or copied; a longer text is something else."""


class Candidate(Struct, frozen=True):
    """One meaning a text may have, in words, to choose from."""

    value: Any
    words: str


class Typed(Struct, frozen=True):
    """What a typed text was read as. ``value`` is plain JSON; None is not recorded."""

    value: Any = None
    reading: str = ""
    """Shown beside the control when it is not simply what was typed."""
    problem: str = ""
    """Why there is no value: what is wrong, or what is asked."""
    candidates: tuple[Candidate, ...] = ()
    """Meanings to choose from when the text has several; none of them is taken before somebody chose."""


_NONE = "none"


def overlong(line: str) -> str:
    """Return what is wrong with a text that is too long for a number, a date or a result; empty where it is not."""
    if len(line) <= LONGEST_ENTRY:
        return ""
    words = tr("{n} characters, where one entry has at most {limit}: shorten it")
    return words.format(n=len(line), limit=LONGEST_ENTRY)


def read_text(text: str) -> Typed:
    """Read free text without its invisible characters; blanks alone are not recorded."""
    return Typed(clean(text).text.strip() or None)


def read_texts(text: str) -> Typed:
    """Read a list: separated by semicolons or lines where there are any, else by commas; 'none' is an empty list."""
    visible = clean(text).text
    if visible.strip().casefold() == tr(_NONE):
        return Typed([], tr("recorded as none"))
    parts = re.split(r"[;\n]" if re.search(r"[;\n]", visible) else ",", visible)
    return Typed([part.strip() for part in parts if part.strip()] or None)


def show_texts(parts: list[str]) -> str:
    """Return a list as it can be typed."""
    if not parts:
        return tr(_NONE)
    if any("," in part for part in parts):
        return "; ".join(parts) + (";" if len(parts) == 1 else "")
    return ", ".join(parts)


def asked(question: str, *candidates: Candidate) -> Typed:
    """Return a text that has several meanings, as a question with the meanings to choose from."""
    return Typed(problem=question, candidates=candidates)
