"""Folds a text so that one name in many writings is one text, and remembers where each letter was."""

import unicodedata
from functools import cache

from msgspec import Struct

HUMP = "\x1f"
"""Where a capital follows a small letter, as between two words written together: 'JaneDoe'."""
_LETTERS = str.maketrans(
    {
        "\N{LATIN SMALL LETTER AE}": "ae",
        "\N{LATIN SMALL LIGATURE OE}": "oe",
        "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
        "\N{LATIN SMALL LETTER ETH}": "d",
        "\N{LATIN SMALL LETTER THORN}": "th",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{GREEK SMALL LETTER FINAL SIGMA}": "\N{GREEK SMALL LETTER SIGMA}",
        **dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}", "-"),
        **dict.fromkeys(
            "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
            "\N{ACUTE ACCENT}\N{PRIME}`",
            "'",
        ),
    }
)
_WIDER = {"\N{COMBINING DIAERESIS}": "e", "\N{COMBINING RING ABOVE}": "a"}
"""What an accent becomes where it is written as a letter: Mueller for Müller, Aase for Åse."""


class Folding(Struct, frozen=True):
    """A folded text; ``places`` has the place in the text of each of its letters, and the end of the text."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the text of a part of the folded one, with the invisible characters behind it."""
        return self.places[start], self.places[end]


def fold(text: str, wider: bool = False) -> Folding:
    """Fold width, case, accents and digits of any script, and drop what is invisible.

    ``wider``: accents that have a spelling as a letter get it.
    """
    folded: list[str] = []
    places: list[int] = []
    before = ""
    for place, letter in enumerate(text):
        new = _folded(letter, wider)
        if letter.isupper() and before.islower():
            new = HUMP + new
        folded.append(new)
        places += [place] * len(new)
        before = letter if new else before
    return Folding("".join(folded), (*places, len(text)))


@cache
def _folded(letter: str, wider: bool) -> str:
    if wider and letter.casefold() == "\N{LATIN SMALL LETTER O WITH STROKE}":
        return "oe"
    if unicodedata.category(letter) == "Cf":
        return ""
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(_part(part, wider) for part in parts)


def _part(part: str, wider: bool) -> str:
    if unicodedata.category(part) in ("Mn", "Me", "Cf"):
        return _WIDER.get(part, "") if wider else ""
    if part.isdigit():
        return str(unicodedata.digit(part))
    return part.casefold().translate(_LETTERS)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, without digits."""
    return text.translate(_IN_WORDS).split()


class _InWords(dict[int, str]):
    """By code of a letter: what becomes of it in words, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code), wider=False).replace(HUMP, "")
        self[code] = "".join(letter if letter.isalpha() else " " for letter in folded)
        return self[code]


_IN_WORDS = _InWords()
