"""Values of a case as plain JSON."""

from typing import Any

from pydantic import BaseModel

from her2board.case.dates import PartialDate
from her2board.case.fields import value_at
from her2board.case.model import Case, Millimetres


def plain(value: Any) -> Any:
    """Return a value of the case as plain JSON."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Millimetres):
        return value.recorded()
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return value


def plain_at(case: Case, path: str) -> Any:
    """Return what the field at ``path`` records as plain JSON; None when not recorded."""
    return plain(value_at(case, path))
