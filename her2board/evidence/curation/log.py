"""What people did to the evidence, one entry after the other: changes, readings, looks at a source. Only added to."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import Field, ValidationError, model_validator

from her2board.evidence import yaml as strict_yaml
from her2board.evidence.problems import BrokenReleaseError, Problem
from her2board.evidence.references import RealDay, Record, Source, Words
from her2board.evidence.shape import shape_problems

FOLDER = "curation"
"""Beside the files of the release, and no part of them: what is written here changes no page."""
CHANGES, READINGS, LOOKS = "changes.yaml", "readings.yaml", "looks.yaml"
_WIDTH = 118
EntryT = TypeVar("EntryT", bound=Record)
Address = Annotated[str, Field(min_length=1, max_length=200)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Change(Record):
    """Why one value, or what a record says, was changed, added or withdrawn, and who did it after reading what."""

    release: Words
    """Version of the release that was changed."""
    value: Address
    field: Words | None = None
    """None: the record was edited as a whole, or is new."""
    before: str | None = None
    """As in the file; None: it was not there."""
    after: str | None = None
    because: Words
    by: Words
    on: RealDay
    source: Source | None = None
    """What was read for it."""


class Reading(Record):
    """That somebody compared one value with its source, and whether it says what the source says."""

    value: Address
    digest: Digest
    """Of what was read: once the value is changed, the reading is of something else."""
    by: Words
    on: RealDay
    agrees: bool
    why: Words | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> "Reading":
        if not self.agrees and self.why is None:
            raise ValueError("'why' is needed where a reader disagrees")
        return self


class Look(Record):
    """That somebody looked at a source or repeated a search, and what was found."""

    what: Address
    by: Words
    on: RealDay
    found: Words | None = None


def entries(kind: type[EntryT], text: str, file: str) -> tuple[EntryT, ...]:
    """Return the entries of a file. Raises BrokenReleaseError with file and line of each problem."""
    data, problem = strict_yaml.read(text, file)
    if problem is not None:
        raise BrokenReleaseError((problem,))
    if not isinstance(data or (), tuple):
        raise BrokenReleaseError((Problem(file, 1, "a list is expected: each entry begins with '- '"),))
    found, problems = [], []
    for index, entry in enumerate(data or ()):
        try:
            found.append(kind.model_validate(entry))
        except ValidationError as error:
            problems += [
                Problem(file, strict_yaml.line_of(text, (index, *place)), message)
                for place, message in shape_problems(error, entry)
            ]
    if problems:
        raise BrokenReleaseError(tuple(problems))
    return tuple(found)


def with_entries(text: str, added: tuple[Record, ...]) -> str:
    """Return the text of a file with further entries at its end; what is there stays as it is."""
    if not added:
        return text
    listed = [_plain(entry) for entry in added]
    more = yaml.safe_dump(listed, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return f"{text.rstrip()}\n{more}" if text.strip() else more


def _plain(entry: Record) -> Mapping[str, Any]:
    return entry.model_dump(mode="json", exclude_none=True)
