"""What was entered and the case does not hold: an invalid text, a cell still open, an incomplete entry."""

import json

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from her2board.case.fields import CaseField, field_by_path


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


_PARTS_OF_A_REASON = ("owner", "due", "note")


def fits(entry: Unfinished) -> bool:
    """Return whether there is a place for what was entered: a file may be damaged, or of another version."""
    field = field_by_path().get(entry.path)
    if field is None:
        return False
    if entry.of_reason:
        return entry.column in _PARTS_OF_A_REASON
    return entry.entry is None or _fits_table(field, entry.entry)


def _fits_table(field: CaseField, entry: dict[str, JsonValue]) -> bool:
    """Return whether each column can hold what it is given; a column that is still missing is no matter."""
    if field.kind not in ("table", "mapping") or None in entry.values():
        return False
    answers = {name: value for name, value in entry.items() if name != "drug"} if field.kind == "mapping" else entry
    if field.item is None:
        return all(name == "value" and isinstance(value, bool) for name, value in answers.items())
    try:
        field.item.model_validate_json(json.dumps(answers))
    except ValidationError as error:
        return all(detail["type"] == "missing" or not detail["loc"] for detail in error.errors())
    return True
