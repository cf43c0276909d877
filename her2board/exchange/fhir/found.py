"""Gathers what the resources of one patient give, while they are read."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct, field

from her2board.capture.never import why_never
from her2board.capture.proposal import Element, Offer, Proposal, Reason, SeenNotOffered, Source, Trust, with_conflicts
from her2board.capture.typed import Candidate
from her2board.case.checks import CaseError
from her2board.case.edit import with_value
from her2board.case.model import Case
from her2board.exchange.model import Brought, Problem


def why_unfit(path: str, value: Any) -> str:
    """Return why a value does not fit a case; empty where it does."""
    try:
        return _why_unfit_as_json(path, json.dumps(value))
    except TypeError:  # no plain JSON, so no value of a case file
        return _why_unfit(path, value)


@lru_cache(maxsize=8192)
def _why_unfit_as_json(path: str, written: str) -> str:
    """Return it for a value as JSON: the columns of a table say the same thousands of times."""
    return _why_unfit(path, json.loads(written))


def _why_unfit(path: str, value: Any) -> str:
    whole = {"completeness": "partial", "items": [value]} if path.endswith("[]") else value
    try:
        with_value(Case(code="x"), path.removesuffix("[]"), whole)
    except CaseError as error:
        return str(error)
    return ""


class Said(Struct, frozen=True):
    """A value with the place and the words it was read from."""

    value: Any
    where: Source
    words: str
    asks: str = ""
    """What a person looks at: then the value needs an eye."""


class Found(Struct):
    """Proposals, what is not offered, and problems, in the order of reading."""

    proposals: list[Proposal] = field(default_factory=list)
    not_offered: list[SeenNotOffered] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    not_read: Counter[str] = field(default_factory=Counter)
    _noted: set[Problem] = field(default_factory=set)

    def offer(
        self,
        path: str,
        value: Any,
        rule: str,
        said: Iterable[Said],
        *,
        trust: Trust = "stated",
        derived: str = "",
        asks: str = "",
        readings: tuple[Candidate, ...] = (),
    ) -> None:
        """Offer a value, with the asks of all it was read from; what no source fills is seen and not offered."""
        listed = tuple(dict.fromkeys((one.where, one.words) for one in said))
        asked = "; ".join(dict.fromkeys(filter(None, (asks, *(one.asks for one in said)))))
        if why := why_never(path):
            self.skip(path, value, "never", listed[0][0], listed[0][1], why)
            return
        fitting = tuple(reading for reading in readings if not why_unfit(path, reading.value))
        why = why_unfit(path, value) if value is not None else ""
        if why or (readings and not fitting):
            why = why or why_unfit(path, readings[0].value)
            self.problem(why, *(where for where, _ in listed), readings=tuple(words for _, words in listed))
            self.skip(path, value, "not_known", listed[0][0], listed[0][1], why)
            return
        readings = fitting
        if asked and trust == "stated":
            trust = "needs_eye"
        sources, words = tuple(where for where, _ in listed), tuple(words for _, words in listed)
        self.proposals.append(Proposal(path, value, trust, rule, sources, words, derived, readings, asked))

    def skip(self, path: str, value: Any, because: Reason, where: Source, words: str, note: str = "") -> None:
        """Note a value that was seen and is not offered."""
        self.not_offered.append(SeenNotOffered(path, value, because, where, words, note))

    def problem(self, what: str, *sources: Source, readings: tuple[str, ...] = ()) -> None:
        """Note a contradiction, once."""
        found = Problem(sources, what, readings)
        if found not in self._noted:
            self._noted.add(found)
            self.problems.append(found)

    def report(self, where: Element, what: str) -> None:
        """Note that an element is not what it should be."""
        self.problem(f"{where.path}: {what}" if where.path else what, where)

    def brought(self, record: str) -> Brought:
        """Return all of it."""
        offer = Offer(with_conflicts(self.proposals), tuple(self.not_offered))
        return Brought(record, offer, _together(self.problems), dict(self.not_read))


def _together(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return one problem for what is said of several places in the same words, and one for each resource."""
    by_words: dict[str, list[Problem]] = {}
    for one in problems:
        by_words.setdefault(one.what, []).append(one)
    found: dict[object, list[Problem]] = {}
    for one in (_joined(same, what) for what, same in by_words.items()):
        names = {(s.file, s.resource) if isinstance(s, Element) else s for s in one.sources}
        key = names.pop() if len(names) == 1 else one
        found.setdefault(key if isinstance(key, tuple) else one, []).append(one)
    return tuple(_joined(same, "; ".join(one.what for one in same)) for same in found.values())


def _joined(problems: Sequence[Problem], what: str) -> Problem:
    sources = dict.fromkeys(source for one in problems for source in one.sources)
    readings = dict.fromkeys(reading for one in problems for reading in one.readings)
    return Problem(tuple(sources), what, tuple(readings))
