"""The table of options, and below it those in one phrase."""

from her2board.briefing.model import Run
from her2board.briefing.plots import Plot, plots
from her2board.briefing.zones.options import OptionRow, OptionZone, in_brief
from her2board.pdf.pictures import draw_plot, plot_in_words
from her2board.pdf.styles import BODY, LIGHT, MUTED, ZONE
from her2board.pdf.text import face
from her2board.pdf.zones.place import HANG, Place
from her2board.wording import tr

_GAP = 10.0
"""Between columns."""
_Columns = list[tuple[float, float]]
"""Left edge and width of each."""


def draw_options(place: Place, zone: OptionZone, y: float) -> float:
    """Draw the zone."""
    sheet, step = place.sheet, place.step
    room = place.width - face("semibold").width(zone.title, ZONE) - 12
    wide = face("regular").width("".join(run.text for run in zone.note), BODY)
    if wide <= room:
        sheet.words(place.right - wide, y + 1, zone.note, wide + 1)
    y = place.titled(y, zone.title)
    if wide > room:
        y = sheet.words(place.x, y, zone.note, place.width)
    drawn, axes = plots([row.figure for row in zone.rows])
    y = _table(place, zone, drawn, y)
    if zone.rows and (zone.aside or axes):
        sheet.line(place.x, y, place.right, y, LIGHT)
        y += step
    if zone.aside:
        y = sheet.words(place.x, y, in_brief(zone.aside), place.width, hang=HANG)
    if axes:
        y = sheet.words(place.x, y, (Run(axes, "muted"),), place.width)
    return y + 2 * step


def _table(place: Place, zone: OptionZone, drawn: tuple[Plot | None, ...], y: float) -> float:
    sheet, columns = place.sheet, _columns(place)
    with sheet.part("Table"):
        if zone.rows:
            y = _heads(place, columns, y)
        for row, plot in zip(zone.rows, drawn, strict=True):
            sheet.line(place.x, y, place.right, y, LIGHT)
            with sheet.part("TR"):
                y = _option(place, row, plot, columns, y + place.step) + place.step
    return y


def _columns(place: Place) -> _Columns:
    widths = [share * (place.width - 3 * _GAP) for share in place.geometry.option_columns]
    return [(place.x + sum(widths[:n]) + n * _GAP, width) for n, width in enumerate(widths)]


def _heads(place: Place, columns: _Columns, y: float) -> float:
    titles = (tr("Option, standing"), tr("Nearest published cohort"), tr("Outcome there"), tr("From this case"))
    with place.sheet.part("TR"):
        for (x, _), title in zip(columns, titles, strict=True):
            with place.sheet.part("TH", scope="Column"):
                place.sheet.text(x, y + BODY * 0.92, title, grey=MUTED)
    return y + place.geometry.leading + place.step


def _option(place: Place, row: OptionRow, plot: Plot | None, columns: _Columns, y: float) -> float:
    sheet, (name, cohort, outcome, here) = place.sheet, columns
    with sheet.part("TH", scope="Row"):
        below = sheet.words(name[0], y, (Run(row.name, "bold"),), name[1])
        ends = [sheet.words(name[0], below, (Run(row.brief.standing_words, "muted"),), name[1])]
    with sheet.part("TD"):
        ends.append(sheet.words(cohort[0], y, (*row.cohort, *row.cohort_open), cohort[1]))
    at = y
    with sheet.part("TD"):
        if plot is not None:
            with sheet.part("Figure", plot_in_words(plot)):
                draw_plot(sheet, plot, outcome[0], y, outcome[1])
            at += place.geometry.leading
        ends.append(sheet.words(outcome[0], at, row.outcome, outcome[1]))
    with sheet.part("TD"):
        ends.append(sheet.words(here[0], y, row.here, here[1]))
    return max(ends)
