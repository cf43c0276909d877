"""The packet: the agenda, a page per case, slips for the recorder, annexes. Sheets come one after the other."""

from collections.abc import Callable, Iterable, Iterator

from her2board.briefing.formats import MIDDLE_DOT
from her2board.briefing.layouts import Work
from her2board.briefing.model import Briefing, Run
from her2board.briefing.packet import Agenda, Item, PacketOptions, short, unprinted
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.annexes import chosen_annex
from her2board.pdf.attach import seal, with_room
from her2board.pdf.blocks import Heading, Sheet
from her2board.pdf.cover import cover_sheets
from her2board.pdf.frame import black_label, floor_above, footed, titled
from her2board.pdf.page import PageTooFullError, lay_out
from her2board.pdf.render import write_pdf
from her2board.pdf.styles import BODY, GAP, HAIRLINE, LEADING, MUTED, Geometry
from her2board.pdf.text import check_glyphs, face
from her2board.wording import tr

LaidOut = Callable[[Item, Iterable[Run], Briefing], None]
_RULE = 21.0
"""Distance of lines to write on by hand."""
_ZONE = 15.0
"""Height of the title of a zone to write in."""
_QUESTION = 500
"""Characters of a question on a slip."""


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
        yield slip_sheet(number, item, agenda, library, geometry)
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
    floor = floor_above(geometry, agenda.foot) - 8 * _RULE
    for number, problem in enumerate(item.problems):
        if y > floor:
            more = tr("+{n} more").format(n=len(item.problems) - number)
            y = sheet.words(x + 12, y, (Run(more, "italic"),), width - 12, 9, 11.5)
            break
        y = sheet.words(x + 12, y, (Run(f"\N{BULLET} {problem}"),), width - 12, 9, 11.5)
    y = _zone(sheet, x, y + 3 * GAP, tr("By hand"), width)
    _rules(sheet, x, y, width, floor_above(geometry, agenda.foot) - GAP)
    footed(sheet, geometry, agenda.foot)
    return sheet


def _zone(sheet: Sheet, x: float, y: float, title: str, width: float) -> float:
    sheet.text(x, y + 9.2, title, "semibold", 9.6)
    sheet.line(x, y + 12, x + width, y + 12, weight=0.6)
    return y + _ZONE


def _rules(sheet: Sheet, x: float, y: float, width: float, floor: float) -> float:
    """Draw lines to write on down to ``floor``; return the last."""
    while y + _RULE <= floor:
        y += _RULE
        sheet.line(x, y, x + width, y, HAIRLINE)
    return y


def _field(sheet: Sheet, x: float, y: float, label: str, width: float) -> None:
    wide = sheet.text(x, y, label, grey=MUTED)
    sheet.line(x + wide + 5, y + 1.5, x + width, y + 1.5, HAIRLINE)


def slip_sheet(number: int, item: Item, agenda: Agenda, library: EvidenceLibrary, geometry: Geometry) -> Sheet:
    """Return the slip of one case for the recorder: what is known already, and blanks for what was decided."""
    sheet = Sheet(label=tr("Slip {n}").format(n=number))
    x, width = geometry.left, geometry.measure
    title = tr("Decision slip {n}: {code}").format(n=number, code=item.code)
    lead = MIDDLE_DOT.join(part for part in (agenda.title, item.identity, item.presenter) if part)
    y = titled(sheet, geometry, title, lead, title)
    if item.urgent:
        black_label(sheet, x, y, tr("URGENT, as recorded"))
        y += LEADING + 5
    if item.question:
        y = sheet.words(x, y, (Run(tr("Question. "), "bold"), *short(item.question, _QUESTION)), width, 9, 11) + GAP
    roles = [role.label for role in library.pause.disciplines if not role.only_when_required]
    y = _ticks(sheet, x, y, [*roles, tr("Other:")], width)
    y = _zone(sheet, x, y, tr("Discussed and decided"), width)
    small = _ZONE + 2 * _RULE + GAP
    y = _rules(sheet, x, y, width, floor_above(geometry, agenda.foot) - 3 * GAP - 2 * small - _ZONE - 5 * _RULE) + GAP
    for heading in (tr("Dissent"), tr("Fallback, and when it is looked at again")):
        _rules(sheet, x, _zone(sheet, x, y, heading, width), width, y + small - GAP)
        y += small
    y = _zone(sheet, x, y, tr("Who does what, by when"), width)
    fields = (
        (tr("Owner of the decision"), tr("by")),
        (tr("Next MRI, if radiation waits"), tr("owner of that MRI")),
        (tr("Who tells the patient"), tr("by")),
        (tr("To bring to the board again"), tr("who")),
    )
    for one, two in fields:
        y += _RULE
        _field(sheet, x, y, one, width * 0.6 - 8)
        _field(sheet, x + width * 0.6, y, two, width * 0.4)
    y += _RULE
    third = width / 3
    for index, label in enumerate((tr("Recorded by"), tr("Date and time"), tr("Signature"))):
        _field(sheet, x + index * third, y + 4, label, third - 8)
    footed(sheet, geometry, agenda.foot, tr("slip {n} of {all}").format(n=number, all=len(agenda.items)))
    return sheet


def _ticks(sheet: Sheet, x: float, y: float, roles: list[str], width: float) -> float:
    """Write the disciplines with a box each to tick: heard at this meeting."""
    y = _zone(sheet, x, y, tr("Heard at this meeting before a decision on whole-brain radiation"), width)
    column = width / 3
    for index, name in enumerate(roles):
        at, row = x + (index % 3) * column, index // 3
        top = y + row * 15
        sheet.box(at, top + 1.5, 8, 8, stroke=0.0, weight=0.8)
        sheet.text(at + 13, top + 9, name, size=9)
    return y + -(-len(roles) // 3) * 15 + GAP
