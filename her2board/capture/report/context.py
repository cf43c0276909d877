"""In which context a clause says something: negated, uncertain, planned, conditional, earlier, of another person."""

import re
from functools import cache
from typing import Literal, get_args

from msgspec import Struct

from her2board.capture.report.resources import read_resource, words

Context = Literal["negated", "uncertain", "planned", "conditional", "declined", "earlier", "another_person"]
CONTEXTS: tuple[Context, ...] = get_args(Context)
_FARTHEST = 160
"""Characters between a word of context and what it is said of."""
_LOOKED_AHEAD = 25
"""Characters of what is spoken of: some words act only before others."""
_NO_PSEUDO = re.compile(r"(?!)")


class _Words(Struct, frozen=True):
    before: re.Pattern[str]
    after: re.Pattern[str]
    pseudo: re.Pattern[str]


@cache
def _words(context: Context) -> _Words:
    data = read_resource("context")[context]
    return _Words(
        *(words(data[name]) if name in data else _NO_PSEUDO for name in ("before", "after", "pseudo")),
    )


@cache
def _ends(context: Context) -> re.Pattern[str]:
    return words(read_resource("context")["ends_of_another_person" if context == "another_person" else "ends"])


_ASKED = re.compile(r"\w ?\?(?=\s|$)")
"""A question mark behind the words: 'takes clobazam?'."""
_OF_SYMBOLS = re.compile(r"\?(?=\s?\w)")


def is_said(context: Context, plain: str, start: int, end: int, low: int, high: int) -> bool:
    """Tell whether a place of a sentence from ``low`` to ``high`` is in a context."""
    return bool(_before(context, plain, start, low) or _after(context, plain, end, high))


def _before(context: Context, plain: str, start: int, low: int) -> bool:
    """Tell whether a word before a place acts on it: the clause is not ended between them."""
    left = max(low, start - _FARTHEST)
    text = plain[left:start]
    found = _words(context)
    pseudo = [match.span() for match in found.pseudo.finditer(plain[left : start + _LOOKED_AHEAD])]
    ended = max((match.end() for match in _ends(context).finditer(text)), default=0)
    if context == "uncertain" and any(
        match.start() >= ended for match in _OF_SYMBOLS.finditer(text + plain[start : start + 1])
    ):
        return True
    colon, cut_by_colon = text.rfind(": "), context in ("negated", "uncertain")
    return any(
        match.start() >= ended
        and (not cut_by_colon or colon <= match.end())
        and not any(a <= match.start() < b for a, b in pseudo)
        for match in found.before.finditer(plain[left : start + _LOOKED_AHEAD])
        if left + match.end() <= start
    )


def _after(context: Context, plain: str, end: int, high: int) -> bool:
    text = plain[end : min(high, end + _FARTHEST)]
    found = _words(context)
    stop = _ends(context).search(text)
    pseudo = [match.span() for match in found.pseudo.finditer(text)]
    if context == "uncertain" and _ASKED.search(plain[end - 1 : min(high, end + _FARTHEST)]):
        return True
    return any(
        match.start() <= (stop.start() if stop else len(text)) and not any(a <= match.start() < b for a, b in pseudo)
        for match in found.after.finditer(text)
    )
