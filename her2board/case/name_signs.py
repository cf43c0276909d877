"""Finds in a text what looks like a name, an identifying number, a date of birth or an address, whoever it is of."""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from her2board.case.name_folding import HUMP, fold
from her2board.case.ordinary_words import ORDINARY

SignKind = Literal["name", "number", "birth", "contact"]
_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = 3
"""Capitals that are an abbreviation, not a name."""
_ROMAN = re.compile(r"[IVX]+[a-cA-C]?")
_DATE = (
    r"(?:\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}[./-]\s?(?:\d{1,2}[./-]\s?)?(?:\d{4}|\d{2})"
    r"|(?:19|20)\d\d\s?[-/]\s?(?:19|20)?\d\d)"
)
_TRIAL = r"NCT\d{8}"
_IDENTIFIER = re.compile(
    rf"(?P<other>(?<!\w)(?:{_TRIAL}|{_DATE})(?!\w))"
    r"|(?P<number>(?<!\d)[A-Za-z]{0,4}-?\d(?:[ \-./_]?\d){4,}|[A-Z]{1,4}-?\d{4,}(?!\w))"
)
"""Numbers of five digits and more, or four behind letters, that are neither a date nor the number of a trial."""
_EMAIL = re.compile(r"(?<![^\s@])[^\s@]+@[^\s@]+\.\w+|(?:https?://|www\.)\S+")
_STREET = re.compile(
    r"\b[\w.\- ]{0,30}?(?:stra(?:ss|ß)e|str\.|weg|gasse|platz|\b(?:street|road|avenue|lane|drive))\s*\d{1,4}\w?\b"
    r"|\b\d{1,4}\w?,?\s+[\w.\- ]{0,30}?(?:street|st\.|road|rd\.?|avenue|ave\.?|lane|drive)(?!\w)"
    r"|\b(?:via|viale|piazza|corso|rue|calle|avenida|rua)\s+[\w.\- ]{1,30}?,?\s*\d{1,4}\b",
    re.IGNORECASE,
)
_BORN = re.compile(
    rf"(?:\bd\.?o\.?b\.?|\bborn|\bbirth\w*|\bgeb(?:oren|\.)?|\bn[ée]e?\b|\bnat[oa]|\bnascita|\bnacid[oa]|\*)"
    rf"[\s:.]*(?:on|am|il|le|el)?\s*(?:{_DATE}|(?:19|20)\d\d|\d{{1,2}}\.?\s\w{{3,9}}\.?\s\d{{4}})",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(
    r"\b(?:(?P<first>\d{4})-\d{1,2}-\d{1,2}"
    r"|\d{1,2}\.?[./\- ]\s?(?:\d{1,2}|[^\W\d_]{3,9})\.?[./\- ]\s?(?P<last>\d{4}))\b"
)
_LATEST_BIRTH = 2008
"""Year; a later full date in a text is one of treatment."""


class Sign(Struct, frozen=True):
    """A place in a text, and what it looks like."""

    start: int
    end: int
    kind: SignKind


def signs(text: str, known: frozenset[str], birth_year: int | None = None) -> tuple[Sign, ...]:
    """Return what looks identifying, in the order of the text; ``known``: folded words of drugs."""
    found: list[Sign] = []
    for sign in (*_contacts(text), *_births(text, birth_year), *_numbers(text), *_names(text, known)):
        if not any(other.start < sign.end and sign.start < other.end for other in found):
            found.append(sign)
    return tuple(sorted(found, key=lambda sign: sign.start))


def _contacts(text: str) -> Iterator[Sign]:
    for pattern in (_EMAIL, _STREET):
        yield from (Sign(*found.span(), "contact") for found in pattern.finditer(text))


def _births(text: str, birth_year: int | None) -> Iterator[Sign]:
    yield from (Sign(*found.span(), "birth") for found in _BORN.finditer(text))
    for found in _FULL_DATE.finditer(text):
        year = int(found["first"] or found["last"])
        if year <= _LATEST_BIRTH or year == birth_year:
            yield Sign(*found.span(), "birth")


def _numbers(text: str) -> Iterator[Sign]:
    yield from (Sign(*found.span(), "number") for found in _IDENTIFIER.finditer(text) if found["number"])


def _names(text: str, known: frozenset[str]) -> Iterator[Sign]:
    for found in _WORD.finditer(text):
        word = found[0]
        folded = fold(word).text.replace(HUMP, "")
        capital = word[0].isupper() and len(word) > 1
        short = word.isupper() and len(word) <= _ABBREVIATION
        if capital and not short and not _ROMAN.fullmatch(word) and not _is_known(folded, known):
            yield Sign(*found.span(), "name")


def _is_known(word: str, known: frozenset[str]) -> bool:
    return any(form in ORDINARY or form in known for form in (word, word.removesuffix("s")))
