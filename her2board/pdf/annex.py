"""The annex: every option with its statements, every cohort criterion by criterion, full references."""

from her2board.assessment.model import Assessment
from her2board.briefing.annex import annex_blocks
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Heading, Sheet
from her2board.pdf.styles import BODY, LEADING, MUTED, ZONE, Geometry, Paper
from her2board.wording import tr


def annex_sheets(assessment: Assessment, library: EvidenceLibrary, paper: Paper) -> list[Sheet]:
    """Return the annex as sheets, one column, running over as many pages as it takes."""
    geometry = Geometry(paper)
    sheets = [Sheet()]
    y = geometry.top
    for block in annex_blocks(assessment, library):
        indent = 12.0 * block.depth
        size = ZONE + 1 if block.depth == 0 and block.title else BODY
        leading = LEADING + (4 if block.title else 0)
        width = geometry.measure - indent
        tall = sheets[-1].tall(block.words, width, size, leading) + (6 if block.title else 0)
        if y + tall > geometry.floor - 14 and y > geometry.top:
            sheets.append(Sheet())
            y = geometry.top
        if block.title:
            y += 6
            sheets[-1].headings.append(Heading(y, block.title))
        y = sheets[-1].words(geometry.left + indent, y, block.words, width, size, leading)
    for number, sheet in enumerate(sheets, 1):
        words = tr("Case {code} \N{MIDDLE DOT} annex {n} of {all}").format(
            code=assessment.case_code, n=number, all=len(sheets)
        )
        sheet.text(geometry.left, geometry.floor, words, grey=MUTED)
    return sheets
