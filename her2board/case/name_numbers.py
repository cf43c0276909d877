"""Finds a record number in a folded text, with and without its letters, its separators and leading zeros."""

import re
from collections.abc import Iterator

from msgspec import Struct

from her2board.case.name_folding import HUMP, fold

_BETWEEN = r"[\W_]{0,2}"
_LEAST_LETTERED = 3
"""Digits of a number that is cut where its letters are with it."""
_LEAST_BARE = 5
"""Digits of one that is cut without: a shorter one may be a dose, a count or a year."""
_MOST_ZEROS = 8
_LEAST_SHOWN = 2
"""Characters of one that is pointed out at all."""


class Number(Struct, frozen=True):
    """A record number: how it is written in full, and how without what is around its digits."""

    full: re.Pattern[str]
    full_cut: bool
    bare: re.Pattern[str] | None
    bare_cut: bool

    def places(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Yield where it is, and whether that is surely this number."""
        yield from ((found.start(), found.end(), self.full_cut) for found in self.full.finditer(text))
        if self.bare:
            yield from ((found.start(), found.end(), self.bare_cut) for found in self.bare.finditer(text))


def number_of(written: str) -> Number | None:
    """Return what finds a record number; None where too little is recorded to look for."""
    signs = "".join(sign for sign in fold(written).text.replace(HUMP, "") if sign.isalnum())
    if len(signs) < _LEAST_SHOWN:
        return None
    digits = sum(sign.isdigit() for sign in signs)
    lettered = digits < len(signs)
    full = re.compile(rf"(?<![^\W_]){_spread(signs)}(?![^\W_])")
    core = re.search(r"[1-9](?:\w*\d)?", signs)
    least = _LEAST_LETTERED if lettered else _LEAST_BARE
    if core is None or not digits:
        return Number(full, len(signs) >= _LEAST_BARE, None, False)
    bare = (
        re.compile(rf"(?<!\d)(?:0{_BETWEEN}){{0,{_MOST_ZEROS}}}{_spread(core[0])}(?!\d)")
        if digits >= _LEAST_SHOWN
        else None
    )
    return Number(full, digits >= least, bare, sum(sign.isdigit() for sign in core[0]) >= _LEAST_BARE)


def _spread(signs: str) -> str:
    return _BETWEEN.join(map(re.escape, signs))
