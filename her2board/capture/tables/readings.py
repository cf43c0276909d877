"""What one cell of a copied table is read beside, and what it is read as."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from her2board.capture.date_order import DateOrder
from her2board.capture.typed import Typed
from her2board.case.drugs import Vocabulary


@dataclass(frozen=True, slots=True)
class Beside:
    """What a cell is read beside: vocabulary, meeting, unit and order of its column, columns of the entry."""

    vocabulary: Vocabulary | None = None
    meeting: date | None = None
    order: DateOrder | None = None
    unit: str = ""
    paths: frozenset[str] = frozenset()
    """Columns that an entry of the list has."""
    measured: str = ""
    """Day that the heading of a column of sizes says, as ISO text."""
    days_only: bool = False
    """The column holds the days of earlier sizes."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """What one cell was read as: the value of its column, of other columns, and what is kept for the note."""

    typed: Typed
    more: Mapping[str, Any] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """What a person should see beside the entry."""
