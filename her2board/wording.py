"""Translation marks shared by the screen and the page, and the language they are read in."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from gettext import NullTranslations
from string import Formatter
from typing import Any, NamedTuple

Marked = str
"""A text that is translated when shown. packaging/translations.py finds the literals of this type: those given to a
parameter or field, and those in a table."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PSEUDO = "pseudo"
"""A language nobody speaks, longer and accented, to find what is clipped or was never marked."""
_catalogue = NullTranslations()
"""One catalogue for the run: looking it up on disk for every phrase costs more than an assessment."""
_language = "en"


def speak(language: str) -> str:
    """Speak a language from now on, or English where that cannot be; return why, in English, or nothing."""
    global _catalogue, _language  # one language for the whole program
    _catalogue, _language = NullTranslations(), "en"
    if language == PSEUDO:
        _catalogue, _language = _Pseudo(), PSEUDO
    elif language != "en":
        from her2board.translation import RefusedTranslationError, read_translation  # English is spoken without

        try:
            found = read_translation(language)
        except RefusedTranslationError as error:
            return str(error)
        if found is None:
            return f"{language[:20]!a} is no language of this program"
        _catalogue, _language = found, language
    return ""


def spoken_language() -> str:
    """Return the code of the language in use."""
    return _language


def tr(message: Marked) -> str:
    """Return ``message`` in the language of the program."""
    return _catalogue.gettext(message) if message else ""


def trn(singular: Marked, plural: Marked, n: int) -> str:
    """Return the form for ``n`` things in the language of the program."""
    return _catalogue.ngettext(singular, plural, n)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return what to append to 'no such …': "; did you mean 'debbrah'?"; empty where nothing known comes close."""
    from difflib import get_close_matches  # needed for mistakes only

    by_key = {name.casefold(): name for name in known}
    close = [f"'{by_key[key]}'" for key in get_close_matches(word.casefold(), by_key)]
    return tr("; did you mean {names}?").format(names=", ".join(close)) if close else ""


class Piece(NamedTuple):
    """A piece of a text: our words, or those a person typed, which may be long and are never translated."""

    text: str
    typed: bool = False


Pieces = tuple[Piece, ...]


def joined_text(pieces: Iterable[Piece]) -> str:
    """Return pieces as one text."""
    return "".join(piece.text for piece in pieces)


def in_pieces(template: str, **parts: str | Pieces) -> Pieces:
    """Return a translated template filled in; what is given as pieces keeps them, so that typed text stays apart."""
    found: list[Piece] = []
    for part in filled(template, **parts):
        found += [Piece(part)] if isinstance(part, str) else part
    return tuple(found)


def filled(template: str, **parts: Any) -> Iterator[Any]:
    """Yield a translated template piece by piece: texts, and what is filled in as it is, so that it stays apart."""
    for before, name, form, _ in Formatter().parse(template):
        if before:
            yield before
        if name is not None:
            yield format(parts[name], form) if form else parts[name]


def day_words(day: date) -> str:
    """Return a day as screen and page write it: '12 Mar 2026'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


class _Pseudo(NullTranslations):
    """Puts accents on every letter and a third more length on every message; places to fill in stay as they are."""

    _KEPT = re.compile(r"(\{[^}]*\}|&.)")
    _ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")

    def gettext(self, message: str) -> str:
        parts = self._KEPT.split(message)
        accented = "".join(part if self._KEPT.fullmatch(part) else part.translate(self._ACCENTS) for part in parts)
        bare = accented.rstrip(" :.…")
        return bare + "~" * (len(bare) // 3) + accented[len(bare) :]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)
