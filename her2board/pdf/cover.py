"""The agenda of a packet, over as many sheets as it takes."""

from collections.abc import Iterator
from contextlib import ExitStack

from her2board.briefing.model import Run, Words
from her2board.briefing.packet import Agenda, Item, list_words, named_only, short, unprinted
from her2board.briefing.zones.header import HeaderZone
from her2board.pdf.blocks import Sheet
from her2board.pdf.frame import black_label, floor_above, footed, titled
from her2board.pdf.lines import height
from her2board.pdf.styles import BODY, GAP, LEADING, LIGHT, Geometry
from her2board.wording import tr

_SHARES = (0.05, 0.19, 0.40, 0.16, 0.20)
_CODE = 1
"""Column of the code of a case."""
_COLUMN_GAP = 10.0
_QUESTION = 170
"""Characters of a question on the agenda; the page of the case has all of it."""
_HEAD = LEADING + 8
"""Height of the heading of a group."""


def cover_sheets(agenda: Agenda, geometry: Geometry) -> list[Sheet]:
    """Return the cover; the number of an item is the label of its page."""
    floor = floor_above(geometry, agenda.foot) - 2
    sheets = [Sheet()]
    y = titled(sheets[0], geometry, agenda.title, agenda.lead, tr("Agenda"))
    for words in _notes(agenda):
        y = sheets[0].words(geometry.left, y, words, geometry.measure, 9, 11) + 2
    rows = ExitStack()
    rows.enter_context(sheets[0].part("Table"))
    y = _heads(sheets[0], geometry, y + GAP)
    for number, item, head in _numbered(agenda):
        cells = _cells(number, item, agenda)
        tall = max(_tall(cells, item, geometry), 2 * LEADING) + 5 + (_HEAD if head else 0.0)
        if y + tall > floor:
            rows.close()
            sheets.append(Sheet())
            rows.enter_context(sheets[-1].part("Table"))
            y = _heads(sheets[-1], geometry, geometry.top)
        if head:
            _group(sheets[-1], geometry, y, head)
            y += _HEAD
            tall -= _HEAD
        _row(sheets[-1], geometry, y, item, cells)
        y += tall
        sheets[-1].line(geometry.left, y - 1.5, geometry.right, y - 1.5, LIGHT)
    rows.close()
    for page, sheet in enumerate(sheets, 1):
        sheet.label = tr("Agenda") if len(sheets) == 1 else tr("Agenda {n}").format(n=page)
        footed(sheet, geometry, agenda.foot, tr("agenda {n} of {all}").format(n=page, all=len(sheets)))
    return sheets


def _numbered(agenda: Agenda) -> Iterator[tuple[str, Item, str]]:
    """Yield every case with the number of its page, and a heading where a group begins."""
    ready = True
    for number, item in enumerate(agenda.items, 1):
        apart = bool(item.listed and item.listed.not_ready)
        yield str(number), item, tr("Not ready") if apart and ready else ""
        ready = not apart
    for place, item in enumerate(agenda.named):
        yield "\N{EN DASH}", item, "" if place else named_only()


def _group(sheet: Sheet, geometry: Geometry, y: float, words: str) -> None:
    with sheet.part("TR"), sheet.part("TH", scope="Row"):
        sheet.text(geometry.left, y + LEADING, words, "semibold", BODY + 0.6)
    sheet.line(geometry.left, y + LEADING + 4, geometry.right, y + LEADING + 4, weight=0.6)


def _notes(agenda: Agenda) -> list[Words]:
    notes: list[Words] = [(Run(agenda.evidence, "bold"),)] if agenda.evidence else []
    notes += [(Run(f"{agenda.urgent}.", "bold"),)] if agenda.urgent else []
    return [*notes, (Run(agenda.order),), (Run(agenda.privacy),)]


def _columns(geometry: Geometry) -> list[tuple[float, float]]:
    """Return x and width of each column."""
    room = geometry.measure - (len(_SHARES) - 1) * _COLUMN_GAP
    columns, x = [], geometry.left
    for share in _SHARES:
        columns.append((x, share * room))
        x += share * room + _COLUMN_GAP
    return columns


def _heads(sheet: Sheet, geometry: Geometry, y: float) -> float:
    titles = (tr("Page"), tr("Case"), tr("Question for the board"), tr("Presenter"), tr("Before WBRT"))
    with sheet.part("TR"):
        for (x, _), title in zip(_columns(geometry), titles, strict=True):
            with sheet.part("TH", scope="Column"):
                sheet.text(x, y + BODY, title, "semibold", BODY + 0.6)
    y += LEADING + 2.5
    sheet.line(geometry.left, y, geometry.right, y, weight=0.6)
    return y + 4


def _cells(number: str, item: Item, agenda: Agenda) -> tuple[tuple[Words, ...], ...]:
    code: list[Words] = [(Run(item.code, "bold"),)]
    if item.identity:
        code.append((Run(item.identity),))
    if item.briefing is None:
        marked: Words = (Run(tr("Could not be printed. "), "bold"), Run(unprinted()[0]))
        return ((Run(number, "bold"),),), tuple(code), (marked, *list_words(item)), (), ()
    if status := item.briefing.get(HeaderZone).status:
        code.append((Run(status, "muted"),))
    if when := agenda.when(item):
        code.append((Run(tr("case dated {day}").format(day=when) if item.listed else when, "muted"),))
    if item.listed:
        code.append((Run(tr("status: {status}").format(status=item.listed.status), "muted"),))
    presenter: list[Words] = [(Run(item.presenter),) if item.presenter else (Run(tr("not recorded"), "italic"),)]
    if item.listed:
        preparer = item.listed.preparer or tr("not recorded")
        presenter.append((Run(tr("prepared by: {name}").format(name=preparer), "muted"),))
    counts = tuple((Run(part),) for part in item.counts.parts) if item.counts else ()
    if item.because and not item.urgent:
        code.append((Run(item.because, "bold"),))
    before = (short(item.listed.before, 2 * _QUESTION),) if item.listed and item.listed.before else ()
    asked = (*before, short(item.question, _QUESTION), *list_words(item))
    return ((Run(number, "bold"),),), tuple(code), asked, tuple(presenter), counts


def _tall(cells: tuple[tuple[Words, ...], ...], item: Item, geometry: Geometry) -> float:
    columns = _columns(geometry)
    return max(
        _drop(column, item) + sum(height(words, width) for words in cell)
        for column, (cell, (_, width)) in enumerate(zip(cells, columns, strict=True))
    )


def _drop(column: int, item: Item) -> float:
    """Return the room that the word for urgency takes above the code of a case."""
    return LEADING + 3 if item.urgent and column == _CODE else 0.0


def _row(sheet: Sheet, geometry: Geometry, y: float, item: Item, cells: tuple[tuple[Words, ...], ...]) -> None:
    columns = _columns(geometry)
    with sheet.part("TR"):
        for column, (cell, (x, width)) in enumerate(zip(cells, columns, strict=True)):
            head = column == _CODE
            with sheet.part("TH" if head else "TD", scope="Row" if head else ""):
                if item.urgent and head:
                    black_label(sheet, x, y, tr("URGENT, as recorded"))
                at = y + _drop(column, item)
                for words in cell:
                    at = sheet.words(x, at, words, width)
