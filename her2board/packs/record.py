"""What a pack says of itself, beside the evidence it carries; the signatures cover it."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Change(BaseModel):
    """Why one record was added, changed or withdrawn since the pack before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: str
    """File of the record inside the release, or id of the record."""
    why: str


class PackRecord(BaseModel):
    """Number, dates, and what the pack is made for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[int, Field(ge=1)]
    """One more than the pack before; an older one is never installed over a newer one."""
    release: str
    """Version of the evidence inside."""
    released: date
    valid_until: date
    """Day after which it is not installed without a reason; what is installed goes on."""
    fits: tuple[str, str]
    """First version of the program it fits, and the first it no longer fits."""
    content_hash: str
    changes: tuple[Change, ...] = ()
