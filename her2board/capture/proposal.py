"""What a source offers for a case: each value with its place, its words and how sure it is; a person takes it over."""

from collections.abc import Iterable
from typing import Any, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.typed import Candidate
from her2board.case import terms
from her2board.case.model import SentenceSource
from her2board.wording import Marked

Trust = terms.Trust
TRUST_WORDS = terms.TRUST_WORDS
Reason = Literal[
    "negated",
    "uncertain",
    "planned",
    "conditional",
    "declined",
    "not_done",
    "earlier",
    "another_person",
    "another_specimen",
    "another_thing",
    "request",
    "reference",
    "threshold",
    "no_year",
    "not_given",
    "open",
    "never",
    "entered_in_error",
    "refuted",
    "not_known",
    "too_many",
]
REASON_WORDS: dict[Reason, Marked] = {
    "negated": "negated",
    "uncertain": "uncertain",
    "planned": "planned",
    "conditional": "said under a condition",
    "declined": "declined",
    "not_done": "not done",
    "earlier": "an earlier value",
    "another_person": "another person",
    "another_specimen": "another specimen",
    "another_thing": "about something else",
    "request": "words of the request",
    "reference": "a reference range or an explanation",
    "threshold": "a limit, not a measurement",
    "no_year": "the year is missing",
    "not_given": "unit or order not given",
    "open": "more than one reading",
    "never": "a judgement that a person records",
    "entered_in_error": "entered in error",
    "refuted": "refuted",
    "not_known": "not a known name or code",
    "too_many": "too many of one kind",
}


class TextSpan(Struct, frozen=True):
    """A place in a pasted text: offsets of its first character and of the one behind its last."""

    start: int
    end: int


class Element(Struct, frozen=True):
    """A place in a record: the resource ('Observation/h1'), the path of the element in it, and the file."""

    resource: str
    path: str = ""
    file: str = ""


class Cell(Struct, frozen=True):
    """A place in a table: the row, counted from 1 below the headings, the heading of the column, and the file."""

    row: int
    column: str
    file: str = ""


Source: TypeAlias = TextSpan | Element | Cell


class Conflict(Struct, frozen=True):
    """Another value that the same source gives for a field, with its words and place."""

    value: Any
    words: str
    source: Source
    kept: str = ""
    """The sentence that travels with the fact, as that of a proposal."""


class Proposal(Struct, frozen=True):
    """One value offered for one field. Nothing of it is recorded before a person accepts it."""

    field: str
    """Path in the case; '[]' at its end is a new entry of that list: 'brain.lesions[]'."""
    value: Any
    """Plain JSON as a case file holds it; None where a person chooses between ``readings``."""
    trust: Trust
    rule: str
    """Id of the rule, so that what it does can be looked up."""
    sources: tuple[Source, ...]
    words: tuple[str, ...]
    """As read, one text for each source."""
    derived: str = ""
    """How the value follows from the words, where it is not simply what they say: '2 mg twice a day'."""
    readings: tuple[Candidate, ...] = ()
    """Values to choose from; none of them is preselected."""
    asks: str = ""
    """What only a person settles before it is taken over."""
    kept: str = ""
    """The sentence that travels with the fact, names and numbers of persons masked."""
    conflicts: tuple[Conflict, ...] = ()

    @property
    def is_entry(self) -> bool:
        """Whether it adds an entry to a list."""
        return self.field.endswith("[]")

    @property
    def is_direct(self) -> bool:
        """Whether it says one thing plainly: class A, which can be accepted together."""
        return self.trust == "stated" and not (self.asks or self.conflicts or self.readings)

    @property
    def values(self) -> tuple[Any, ...]:
        """The value, or the values to choose from."""
        return tuple(reading.value for reading in self.readings) or (self.value,)


class SeenNotOffered(Struct, frozen=True):
    """A value that was read and is not offered, with the reason, so that silence can be checked."""

    field: str
    value: Any
    because: Reason
    source: Source
    words: str
    note: str = ""
    """More about the reason, where there is more to say."""


class ReadFirst(Struct, frozen=True):
    """A sentence about a possibly urgent sign. It is shown first; a person records urgency."""

    sign: str
    """Path of the sign it may be about: 'urgency.mass_effect'."""
    source: Source
    words: str


UnreadWhy = Literal["patients", "rest", "sentence", "line", "word", "drugs", "values"]
UNREAD_WORDS: dict[UnreadWhy, Marked] = {
    "patients": "the text is of more than one patient, so nothing is read of any of them; leave only the part of this "
    "patient, and read it again",
    "rest": "the text was read to sentence {n:,}; nothing from here on was read",
    "sentence": "this sentence was not read: it has more than {n:,} characters",
    "line": "this line was not read: it has more than {n:,} characters",
    "word": "this word was not read: it has more than {n:,} characters",
    "drugs": "the drugs of this sentence were not read: it names more than {n:,}",
    "values": "nothing more of this was read from here on: the text has it more than {n:,} times",
}


class Unread(Struct, frozen=True):
    """A part of a text that was not read, with the limit it exceeds."""

    why: UnreadWhy
    limit: int
    source: TextSpan
    words: str
    """How it begins."""


class Offer(Struct, frozen=True):
    """Everything that one source gives: what is offered, what is not and why, what is first and what was not read."""

    proposals: tuple[Proposal, ...] = ()
    not_offered: tuple[SeenNotOffered, ...] = ()
    read_first: tuple[ReadFirst, ...] = ()
    read_from: SentenceSource | None = None
    """The report as a whole, where it is one."""
    unread: tuple[Unread, ...] = ()
    """In the order of the text; empty where every part of it was read."""


def with_conflicts(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Return the proposals, each with the different values that others give for its field; entries have none."""
    found = tuple(proposals)
    return tuple(replace(one, conflicts=(*one.conflicts, *_against(one, found))) for one in found)


def _against(one: Proposal, others: tuple[Proposal, ...]) -> tuple[Conflict, ...]:
    if one.is_entry:
        return ()
    same = (other for other in others if other is not one and other.field == one.field)
    return tuple(
        Conflict(value, other.words[0], other.sources[0], other.kept)
        for other in same
        for value in other.values
        if value not in one.values
    )
