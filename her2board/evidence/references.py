"""Publications, and the place inside them where something was read."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from her2board.evidence.naming import Names
from her2board.evidence.terms import ReadIn

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, Field(pattern=SLUG)]
ReferenceId = Annotated[Slug, Names("reference")]
Words = Annotated[str, Field(min_length=1, max_length=600)]
Year = Annotated[int, Field(ge=1980, le=2100)]


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A day as 2026-11-20."""


def _a_day(text: str) -> str:
    """Refuse a day that is in no calendar."""
    date.fromisoformat(text)
    return text


RealDay = Annotated[Day, AfterValidator(_a_day)]
"""A day as 2026-11-20, which exists."""


class Record(BaseModel):
    """A frozen part of the evidence; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Source(Record):
    """Where a value or sentence was read: reference, place inside it, kind of reading."""

    ref: ReferenceId
    locator: Words
    read_in: ReadIn

    @property
    def secondary(self) -> bool:
        """Tell whether the mark for a secondary report must follow the value to the reader."""
        return self.read_in is ReadIn.SECONDARY_REPORT


class Withdrawn(Record):
    """That something is shown no more, and why; it stays in its file."""

    because: Words
    by: Words
    on: RealDay
    source: Source | None = None
    """What was read for it."""


class Withdrawable(Record):
    """What can be withdrawn: from then on it is listed with the reason, and used nowhere."""

    withdrawn: Withdrawn | None = None


class Reference(Record):
    """A publication, registry entry, label or guideline, as it is cited."""

    id: Slug
    short: Annotated[str, Field(max_length=40)]
    """As cited on the page: 'Harbeck 2024'."""
    kind: Literal["article", "conference_abstract", "registry", "label", "guideline", "report", "program"]
    authors: Words | None = None
    title: Words | None = None
    journal: Words | None = None
    year: Year | None = None
    volume_pages: Words | None = None
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    pmid: Annotated[str, Field(pattern=r"^\d{6,9}$")] | None = None
    registry: Words | None = None
    note: Words | None = None
