"""The packet: the agenda, a page per case, slips for the recorder, annexes. Sheets come one after the other."""

from collections.abc import Callable, Iterable, Iterator

from her2board.briefing.layouts import Work
from her2board.briefing.model import Briefing, Run
from her2board.briefing.packet import Agenda, Item, PacketOptions, unprinted
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.annexes import chosen_annex
from her2board.pdf.attach import seal, with_room
from her2board.pdf.blocks import Heading, Sheet
from her2board.pdf.cover import cover_sheets
from her2board.pdf.frame import floor_above, footed, titled
from her2board.pdf.page import PageTooFullError, lay_out
from her2board.pdf.render import write_pdf
from her2board.pdf.slips import RULE, rules, slip_sheets, zone
from her2board.pdf.styles import BODY, GAP, MUTED, Geometry
from her2board.pdf.text import check_glyphs, face
from her2board.wording import tr

LaidOut = Callable[[Item, Iterable[Run], Briefing], None]


class ItemTooFullError(Exception):
    """The page of one item cannot hold it."""

    def __init__(self, item: Item, why: PageTooFullError) -> None:
        self.item = item
        super().__init__(str(why))


def make(work: Work) -> bytes:
    """Return the packet of pages as PDF."""
    geometry = Geometry(work.options.paper)
    return write_pdf(packet_sheets(work, geometry), work.agenda, geometry)


def steps(options: PacketOptions, cases: int) -> int:
    """Return a step for each page, slip and annex."""
    return cases * (1 + options.slips + (options.annex != "none"))


def packet_sheets(work: Work, geometry: Geometry) -> Iterator[Sheet]:
    """Yield the agenda, the pages, the slips, then the annexes; ``drawn`` is called after each item of each part.

    A page carries its case as a page alone does. The page of an item has its number as label, whatever else is
    in the packet. Raises ItemTooFullError.
    """
    agenda, library, options = work.agenda, work.library, work.options
    yield from cover_sheets(agenda, geometry)
    count = len(agenda.items)
    for number, item in enumerate(agenda.items, 1):
        sheet = _page(item, agenda, library, geometry, work.laid_out)
        sheet.label = str(number)
        _stamp(sheet, geometry, tr("item {n} of {all}").format(n=number, all=count))
        if item.briefing is not None:
            seal(sheet, work.carried(item))
        yield sheet
        work.drawn()
    for number, item in enumerate(agenda.items if options.slips else (), 1):
        yield from slip_sheets(number, item, agenda, library, geometry)
        work.drawn()
    for number, item in enumerate(agenda.items if options.annex != "none" else (), 1):
        if item.briefing is not None:
            yield from _annex(number, item, work)
        work.drawn()


def _page(item: Item, agenda: Agenda, library: EvidenceLibrary, geometry: Geometry, laid_out: LaidOut) -> Sheet:
    if item.briefing is None:
        return broken_sheet(item, agenda, geometry)
    try:
        sheet, shown = lay_out(with_room(item.briefing), library, geometry)
    except PageTooFullError as error:
        raise ItemTooFullError(item, error) from error
    laid_out(item, (run for _, _, words in sheet.written for run in words), shown)
    urgent = tr(" \N{MIDDLE DOT} urgent, as recorded") if item.urgent else ""
    first = Heading(0.0, f"{item.code}{urgent}", closed=True)
    sheet.headings = [first, *(Heading(place.y, place.title, 1) for place in sheet.headings[1:])]
    return sheet


def _stamp(sheet: Sheet, geometry: Geometry, words: str) -> None:
    """Write the place in the packet into the lower margin, where the page itself writes nothing."""
    wide = face("regular").width(words, BODY)
    sheet.text(geometry.right - wide, geometry.height - 11, words, grey=MUTED)
    sheet.place = words


def _annex(number: int, item: Item, work: Work) -> Iterator[Sheet]:
    case, assessment, left = work.assessed(item)
    sheets = chosen_annex(work.options.annex, case, assessment, work.library, work.options.paper, left)
    work.annexed(item, (run for sheet in sheets for _, _, words in sheet.written for run in words))
    check_glyphs([mark.text for sheet in sheets for mark in sheet.texts])
    for page, sheet in enumerate(sheets, 1):
        sheet.label = tr("Annex {n}, {page}").format(n=number, page=page)
        first, rest = (sheet.headings[:1], sheet.headings[1:]) if page == 1 else ([], sheet.headings)
        top = [Heading(place.y, place.title, closed=True) for place in first]
        sheet.headings = [*top, *(Heading(place.y, place.title, 1) for place in rest)]
        yield sheet


def broken_sheet(item: Item, agenda: Agenda, geometry: Geometry) -> Sheet:
    """Return the page of a case that cannot be printed: clearly marked, with room to write by hand."""
    sheet = Sheet()
    x, width = geometry.left, geometry.measure
    y = titled(sheet, geometry, item.code, agenda.title, f"{item.code} \N{MIDDLE DOT} " + tr("could not be printed"))
    sheet.box(x, y, width, 40, fill=0.0)
    sheet.text(x + 10, y + 26, tr("NOT A BRIEFING: this case could not be printed"), "semibold", 16, 1.0)
    y += 40 + 2 * GAP
    for words in unprinted():
        y = sheet.words(x, y, (Run(words),), width, 10.2, 13) + 2
    floor = floor_above(geometry, agenda.foot) - 8 * RULE
    for number, problem in enumerate(item.problems):
        if y > floor:
            more = tr("+{n} more").format(n=len(item.problems) - number)
            y = sheet.words(x + 12, y, (Run(more, "italic"),), width - 12, 9, 11.5)
            break
        y = sheet.words(x + 12, y, (Run(f"\N{BULLET} {problem}"),), width - 12, 9, 11.5)
    y = zone(sheet, x, y + 3 * GAP, tr("By hand"), width)
    rules(sheet, x, y, width, floor_above(geometry, agenda.foot) - GAP)
    footed(sheet, geometry, agenda.foot)
    return sheet
