"""Finds drugs in a text by the exact names of the vocabulary, and joins those that a list gives together."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.report.drug_letters import LIST_BEGINS, LetterList, letter_lists
from her2board.capture.report.model import Document, Sentence
from her2board.capture.report.normal import normalise
from her2board.capture.report.patterns import named
from her2board.case.drugs import Vocabulary

_SHORT = 4
"""Letters of a shorthand that means a regimen only in capitals and beside cycles or other drugs: HP, AC, FEC."""
MOST_DRUGS = 60
"""Names of drugs that a sentence of a report holds at most; one with more is no sentence."""
_SHORTEST = 2
"""Characters of a name of a drug and what separates it from the next, at least."""
_SHORTHAND = (
    "cape",
    "cap",
    "trast",
    "tras",
    "pertuz",
    "doce",
    "pacli",
    "gem",
    "vino",
    "carbo",
    "letro",
    "tuc",
    "lapa",
    "eribu",
)
"""Names cut short; taken as written, and only in a list beside known names."""
_JOIN = re.compile(r"\s?(?:\+|/|,|&|and|with|plus|und|mit|et|avec|e|con|y|,\s?and)\s?|\s")
_SCHEDULE = re.compile(
    r"^\s?(?:(?:once )?weekly|wkly|q[1-4]w|qw|[23]-weekly|\(?x ?\d{1,2}\)?|\(?\d{1,2} ?(?:x|cycles)\)?)"
    r"(?=\s?[+/&]|\s(?:with|plus)\s)"
)
"""Behind the name of a drug in a list: 'docetaxel x6 + Phesgo', 'paclitaxel weekly + HP'."""
_OTHER_BEFORE = named("drug_words_other_before")
_OTHER_AFTER = named("drug_words_other_after")
_PLACEBO_AFTER = named("drug_words_placebo_after")
_PLACEBO_BEFORE = named("drug_words_placebo_before")
"""Beside a drug of which nobody knew whether it was given: 'T-DM1 with tucatinib or placebo'."""
_LONGEST_NAME = 30
"""Characters of a drug with the sign that joins it to the next."""
_BESIDE = named("drug_words_beside")
_BEFORE = named("drug_words_before")
_LONG_BEFORE = named("drug_words_long_before")
"""Before a shorthand of three letters or more; of two it may be anything."""
_TWO = 2


class DrugGroup(Struct, frozen=True):
    """Drugs named together: their names as written, what the vocabulary makes of them, their place."""

    start: int
    end: int
    names: tuple[str, ...]
    ids: tuple[str, ...]
    open: tuple[str, ...] = ()
    """Groups of which one drug is meant and the text does not say which."""
    with_others: bool = False
    """Whether a sign joins them to a word that names no known drug: 'trastuzumab/taxane', 'EC/TPH'."""


class _Known(Struct, frozen=True):
    pattern: re.Pattern[str]
    begins: re.Pattern[str]
    """Fits where the other may, wherever the part of a text ends in which that is looked for."""
    ids: dict[str, tuple[str, ...]]


@lru_cache(maxsize=4)
def _known(names: tuple[tuple[str, tuple[str, ...]], ...]) -> _Known:
    keyed = {_key(plain): ids for name, ids in names if (plain := normalise(name).plain) and plain.isascii()}
    spelled = sorted(
        {normalise(name).plain for name, _ in names if normalise(name).plain.isascii()}, key=len, reverse=True
    )
    any_name = rf"(?<![\w-])(?:{_by_first_letter((*spelled, *_SHORTHAND))})"
    return _Known(re.compile(rf"{any_name}(?![\w])(?!-\w)"), re.compile(rf"(?={any_name})"), keyed)


def _by_first_letter(names: Sequence[str]) -> str:
    """Return a pattern of names in their order, those with one first letter together: few of them are then tried."""
    flexible: dict[str, list[str]] = {}
    for name in names:
        rest = re.sub(r"\\?-|\\ ", r"[\\s-]?", re.escape(name[1:]))
        flexible.setdefault(re.escape(name[0]), []).append(rest)
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in flexible.items())


def _key(plain: str) -> str:
    return re.sub(r"[\s-]+", "", plain)


_NAMED: dict[int, tuple[Vocabulary, _Known]] = {}
"""The vocabulary used last and its names: compiling them costs more than reading a report."""


def _of(vocabulary: Vocabulary) -> _Known:
    """Return the names of drugs against the disease, compiled once for a vocabulary."""
    found = _NAMED.get(id(vocabulary))
    if found is None or found[0] is not vocabulary:
        supportive = vocabulary.members("supportive") | vocabulary.members("steroid")
        groups = {group.id for group in vocabulary.entries.classes} | {
            choice.id for choice in vocabulary.entries.choices
        }
        names = tuple(
            (name, ids)
            for name, ids in vocabulary.entries.spelled()
            if not set(ids) <= supportive and not set(ids) <= groups
        )
        found = vocabulary, _known(names)
        _NAMED.clear()
        _NAMED[id(vocabulary)] = found
    return found[1]


def with_drug_places(document: Document, vocabulary: Vocabulary) -> Document:
    """Return a document that knows where names of drugs may begin: most of its sentences name none."""
    return replace(document, drugs_at=tuple(_begin(document, _of(vocabulary), 0, len(document.plain))))


def _begin(document: Document, known: _Known, start: int, end: int) -> list[int]:
    """Return where a name of a drug or a list of such names may begin."""
    if document.drugs_at is not None:
        low, high = (bisect_left(document.drugs_at, place) for place in (start, end))
        return list(document.drugs_at[low:high])
    found = (known.begins.finditer(document.plain, start, end), LIST_BEGINS.finditer(document.plain, start, end))
    return sorted({match.start() for matches in found for match in matches})


def _names(document: Document, known: _Known, begin: list[int], end: int) -> Iterator[re.Match[str]]:
    """Yield the names of drugs at some places, none inside another."""
    behind = 0
    for place in begin:
        if place >= behind and (match := known.pattern.match(document.plain, place, end)):
            behind = match.end()
            yield match


def drug_groups(
    document: Document, vocabulary: Vocabulary, start: int, end: int, *, listed: bool = False
) -> tuple[DrugGroup, ...]:
    """Return the drugs of a part of a text, those that a list joins as one group.

    ``listed`` says that the part is an item of a list of drugs: a shorthand in it is one, whatever is beside it.
    """
    known = _of(vocabulary)
    begin = _begin(document, known, start, end)
    if not begin:
        return ()
    lists = list(letter_lists(document, known.ids, begin[0], end))
    found = _names(document, known, begin, end)
    matches = [one for one in found if not any(read.start <= one.start() < read.end for read in lists)]
    if len(matches) > MOST_DRUGS:
        return ()
    matches = [one for one in matches if not may_be_placebo(document, one.start(), one.end())]
    groups: list[list[re.Match[str]]] = []
    for match in matches:
        if groups and _joined(document, groups[-1][-1].end(), match.start()):
            groups[-1].append(match)
        else:
            groups.append([match])
    read = [group for one in groups if (group := _group(document, one, known, vocabulary, len(one) + listed))]
    read += [_of_letters(document, one, vocabulary) for one in lists]
    return tuple(sorted(read, key=lambda group: group.start))


def may_be_placebo(document: Document, start: int, end: int) -> bool:
    """Tell whether a placebo is named as the other thing that a drug may have been."""
    before = _PLACEBO_BEFORE.search(document.plain, max(start - _LONGEST_NAME, 0), start)
    return bool(before or _PLACEBO_AFTER.match(document.plain, end))


def _of_letters(document: Document, found: LetterList, vocabulary: Vocabulary) -> DrugGroup:
    """Return a list of names cut short as drugs, those by the names of the vocabulary."""
    names = tuple(written or vocabulary.label(ids[0]) for written, ids in found.parts)
    ids = tuple(id_ for _, meant in found.parts for id_ in meant)
    open_ = tuple(id_ for id_ in ids if len(vocabulary.members(id_)) > 1)
    return DrugGroup(found.start, found.end, names, ids, open_, _beside_others(document, found.start, found.end))


def _beside_others(document: Document, start: int, end: int) -> bool:
    """Tell whether a sign joins a place to a word that names no known drug."""
    before = _OTHER_BEFORE.search(document.plain, max(start - _LONGEST_NAME, 0), start)
    return bool(before or _OTHER_AFTER.match(document.plain, end))


def has_too_many(document: Document, vocabulary: Vocabulary, sentence: Sentence) -> bool:
    """Tell whether a sentence names more drugs than are read in one."""
    if sentence.end - sentence.start < MOST_DRUGS * _SHORTEST:
        return False
    known = _of(vocabulary)
    found = _names(document, known, _begin(document, known, sentence.start, sentence.end), sentence.end)
    return next(islice(found, MOST_DRUGS, None), None) is not None


def _joined(document: Document, left: int, right: int) -> bool:
    """Tell whether only a joining sign or word is between two names, and perhaps the dose of the first."""
    between = _SCHEDULE.sub("", document.plain[left:right])
    between = re.sub(r"^\s?\d+(?:[.,]\d+)? ?(?:mg(?:/m2|/kg)?|g)(?: (?:bd|bid|daily|od|q3w|weekly))?", "", between)
    return bool(_JOIN.fullmatch(between)) or (between == "/" or not between)


def _group(
    document: Document, matches: list[re.Match[str]], known: _Known, vocabulary: Vocabulary, beside: int
) -> DrugGroup | None:
    kept = [match for match in matches if _is_taken(document, match, known, beside)]
    certain = [match for match in kept if _key(match[0]) in known.ids]
    if not certain:
        return None
    ids = tuple(dict.fromkeys(id_ for match in certain for id_ in known.ids[_key(match[0])]))
    once = list({known.ids.get(_key(match[0]), match[0]): match for match in reversed(kept)}.values())[::-1]
    names = tuple(" ".join(document.normal.text[match.start() : match.end()].split()) for match in once)
    groups = tuple(id_ for id_ in ids if len(vocabulary.members(id_)) > 1)
    start, end = kept[0].start(), kept[-1].end()
    return DrugGroup(start, end, names, ids, groups, _beside_others(document, start, end))


def _is_taken(document: Document, match: re.Match[str], known: _Known, beside: int) -> bool:
    """Tell whether a name may be taken: a short one in capitals beside cycles or others, one cut short in a list."""
    word = document.normal.cased[match.start() : match.end()]
    if _key(match[0]) not in known.ids:
        return beside > 1
    if len(word) > _SHORT or not word.isalpha() or (word.islower() and len(word) > 2):
        return True
    if not word[1:].isupper():
        return word[1:] != word[1:].lower()
    after, before = (
        document.marked[match.end() : match.end() + 24],
        document.marked[max(match.start() - 24, 0) : match.start()],
    )
    said = _BESIDE.match(after) or _BEFORE.search(before) or (len(word) > _TWO and _LONG_BEFORE.search(before))
    return beside > 1 or bool(said)
