"""The papers that pages are written on: one entry each, its name beside it in the type."""

from typing import Literal

from msgspec import Struct

from her2board.wording import Marked

_POINTS_PER_MM = 72 / 25.4
Paper = Literal["a4", "letter"]


class Size(Struct, frozen=True):
    """A paper: its size in millimetres, and the margin in points that keeps text clear of punched holes."""

    width: float
    height: float
    left_margin: float
    label: Marked
    """What people call it."""

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return round(self.width * _POINTS_PER_MM, 2), round(self.height * _POINTS_PER_MM, 2)


PAPERS: dict[Paper, Size] = {
    "a4": Size(210.0, 297.0, 43.0, "A4"),  # ISO holes reach 15 mm into the sheet
    "letter": Size(215.9, 279.4, 51.0, "US Letter"),  # its three holes reach 17.5 mm
}
