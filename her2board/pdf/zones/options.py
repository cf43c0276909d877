"""The table of options, and below it those in one phrase."""

from her2board.briefing.model import Run
from her2board.briefing.plots import percent_bar
from her2board.briefing.zones.brief_options import in_brief
from her2board.briefing.zones.option_row import OptionRow
from her2board.briefing.zones.options import OptionZone
from her2board.pdf.pictures import bar_in_words, draw_bar
from her2board.pdf.styles import BODY, LIGHT, MUTED, ZONE
from her2board.pdf.text import face
from her2board.pdf.zones.place import HANG, Place
from her2board.wording import tr

_GAP = 10.0
"""Between columns."""
_SHARES = (0.23, 0.34, 0.26, 0.17)
"""Of the width, for the columns: of those that were tried they need the fewest lines over many cases."""
_LEAST_BAR = 40.0
"""Points an interval is drawn over at least."""
_Columns = list[tuple[float, float]]
"""Left edge and width of each."""


def draw_options(place: Place, zone: OptionZone, y: float) -> float:
    """Draw the zone."""
    sheet, step = place.sheet, place.step
    room = place.width - face("semibold").width(zone.title, ZONE) - 12
    wide = sum(face("semibold" if run.style == "bold" else "regular").width(run.text, BODY) for run in zone.note)
    if wide <= room:
        sheet.words(place.right - wide, y + 1, zone.note, wide + 1)
    y = place.titled(y, zone.title)
    if wide > room:
        y = sheet.words(place.x, y, zone.note, place.width)
    y = _table(place, zone, y)
    if zone.rows and zone.aside:
        sheet.line(place.x, y, place.right, y, LIGHT)
        y += step
    if zone.aside:
        y = sheet.words(place.x, y, in_brief(zone.aside), place.width, hang=HANG)
    return y + 2 * step


def _table(place: Place, zone: OptionZone, y: float) -> float:
    sheet, columns = place.sheet, _columns(place, any(row.here for row in zone.rows))
    with sheet.part("Table"):
        if zone.rows:
            y = _heads(place, columns, y)
        for row in zone.rows:
            sheet.line(place.x, y, place.right, y, LIGHT)
            with sheet.part("TR"):
                y = _option(place, row, columns, y + place.step) + place.step
    return y


def _columns(place: Place, here: bool) -> _Columns:
    """Return left edge and width of each column; that of this case only where it adds something to a row."""
    shares = _SHARES if here else _SHARES[:-1]
    widths = [share / sum(shares) * (place.width - (len(shares) - 1) * _GAP) for share in shares]
    return [(place.x + sum(widths[:n]) + n * _GAP, width) for n, width in enumerate(widths)]


def _heads(place: Place, columns: _Columns, y: float) -> float:
    titles = (tr("Option"), tr("Nearest cohort"), tr("Outcome (95 % CI)"), tr("This case"))
    with place.sheet.part("TR"):
        for (x, _), title in zip(columns, titles, strict=False):
            with place.sheet.part("TH", scope="Column"):
                place.sheet.text(x, y + BODY * 0.92, title, grey=MUTED, origin=("axis:level of the intervals",))
    return y + place.geometry.leading + place.step


def _option(place: Place, row: OptionRow, columns: _Columns, y: float) -> float:
    sheet, (name, cohort, outcome) = place.sheet, columns[:3]
    with sheet.part("TH", scope="Row"):
        below = sheet.words(name[0], y, (Run(row.name, "bold", origin=row.brief.named_from),), name[1])
        below = sheet.words(name[0], below, row.standing, name[1])
        ends = [sheet.words(name[0], below, row.local, name[1]) if row.local else below]
    bare = not row.outcome
    with sheet.part("TD"):
        wide = outcome[0] + outcome[1] - cohort[0] if bare else cohort[1]  # without a figure the words take its room
        ends.append(sheet.words(cohort[0], y, (*row.cohort, *row.apart), wide))
    with sheet.part("TD"):
        ends.append(_outcome(place, row, outcome, y) if row.outcome else y)
    for x, width in columns[3:]:
        with sheet.part("TD"):
            ends.append(sheet.words(x, y, row.here, width) if row.here else y)
    return max(ends)


def _outcome(place: Place, row: OptionRow, column: tuple[float, float], y: float) -> float:
    """Write an outcome; a percentage has its interval drawn beside the name, from 0 to 100."""
    sheet, (x, width) = place.sheet, column
    bar = percent_bar(row.figure.endpoint) if row.figure else None
    name = row.outcome[0]
    taken = face("regular").width(name.text, BODY) + 6
    if bar is None or taken > width - _LEAST_BAR:
        return sheet.words(x, y, row.outcome, width)
    y = sheet.words(x, y, (name,), width)
    with sheet.part("Figure", bar_in_words(bar)):
        draw_bar(sheet, bar, x + taken, y - place.geometry.leading, width - taken)
    return sheet.words(x, y, row.outcome[1:], width)
