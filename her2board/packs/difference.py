"""What a pack changes: the records of the release, and how stored cases read with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment, OptionResult
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.packs.touched import is_touched, touch_of


class PageLine(NamedTuple):
    """A line of a page, and the files of the release that its words come from."""

    text: str
    records: frozenset[str]


PageWords = Callable[[Assessment, EvidenceLibrary, Case], Sequence[PageLine]]
"""The lines of a case's page, from whoever makes pages."""


class Differs(Struct, frozen=True):
    """One thing that reads otherwise for a case."""

    what: str
    """cohort, option, caution, statement or page."""
    id: str
    before: str
    after: str
    records: tuple[str, ...]
    """Files of the release that changed and concern it; all that changed where none names it."""


class Reread(Struct, frozen=True):
    """A stored case, read with both releases."""

    case: str
    """Id or path, as given."""
    differs: tuple[Differs, ...]
    touched: bool = True
    """False where nothing that changed concerns it, so that it was not read twice."""


def reread(
    cases: Iterable[tuple[str, Case, date]],
    old: EvidenceLibrary,
    new: EvidenceLibrary,
    changed: Mapping[str, str],
    page_words: PageWords | None = None,
) -> Iterator[Reread]:
    """Yield for each case what reads otherwise; whoever asks may stop at any time. Untouched cases are not read.

    ``changed`` holds the files of the release that differ, each with its old and new text together.
    """
    touch, naming = touch_of(old, new), _Naming(changed)
    for name, case, day in cases:
        if not is_touched(case, old, new, touch, day):
            yield Reread(name, (), touched=False)
            continue
        before, after = assess(case, old, day), assess(case, new, day)
        found = [*_results(before, after, naming)]
        if page_words is not None:
            lines = page_words(before, old, case), page_words(after, new, case)
            found += _page(*lines, naming.all)
        yield Reread(name, tuple(found))


def changed_files(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return the files of two releases that are not the same, with what both say."""
    names = sorted(old.keys() | new.keys())
    return {name: old.get(name, "") + new.get(name, "") for name in names if old.get(name) != new.get(name)}


def _results(before: Assessment, after: Assessment, naming: _Naming) -> Iterator[Differs]:
    for what, reading in _READINGS.items():
        then, now = reading(before), reading(after)
        for id_ in dict.fromkeys((*then, *now)):
            if then.get(id_) != now.get(id_):
                yield Differs(what, id_, then.get(id_, ""), now.get(id_, ""), naming.because(what, id_))


def _cohorts(assessment: Assessment) -> dict[str, str]:
    return {result.id: result.outcome for result in assessment.cohorts}


def _options(assessment: Assessment) -> dict[str, str]:
    return {result.id: _standing(result) for result in assessment.options}


def _standing(result: OptionResult) -> str:
    return "; ".join((result.standing_words, *result.because))


def _cautions(assessment: Assessment) -> dict[str, str]:
    return {
        f"{result.id}/{caution.id}": f"{caution.text} ({caution.because})"
        for result in assessment.options
        for caution in (*result.cautions, *result.to_ask)
    }


def _statements(assessment: Assessment) -> dict[str, str]:
    found = (statement for result in assessment.options for statement in result.statements)
    return {one.id: f"{one.text} ({one.body} {one.year or ''}; {one.applies.name})" for one in found}


_READINGS: Mapping[str, Callable[[Assessment], dict[str, str]]] = {
    "cohort": _cohorts,
    "option": _options,
    "caution": _cautions,
    "statement": _statements,
}


def _page(then: Sequence[PageLine], now: Sequence[PageLine], changed: tuple[str, ...]) -> Iterator[Differs]:
    gone, come = _only(then, now), _only(now, then)
    if gone or come:
        of = frozenset().union(*(line.records for line in (*gone, *come)))
        records = tuple(name for name in changed if name in of) or changed
        before, after = (" / ".join(line.text for line in lines) for lines in (gone, come))
        yield Differs("page", "", before, after, records)


def _only(lines: Sequence[PageLine], others: Sequence[PageLine]) -> list[PageLine]:
    known = {line.text for line in others}
    return [line for line in lines if line.text not in known]


class _Naming:
    """Which changed files name an id, looked up once for each word of them."""

    def __init__(self, changed: Mapping[str, str]) -> None:
        self.all = tuple(changed)
        self._by_word: dict[str, list[str]] = {}
        for name, text in changed.items():
            for word in {*_WORD.findall(name), *_WORD.findall(text)}:
                self._by_word.setdefault(word, []).append(name)

    def because(self, what: str, id_: str) -> tuple[str, ...]:
        """Return the changed files that name a result, or a part of its id; all of them where none does."""
        parts = id_.split("/")[:1] if what == "cohort" else id_.split("/")  # a cohort by its trial: many are 'active'
        named = {name for part in parts for name in self._by_word.get(part, ())}
        return tuple(name for name in self.all if name in named) or self.all


_WORD = re.compile(r"[a-z0-9-]+")
"""An id, or a word that is none."""
