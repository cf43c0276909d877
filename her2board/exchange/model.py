"""What a file of another program gives, and what keeps one from being read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from her2board.capture.proposal import Cell, Element, Offer, Source

Stop = Callable[[], bool]
"""Returns whether a person wants no more of it."""


def never() -> bool:
    """Return that nobody stops it."""
    return False


class UnreadableError(Exception):
    """A file cannot be read: the words name the file, the place in it, what is wrong and what would help."""

    def __init__(self, file: str, what: str, place: str = "") -> None:
        super().__init__(": ".join(filter(None, (file, place, what))))
        self.file, self.place, self.what = file, place, what


class StoppedError(Exception):
    """A person stopped the reading."""


class Problem(Struct, frozen=True):
    """What contradicts itself or cannot be so, with every reading; none of them is taken."""

    sources: tuple[Source, ...]
    what: str
    readings: tuple[str, ...] = ()


class Origin(Struct, frozen=True):
    """One resource or one row as the file holds it, for a person to read beside what is offered."""

    where: Element | Cell
    """The whole of it: a path or a column inside it is left empty."""
    title: str
    body: Mapping[str, Any]
    """Elements of a resource as JSON, or the filled cells of a row by heading."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What headings are called in words, where a dictionary says so."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What one patient's record gives: proposals, what was seen and is not offered, and problems."""

    record: str
    """How the file calls the record: 'Patient/p1', 'INV-1'. No name of a person."""
    offer: Offer
    problems: tuple[Problem, ...] = ()
    not_read: Mapping[str, int] = field(default_factory=dict)
    """How many parts of each kind nothing was read from: 'Encounter' 3."""
    labels: Mapping[Source, str] = field(default_factory=dict)
    """What places in tables are called: 'INV-1 brain_rt 2'."""
    origins: tuple[Origin, ...] = field(default=(), repr=False)
    """Everything that is said to be of this patient, in the order of the files; names are in it, so never printed."""

    def sources(self) -> Iterator[Source]:
        """Yield every place that something of this was read from, seen in or contradicts."""
        for proposal in self.offer.proposals:
            yield from proposal.sources
            yield from (conflict.source for conflict in proposal.conflicts)
        yield from (seen.source for seen in self.offer.not_offered)
        for problem in self.problems:
            yield from problem.sources
