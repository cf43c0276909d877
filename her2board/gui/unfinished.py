"""What was typed and the case could not take: an unusable text, a cell still open, an entry that needs more."""

from pydantic import BaseModel, ConfigDict, JsonValue


class Unfinished(BaseModel):
    """One such text, with the field it stands at; in a table also its cell, or the whole entry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    text: str = ""
    row: int | None = None
    column: str = ""
    entry: dict[str, JsonValue] | None = None
    """An entry that still lacks a column, as far as it goes."""
