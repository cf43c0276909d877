"""Geometry and type of the page: points, greys, sizes. Body type is never below 8 pt."""

from msgspec import Struct

from her2board.assessment.paper import PAPERS, Paper

BODY = 8.0
LEADING = 9.2
"""From one line of body text to the next on A4; a quarter of it is the step of the grid."""
LEAD = 10.2
"""Size of the question, the largest running text."""
TITLE = 15.0
ZONE = 9.2
GAP = 5.2
"""Between zones of sheets other than the page."""
LABEL = 64.0
"""Width of the labels left of rows and lanes."""
BLACK, MUTED, HAIRLINE, LIGHT, FILL = 0.0, 0.33, 0.55, 0.78, 0.90
"""Greys, 0 is black. MUTED keeps 7:1 on white; the others are never text."""


class _Page(Struct, frozen=True):
    """How a page of some height is set."""

    leading: float
    top: float
    bottom: float


_TALL = _Page(LEADING, 26.0, 24.0)
_SHORT = _Page(9.0, 24.0, 22.0)
_TALL_FROM = 290.0
"""Millimetres: Letter is shorter than A4, and holds as much."""


class Geometry(Struct, frozen=True):
    """A paper, upright or turned, with margins and grid; the left margin survives hole punching, the others a fax."""

    paper: Paper
    turned: bool = False
    right_margin: float = 30.0

    @property
    def width(self) -> float:
        """Width of the sheet."""
        return PAPERS[self.paper].points[self.turned]

    @property
    def height(self) -> float:
        """Height of the sheet."""
        return PAPERS[self.paper].points[not self.turned]

    @property
    def _page(self) -> _Page:
        return _TALL if PAPERS[self.paper].height >= _TALL_FROM else _SHORT

    @property
    def left(self) -> float:
        """Left edge of the text."""
        return PAPERS[self.paper].left_margin

    @property
    def top(self) -> float:
        """Top of the text, where the grid starts."""
        return self._page.top

    @property
    def bottom(self) -> float:
        """Margin below the text."""
        return self._page.bottom

    @property
    def leading(self) -> float:
        """From one line of body text to the next."""
        return self._page.leading

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
