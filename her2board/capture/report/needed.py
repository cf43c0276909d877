"""Works out which letters a text must hold for a pattern to fit in it, so that most are searched in few sentences."""

import re
from functools import cache
from operator import add
from typing import TypeAlias

Words: TypeAlias = frozenset[str]

_LONGEST, _SHORTEST = 4, 2
"""Letters that follow each other and are looked up, of each word of a pattern."""
_PART = re.compile(
    r"(?P<word>(?:[^\W_]|[-/,:;'\"%&=<>#]|\\[^\w\s])+(?![?*+{]))"
    r"|(?P<aside>\(\?(?!P<|:|>)(?:\(\w+\))?)|(?P<opens>\((?:\?(?:P<\w+>|:|>))?)|(?P<or>\|)"
    r"|(?P<may>\)(?:[?*]|\{0?,\d*\}|\{0\}))|(?P<closes>\)(?:\+|\{[\d,]+\})?)"
    r"|(?:\[\^?\]?(?:\\.|[^\]\\])*\]|\\(?:x[0-9a-f]{2}|u[0-9a-f]{4})|\\?.)(?:[?*+]|\{[\d,]*\})?",
    re.DOTALL,
)
"""A part of a pattern. What looks ahead or back, or has flags of its own, is aside: it is not among what fits."""
_FLAGS = re.compile(r"\(\?[a-zA-Z]+\)")


@cache
def needed(pattern: str) -> Words:
    """Return letters of which every text holds some in which a pattern fits; none where the pattern needs none.

    What they let pass may hold nothing that fits; in what they do not let pass, nothing does.
    """
    if _FLAGS.match(pattern):
        return Words()
    outer: list[tuple[str, list[Words], Words]] = []
    """Of each group that is open: how it opened, its choices that ended, and what its choice before it needs."""
    choices: list[Words] = []
    now = Words()
    for part in _PART.finditer(pattern):
        kind = part.lastgroup
        if kind == "word":
            now = max(now, _word(part[0]), key=_says)
        elif kind in ("opens", "aside"):
            outer.append((kind, choices, now))
            choices, now = [], Words()
        elif kind == "or":
            choices.append(now)
            now = Words()
        elif kind in ("closes", "may"):
            inside = _any_of([*choices, now])
            opened, choices, now = outer.pop()
            now = max(now, inside, key=_says) if (opened, kind) == ("opens", "closes") else now
    return Words(word[:_LONGEST] for word in _any_of([*choices, now]))


def letters_of(text: str) -> set[str]:
    """Return all letters of a text that a pattern may need."""
    pairs = list(map(add, text, text[1:]))
    threes = list(map(add, pairs, text[2:]))
    return {*pairs, *threes, *map(add, threes, text[3:])}


def _word(written: str) -> Words:
    word = written.replace("\\", "")
    return Words((word,) if len(word) >= _SHORTEST else ())


def _any_of(choices: list[Words]) -> Words:
    """Return the words of which a choice needs one: none where one of its parts needs none."""
    return Words().union(*choices) if all(choices) else Words()


def _says(words: Words) -> tuple[int, int]:
    """Return how much it says of a text that it holds one of some words: the shortest decides, then how many."""
    return min(map(len, words), default=0), -len(words)
