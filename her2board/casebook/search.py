"""Turns text of any script into search terms: the same way when a case is stored and when it is searched."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator

_RUN = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h"}
)
"""Letters with a stroke or joined, which no decomposition takes apart."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3100-\u312f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff]+"
)
"""Scripts written without spaces between words (Thai, Lao, Tibetan, Burmese, Khmer, Chinese, Japanese), and Korean,
whose particles join their words."""
_MARKED = "\ue000"
"""Begins a term that is a filter; no typed text contains it after folding."""
_LONGEST = 60
"""Characters of a term; what is longer is found by its beginning."""


def folded(text: str) -> str:
    """Return text without case, width and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Me", "Cf", "Co"))
    return unicodedata.normalize("NFC", bare).casefold().translate(_PLAIN)


def words(text: str) -> Iterator[tuple[str, bool]]:
    """Yield every word of a text, folded, and whether its script has no spaces."""
    for run in _RUN.findall(folded(text)):
        place = 0
        for found in _UNSPACED.finditer(run):
            if before := run[place : found.start()]:
                yield before, False
            yield found[0], True
            place = found.end()
        if rest := run[place:]:
            yield rest, False


def filter_term(name: str, *values: str) -> str:
    """Return the term under which a filter finds a case: 'exposure' of one drug, 'cohort' with its outcome."""
    said = "\x1f".join((name, *values)).encode()
    return _MARKED + hashlib.sha256(said).hexdigest()[:14]


def index_terms(text: str, filters: Iterable[str] = ()) -> str:
    """Return the terms a case is stored under, separated by spaces."""
    found = dict.fromkeys(term for word, unspaced in words(text) for term in _parts(word, unspaced))
    return " ".join((*dict.fromkeys(filters), *found))


def _parts(word: str, unspaced: bool) -> Iterator[str]:
    if not unspaced:
        yield word[:_LONGEST]
        return
    yield from (word[place : place + 2] for place in range(len(word)))


def asked_terms(typed: str) -> tuple[str, ...]:
    """Return the terms that a case must have to be found by what was typed: each typed word begins one of its words."""
    asked: list[str] = []
    for word, unspaced in words(typed):
        if unspaced and len(word) > 1:
            asked += (word[place : place + 2] for place in range(len(word) - 1))
        else:
            asked.append(f"{word[:_LONGEST]}*")
    return tuple(dict.fromkeys(asked))
