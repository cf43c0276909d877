"""The annex of an example case, made once: short on the frozen release, whole on the shipped one.

What an annex is made of can be seen on the short one; the whole one is for tests of what is shipped.
"""

import re
from collections.abc import Iterable
from functools import cache

from her2board.assessment.paper import Paper
from her2board.pdf.annex import annex_sheets
from her2board.pdf.blocks import Sheet
from her2board.pdf.render import render_page
from support.pages import Made, example, golden
from support.tags import Tag, tags_of

STEM = "b07-invented-complete"


def sheets_of(made: Made) -> tuple[Sheet, ...]:
    """Return the annex of a page, not kept."""
    return tuple(annex_sheets(made.assessment, made.library, made.geometry.paper, made.case))


@cache
def short_annex(stem: str = STEM, paper: Paper = "a4") -> tuple[Sheet, ...]:
    """Return the annex on the frozen release."""
    return sheets_of(golden(stem, paper))


@cache
def whole_annex(stem: str = STEM, paper: Paper = "a4") -> tuple[Sheet, ...]:
    """Return the annex on the shipped release."""
    return sheets_of(example(stem, paper))


@cache
def pdf_with_annex(stem: str = STEM, paper: Paper = "a4") -> bytes:
    """Return the page and its short annex."""
    made = golden(stem, paper)
    return render_page(made.briefing, made.library, paper, lambda *_: short_annex(stem, paper))


@cache
def tags_with_annex(stem: str = STEM, paper: Paper = "a4") -> Tag:
    """Return the tags of the page and its short annex."""
    return tags_of(pdf_with_annex(stem, paper))


def words_of(sheets: Iterable[Sheet]) -> str:
    """Return the words of an annex as they stand in their cells, without the line ends."""
    words = (run.text for sheet in sheets for _, _, words in sheet.written for run in words)
    return re.sub(r"\s+", " ", " ".join(words))
