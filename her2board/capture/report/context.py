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
    words, around = _words(context), plain[left : start + _LOOKED_AHEAD]
    said = [match for match in words.before.finditer(around) if left + match.end() <= start]
    text = plain[left:start]
    doubts = list(_OF_SYMBOLS.finditer(text + plain[start : start + 1])) if context == "uncertain" else []
    if not said and not doubts:
        return False
    ended = max((match.end() for match in _ends(context).finditer(text)), default=0)
    if any(match.start() >= ended for match in doubts):
        return True
    colon, cut_by_colon = text.rfind(": "), context in ("negated", "uncertain")
    return any(
        match.start() >= ended and (not cut_by_colon or colon <= match.end())
        for match in _without_pseudo(words, around, said)
    )


def _after(context: Context, plain: str, end: int, high: int) -> bool:
    """Tell whether a word behind a place acts on it: the clause is not ended between them."""
    high = min(high, end + _FARTHEST)
    words, text = _words(context), plain[end:high]
    if context == "uncertain" and "?" in text and _ASKED.search(plain[end - 1 : high]):
        return True
    said = list(words.after.finditer(text))
    if not said:
        return False
    stop = _ends(context).search(text)
    return any(not stop or match.start() <= stop.start() for match in _without_pseudo(words, text, said))


def _without_pseudo(words: _Words, text: str, said: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return words of a context without those that are inside others in which they mean something else."""
    others = [match.span() for match in words.pseudo.finditer(text)]
    return [match for match in said if not any(a <= match.start() < b for a, b in others)]
