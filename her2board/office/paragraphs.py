"""The type of every document: one black family in place of the template's, words of runs, the size of its paper."""

from typing import Any

from docx.shared import Mm, Pt, RGBColor

from her2board.assessment.paper import PAPERS, Paper
from her2board.briefing.model import Words
from her2board.office.backend import blacken_border, set_font
from her2board.office.package import plain

BODY, SMALL = 9.0, 8.0
AFTER = 1.0
"""Points after a paragraph."""
MARGIN_X, MARGIN_Y = 20, 16
"""Millimetres left and right, above and below."""
HEADING, ABOVE = 10.5, 5.0
"""Size of the title of a part, and the room above it."""
_BLACK, _MUTED = RGBColor(0, 0, 0), RGBColor(0x54, 0x54, 0x54)
_FONT = "Arial"
"""Every machine has it, or one of the same widths."""


def set_type(made: Any, body: float = BODY, after: float = AFTER) -> None:
    """Set one black type family in place of the template's."""
    for name, size, before in (
        ("Normal", body, 0),
        ("Title", 18, 0),
        ("Heading 1", 15, 0),
        ("Heading 2", HEADING, ABOVE),
    ):
        style = made.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = _BLACK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        set_font(style, _FONT)
    blacken_border(made.styles["Title"])


def set_paper(section: Any, paper: Paper) -> None:
    """Set size and margins."""
    section.page_width, section.page_height = Mm(PAPERS[paper].width), Mm(PAPERS[paper].height)
    section.left_margin = section.right_margin = Mm(MARGIN_X)
    section.top_margin = section.bottom_margin = Mm(MARGIN_Y)


def say(paragraph: Any, words: Words, size: float = BODY) -> None:
    """Add words to a paragraph, in the size of the body where no other is named."""
    for word in words:
        run = paragraph.add_run(plain(word.text))
        run.bold = word.style == "bold" or None
        run.italic = word.style == "italic" or None
        if size != BODY:
            run.font.size = Pt(size)
        if word.style == "muted":
            run.font.color.rgb = _MUTED
