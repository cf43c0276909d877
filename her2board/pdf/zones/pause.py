"""The box before whole-brain radiation: disciplines in three columns, choices as a table, the rest in a line each."""

from msgspec.structs import replace

from her2board.briefing.model import Run, Words
from her2board.briefing.zones.choices import ChoiceRow
from her2board.briefing.zones.pause import DisciplineRow, PauseZone
from her2board.pdf.blocks import Heading
from her2board.pdf.pictures import draw_sign
from her2board.pdf.styles import BLACK, BODY, LIGHT, MUTED
from her2board.pdf.text import face
from her2board.pdf.zones.place import HANG, PAD, Place
from her2board.wording import tr

_STATUS = BODY + 0.4
_TITLE = 10.8
_GAP = 12
"""Between columns."""
_COLUMNS = 3
"""For the disciplines."""
_SIGN = 12
"""What the sign of a discipline takes."""
_WITH_CAUTIONS = (0.20, 0.28, 0.28, 0.24)
_WITHOUT = (0.24, 0.36, 0.40)
"""Shares of the width: choice, what sources say, this case, and the caution where there is one; in the fewest lines."""


def draw_pause(place: Place, zone: PauseZone, y: float) -> float:
    """Draw the whole box."""
    sheet, step, top = place.sheet, place.step, y
    y = _bar(place, zone, y) + 2 * step
    inner = replace(place, x=place.x + PAD, width=place.width - 2 * PAD)
    y = _disciplines(inner, zone, y)
    sheet.line(inner.x, y, inner.right, y, LIGHT)
    bottom = sheet.words(inner.x, y + step, zone.about, inner.width) if zone.about else y + step
    if zone.rows:
        bottom = _table(inner, zone, bottom) + step
    for words in zone.below:
        bottom = sheet.words(inner.x, bottom, words, inner.width, hang=HANG)
    bottom += 2 * step
    sheet.box(place.x, top, place.width, bottom - top, stroke=BLACK, weight=1.3)
    return bottom + 2 * step


def _bar(place: Place, zone: PauseZone, y: float) -> float:
    """Write title and status white on black, below each other where they do not fit on one line."""
    sheet, line = place.sheet, 7 * place.step
    wide = sum(face("regular").width(run.text, _STATUS) for run in zone.status)
    taken = face("semibold").width(zone.title, _TITLE)
    beside = taken + _GAP + wide <= place.width - 2 * PAD
    below = 0.0 if beside else sheet.tall(zone.status, place.width - 2 * PAD, _STATUS) + place.step
    sheet.headings.append(Heading(y, zone.title))
    sheet.box(place.x, y, place.width, line + below, fill=BLACK)
    sheet.text(place.x + PAD, y + 11.7, zone.title, "semibold", _TITLE, 1.0)
    if beside:
        sheet.words(place.right - PAD - wide, y + 3.7, zone.status, wide + 1, _STATUS, grey=1.0)
    else:
        sheet.words(place.x + PAD, y + line, zone.status, place.width - 2 * PAD, _STATUS, grey=1.0)
    return y + line + below


def _disciplines(place: Place, zone: PauseZone, y: float) -> float:
    """Write who has been heard in three columns, row by row; several of whom the same is said take those they need."""
    column = (place.width - 2 * _GAP) / 3
    at, ends = 0, [y]
    for row in zone.disciplines:
        words = (Run(row.name, "bold", origin=row.origin), *((Run(" "), *row.words) if row.words else ()))
        taken = _columns_of(row, words, column)
        if at + taken > _COLUMNS:
            at, y = 0, max(ends) + place.step
            ends = []
        x = place.x + at * (column + _GAP)
        draw_sign(place.sheet, row.sign, x, y + 1.0)
        ends.append(place.sheet.words(x + _SIGN, y, words, taken * (column + _GAP) - _GAP - _SIGN))
        at += taken
    return max(ends) + place.step


def _columns_of(row: DisciplineRow, words: Words, column: float) -> int:
    """Return how many columns a cell takes: one, or as many as several disciplines need for one line."""
    if not row.several:
        return 1
    wide = sum(face("semibold" if run.style == "bold" else "regular").width(run.text, BODY) for run in words) + 1
    return next((n for n in range(1, _COLUMNS) if wide <= n * (column + _GAP) - _GAP - _SIGN), _COLUMNS)


def _table(place: Place, zone: PauseZone, y: float) -> float:
    """Write the choices row by row; the column for cautions only where there is one."""
    sheet = place.sheet
    columns = _columns(place, any(row.caution for row in zone.rows))
    with sheet.part("Table"):
        with sheet.part("TR"):
            for (x, _), title in zip(columns, _heads(), strict=False):
                with sheet.part("TH", scope="Column"):
                    sheet.text(x, y + BODY * 0.92, title, grey=MUTED)
        y += place.geometry.leading
        for row in zone.rows:
            with sheet.part("TR"):
                y = _choice(place, row, columns, y)
    return y


def _heads() -> tuple[str, ...]:
    return tr("Choice"), tr("Guidelines, trials"), tr("This case"), tr("Caution")


def _columns(place: Place, cautions: bool) -> list[tuple[float, float]]:
    """Return left edge and width of each column."""
    shares = _WITH_CAUTIONS if cautions else _WITHOUT
    room = place.width - _GAP * (len(shares) - 1)
    widths = [share * room for share in shares]
    return [(place.x + sum(widths[:n]) + n * _GAP, width) for n, width in enumerate(widths)]


def _choice(place: Place, row: ChoiceRow, columns: list[tuple[float, float]], y: float) -> float:
    sheet = place.sheet
    name: Words = (Run(row.name, "bold", origin=row.brief.named_from),)
    ends = []
    for (x, width), words in zip(columns, (name, row.says, row.here, row.caution), strict=False):
        head = words is name
        with sheet.part("TH" if head else "TD", scope="Row" if head else ""):
            ends.append(sheet.words(x, y, words, width) if words else y)
    return max(ends)
