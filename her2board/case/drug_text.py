"""Takes a drug name apart as people write it: words, separators, brackets, and doses that say nothing of the drug.

A mark that is none of these is left over, and a name with anything left over is not a known name.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

_TRADE_MARKS = dict.fromkeys(map(ord, "\N{REGISTERED SIGN}\N{TRADE MARK SIGN}\N{SERVICE MARK}\N{COPYRIGHT SIGN}"))
_DASHES = "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}"
_ACCENTS = frozenset(
    "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING TILDE}"
    "\N{COMBINING MACRON}\N{COMBINING BREVE}\N{COMBINING DOT ABOVE}\N{COMBINING DIAERESIS}\N{COMBINING RING ABOVE}"
    "\N{COMBINING DOUBLE ACUTE ACCENT}\N{COMBINING CARON}\N{COMBINING DOT BELOW}\N{COMBINING CEDILLA}"
    "\N{COMBINING OGONEK}"
)
"""Accents of spelling. Strokes and overlays strike a name out, so they are left over like any other mark."""
_FORMS = re.compile("(注射用|点滴静注用|注射液|胶囊|錠|片(?!\\w))")
"""Dosage forms that Chinese and Japanese write without a space beside the name."""
Kind = Literal["word", "separator", "open", "close", "dose", "route", "mark"]


class Piece(Struct, frozen=True):
    """One part of a text: ``key`` compares, ``start`` and ``end`` are its place in ``Folded.text``."""

    kind: Kind
    key: str
    start: int
    end: int


class Folded(Struct, frozen=True):
    """A text without width, case and accents; ``origin`` is the place in ``text`` of each folded letter."""

    text: str
    folded: str
    origin: tuple[int, ...]

    def original(self, start: int, end: int) -> str:
        """Return what is in the text between two places of the folded text."""
        return self.text[self.origin[start] : self.origin[end - 1] + 1].strip() if end > start else ""


def fold(text: str) -> Folded:
    """Fold width, case and the accents of spelling; drop invisible characters and trade marks."""
    if text.isascii():
        return Folded(text, text.lower(), tuple(range(len(text))))
    bare = "".join(c for c in text.translate(_TRADE_MARKS) if unicodedata.category(c) != "Cf")
    shown = bare if bare.isascii() else _FORMS.sub(r" \1 ", unicodedata.normalize("NFKC", bare))
    if shown.isascii():
        return Folded(shown, shown.lower(), tuple(range(len(shown))))
    folded: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(shown):
        latin = bool(folded) and folded[-1].isascii() and folded[-1].isalpha()
        for part in _folded(letter, after_latin=latin):
            folded.append(part)
            origin.append(place)
    return Folded(shown, "".join(folded), tuple(origin))


def _folded(letter: str, *, after_latin: bool) -> str:
    if letter in _ACCENTS:
        return "" if after_latin else letter
    if letter in _DASHES:
        return "-"
    parts = unicodedata.normalize("NFD", letter.casefold())
    plain = "".join(part for part in parts if part not in _ACCENTS)
    return plain if plain.isascii() and plain.isalpha() else letter.casefold()


_NUMBER = r"\d+(?:[.,]\d+)?"
_AMOUNT = (
    rf"(?:\d+\s?[x×]\s?)?{_NUMBER}(?:\s?(?:-|/|to)\s?{_NUMBER})?\s?(?:mg|g|mcg|ug|[µμ]g|ml|iu|ie|units?|einheiten)"
)
_PER = (
    r"(?:\s?/\s?(?:kg(?:\s?(?:kg|kgw|bw))?|m2(?:\s?(?:kof|bsa))?|m\^2|qm|day|d|die|tag|jour|dia|giorno|week|wk|w|dose"
    r"|h))*"
)
_THEN = r"(?:then|dann|puis|poi|luego|followed by|reduced to|reduced by|increased to)"
_DOSE = rf"{_AMOUNT}{_PER}(?:,?\s{_THEN}\s{_AMOUNT}{_PER})*|auc\s?=?\s?{_NUMBER}|{_THEN}\s{_AMOUNT}{_PER}"
_CYCLES = "(?:cycles?|courses?|doses|zyklen|zyklus|cures?|cicli|ciclos?)"
_TIMES = (
    rf"\d+\s?[x×]|[x×]\s?\d+(?:\s?{_CYCLES})?|\d+\s?{_CYCLES}(?:\s(?:of|de|von|di))?(?:\s(?:only|nur))?|#\s?\d+|1\sdose"
    rf"|(?:for\s)?{_NUMBER}\s?(?:days?|weeks?|wks?|months?|years?|tage|wochen|monate|jahre|mois|semaines|mesi|meses)"
    rf"|(?:over|uber|sur|in)\s\d+\s?(?:min(?:utes?|uten)?|hours?|hrs?|h)"
    r"|x\s?\d+/(?:7|52|12)|\d+\s?(?:tabs?|tablets?|tabletten|caps(?:ules)?|vials?)(?:\s?/\s?(?:day|d|tag))?"
)
_DAYS = (
    r"(?:days?|d|tage?|jours?|j)\s?\d+(?:\s?(?:-|,|\+|/|&|and|und|et)\s?d?\d+)*"
    rf"|(?:(?:from|since|ab|until|to)\s)?(?:cycle\s?\d+|{_CYCLES}\s\d+|c\d+(?:\s?d\d+)?)"
)
_EVERY = (
    r"q?\d+/(?:7|52|12)|q\s?\d+\s?(?:weeks?|weekly|wkly|wks?|w|days?|d|h)?|qw|[23]-?(?:wkly|weekly|wochentlich|wochig)"
    r"|wkly|fortnightly|monthly|(?:bi|tri|two[\s-]|three[\s-]|2-|3-|4-)?weekly"
    r"|every\s(?:other\s(?:week|day)|(?:\d+|two|three|four)\s(?:weeks?|days?)|week|day)"
    r"|alle\s\d+\s(?:wochen|tage)|wochentlich|toutes\sles\s\d+\ssemaines|hebdomadaire|ogni\s\d+\s(?:settimane|giorni)"
    r"|settimanale|(?:a\s)?cada\s\d+\s(?:semanas|dias)|semanal"
    r"|(?:once|twice|\d\s?x)\s?(?:/\s?|a\s|per\s)?(?:daily|day|weekly|week)|daily|taglich|"
    r"b\.?i\.?d\.?|b\.?d\.?|t\.?i\.?d\.?|t\.?d\.?s\.?|q\.?i\.?d\.?|o\.?d\.?|q\.?d\.?"
    r"|prn|p\.r\.n\.|(?:as|if|when)\s(?:needed|required)|bei\sbedarf|nocte|mane|at\snight|morgens|abends"
)
_SCHEME = r"\d(?:-\d){2,3}"
"""Tablets in the morning, at noon and in the evening, as German prescriptions have them: 2-0-2."""
_BARE = r"\d{2,4}(?:\s?/\s?\d{2,4})?(?:\s?%)?(?:\s(?:dose|dosis))?(?![.,]?\d)"
"""A dose without its unit; a number that may be a year is none."""
_FIRST_YEAR = 1900
_MANNER = (
    r"i\.?v\.?|s\.?c\.?|p\.?o\.?|i\.?m\.?|oral(?:ly)?|intravenous(?:ly)?|subcutaneous(?:ly)?|subkutan|infusions?"
    r"|injections?|tablets?|tabs?|tabletten|capsules?|caps|vials?"
    r"|(?:loading|flat|fixed|full|reduced|maintenance)\sdose|flat|fixed|loading|ld|maint\.?|dl\s?-?\d|dose\slevel\s-?\d"
    r"|dose\s(?:reduced|reduction|escalated)(?:\s(?:to|by)\s\d+(?:\s?%)?)?|re-?challenge|re-?exposure|per\sos"
    rf"|@\s?{_NUMBER}(?:\s?(?:mg|g))?{_PER}"
    r"|(?:neo-?)?adjuvant|palliative|maintenance|monotherap(?:y|ie)|mono|single\sagent|biosimilars?|biosimilaire"
    r"|dose[\s-]dense|low[\s-]dose|metronomic"
    r"|hydrochloride|hcl|mes[iy]late|maleate|citrate|tartrate|ditosylate|acetate|sodium|disodium|hydrate|recombinant"
    "|遺伝子組換え|注射用|注射液|点滴静注用|胶囊|錠|片"
)
_LINE = (
    r"(?:(?:1st|2nd|3rd|[4-9]th|first|second|third|fourth|fifth)[\s-](?:line|l)|[1-9]l|line\s[1-9]|[1-9]\.\s?linie)"
    r"(?:\s(?:therapy|treatment))?\s?:?"
)
_ROUTE = re.compile(r"(?:intrathe[ck]al(?:ly|e)?|i\.t\.|it|鞘内)(?!\w)")
"""Into the cerebrospinal fluid: this says nothing of the drug through a vein, so it is no dose like the others."""
_SEPARATOR = re.compile(r"[+/&,;\n、・=]|(?:and|with|plus|und|mit|et|avec|e|con|y|com)(?!\w)")
_WORD = re.compile(r"[^\W_]+")
_BULLET = re.compile(r"\s*(?:[\N{BULLET}\N{MIDDLE DOT}▪‣◦]\s*|-\s+|\d{1,2}[.)]\s+)")
"""What lists begin their lines with; a cross, a minus without a space, a star or a plus are no bullets."""

_JOINED = re.compile(r"-\s*[^\W_]")


def pieces(folded: Folded) -> Iterator[Piece]:
    """Yield the words and marks of a text; a word also when it could begin a dose."""
    text = folded.folded.rstrip(" .,;\t\n")
    bullet = _BULLET.match(text)
    at, after_word = bullet.end() if bullet else 0, False
    while at < len(text):
        letter = text[at]
        if letter in " \t\r" or (letter == "-" and after_word and _JOINED.match(text, at)):
            at += 1
            continue
        piece = _piece(text, at)
        yield piece
        at, after_word = piece.end, piece.kind == "word"


def _piece(text: str, at: int) -> Piece:
    letter = text[at]
    if letter in "([":
        return Piece("open", "(", at, at + 1)
    if letter in ")]":
        return Piece("close", ")", at, at + 1)
    if match := _WORD.match(text, at):
        separator = _SEPARATOR.match(text, at)
        kind: Kind = "separator" if separator and separator.end() == match.end() else "word"
        return Piece(kind, "+" if kind == "separator" else match[0], at, match.end())
    if match := _SEPARATOR.match(text, at):
        return Piece("separator", match[0] if match[0] in "\n/=,;" else "+", at, match.end())
    return Piece("mark", letter, at, at + 1)


def dose_at(folded: Folded, at: int) -> Piece | None:
    """Return the dose, schedule or route of giving that begins at a place."""
    if match := _ROUTE.match(folded.folded, at):
        return Piece("route", "intrathecal", at, match.end())
    match = _doses().match(folded.folded, at)
    if match is None or not _says_a_dose(match[0]):
        return None
    return Piece("dose", "", at, match.end())


@cache
def _doses() -> re.Pattern[str]:
    """Return what doses look like; made with the first text that is read, because it takes milliseconds."""
    return re.compile(rf"(?:{_DOSE}|{_TIMES}|{_EVERY}|{_DAYS}|{_MANNER}|{_LINE}|{_SCHEME}|{_BARE})(?!\w)")


def _says_a_dose(text: str) -> bool:
    """Tell whether numbers are those of a dose: '0 mg' and '0-0-0' say that it was not given, '2023' is a year."""
    numbers = [float(number.replace(",", ".")) for number in re.findall(_NUMBER, text)]
    if re.fullmatch(_SCHEME, text):
        return any(numbers)
    return all(numbers) and not (re.fullmatch(_BARE, text) and any(number >= _FIRST_YEAR for number in numbers))


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: letters and digits, separators and brackets."""
    return "".join("+" if piece.kind == "separator" else piece.key for piece in pieces(fold(name)))
