"""What every sheet of a packet has: a title with a line under it, and a foot."""

from her2board import builds
from her2board.briefing.model import Run
from her2board.pdf.blocks import Heading, Sheet
from her2board.pdf.lines import height
from her2board.pdf.styles import BLACK, BODY, GAP, LEADING, MUTED, TITLE, Geometry
from her2board.pdf.text import face

FOOT = 8.0
_FOOT_LEADING = 9.4


def titled(sheet: Sheet, geometry: Geometry, title: str, lead: str, bookmark: str = "") -> float:
    """Write a title and a line of words at the top; return the y below. ``bookmark`` names it in the outline."""
    x, y, width = geometry.left, geometry.top, geometry.measure
    if bookmark:
        sheet.headings.append(Heading(y, bookmark))
    with sheet.part("H1"):
        y = sheet.words(x, y, (Run(title, "bold"),), width, TITLE, TITLE + 3)
    if lead:
        y = sheet.words(x, y + 1, (Run(lead, "muted"),), width)
    sheet.line(x, y + 2, x + width, y + 2, weight=1.2)
    return y + 2 + GAP


def footed(sheet: Sheet, geometry: Geometry, words: str, page: str = "") -> None:
    """Write the foot, with the page at its right end."""
    y = floor_above(geometry, words)
    x, width = geometry.left, geometry.measure
    sheet.line(x, y, x + width, y, BLACK, 0.6)
    wide = face("regular").width(page, FOOT)
    sheet.words(x, y + 2.5, (Run(words, "muted"),), _room(geometry), FOOT, _FOOT_LEADING)
    sheet.text(x + width - wide, y + 2.5 + FOOT * 0.92, page, size=FOOT, grey=MUTED)


def annex_foot(sheet: Sheet, geometry: Geometry, words: str) -> None:
    """Write the two lines an annex sheet ends with: whom it is for, and which sheet of which case it is."""
    sheet.text(geometry.left, geometry.floor - geometry.leading, builds.intended_use(), grey=MUTED)
    sheet.text(geometry.left, geometry.floor, words, grey=MUTED)


def floor_above(geometry: Geometry, words: str) -> float:
    """Return the y of the line above the foot."""
    return geometry.floor - height((Run(words),), _room(geometry), FOOT, _FOOT_LEADING) - 4


def _room(geometry: Geometry) -> float:
    return geometry.measure - _PAGE_ROOM


_PAGE_ROOM = 64.0
"""Kept free at the right end of the foot for the page."""


def black_label(sheet: Sheet, x: float, y: float, text: str) -> float:
    """Write a word white on black, its top at ``y``; return its width."""
    wide = face("semibold").width(text, BODY) + 8
    sheet.box(x, y, wide, LEADING + 0.6, fill=BLACK)
    sheet.text(x + 4, y + BODY * 0.95, text, "semibold", BODY, 1.0)
    return wide
