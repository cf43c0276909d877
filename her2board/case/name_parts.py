"""The parts of a recorded name, and how each may be written."""

import re
import unicodedata
from dataclasses import dataclass, field

from her2board.case.name_folding import HUMP, fold
from her2board.case.ordinary_words import NAMES_TOO, ORDINARY

_SMALL = """
van von der den de del della delle degli di da das do dos du des la le les lo el al bin bint ibn ben af av zu zum
zur ter ten te y e och of und san st mac abu umm
"""
_PARTICLES = frozenset(_SMALL.split())
_ADDRESSED = """
mr mrs ms miss mx dr prof sir madam frau herr fr hr signora signor sig sra sr senora senor mme mlle monsieur madame
dott dottssa pani pan jr
"""
_TITLES = frozenset(_ADDRESSED.split())
_LEAST_CUT = 3
_LEAST_INFLECTED = 4
_LEAST_STEM = 5
_LONGEST_SYLLABLE = 4
_LEAST_BROKEN = 6
"""Letters of a part that is also found across a line break without a hyphen."""
_UNSPACED = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_JOINED = rf"(?:{HUMP}|-\s{{0,2}}|['._/])?"
_BROKEN = rf"(?:{HUMP}|-\s{{0,2}}|['._/]|\n)?"
_SPACED_OUT = r"[\s.\-_]{1,2}"
_LETTER = r"[^\W\d_]"
_VOWELS = "aeioy\u0430\u0435\u0438\u043e\u0443\u044b\u044c\u044f"
_PLAIN_ENDING = r"(?:'s|s'|s|')"
_CYRILLIC_ENDING = (
    "\u0430|\u0443|\u0435|\u044b|\u044e|\u044f|\u0438|\u043e\u043c|\u0435\u043c|\u043e\u0438|"
    "\u0435\u0438|\u044b\u043c|\u0438\u043c|\u043e\u0433\u043e|\u0435\u0433\u043e|\u043e\u043c\u0443|"
    "\u0435\u043c\u0443|\u0443\u044e|\u043e\u044e|\u0430\u044f"
)
"""Cases of Russian, Ukrainian and Bulgarian names, folded."""
_WEAK_ENDING = (
    rf"(?:{_CYRILLIC_ENDING}|es|e|n|en|ns|in|a|u|y|i|ie|em|om|ov|ova|ove|ovou|ou|ej|ego|emu|iem|owi|owa|owej|ka|ina|i?(?:ssa|sta|lle|lla|lta|"
    r"ksi|tta))"
)
"""The simple cases of German, Slavic and Finnish names; of changes in the stem only its last vowel is known."""
_STEM_ENDING = rf"(?:{_CYRILLIC_ENDING}|iego|iemu|iej|im|ami|ach|oj|ou|ej|ego|emu|owi|em|om|ie|a|e|i|o|u|y)"


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a name, folded; an ``ambiguous`` one may be a word of its own."""

    text: str
    ambiguous: bool
    pattern: re.Pattern[str] = field(compare=False)
    """The part as it may be written, also in the genitive."""
    weak: re.Pattern[str] | None = field(compare=False)
    """The part with an ending that other words have too."""
    unspaced: bool = False
    """Of a script that writes no spaces between words."""

    @property
    def source(self) -> str:
        """The expression that finds it in any form."""
        return "|".join(form.pattern for form in (self.weak, self.pattern) if form)


def parts_of(name: str, known: frozenset[str]) -> tuple[NamePart, ...]:
    """Return the parts of a name that are looked for; ``known``: folded words of drugs."""
    found: dict[str, NamePart] = {}
    for word in _words(name):
        plain, wider = _letters(word), _letters(word, wider=True)
        if plain and plain not in found and plain not in _PARTICLES | _TITLES and (len(plain) > 1 or _unspaced(word)):
            found[plain] = _part(plain, wider, _unspaced(word), known)
    return tuple(sorted(found.values(), key=lambda part: -len(part.text)))


def particles_of(name: str) -> tuple[str, ...]:
    """Return the small words of a name: van, der, de."""
    return tuple(dict.fromkeys(word for word in map(_letters, _words(name)) if word in _PARTICLES))


def initials_of(name: str) -> str:
    """Return the first letters of a name, folded, in their order."""
    words = [_letters(word) for word in _words(name)]
    return "".join(word[0] for word in words if word and word not in _PARTICLES | _TITLES)


def _words(name: str) -> list[str]:
    """Split a name, also a double one. In scripts without spaces its words together are one more."""
    words = re.split(r"[\s,;/()]+|(?<=\w)[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}](?=\w)", name.strip())
    kept = [word for word in words if word]
    return [*kept, "".join(kept)] if len(kept) > 1 and all(map(_unspaced, kept)) else kept


def _letters(word: str, wider: bool = False) -> str:
    return "".join(letter for letter in fold(word, wider).text if letter.isalpha())


def _unspaced(word: str) -> bool:
    return all(unicodedata.name(letter, "").startswith(_UNSPACED) for letter in word if letter.isalpha())


def _part(plain: str, wider: str, unspaced: bool, known: frozenset[str]) -> NamePart:
    spellings = dict.fromkeys((plain, wider))
    if unspaced:
        ambiguous = len(plain) == 1 or any(plain in word for word in known)
        return NamePart(plain, ambiguous, re.compile(r"\s?".join(map(re.escape, plain))), None, unspaced=True)
    words = ORDINARY | NAMES_TOO | known
    ambiguous = len(plain) < _LEAST_CUT or any(word in words for word in spellings) or _is_syllable(plain, known)
    inflected = not ambiguous and len(plain) >= _LEAST_INFLECTED
    return NamePart(
        plain,
        ambiguous,
        re.compile(rf"(?:{'|'.join(map(_written, spellings))})(?:{_PLAIN_ENDING}(?!{_LETTER}))?"),
        re.compile("|".join(map(_weak, spellings))) if inflected else None,
    )


def _is_syllable(letters: str, known: frozenset[str]) -> bool:
    """Return whether a short part begins or ends the name of a drug: Mab, Tras."""
    return len(letters) <= _LONGEST_SYLLABLE and any(
        word.startswith(letters) or word.endswith(letters) for word in known
    )


def _written(letters: str) -> str:
    joined = (_BROKEN if len(letters) >= _LEAST_BROKEN else _JOINED).join(letters)
    return rf"{joined}|{_SPACED_OUT.join(letters)}" if len(letters) >= _LEAST_CUT else joined


def _weak(letters: str) -> str:
    whole = rf"{_JOINED.join(letters)}{_JOINED}{_WEAK_ENDING}"
    bends = len(letters) >= _LEAST_STEM and letters[-1] in _VOWELS
    return rf"{whole}|{_JOINED.join(letters[:-1])}{_STEM_ENDING}" if bends else whole


def skeleton(word: str) -> str:
    """Return what is alike in spellings of one name: without doubled letters and umlauts written out."""
    for written, plain in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("cz", "c")):
        word = word.replace(written, plain)
    for written, plain in (("sch", "s"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("y", "i"), ("j", "i"), ("w", "v")):
        word = word.replace(written, plain)
    return re.sub(r"(.)\1", r"\1", word)
