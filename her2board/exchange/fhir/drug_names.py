"""Says which drug a medication is: by its codes and by its name, which must agree."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from her2board.capture.date_words import plain
from her2board.case.drugs import Vocabulary
from her2board.exchange import codes
from her2board.exchange.codes import Coding, Concept
from her2board.wording import tr

_UNIT = r"(?:mg|ml|mcg|µg|g|h|%|m2|m²|kg|j|jour|tag|day|d|die|dia|ui|ie|iu)"
_STRENGTH = re.compile(rf"[\d.,]+{_UNIT}?(?:/[\d.,]*{_UNIT})?|{_UNIT}(?:/{_UNIT})?|[-/]", re.IGNORECASE)


class Medication(Struct, frozen=True):
    """What a medication is read as. Without ``ids`` nothing is known of it."""

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """The program's names of the drugs; of an unknown drug its name as written."""
    asks: str = ""
    problem: str = ""
    """Codes and names that contradict each other: then no drug is taken."""
    unlisted: str = ""
    """A code that is not listed, where the name alone says the drug; a name that says more than the code."""
    begins: bool = False
    """Nothing is known of it, and its name begins with that of a drug: 'TRASTUZUMAB DERUXTEC 100MG'."""


def read_medication(concept: Concept, vocabulary: Vocabulary) -> Medication:
    """Return the drugs that codes and words mean together."""
    by_code = {coding: ids for coding in concept.codings if (ids := _by_code(coding.system, coding.code, vocabulary))}
    by_word = {text: ids for text in concept.all_words if (ids := _by_word(text, vocabulary))}
    by_code = {coding: _narrower(coding, ids, by_word.values()) for coding, ids in by_code.items()}
    meant = {frozenset(ids) for ids in (*by_code.values(), *by_word.values())}
    if len(meant) > 1:
        readings = [f"{coding.shown}: {_names(ids, vocabulary)}" for coding, ids in by_code.items()]
        readings += [f"'{text}': {_names(ids, vocabulary)}" for text, ids in by_word.items()]
        what = tr("code and name mean different drugs: {readings}").format(readings="; ".join(readings))
        return Medication(names=(concept.words,), problem=what)
    if not meant:
        begins = any(_begun(text, vocabulary) for text in concept.all_words)
        return Medication(names=(concept.words,) if concept.words else (), begins=begins)
    ids = next(iter((*by_code.values(), *by_word.values())))
    unlisted = ""
    if more := _another_name(concept, by_word, ids, vocabulary):
        unlisted = tr("'{text}' says more than {drug}: another drug?").format(text=more, drug=_names(ids, vocabulary))
        if not by_code:
            return Medication(names=(concept.words,), problem=unlisted)
    names = tuple(vocabulary.drugs[id_].name for id_ in ids if id_ in vocabulary.drugs)
    if len(names) < len(ids):
        asks = tr("'{text}' leaves a drug open: which was given?").format(text=concept.words)
        return Medication(ids, (concept.words,), asks)
    if not by_code:
        coded = [c for c in concept.codings if codes.system_of(c.system) in ("rxnorm", "atc", "snomed") and c.code]
        if coded:
            unlisted = tr("the code {code} is not listed here; the name alone says the drug: do they agree?")
            unlisted = unlisted.format(code=coded[0].shown)
    return Medication(ids, names, unlisted, unlisted=unlisted)


def _by_code(system: str, code: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    drugs = tuple(m.partition(".")[2] for m in codes.meanings(system, code) if m.startswith("drug."))
    return tuple(drug for drug in drugs if drug in vocabulary.drugs)


def _narrower(coding: Coding, ids: tuple[str, ...], named: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what a name says of a code that covers several forms of one drug: of doxorubicin the liposomal one."""
    covered = codes.covered_by(coding.system, coding.code)
    return next((one for one in named if len(one) == 1 and one[0] in covered), ids)


def _by_word(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the drugs of a name; of 'fulvestrant Injectable Product' those of what is before the form and strength."""
    if found := vocabulary.resolve(text):
        return found
    first, *others = [part for part in re.split(r"\s*[()\[\]]\s*", text) if part.strip()] or [""]
    if others and (found := vocabulary.resolve(first)) and all(_says_no_more(one, found, vocabulary) for one in others):
        return found  # 'pertuzumab (Perjeta) 420 mg'
    pieces = re.findall(r"[^\s,;()\[\]]+", text)
    while len(pieces) > 2 and _is_form(pieces[0]) and _is_form(pieces[1]):  # '5 ML pertuzumab 30 MG/ML Injection'
        pieces = pieces[2:]
    for end in range(len(pieces) - 1, 0, -1):
        if all(map(_is_form, pieces[end:])) and (found := vocabulary.resolve(" ".join(pieces[:end]))):
            return found
    return ()


def _begun(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the drugs against the cancer with whose name a longer text begins that is itself no known name."""
    pieces = re.findall(r"[^\s,;()\[\]]+", text)
    starts = (" ".join(pieces[:end]) for end in range(len(pieces) - 1, 0, -1))
    start = next((one for one in starts if vocabulary.resolve(one)), "")
    return () if not start or vocabulary.is_supportive(start) else vocabulary.resolve(start)


def _another_name(
    concept: Concept, known: Mapping[str, tuple[str, ...]], ids: tuple[str, ...], vocabulary: Vocabulary
) -> str:
    """Return a text beside a known name that goes on behind it, where other drugs have a name that begins alike."""
    names = [vocabulary.drugs[id_].name for id_ in ids if id_ in vocabulary.drugs]
    if not any(map(vocabulary.is_part_of_another, names)):
        return ""
    return next((t for t in concept.all_words if t not in known and set(_begun(t, vocabulary)) & set(ids)), "")


def _says_no_more(part: str, ids: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Tell whether what is in or behind a bracket names the same drug again, or is its strength and form."""
    return vocabulary.resolve(part) == ids or all(map(_is_form, re.findall(r"[^\s,;]+", part)))


def _is_form(piece: str) -> bool:
    """Tell whether a piece of a name is a strength, a unit or a form: '150', 'MG/ML', 'Injection'."""
    return bool(_STRENGTH.fullmatch(piece)) or plain(piece).rstrip(".") in _form_words()


@cache
def _form_words() -> frozenset[str]:
    return frozenset(codes.words()["forms"])


def _names(ids: tuple[str, ...], vocabulary: Vocabulary) -> str:
    return " + ".join(map(vocabulary.label, ids))
