"""Finds a recorded name and record number in a text, however they are written there.

What is surely the patient is cut; what may be a word of its own (a month, a drug, an ordinary word, two letters) or is
only like the name is left and pointed out.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from msgspec import Struct

from her2board.case.name_folding import HUMP, Folding, fold
from her2board.case.name_numbers import Number, number_of
from her2board.case.name_parts import NamePart, initials_of, particles_of, parts_of, skeleton
from her2board.case.ordinary_words import ORDINARY

_LETTER = r"[^\W\d_]"
_BETWEEN = r"[\W_]{0,3}"
_TOKEN = re.compile(rf"{_LETTER}+(?:{HUMP}{_LETTER}+)*")
_SENTENCES = re.compile(r"[.;!?\n]")
_LEAST_ALIKE = 4
"""Letters of a word that is compared with the name."""
_ALIKE = 0.8
"""Of two spellings, for a word that is only pointed out."""


class Hit(Struct, frozen=True):
    """A place in a text: surely the patient, so ``cut``, or only to be shown."""

    start: int
    end: int
    cut: bool


class _Atom(Struct, frozen=True):
    """One part of the name in a folded text, its ending included."""

    part: NamePart
    start: int
    end: int
    weak: bool


@lru_cache(maxsize=64)
def matcher_of(name: str, number: str, known: frozenset[str]) -> "Matcher | None":
    """Return what finds a name and record number; None where neither is recorded. ``known``: words of drugs."""
    found = Matcher(parts_of(name, known), particles_of(name), initials_of(name), number_of(number), known)
    return found if found.parts or found.number else None


class Matcher(Struct, frozen=True, dict=True):
    """Finds one patient."""

    parts: tuple[NamePart, ...]
    particles: tuple[str, ...]
    initials: str
    number: Number | None
    known: frozenset[str]

    def cuts(self, text: str) -> tuple[Hit, ...]:
        """Return the places that are surely the patient, in the order of the text, none within another."""
        return _joined(hit for folding in _foldings(text) for hit in self._named(folding, text) if hit.cut)

    def doubts(self, text: str) -> tuple[Hit, ...]:
        """Return the places that may be the patient and are not cut."""
        found = [hit for folding in _foldings(text) for hit in (*self._named(folding, text), *self._alike(folding))]
        doubted = [hit for hit in (*found, *self._initials(text)) if not hit.cut]
        cuts = self.cuts(text)
        return _joined(hit for hit in doubted if not any(cut.start < hit.end and hit.start < cut.end for cut in cuts))

    def _named(self, folding: Folding, text: str) -> Iterator[Hit]:
        if self._run:
            for run in self._run.finditer(folding.text):
                yield from self._judged(run, folding, text)
        for part in self._unspaced:
            for found in part.pattern.finditer(folding.text):
                yield Hit(*folding.span(found.start(), found.end()), not part.ambiguous)
        if self.number:
            for start, end, cut in self.number.places(folding.text):
                yield Hit(*folding.span(start, end), cut)

    @cached_property
    def _unspaced(self) -> tuple[NamePart, ...]:
        return tuple(part for part in self.parts if part.unspaced)

    @cached_property
    def _spaced(self) -> tuple[NamePart, ...]:
        return tuple(part for part in self.parts if not part.unspaced)

    @cached_property
    def _run(self) -> re.Pattern[str] | None:
        """Parts beside each other in any order, also without a space, with initials and small words of the name."""
        if not self._spaced:
            return None
        atom = "(?:" + "|".join(part.source for part in self._spaced) + ")"
        first = f"[{''.join(sorted(set(map(re.escape, self.initials))))}]"
        before = [rf"{first}[\W_]{{0,2}}", *(rf"{re.escape(small)}{_BETWEEN}" for small in self.particles)]
        small = rf"(?:{'|'.join(before)}){{0,4}}"
        return re.compile(
            rf"(?<!{_LETTER}){small}{atom}(?:{_BETWEEN}{small}{atom})*(?:[\W_]{{0,2}}{first}\.?)?(?!{_LETTER})"
        )

    def _judged(self, run: re.Match[str], folding: Folding, text: str) -> Iterator[Hit]:
        atoms = list(self._atoms(run))
        if not atoms:
            return
        if run[0].replace(HUMP, "") in self._words:  # 'small' is no S. Mall
            yield Hit(*folding.span(*run.span()), False)
            return
        whole = len(atoms) > 1 and {atom.part for atom in atoms} == set(self._spaced)
        whole = whole and all(_is_written_as_name(atom, folding, text) for atom in atoms if atom.part.ambiguous)
        taken = [whole if atom.part.ambiguous else _is_patient(atom, folding, text) for atom in atoms]
        for number, atom in enumerate(atoms):
            start = run.start() if number == 0 else atom.start
            end = run.end() if number == len(atoms) - 1 else atom.end
            if number and taken[number] and taken[number - 1]:
                start = atoms[number - 1].end
            yield Hit(*folding.span(start, end), taken[number])

    def _atoms(self, run: re.Match[str]) -> Iterator[_Atom]:
        text, place = run.string, run.start()
        while place < run.end():
            found = self._atom_at(text, place, run.end())
            if found:
                yield found
            place = found.end if found else place + 1

    def _atom_at(self, text: str, place: int, end: int) -> _Atom | None:
        for part in self._spaced:
            plain = part.pattern.match(text, place, end)
            weak = part.weak.match(text, place, end) if part.weak else None
            if weak and _ends(text, weak.end()) and not (plain and _ends(text, plain.end())):
                return _Atom(part, place, weak.end(), weak=True)
            if plain:
                return _Atom(part, place, plain.end(), weak=False)
        return None

    @cached_property
    def _words(self) -> frozenset[str]:
        return ORDINARY | self.known

    def _alike(self, folding: Folding) -> Iterator[Hit]:
        """Yield words that hold a part of the name, or are another spelling or an abbreviation of one."""
        parts = [part.text for part in self._spaced if not part.ambiguous]
        for found in _TOKEN.finditer(folding.text) if parts else ():
            word = found[0].replace(HUMP, "")
            if word not in self._words and any(_is_like(word, part) for part in parts):
                yield Hit(*folding.span(*found.span()), False)

    def _initials(self, text: str) -> Iterator[Hit]:
        """Yield where the initials of the name are alone."""
        letters = self.initials.upper()
        if len(letters) < 2 or letters.lower() in self._words:
            return
        first, last = letters[0], letters[-1]
        for order in dict.fromkeys((letters, last + letters[:-1], letters[::-1], first + last, last + first)):
            pattern = r"(?<!\w)" + r"[.\-\s]{0,2}".join(map(re.escape, order)) + r"(?!\w)"
            yield from (Hit(found.start(), found.end(), False) for found in re.finditer(pattern, text))


def _foldings(text: str) -> tuple[Folding, ...]:
    plain = fold(text)
    wider = plain if text.isascii() else fold(text, wider=True)
    return (plain,) if wider == plain else (plain, wider)


def _is_patient(atom: _Atom, folding: Folding, text: str) -> bool:
    """Return whether a part that is no other word is surely the name: with an ending, only with a capital."""
    return not atom.weak or text[folding.places[atom.start]].isupper()


def _is_written_as_name(atom: _Atom, folding: Folding, text: str) -> bool:
    """Return whether a part that may be a word looks like a name: a capital, no number beside it, no full stop."""
    start, end = folding.span(atom.start, atom.end)
    around = text[max(0, start - 2) : start] + text[end : end + 2]
    capital = text[start].isupper() or text[max(0, start - 1) : start].isalpha()  # or goes on from the part before
    return capital and not _SENTENCES.search(around) and not any(map(str.isdigit, around))


def _ends(text: str, place: int) -> bool:
    return place == len(text) or not text[place].isalpha()


def _is_like(word: str, part: str) -> bool:
    if word.startswith(part) or word.endswith(part):
        return True
    if min(len(word), len(part)) < _LEAST_ALIKE:
        return False
    alike = part in word or part.startswith(word) or skeleton(word) == skeleton(part)
    return alike or SequenceMatcher(None, word, part).ratio() >= _ALIKE


def _joined(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return the places in order, those that overlap or touch as one."""
    joined: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end)):
        if joined and hit.start <= joined[-1].end:
            joined[-1] = Hit(joined[-1].start, max(hit.end, joined[-1].end), hit.cut)
        else:
            joined.append(hit)
    return tuple(joined)
