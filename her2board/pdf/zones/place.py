"""Where a zone is drawn, and the title of a zone."""

from msgspec import Struct

from her2board.pdf.blocks import Heading, Sheet
from her2board.pdf.styles import BLACK, ZONE, Geometry

PAD = 7.0
"""Inside the box of a zone."""
HANG = 6.0
"""By how much the further lines of an entry are set in."""
ROUNDED = 0.01
"""Points that adding up many heights may be off."""


class Place(Struct, frozen=True):
    """A column of the sheet for one zone. What a zone draws starts at a height and ends at the one it returns."""

    sheet: Sheet
    geometry: Geometry
    x: float
    width: float
    floor: float
    """The height of the footer."""

    @property
    def step(self) -> float:
        """The step of the grid."""
        return self.sheet.step

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    def titled(self, y: float, title: str) -> float:
        """Write the title of a zone with a rule below; return the height below."""
        rule = y + 5 * self.step - 0.4
        self.sheet.headings.append(Heading(y, title, x=self.x))
        self.sheet.text(self.x, y + ZONE * 0.92, title, "semibold", ZONE)
        self.sheet.line(self.x, rule, self.right, rule, BLACK, 0.6)
        return y + 6 * self.step
