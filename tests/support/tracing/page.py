"""The printed page taken apart: its words, its references and what it cites."""

import re
from dataclasses import dataclass
from functools import cache

CUT = "\N{HORIZONTAL ELLIPSIS}"
_CITED = re.compile(r"\s*\[(\d+(?:,\d+)*)\]")


@dataclass(frozen=True)
class Printed:
    """The text of a page without reference numbers, and those numbers."""

    words: tuple[str, ...]
    cited: frozenset[int]
    references: dict[int, str]


def printed(text: str) -> Printed:
    """Take a page's text apart."""
    cited = {int(n) for found in _CITED.findall(text) for n in found.split(",")}
    plain = _CITED.sub("", text).replace("\N{DAGGER}", "")
    foot = plain[plain.rindex(" 1 ", 0, plain.index(". Evidence 20")) : plain.index(". Evidence 20")]
    entries = (entry.strip().partition(" ") for entry in foot.split("; "))
    return Printed(words_of(plain), frozenset(cited), {int(n): short for n, _, short in entries})


@cache
def words_of(text: str) -> tuple[str, ...]:
    """Return words without the punctuation around them, in small letters; a cut keeps its mark."""
    cores = (word.strip(".,;:()[]'\"\N{EN DASH}\N{MIDDLE DOT}\N{DAGGER}").casefold() for word in text.split())
    return tuple(core for core in cores if core)
