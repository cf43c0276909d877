"""Decision slips: blank to write on at the meeting, or filled in from what it decided."""

from collections.abc import Iterator

from her2board.briefing.formats import MIDDLE_DOT
from her2board.briefing.layouts import Work
from her2board.briefing.model import Run
from her2board.briefing.packet import Agenda, Item, PacketOptions, short, unprinted
from her2board.briefing.slips import FilledSlip, filled_slip
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Sheet
from her2board.pdf.frame import black_label, floor_above, footed, titled
from her2board.pdf.lines import Piece, lines
from her2board.pdf.render import write_pdf
from her2board.pdf.styles import GAP, HAIRLINE, LEADING, MUTED, Geometry
from her2board.wording import tr

RULE = 21.0
"""Distance of lines to write on by hand."""
_ZONE = 15.0
"""Height of the title of a zone to write in."""
_QUESTION = 500
"""Characters of a question on a slip to write on."""
_TEXT, _TEXT_LEADING = 9.6, 12.4
"""Type of what was decided."""


def make(work: Work) -> bytes:
    """Return the slips of all items as PDF."""
    geometry = Geometry(work.options.paper)
    return write_pdf(_every(work, geometry), work.agenda, geometry)


def steps(_options: PacketOptions, cases: int) -> int:
    """Return one step for each case."""
    return cases


def _every(work: Work, geometry: Geometry) -> Iterator[Sheet]:
    for number, item in enumerate(work.agenda.items, 1):
        yield from slip_sheets(number, item, work.agenda, work.library, geometry)
        work.drawn()


def slip_sheets(
    number: int, item: Item, agenda: Agenda, library: EvidenceLibrary, geometry: Geometry
) -> Iterator[Sheet]:
    """Yield the slip of one case: one sheet to write on, or what was decided over as many as it takes."""
    filled = filled_slip(item, agenda)
    if filled is None:
        yield slip_sheet(number, item, agenda, library, geometry)
    else:
        yield from _Filled(number, item, agenda, geometry).sheets(filled)


def zone(sheet: Sheet, x: float, y: float, title: str, width: float) -> float:
    """Write the title of a zone to write in; return the y below."""
    with sheet.part("H2"):
        sheet.text(x, y + 9.2, title, "semibold", 9.6)
    sheet.line(x, y + 12, x + width, y + 12, weight=0.6)
    return y + _ZONE


def rules(sheet: Sheet, x: float, y: float, width: float, floor: float) -> float:
    """Draw lines to write on down to ``floor``; return the last."""
    while y + RULE <= floor:
        y += RULE
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
    lead = MIDDLE_DOT.join(_lead(item, agenda))
    y = titled(sheet, geometry, title, lead, title)
    if item.urgent:
        black_label(sheet, x, y, tr("URGENT, as recorded"))
        y += LEADING + 5
    if item.briefing is None:
        y = sheet.words(x, y, (Run(tr("Could not be printed. "), "bold"), Run(unprinted()[0])), width, 9, 11) + GAP
    if item.question:
        y = sheet.words(x, y, (Run(tr("Question. "), "bold"), *short(item.question, _QUESTION)), width, 9, 11) + GAP
    if item.listed and item.listed.before:
        y = sheet.words(x, y, short(item.listed.before, _QUESTION), width, 9, 11) + GAP
    roles = [role.label for role in library.pause.disciplines if not role.only_when_required]
    y = _ticks(sheet, x, y, [*roles, tr("Other:")], width)
    y = zone(sheet, x, y, tr("Discussed and decided"), width)
    small = _ZONE + 2 * RULE + GAP
    y = rules(sheet, x, y, width, floor_above(geometry, agenda.foot) - 3 * GAP - 2 * small - _ZONE - 5 * RULE) + GAP
    for heading in (tr("Dissent"), tr("Fallback, and when it is looked at again")):
        rules(sheet, x, zone(sheet, x, y, heading, width), width, y + small - GAP)
        y += small
    y = zone(sheet, x, y, tr("Who does what, by when"), width)
    fields = (
        (tr("Owner of the decision"), tr("by")),
        (tr("Next MRI, if radiation waits"), tr("owner of that MRI")),
        (tr("Who tells the patient"), tr("by")),
        (tr("To bring to the board again"), tr("who")),
    )
    for one, two in fields:
        y += RULE
        _field(sheet, x, y, one, width * 0.6 - 8)
        _field(sheet, x + width * 0.6, y, two, width * 0.4)
    y += RULE
    _signed(sheet, x, y, width)
    footed(sheet, geometry, agenda.foot, tr("slip {n} of {all}").format(n=number, all=len(agenda.items)))
    return sheet


def _ticks(sheet: Sheet, x: float, y: float, roles: list[str], width: float) -> float:
    """Write the disciplines with a box each to tick: heard at this meeting."""
    y = zone(sheet, x, y, tr("Heard at this meeting before a decision on whole-brain radiation"), width)
    column = width / 3
    for index, name in enumerate(roles):
        at, row = x + (index % 3) * column, index // 3
        top = y + row * 15
        sheet.box(at, top + 1.5, 8, 8, stroke=0.0, weight=0.8)
        sheet.text(at + 13, top + 9, name, size=9)
    return y + -(-len(roles) // 3) * 15 + GAP


class _Filled:
    """The sheets of a slip that is filled in, with lines to sign on at the end."""

    def __init__(self, number: int, item: Item, agenda: Agenda, geometry: Geometry) -> None:
        self._number, self._item, self._agenda, self._geometry = number, item, agenda, geometry
        self._floor = floor_above(geometry, agenda.foot) - GAP
        self._page = 0
        self._start()

    def _start(self) -> None:
        self._page += 1
        again = "" if self._page == 1 else tr(", page {n}").format(n=self._page)
        self._sheet = Sheet(label=tr("Slip {n}").format(n=self._number) + again)
        title = tr("Decision slip {n}: {code}").format(n=self._number, code=self._item.code) + again
        lead = MIDDLE_DOT.join(_lead(self._item, self._agenda)) if self._page == 1 else ""
        self._y = titled(self._sheet, self._geometry, title, lead, "" if again else title)
        if self._item.urgent:
            black_label(self._sheet, self._geometry.left, self._y, tr("URGENT, as recorded"))
            self._y += LEADING + 5

    def sheets(self, slip: FilledSlip) -> Iterator[Sheet]:
        """Yield the sheets."""
        x, width = self._geometry.left, self._geometry.measure
        for part in slip.parts:
            if self._y + _ZONE + 2 * _TEXT_LEADING > self._floor:
                yield self._done()
            self._y = zone(self._sheet, x, self._y, part.label, width)
            left = lines(part.words, width, _TEXT)
            while left:
                fit = int((self._floor - self._y) // _TEXT_LEADING)
                self._paragraph(left[:fit])
                left = left[fit:]
                if left:
                    yield self._done()
            self._y += 2 * GAP
        if self._y + 2 * RULE > self._floor:
            yield self._done()
        _signed(self._sheet, x, self._y + RULE, width)
        yield self._done(start=False)

    def _paragraph(self, several: list[list[Piece]]) -> None:
        with self._sheet.part("P"):
            for line in several:
                self._sheet.pieces(self._geometry.left, self._y, line, _TEXT, _TEXT_LEADING)
                self._y += _TEXT_LEADING

    def _done(self, start: bool = True) -> Sheet:
        sheet, all_ = self._sheet, len(self._agenda.items)
        footed(sheet, self._geometry, self._agenda.foot, tr("slip {n} of {all}").format(n=self._number, all=all_))
        if start:
            self._start()
        return sheet


def _lead(item: Item, agenda: Agenda) -> Iterator[str]:
    yield from (part for part in (agenda.title, item.identity, item.presenter) if part)


def _signed(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw the lines on which whoever recorded a decision signs."""
    third = width / 3
    for index, label in enumerate((tr("Recorded by"), tr("Date and time"), tr("Signature"))):
        _field(sheet, x + index * third, y + 4, label, third - 8)
