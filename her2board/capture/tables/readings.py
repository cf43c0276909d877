"""What one cell of a copied table is read beside, and what it is read as."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from her2board.capture.date_order import DateOrder
from her2board.capture.typed import Typed
from her2board.case.drugs import Vocabulary


class Beside(Struct, frozen=True):
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


class CellReading(Struct, frozen=True):
    """What one cell was read as: the value of its column, of other columns, and what is kept for the note."""

    typed: Typed
    more: Mapping[str, Any] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """What a person should see beside the entry."""
