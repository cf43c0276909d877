"""What a file of another program gives, and what keeps one from being read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from her2board.capture.proposal import Offer, Source


class UnreadableError(Exception):
    """A file cannot be read: the words name the file, the place in it, what is wrong and what would help."""

    def __init__(self, file: str, what: str, place: str = "") -> None:
        super().__init__(": ".join(filter(None, (file, place, what))))
        self.file, self.place, self.what = file, place, what


@dataclass(frozen=True, slots=True)
class Problem:
    """What contradicts itself or cannot be so, with every reading; none of them is taken."""

    sources: tuple[Source, ...]
    what: str
    readings: tuple[str, ...] = ()


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
