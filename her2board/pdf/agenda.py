"""The agenda alone: what is discussed in which order, what is not ready, what is only named."""

from her2board.briefing.layouts import Work
from her2board.briefing.packet import PacketOptions
from her2board.pdf.cover import cover_sheets
from her2board.pdf.render import write_pdf
from her2board.pdf.styles import Geometry


def make(work: Work) -> bytes:
    """Return the agenda as PDF."""
    geometry = Geometry(work.options.paper)
    sheets = cover_sheets(work.agenda, geometry)
    for _ in work.agenda.items:
        work.drawn()
    return write_pdf(sheets, work.agenda, geometry)


def steps(_options: PacketOptions, cases: int) -> int:
    """Return one step for each case."""
    return cases
