"""What reading a report goes through: sentences with the role of their section, and events found in them."""

from bisect import bisect_left
from operator import attrgetter
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from her2board.capture.proposal import Reason, Trust
from her2board.capture.report.normal import Normal
from her2board.capture.typed import Candidate

Kind = Literal[
    "brain_mri",
    "pathology",
    "radiotherapy_summary",
    "echo",
    "systemic_history",
    "clinic_letter",
    "discharge_summary",
    "emergency_note",
    "board_note",
    "staging_ct",
]
Role = Literal[
    "title",
    "body",
    "request",
    "technique",
    "comparison",
    "findings",
    "impression",
    "plan",
    "family",
    "drugs",
    "allergies",
    "past_history",
    "explanation",
    "earlier",
    "person",
    "not_given",
]
EXAMINATIONS: tuple[Kind, ...] = ("brain_mri", "pathology", "echo", "staging_ct")
"""Kinds that report one examination, and no treatment."""
DATE = "\x01"
"""Replaces each character of a date in a marked text; no normalised text holds it."""
Span: TypeAlias = tuple[int, int]


class Sentence(Struct, frozen=True):
    """A sentence, row or item of a list: its place, the role of its section, and whether its line begins here."""

    start: int
    end: int
    role: Role
    starts_line: bool = False
    copied: bool = False
    """Whether its section is copied from an older note: what is of a moment there is not of now."""


class FoundDate(Struct, frozen=True):
    """A date in the text: its readings as ISO text, one where it is settled."""

    start: int
    end: int
    isos: tuple[str, ...]

    @property
    def iso(self) -> str:
        """The date where it has one reading, else empty."""
        return self.isos[0] if len(self.isos) == 1 else ""


class Form(Struct, frozen=True):
    """A group of boxes of a form: its place, and those of its label, of what is ticked, and of what follows.

    Without parts where it is open what is ticked.
    """

    start: int
    end: int
    parts: tuple[Span, ...]


_START = attrgetter("start")


class Document(Struct, frozen=True):
    """A report as it is read: the text, its kind, its sentences and its dates."""

    normal: Normal
    kind: Kind
    sentences: tuple[Sentence, ...]
    dates: tuple[FoundDate, ...]
    marked: str
    """The text as rules read it, every date replaced by as many signs of ``DATE``: its numbers are nothing else."""
    left_out: tuple[Sentence, ...] = ()
    """Sentences that are too long to be read."""
    forms: tuple[Form, ...] = ()
    """Groups of boxes whose words are in other places than in the text."""
    pasted: str = ""
    """The text with those boxes as they were; empty where it has none."""
    patients: tuple[Span, ...] = ()
    """Places that show that the text is of several patients: nothing from the first of them on is read."""
    drugs_at: tuple[int, ...] | None = None
    """Where a name of a drug may begin, in their order; None where nobody looked, so that it may be anywhere."""

    @property
    def shown(self) -> str:
        """The text as a person sees it: what is quoted is from here."""
        return self.pasted or self.normal.text

    @property
    def plain(self) -> str:
        """The text in lower case without accents."""
        return self.normal.plain

    def dates_in(self, start: int, end: int) -> tuple[FoundDate, ...]:
        """Return the dates inside a place of the text."""
        first, last = (bisect_left(self.dates, place, key=_START) for place in (start, end))
        return tuple(date for date in self.dates[first:last] if date.end <= end)


class Event(Struct, frozen=True):
    """One value that a rule read in a sentence. ``because`` is why it is not offered; empty where it may be."""

    rule: str
    field: str
    value: Any
    start: int
    end: int
    sentence: Sentence
    trust: Trust = "stated"
    derived: str = ""
    readings: tuple[Candidate, ...] = ()
    asks: str = ""
    because: Reason | None = None
