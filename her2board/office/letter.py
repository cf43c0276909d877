"""The letter of a decision as an editable document."""

from typing import Any

import docx
from docx.shared import Pt

from her2board.assessment.paper import Paper
from her2board.briefing.meeting.letter import Letter
from her2board.briefing.model import Run
from her2board.office.backend import add_page_number
from her2board.office.package import packed, plain
from her2board.office.paragraphs import SMALL, say, set_paper, set_type
from her2board.wording import tr

_TYPE, _AFTER = 11.0, 3.0
"""Size of the letter's type, and the points after a paragraph."""


def letter_document(letter: Letter, paper: Paper) -> bytes:
    """Return one letter."""
    made = docx.Document()
    set_type(made, _TYPE, _AFTER)
    made.styles["Footer"].font.size = Pt(SMALL)  # of the page number, a field without a type of its own
    set_paper(made.sections[0], paper)
    made.add_heading(plain(letter.title), 1)
    for line in letter.lead:
        say(made.add_paragraph(), (Run(line, "muted"),), _TYPE)
    for part in letter.parts:
        made.add_heading(plain(part.label), 2)
        say(made.add_paragraph(), part.words, _TYPE)
    _signed(made)
    _foot(made.sections[0], letter.foot)
    return packed(made, letter.title, letter.language)


def _signed(made: Any) -> None:
    """Add the line on which whoever answers for the letter signs."""
    line = made.add_paragraph()
    line.paragraph_format.space_before = Pt(36)
    blanks = (tr("Recorded by"), tr("Date and time"), tr("Signature"))
    say(line, (Run("   ".join(f"{blank} ____________________" for blank in blanks), "muted"),), SMALL)


def _foot(section: Any, words: str) -> None:
    foot = section.footer.paragraphs[0]
    say(foot, (Run(f"{words} ", "muted"),), SMALL)
    add_page_number(foot)
