"""Geometry and type of the page: points, greys, sizes. Body type is never below 8 pt."""

from dataclasses import dataclass
from typing import Literal

Paper = Literal["a4", "letter"]
PAPERS: dict[Paper, tuple[float, float]] = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
BODY = 8.0
LEADING = 9.2
"""From one line of body text to the next on A4; a quarter of it is the step of the grid."""
LEAD = 10.2
"""Size of the question, the largest running text."""
TITLE = 15.0
ZONE = 9.2
GAP = 5.2
"""Between zones of sheets other than the page."""
LABEL = 58.0
"""Width of the labels left of rows and lanes."""
BLACK, MUTED, HAIRLINE, LIGHT, FILL = 0.0, 0.33, 0.55, 0.78, 0.90
"""Greys, 0 is black. MUTED keeps 7:1 on white; the others are never text."""
_LEFT: dict[Paper, float] = {"a4": 43.0, "letter": 51.0}
"""ISO holes reach 15 mm into the sheet, the three holes of Letter 17.5 mm."""
_LEADINGS: dict[Paper, float] = {"a4": LEADING, "letter": 9.0}
_COLUMNS: dict[Paper, tuple[float, ...]] = {"a4": (0.18, 0.315, 0.315, 0.19), "letter": (0.175, 0.32, 0.315, 0.19)}
_EDGE: dict[Paper, tuple[float, float]] = {"a4": (26.0, 24.0), "letter": (24.0, 22.0)}


@dataclass(frozen=True, slots=True)
class Geometry:
    """A paper, upright or turned, with margins and grid; the left margin survives hole punching, the others a fax."""

    paper: Paper
    turned: bool = False
    right_margin: float = 30.0

    @property
    def width(self) -> float:
        """Width of the sheet."""
        return PAPERS[self.paper][self.turned]

    @property
    def height(self) -> float:
        """Height of the sheet."""
        return PAPERS[self.paper][not self.turned]

    @property
    def left(self) -> float:
        """Left edge of the text."""
        return _LEFT[self.paper]

    @property
    def top(self) -> float:
        """Top of the text, where the grid starts."""
        return _EDGE[self.paper][0]

    @property
    def bottom(self) -> float:
        """Margin below the text."""
        return _EDGE[self.paper][1]

    @property
    def leading(self) -> float:
        """From one line of body text to the next."""
        return _LEADINGS[self.paper]

    @property
    def option_columns(self) -> tuple[float, ...]:
        """Shares of the width for the columns of the options."""
        return _COLUMNS[self.paper]

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
