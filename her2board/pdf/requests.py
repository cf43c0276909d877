"""Request sheets: for each department, on sheets of its own, what it still owes for which case."""

from collections.abc import Callable, Iterator

from her2board.briefing.formats import MIDDLE_DOT, sentence
from her2board.briefing.layouts import Work
from her2board.briefing.model import Run, Words
from her2board.briefing.packet import Agenda, Item, PacketOptions
from her2board.briefing.requests import DEPARTMENTS, Request
from her2board.pdf.blocks import Sheet
from her2board.pdf.render import write_pdf
from her2board.pdf.styles import Geometry
from her2board.pdf.table import Table, TableRow, table_sheets
from her2board.wording import Marked, tr

_SHARES = (0.13, 0.44, 0.20, 0.23)
_HEADS: tuple[Marked, ...] = ("Case", "Still owed", "Asked of, due", "Answer, date, name")


def make(work: Work) -> bytes:
    """Return the request sheets as PDF."""
    geometry = Geometry(work.options.paper)
    return write_pdf(request_sheets(work.agenda, geometry, work.drawn), work.agenda, geometry)


def steps(_options: PacketOptions, _cases: int) -> int:
    """Return one step for each department."""
    return len(DEPARTMENTS)


def request_sheets(agenda: Agenda, geometry: Geometry, drawn: Callable[[], None]) -> Iterator[Sheet]:
    """Yield the sheets of every department that owes something; ``drawn`` is called after each department."""
    for department in DEPARTMENTS:
        rows = tuple(_rows(agenda, department))
        if rows:
            yield from table_sheets(_table(agenda, department, rows), geometry, lambda: None)
        drawn()


def _table(agenda: Agenda, department: str, rows: tuple[TableRow, ...]) -> Table:
    title = tr("Requests to: {department}").format(department=sentence(department))
    lead = (
        agenda.title,
        agenda.privacy,
        tr("\N{BLACK SQUARE} needed before the case counts as ready; the rest would settle what is named beside it"),
    )
    return Table(title, MIDDLE_DOT.join(lead), tuple(map(tr, _HEADS)), _SHARES, rows, agenda.foot)


def _rows(agenda: Agenda, department: str) -> Iterator[TableRow]:
    for number, item in enumerate(agenda.items, 1):
        first = True
        for request in item.requests:
            if request.department == department:
                yield _row(number, item, request, first=first)
                first = False


def _row(number: int, item: Item, request: Request, *, first: bool) -> TableRow:
    code = f"{number}. {item.code}"
    who: list[Words] = [(Run(code, "bold"),)] if first else []
    if first and item.urgent:
        who.append((Run(tr("URGENT, as recorded"), "bold"),))
    if first and item.identity:
        who.append((Run(item.identity),))
    mark = "\N{BLACK SQUARE} " if request.required else ""
    why = (Run(f" \N{EN DASH} {request.why}", "muted"),) if request.why else ()
    what: Words = (Run(mark + request.what, "bold" if request.required else "plain"), *why)
    return TableRow((tuple(who), (what,), _asked(request), ()), code, code if first else "")


def _asked(request: Request) -> tuple[Words, ...]:
    if not (request.state or request.owner or request.due):
        return ((Run(tr("not asked"), "muted"),),)
    asked: list[Words] = [(Run(text),) for text in (request.state, request.owner) if text]
    due = tr("due {day}").format(day=request.due) if request.due else ""
    if due:
        asked.append((Run(tr("{due}: LATE").format(due=due), "bold"),) if request.late else (Run(due),))
    return tuple(asked)
