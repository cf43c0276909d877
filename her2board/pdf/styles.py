"""Geometry and type of the page: points, greys, sizes. Body type is never below 8 pt."""

from dataclasses import dataclass
from typing import Literal

Paper = Literal["a4", "letter"]
PAPERS: dict[Paper, tuple[float, float]] = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
BODY = 8.0
LEADING = 9.4
LEAD = 10.2
"""Size of the question, the largest running text."""
TITLE = 15.0
ZONE = 9.2
BLACK, MUTED, HAIRLINE, LIGHT, FILL = 0.0, 0.33, 0.62, 0.80, 0.93
"""Greys, 0 is black. MUTED keeps 7:1 on white."""
GAP = 5.2
"""Space between zones."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """A paper, upright or turned, with its margins; the left one survives hole punching."""

    paper: Paper
    turned: bool = False

    @property
    def width(self) -> float:
        """Width of the sheet."""
        return PAPERS[self.paper][self.turned]

    @property
    def height(self) -> float:
        """Height of the sheet."""
        return PAPERS[self.paper][not self.turned]

    left: float = 43.0
    right_margin: float = 30.0
    top: float = 26.0
    bottom: float = 24.0

    @property
    def right(self) -> float:
        """Right edge of the text."""
        return self.width - self.right_margin

    @property
    def measure(self) -> float:
        """Width of the text."""
        return self.right - self.left

    @property
    def floor(self) -> float:
        """Lowest usable line, from the top."""
        return self.height - self.bottom
