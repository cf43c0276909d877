"""A text in lower case without accents whose every character is where it was: what is found in it is in the original.

Signs that look alike become one: dashes, quotation marks, blanks, the cross of a size.
"""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

_BLANKS = frozenset("\t\xa0\u1680\u202f\u205f\u2800\u3000") | frozenset(map(chr, range(0x2000, 0x200B)))
_BREAKS = frozenset("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_SAME = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2022\u25cf\u25aa\u25e6\u2023\u00b7\uf0b7\uf0a7", "\u2022"),
    **dict.fromkeys("\u00d7\u2715\u2716\u2217", "x"),
    "\u2264": "\u2264",
    "\u2265": "\u2265",
    "\u00e6": "e",
    "\u0153": "o",
    "\u00df": "s",
    "\u00f8": "o",
    "\u0142": "l",
    "\u00b5": "u",
    "\u03bc": "u",
}

_LEADERS = re.compile(r"\.{4,}")
"""Dots from a label to its value."""
_MARKDOWN = re.compile(r"\*\*|(?<!_)(?<!_x)__(?!_|x_)", re.IGNORECASE)
"""Signs of a bold word in a text that somebody marked up; they become blanks."""

_STRUCK = re.compile(
    r"~~(?=[^\s~])[^~\n]{1,80}~~(?:\s?/)?|<(s|del|strike)>[^<>\n]{1,80}</\1>(?:\s?/)?|(?:\S[\u0335\u0336\u0338]\s?){2,}"
)
"""Words that somebody struck out: they are not said."""


class Normal(Struct, frozen=True):
    """One text three times, of one length: as it was pasted, with its capitals, and folded."""

    text: str
    cased: str
    """Signs that look alike made one; capitals kept."""
    plain: str
    """The same in lower case without accents."""


def normalise(text: str) -> Normal:
    """Return the text for reading; nothing moves."""
    text, whole = _MARKDOWN.sub("  ", text), text
    for blank in (_STRUCK, _LEADERS):
        text = blank.sub(lambda match: " " * len(match[0]), text)
    if text.isascii():
        cased = text.translate(_ASCII)
        return Normal(whole, cased, cased.lower())
    letters = list(map(_shown, text))
    _join(letters, text)
    return Normal(whole, "".join(letters), "".join(map(_folded, letters)))


_ASCII = dict.fromkeys((*range(9), 14, *range(15, 28), 31, 127, 9), " ") | dict.fromkeys((11, 12, 13, 28, 29, 30), "\n")


@lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    if letter in _BREAKS:
        return "\n"
    if letter in _BLANKS or (letter < " " and letter != "\n") or letter == "\x7f":
        return " "
    if letter in _SAME:
        return _SAME[letter]
    if unicodedata.category(letter) in ("Cf", "Cc", "Mn", "Me"):
        return ""
    shown = unicodedata.normalize("NFKC", letter)
    return shown if len(shown) == 1 else letter


def _join(letters: list[str], text: str) -> None:
    """Replace what is invisible: inside a word or number by a letter that nothing reads, else by a blank."""
    for place, letter in enumerate(letters):
        if letter:
            continue
        inside = 0 < place < len(text) - 1 and text[place - 1].isalnum() and text[place + 1].isalnum()
        letters[place] = "_" if inside else " "


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    lower = letter.lower()
    if len(lower) != 1:
        return letter
    if lower in _SAME:
        return _SAME[lower]
    base = unicodedata.normalize("NFD", lower)[0]
    return base if base.isascii() else lower
