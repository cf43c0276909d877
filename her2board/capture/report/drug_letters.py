"""Reads lists of drugs in names cut short and in single letters, where the list decides what they mean: 'Doc/H/P'."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from her2board.capture.report.model import Document
from her2board.capture.report.resources import read_resource

_WORD = r"[a-z][a-z-]{0,24}"
_JOINED = re.compile(r"[/+]")
_LIST = re.compile(rf"(?<![\w/+-]){_WORD}(?:\s?[/+]\s?{_WORD}){{1,5}}(?!\w|\s?[/+]\s?\w|-\w)")
LIST_BEGINS = re.compile(rf"(?<![\w/+-])(?={_WORD}\s?[/+])")
"""Fits where such a list may begin, wherever the part of a text ends in which it is looked for."""
_TAXANES = frozenset(("docetaxel", "paclitaxel", "nab_paclitaxel"))
_H, _P = "trastuzumab", "pertuzumab"
_LETTERS = frozenset("hpt")


class LetterList(Struct, frozen=True):
    """A list of drugs of which some are cut short: its place, and the drugs in their order.

    A name that is written in full is kept as it is; of another the text holds only the beginning.
    """

    start: int
    end: int
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    """The name as written, empty where it is cut short, and what it means."""


@cache
def _short() -> tuple[dict[str, str], frozenset[str]]:
    """Return what names cut short mean, and those of them that may be another word."""
    data = read_resource("drug_shorthand")
    meant = {name: drug for kind in ("strong", "weak") for drug, names in data[kind].items() for name in names}
    return meant, frozenset(name for names in data["weak"].values() for name in names)


def letter_lists(
    document: Document, known: Mapping[str, tuple[str, ...]], start: int, end: int
) -> Iterator[LetterList]:
    """Yield the lists with names cut short that can be read; ``known`` are full names, without blanks and hyphens."""
    if not _JOINED.search(document.plain, start, end):
        return
    for match in _LIST.finditer(document.plain, start, end):
        words = [(one.start() + match.start(), one[0]) for one in re.finditer(_WORD, match[0])]
        written = [document.normal.cased[at : at + len(word)] for at, word in words]
        if meant := _meant([word for _, word in words], written, known):
            names = [
                document.normal.text[at : at + len(word)] if word.replace("-", "") in known else ""
                for at, word in words
            ]
            yield LetterList(match.start(), match.end(), tuple(zip(names, meant, strict=True)))


def _meant(
    words: list[str], written: list[str], known: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], ...] | None:
    """Return what the words of a list mean; None where one is not decided, or all are written in full.

    H is trastuzumab beside another drug, P pertuzumab beside trastuzumab and a taxane, T trastuzumab beside tucatinib
    and capecitabine. Anything else may be paclitaxel, prednisolone or a taxane.
    """
    short, weak = _short()
    letters = [word in _LETTERS and cased.isupper() for word, cased in zip(words, written, strict=True)]
    meant = [known.get(word.replace("-", "")) or ((short[word],) if word in short else ()) for word in words]
    if any(not ids and not letter for ids, letter in zip(meant, letters, strict=True)):
        return None
    if all(word.replace("-", "") in known for word in words):
        return None
    sure = {id_ for word, ids in zip(words, meant, strict=True) for id_ in ids if word not in weak}
    there = {id_ for ids in meant for id_ in ids}
    said = {word for word, letter in zip(words, letters, strict=True) if letter}
    has_h = "h" in said or _H in there
    taxane = bool(there & _TAXANES)
    if not sure and not ({"h", "p"} <= said and taxane):
        return None
    if ("p" in said and not (has_h and taxane)) or ("t" in said and not {"tucatinib", "capecitabine"} <= there):
        return None
    of_letter = {"h": (_H,), "p": (_P,), "t": (_H,)}
    found = tuple(of_letter[word] if letter else ids for word, letter, ids in zip(words, letters, meant, strict=True))
    every = [id_ for ids in found for id_ in ids]
    return found if len(set(every)) == len(every) else None
