"""What a fact was read from: the sentence that a person accepted it with, and where that is written."""

from typing import Annotated

from pydantic import Field, JsonValue

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import OfProgram, Part, Short

MOST_TEXTS = 10
LONGEST_TEXT, LONGEST_SENTENCE = 30_000, 1200
"""Characters that are kept: a report of ten pages, and of a sentence what is around the words that were read."""


class SentenceSource(Part):
    """Where a sentence is written: the kind of document and its date, or the place in a record or table."""

    kind: t.SourceKind
    day: PartialDate | None = None
    place: Short | None = None
    """Resource and element of a record, row and column of a table."""


class KeptSentence(Part):
    """The sentence that a value was read from when a person accepted it; names and numbers of persons are masked."""

    field: Annotated[Short, OfProgram()]
    """Path of the field; '[]' at its end means one entry of that list."""
    value: JsonValue
    """As accepted. The sentence says nothing about any other value."""
    sentence: Annotated[str, Field(min_length=1, max_length=LONGEST_SENTENCE)]
    source: SentenceSource
    rule: Annotated[Short, OfProgram()]
    """Id of the rule that read it."""
    trust: t.Trust


class KeptText(Part):
    """The whole text of a report, kept because a person asked for it; nothing in it is masked."""

    kind: t.SourceKind
    day: PartialDate | None = None
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
