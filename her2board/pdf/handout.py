"""The handout on paper turned sideways: one row of five columns per case."""

from collections.abc import Callable, Iterator

from her2board.briefing.formats import MIDDLE_DOT
from her2board.briefing.handout import columns, handout_row
from her2board.briefing.layouts import Work
from her2board.briefing.packet import Agenda, PacketOptions, named_only
from her2board.pdf.blocks import Sheet
from her2board.pdf.render import write_pdf
from her2board.pdf.styles import Geometry
from her2board.pdf.table import Table, TableRow, table_sheets


def make(work: Work) -> bytes:
    """Return the handout as PDF."""
    geometry = Geometry(work.options.paper, turned=True)
    return write_pdf(handout_sheets(work.agenda, geometry, work.drawn), work.agenda, geometry)


def steps(_options: PacketOptions, cases: int) -> int:
    """Return one step for each case."""
    return cases


_SHARES = (0.15, 0.13, 0.15, 0.16, 0.41)


def handout_sheets(agenda: Agenda, geometry: Geometry, drawn: Callable[[], None]) -> Iterator[Sheet]:
    """Yield the handout for the whole list."""
    rows = [handout_row(number, item) for number, item in enumerate(agenda.items, 1)]
    named = f"{named_only()}: {', '.join(item.code for item in agenda.named)}" if agenda.named else ""
    lead = MIDDLE_DOT.join(
        part for part in (agenda.evidence, agenda.lead, agenda.privacy, agenda.urgent, named) if part
    )
    table = Table(
        title=agenda.title,
        lead=lead,
        heads=columns(),
        shares=_SHARES,
        rows=tuple(TableRow(row.cells, row.title, row.title) for row in rows),
        foot=agenda.foot,
    )
    return table_sheets(table, geometry, drawn)
