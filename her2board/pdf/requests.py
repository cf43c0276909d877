"""Request sheets: for each department or person, on a page of its own, a few plain questions about each case."""

from collections.abc import Callable, Iterator

from her2board.briefing.formats import MIDDLE_DOT, sentence
from her2board.briefing.layouts import Work
from her2board.briefing.model import Run, Words
from her2board.briefing.packet import Agenda, Grouping, PacketOptions
from her2board.briefing.request_sheets import MOST, Addressee, Asked, addressees, asked_of, asked_words
from her2board.briefing.requests import DEPARTMENTS, Request
from her2board.pdf.blocks import Sheet
from her2board.pdf.render import write_pdf
from her2board.pdf.styles import Geometry
from her2board.pdf.table import Table, TableRow, table_sheets
from her2board.wording import Marked, tr

_SHARES = (0.13, 0.44, 0.20, 0.23)
_HEADS: tuple[Marked, ...] = ("Case", "Question", "Asked of, due", "Answer, date, name")
_FORMS = ((MOST, True), (MOST, False), (4, False), (3, False), (2, False))
"""Questions per case, and whether with what each decides: the first form that keeps a department on one page."""


def make(work: Work) -> bytes:
    """Return the request sheets as PDF."""
    geometry = Geometry(work.options.paper)
    return write_pdf(request_sheets(work.agenda, geometry, work.drawn, work.options.grouped), work.agenda, geometry)


def steps(_options: PacketOptions, _cases: int) -> int:
    """Return one step for each department; persons may be more or fewer."""
    return len(DEPARTMENTS)


def request_sheets(
    agenda: Agenda, geometry: Geometry, drawn: Callable[[], None], grouped: Grouping = "department"
) -> Iterator[Sheet]:
    """Yield the sheets of everybody who is asked anything, one saying so where nobody is.

    ``drawn`` is called after each.
    """
    asked = addressees(agenda, grouped)
    for addressee in asked:
        yield from _of_addressee(agenda, addressee, geometry, grouped)
        drawn()
    if not asked:
        yield from table_sheets(_table(agenda, tr("Requests: nothing is owed"), (), False), geometry, drawn)
    for _ in range(len(asked), len(DEPARTMENTS)):
        drawn()


def _of_addressee(agenda: Agenda, addressee: Addressee, geometry: Geometry, grouped: Grouping) -> list[Sheet]:
    """Return one page where a shorter form makes it one; else the whole form on several."""
    title, found = tr("Requests to: {department}").format(department=sentence(addressee.name)), []
    for most, reasons in _FORMS:
        table = _table(agenda, title, asked_of(addressee, agenda, most, grouped), reasons)
        found.append(list(table_sheets(table, geometry, lambda: None)))
        if len(found[-1]) == 1:
            return found[-1]
    return found[0]


def _table(agenda: Agenda, title: str, cases: tuple[Asked, ...], reasons: bool) -> Table:
    lead = (
        agenda.title,
        agenda.privacy,
        tr("\N{BLACK SQUARE} needed before the case counts as ready; the rest would settle what is named beside it"),
    )
    rows = tuple(row for case in cases for row in _rows(case, reasons))
    return Table(title, MIDDLE_DOT.join(lead), tuple(map(tr, _HEADS)), _SHARES, rows, agenda.foot)


def _rows(case: Asked, reasons: bool) -> Iterator[TableRow]:
    code = f"{case.number}. {case.item.code}"
    who: list[Words] = [(Run(code, "bold"),)]
    if case.item.urgent:
        who.append((Run(tr("URGENT, as recorded"), "bold"),))
    if case.item.identity:
        who.append((Run(case.item.identity),))
    for place, request in enumerate(case.requests):
        cell = () if place else tuple(who)
        yield TableRow((cell, (_question(request, reasons),), _asked(request), ()), code, "" if place else code)
    if case.more:
        yield TableRow(((), ((Run(case.more_words, "italic"),),), (), ()), code)


def _question(request: Request, reasons: bool) -> Words:
    mark = "\N{BLACK SQUARE} " if request.required else ""
    why = (Run(f" \N{EN DASH} {request.why}", "muted"),) if reasons and request.why else ()
    asked = Run(mark + request.question + request.missing, "bold" if request.required else "plain")
    return (asked, *why)


def _asked(request: Request) -> tuple[Words, ...]:
    *asked, due = asked_words(request)
    lines: list[Words] = [(Run(text),) for text in asked if text]
    if due:
        lines.append((Run(due, "bold" if request.late else "plain"),))
    return tuple(lines) or ((Run(tr("not asked"), "muted"),),)
