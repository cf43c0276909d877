"""Takes out of a text what cannot be seen, and replaces the signs of symbol fonts by what they mean."""

import re
import unicodedata
from collections import Counter

from msgspec import Struct

from her2board.wording import tr, trn

_LINE_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
_SPACES = "\xa0\u2000-\u200a\u202f\u205f\u2800\u3000"
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U000e0000-\U000e0fff"
)
_PRIVATE = "\ue000-\uf8ff"
_ANY = re.compile(f"[{_LINE_BREAKS}{_SPACES}{_INVISIBLE}{_PRIVATE}]")
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_SCRIPTS = """
    ARABIC SYRIAC MANDAIC NKO MONGOLIAN TIBETAN MYANMAR KHMER BALINESE JAVANESE DEVANAGARI BENGALI GURMUKHI GUJARATI
    ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA
"""
_JOINED_SCRIPTS = frozenset(_SCRIPTS.split())
"""Scripts in which a joiner between two letters changes the word."""
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf06e\uf077\uf0d7"
_BOXES = {"\uf0fc": "\N{CHECK MARK}", "\uf0fb": "\N{BALLOT X}", "\uf0fe": "\N{BALLOT BOX WITH CHECK}"} | {
    "\uf0fd": "\N{BALLOT BOX WITH X}",
    "\uf06f": "\N{BALLOT BOX}",
    "\uf0a8": "\N{BALLOT BOX}",
}
_BEFORE_NUMBER = {"\uf0b3": "\N{GREATER-THAN OR EQUAL TO}", "\uf0a3": "\N{LESS-THAN OR EQUAL TO}", "\uf0b1": "±"}
_BREAK = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]")
_NUMBER_NEXT = re.compile(r"\s*\d")
_LOOKED_BACK = 80
"""Characters of a line before a sign; with the whole line, a text of many signs would take for ever."""
_AFTER_NUMBER = {"\uf0b0": "°", "\uf0b4": "×", "\uf06d": "\N{GREEK SMALL LETTER MU}"}
"""Signs of the Symbol font; away from a number the same code may be another sign of another font."""


class Change(Struct, frozen=True):
    """One character that was taken out or replaced, and how often. ``became`` is None for one nobody can name."""

    character: str
    became: str | None
    times: int

    @property
    def words(self) -> str:
        """The change in words: 'soft hyphen (U+00AD) taken out, 2 times'."""
        private = unicodedata.category(self.character) == "Co"
        unnamed = tr("character of a symbol font") if private else tr("control character")
        name, code = unicodedata.name(self.character, unnamed).lower(), f"U+{ord(self.character):04X}"
        if self.became is None:
            return tr("{name} ({code}) is not known and stays").format(name=name, code=code)
        if not self.became:
            words = trn("{name} ({code}) taken out", "{name} ({code}) taken out, {n} times", self.times)
            return words.format(name=name, code=code, n=self.times)
        shown = {"\n": tr("a line break"), " ": tr("a space")}.get(self.became, self.became)
        words = trn("{name} ({code}) became {shown}", "{name} ({code}) became {shown}, {n} times", self.times)
        return words.format(name=name, code=code, shown=shown, n=self.times)


class Cleaned(Struct, frozen=True):
    """A text without invisible characters, and what was changed."""

    text: str
    changes: tuple[Change, ...] = ()


def clean(text: str) -> Cleaned:
    """Return the text with every character visible; letters and marks that mean something stay as they are."""
    if not _ANY.search(text):
        return Cleaned(text)
    counted: Counter[tuple[str, str | None]] = Counter()

    def replaced(match: re.Match[str]) -> str:
        became = _meaning(text, match.start())
        if became != match[0]:
            counted[match[0], became] += 1
        return match[0] if became is None else became

    result = _ANY.sub(replaced, text)
    return Cleaned(result, tuple(Change(letter, became, times) for (letter, became), times in counted.items()))


def clean_line(text: str) -> str:
    """Return a text for a place of one line: nothing invisible, one space for every break and run of blanks."""
    return " ".join(clean(text).text.split())


def _meaning(text: str, place: int) -> str | None:
    """Return what the character at a place is read as: itself, another, nothing; None when nobody can tell."""
    letter = text[place]
    if letter in _LINE_BREAKS:
        return "\n"
    if unicodedata.category(letter) == "Zs" or letter == "\u2800":
        return " "
    if unicodedata.category(letter) == "Co":
        return _symbol(text, place)
    if letter in _JOINERS:
        return letter if _joins(text, place) else ""
    if "\ufe00" <= letter <= "\ufe0f" or letter > "\U000e0000":
        return letter if place and unicodedata.category(text[place - 1]) in ("So", "Cf", "Mn") else ""
    return ""


def _joins(text: str, place: int) -> bool:
    """Return whether a joiner is between letters of a script that needs it, or between two pictures."""
    if not 0 < place < len(text) - 1:
        return False
    before, after = text[place - 1], text[place + 1]
    if text[place] == "\N{ZERO WIDTH JOINER}" and unicodedata.category(after) == "So":
        return unicodedata.category(before) in ("So", "Sk", "Mn")  # a skin colour or variation may come between
    return _joined_script(before) and _joined_script(after)


def _joined_script(letter: str) -> bool:
    return unicodedata.name(letter, "").partition(" ")[0] in _JOINED_SCRIPTS


def _symbol(text: str, place: int) -> str | None:
    """Return the sign of a symbol font that a word processor left behind."""
    letter = text[place]
    if letter in _BOXES:
        return _BOXES[letter]
    if letter in _BULLETS and not _line_before(text, place).strip():
        return "\N{BULLET}"
    if letter in _BEFORE_NUMBER and _NUMBER_NEXT.match(text, place + 1):
        return _BEFORE_NUMBER[letter]
    if letter in _AFTER_NUMBER and re.search(r"\d\s*$", _line_before(text, place)):
        return _AFTER_NUMBER[letter]
    return None


def _line_before(text: str, place: int) -> str:
    return _BREAK.split(text[max(place - _LOOKED_BACK, 0) : place])[-1]
