"""Traces every number of a printed page to the case, to an evidence record the page cites, or to a count.

A number is traced when some source text holds it among the same words: up to eight to either side, as far as the
source reaches. The counts are made here again, from the assessment; nothing is taken from the briefing.
"""

import re
from calendar import month_abbr
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from her2board.evidence.library import EvidenceLibrary
from support.pages import Made, text_of
from support.tracing import counts, from_case, from_evidence, printed_once
from support.tracing.page import CUT, Printed, printed, words_of

_REACH = 8
_LANES = ("systemic", "local", "brain", "board")
_ALWAYS_NAMES = ("HER2", "HER2-positive", "HER2-negative", "anti-HER2", "PIK3CA", "her2board")


@dataclass(frozen=True)
class Stray:
    """A number nothing accounts for, with the words around it."""

    numeral: str
    context: str

    def __str__(self) -> str:
        return f"{self.numeral} in '{self.context}'"


class Trace:
    """Everything a number of one page may come from."""

    def __init__(self, made: Made) -> None:
        self.page = printed(text_of(made.data))
        self._sources = Sources([*claims(made, self.page), *printed_once.cuts(made, self.page)])
        self._axis = Sources(from_case.axis(made))
        self._names = names(made.library)

    def strays(self, text: str | None = None) -> list[Stray]:
        """Return every number of the page, or of another text in its place, that is traced to nothing."""
        page = self.page if text is None else printed(text)
        wrong = [Stray(str(n), "no such reference") for n in sorted(page.cited - set(page.references))]
        zone = range(*(_index(page.words, t) for t in ("tumour and treatment", "before whole-brain radiation")))
        for index in range(len(page.words)):
            if not self.traced(page.words, index, index in zone):
                wrong.append(Stray(page.words[index], " ".join(page.words[max(index - 5, 0) : index + 5])))
        return wrong

    def traced(self, words: tuple[str, ...], index: int, on_axis: bool) -> bool:
        """Tell whether the word at ``index`` holds no number, or one that comes from somewhere."""
        word = words[index]
        if word in self._names or not any(character.isdigit() for character in word):
            return True
        if on_axis and self._axis.hold(words, index) and _labels_follow(words[index + 1]):
            return True
        return self._sources.hold(words, index)

    def numerals(self) -> list[int]:
        """Return the places of all words with a number."""
        words = self.page.words
        return [n for n, w in enumerate(words) if w not in self._names and any(c.isdigit() for c in w)]


def _labels_follow(word: str) -> bool:
    """Tell whether the next label of the time axis, or the name of a lane, follows."""
    return word in _LANES or word.capitalize() in tuple(month_abbr)[1:] or bool(re.fullmatch(r"(19|20)\d\d", word))


def _index(words: tuple[str, ...], title: str) -> int:
    wanted = words_of(title)
    return next(n for n in range(len(words)) if words[n : n + len(wanted)] == wanted)


class Sources:
    """Source texts, looked up by a word of theirs."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._places: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for text in dict.fromkeys(texts):
            words = words_of(text)
            for place, word in enumerate(words):
                self._places.setdefault(word, []).append((words, place))

    def hold(self, page: tuple[str, ...], index: int) -> bool:
        """Tell whether some source holds the word at ``index`` among the words around it."""
        return any(_agree(page, index, *found) for found in self._places.get(page[index], ()))


def _agree(page: tuple[str, ...], index: int, source: tuple[str, ...], place: int) -> bool:
    for step in range(1, min(_REACH, place) + 1):
        if index < step or page[index - step] != source[place - step]:
            return False
    for step in range(1, min(_REACH, len(source) - 1 - place) + 1):
        here, there = page[index + step : index + step + 1], source[place + step]
        if here and here[0].endswith(CUT) and there.startswith(here[0].rstrip(CUT)):
            return True
        if not here or here[0] != there:
            return False
    return True


def names(library: EvidenceLibrary) -> frozenset[str]:
    """Return names with a figure in them, which are no numbers: drugs and trials."""
    briefs = [option.brief for option in library.options if option.brief]
    known = [*_ALWAYS_NAMES, *briefs, *(trial.name for trial in library.trials), *library.vocabulary.names()]
    return frozenset(w for name in known for w in words_of(name) if w[0].isalpha() and any(c.isdigit() for c in w))


def claims(made: Made, page: Printed) -> Iterator[str]:
    """Yield every text a number of the page may come from."""
    yield from from_case.claims(made)
    yield from from_evidence.claims(made, page)
    yield from printed_once.header_and_footer(made, page)
    yield from counts.of_pause(made)
    for option in made.assessment.options:
        yield from counts.of_option(made, option)
    yield from counts.of_what_is_missing(made)
