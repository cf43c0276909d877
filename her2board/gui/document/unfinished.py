"""What was entered and the case does not hold: an invalid text, a cell still open, an incomplete entry."""

from pydantic import BaseModel, ConfigDict, JsonValue


class Unfinished(BaseModel):
    """One such text, with its field; in a table also its cell, or the whole entry.

    A column without a row is the part of a reason for absence: 'owner', 'due' or 'note'.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    text: str = ""
    row: int | None = None
    column: str = ""
    entry: dict[str, JsonValue] | None = None
    """An entry that still lacks a column, as far as it goes."""

    @property
    def of_reason(self) -> bool:
        """Return whether it belongs to a reason for absence."""
        return bool(self.column) and self.row is None
