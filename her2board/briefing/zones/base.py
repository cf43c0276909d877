"""What a zone of the page declares: how it composes itself, its shorter forms, and its part of an outline."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct

from her2board.assessment.model import Assessment
from her2board.briefing.model import Line, Part, Words
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary

Z = TypeVar("Z")


class Sources(Struct, frozen=True):
    """Everything a zone is composed from."""

    case: Case
    assessment: Assessment
    library: EvidenceLibrary
    dated: bool = True
    """False where the day of the assessment is today, not a meeting date."""
    identified: bool = False
    """Name and record number are switched on for this export."""
    unreviewed: bool = False
    """Nobody looked for names in the texts of this export."""


class Note(Struct, Generic[Z], frozen=True):
    """What is noted of a shorter form."""

    kind: str
    """A later note of the same kind takes the place of an earlier one."""
    words: Callable[[int], str]
    """Says what was left out, given the count."""
    count: Callable[[Z], int] = lambda _: 0
    """What is counted, from the zone as shortened."""


class Form(Struct, Generic[Z], frozen=True):
    """A shorter form of a zone."""

    at: int
    """Place in the order in which all zones together are shortened; forms at one place are taken together."""
    shorten: Callable[[Z], Z]
    """Returns an equal zone where there is nothing to leave out."""
    note: Note[Z] | None = None
    """None where the zone itself says all, or where nothing is lost."""


def alone(*several: Words) -> tuple[Line, ...]:
    """Return lines without a label; nothing for what is empty."""
    return tuple(Line("", words) for words in several if words)


def no_outline(_zone: object) -> Iterator[Part]:
    """Yield nothing: what is on the page only."""
    return iter(())


class Zone(Struct, Generic[Z], frozen=True):
    """A zone of the page."""

    kind: type[Z]
    """What it holds."""
    compose: Callable[[Sources], Z | None]
    """Returns what it holds for one case; None leaves it out."""
    shorter: tuple[Form[Z], ...] = ()
    outline: Callable[[Z], Iterable[Part]] = no_outline
    """Returns its titled parts of labelled lines, for layouts that flow."""
