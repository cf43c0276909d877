"""Small pictures among words: the sign of a discipline, an interval on its axis, lesions as dots."""

from collections.abc import Iterator

from her2board.briefing.model import Run, Words
from her2board.briefing.plots import Bar, Plot
from her2board.briefing.zones.pause import Sign
from her2board.briefing.zones.rows import Dot, LesionPicture
from her2board.pdf.blocks import Sheet
from her2board.pdf.styles import BLACK, BODY, HAIRLINE, LIGHT, MUTED
from her2board.pdf.text import face
from her2board.wording import tr, trn

_SIDE = 7.2
_MARK = 2.1
"""Half the side of the mark at a value."""
_UNSIZED = 4.0
"""Diameter of the ring for a lesion without a size."""
_SMALLEST = 1.4
_BETWEEN, _BETWEEN_SITES = 1.6, 5.0
_NOTES = 5.0
"""Between the last dot and the words behind it."""


def draw_sign(sheet: Sheet, sign: Sign, x: float, y: float) -> None:
    """Draw the sign of a discipline: ticked, half (asked), bar (late), empty (never asked), dash (where needed)."""
    side = _SIDE
    match sign:
        case "done":
            sheet.box(x, y, side, side, fill=BLACK)
            for one, two in (((1.5, 3.8), (3.0, 5.4)), ((3.0, 5.4), (5.8, 1.9))):
                sheet.line(x + one[0], y + one[1], x + two[0], y + two[1], 1.0, 1.1)
        case "open":
            sheet.box(x, y, side, side, stroke=BLACK, weight=0.8)
            sheet.polygon(((x, y + side), (x + side, y + side), (x + side, y)), BLACK)
        case "late":
            sheet.box(x, y, side, side, stroke=BLACK, weight=0.8)
            sheet.line(x + side / 2, y + 1.3, x + side / 2, y + 4.4, BLACK, 1.2)
            sheet.line(x + side / 2, y + 5.3, x + side / 2, y + 6.3, BLACK, 1.2)
        case "optional":
            sheet.box(x, y, side, side, stroke=HAIRLINE, weight=0.8)
            sheet.line(x + 1.8, y + side / 2, x + side - 1.8, y + side / 2, MUTED, 0.8)
        case _:
            sheet.box(x, y, side, side, stroke=BLACK, weight=0.8)


def draw_plot(sheet: Sheet, plot: Plot, x: float, y: float, width: float) -> None:
    """Draw an outcome on its axis, on one line: boxed when the axis is the row's own, open with its letter when shared.

    A filled mark with a bar is a value with its interval; a hollow mark has none stated. An arrow is 'not reached'.
    """
    axis, measure = plot.axis, face("regular")
    start = f"{axis.shared} 0" if axis.shared else "0"
    ends = ("axis:from nothing", f"axis:to {axis.words}")
    left = x + sheet.text(x, y + BODY * 0.92, start, grey=MUTED, origin=ends) + 3
    right = x + width - measure.width(plot.n.text, BODY) - measure.width(axis.words, BODY) - 11
    sheet.text(right + 4, y + BODY * 0.92, axis.words, grey=MUTED, origin=ends)
    sheet.words(x + width - measure.width(plot.n.text, BODY), y, (plot.n,), width)
    middle, top, bottom = y + 4.7, y + 1.5, y + 7.9

    def at(value: float) -> float:
        return left + (right - left) * min(value / axis.end, 1.0)

    if axis.shared:
        sheet.line(left, bottom, right, bottom, MUTED, 0.5)
        for edge in (left, right):
            sheet.line(edge, top, edge, bottom, MUTED, 0.5)
    else:
        sheet.box(left, top, right - left, bottom - top, stroke=HAIRLINE, weight=0.5)
    half = (left + right) / 2
    sheet.line(half, top, half, bottom, LIGHT, 0.5)
    if not plot.stated:
        sheet.box(at(plot.value) - _MARK, middle - _MARK, 2 * _MARK, 2 * _MARK, fill=1.0, stroke=BLACK, weight=0.9)
        return
    low, high = at(plot.low or 0.0), right if plot.high is None else at(plot.high)
    sheet.line(low, middle, high, middle, BLACK, 1.1)
    sheet.line(low, middle - 2.4, low, middle + 2.4, BLACK, 1.1)
    if plot.high is None:
        sheet.polygon(((high - 3, middle - 2.4), (high + 1, middle), (high - 3, middle + 2.4)))
    else:
        sheet.line(high, middle - 2.4, high, middle + 2.4, BLACK, 1.1)
    sheet.box(at(plot.value) - _MARK, middle - _MARK, 2 * _MARK, 2 * _MARK, fill=BLACK)


def draw_bar(sheet: Sheet, bar: Bar, x: float, y: float, width: float) -> None:
    """Draw a percentage on a line from 0 to 100: its interval as a thick line, a hollow mark where there is none."""
    middle = y + 4.9

    def at(value: float) -> float:
        return x + width * value / 100

    sheet.line(x, middle, x + width, middle, HAIRLINE, 0.5)
    for edge in (x, x + width / 2, x + width):
        sheet.line(edge, middle - 1.6, edge, middle + 1.6, HAIRLINE, 0.5)
    if bar.low is not None and bar.high is not None:
        sheet.line(at(bar.low), middle, at(bar.high), middle, BLACK, 1.6)
    known = bar.low is not None
    box = (at(bar.value) - _MARK, middle - _MARK, 2 * _MARK, 2 * _MARK)
    sheet.box(*box, fill=BLACK if known else 1.0, stroke=None if known else BLACK, weight=0.9)


def bar_in_words(bar: Bar) -> str:
    """Say what a drawn percentage shows, for who cannot see it."""
    words = tr("Drawn from 0 to 100 %: {value:g}").format(value=bar.value)
    if bar.low is None or bar.high is None:
        return words + tr(", interval not stated")
    return words + tr(", interval {low:.0f} to {high:.0f}").format(low=bar.low, high=bar.high)


def plot_in_words(plot: Plot) -> str:
    """Say what an interval plot shows, for who cannot see it."""
    axis = tr("Drawn on an axis from 0 to {end}: {value:g}").format(end=plot.axis.words, value=plot.value)
    if not plot.stated:
        return axis + tr(", interval not stated")
    ends = [tr("not reached") if end is None else f"{end:g}" for end in (plot.low, plot.high)]
    return axis + tr(", interval {low} to {high}").format(low=ends[0], high=ends[1])


def lesions_in_words(picture: LesionPicture) -> str:
    """Say what the row of dots shows, for who cannot see it."""
    sizes = [dot.words for dot in picture.dots if dot.diameter_mm is not None]
    bare = len(picture.dots) - len(sizes)
    unsized = [trn("{n} without a recorded size", "{n} without a recorded size", bare).format(n=bare)] if bare else []
    return tr("Lesions drawn by diameter: {list}").format(list=", ".join((*sizes, *unsized)))


def lesions_width(sheet: Sheet, picture: LesionPicture) -> float:
    """Return the width of all dots with their words."""
    *_, (last, _, wide) = _places(sheet, picture, 0.0)
    return last + wide + _notes_width(_notes(picture, 0))


def draw_lesions(sheet: Sheet, picture: LesionPicture, x: float, y: float, width: float) -> float:
    """Draw lesions as dots on one line: filled and to scale where a size is recorded, rings where none is.

    What does not fit is counted beside them. Returns the y below the words, which may need another line.
    """
    middle, end, drawn = y + 4.6, x, 0
    room = width - _notes_width(_notes(picture, len(picture.dots)))
    for at, dot, wide in _places(sheet, picture, x):
        if at + wide > x + room and lesions_width(sheet, picture) > width:
            break
        if dot.diameter_mm is None:
            sheet.disc(at + wide / 2, middle, wide, fill=1.0, stroke=BLACK)
        else:
            sheet.disc(at + wide / 2, middle, wide)
        end, drawn = at + wide, drawn + 1
    over = end + _NOTES - x
    return sheet.words(x + over, y, _notes(picture, len(picture.dots) - drawn), width - over, hang=-over)


def _places(sheet: Sheet, picture: LesionPicture, x: float) -> Iterator[tuple[float, Dot, float]]:
    """Yield where each dot starts, and its diameter on paper; the largest fills the line."""
    sized = [dot.diameter_mm for dot in picture.dots if dot.diameter_mm]
    scale = (sheet.leading - 0.8) / max(sized, default=1.0)
    site = picture.dots[0].site
    for dot in picture.dots:
        wide = _UNSIZED if dot.diameter_mm is None else max(dot.diameter_mm * scale, _SMALLEST)
        x += 0.0 if dot.site == site else _BETWEEN_SITES - _BETWEEN
        yield x, dot, wide
        x, site = x + wide + _BETWEEN, dot.site


def _notes(picture: LesionPicture, left_out: int) -> Words:
    """Return what is written after the dots: how many are not drawn, what the largest measures, what a ring means."""
    more = Run(f"+{left_out}", origin=("count:lesions not drawn",)) if left_out else None
    ring = any(dot.diameter_mm is None for dot in picture.dots)
    parts = (more, picture.scale, *picture.more, Run(tr("ring: no size recorded"), "italic") if ring else None)
    return tuple(piece for run in parts if run is not None for piece in (run, Run("  ")))[:-1]


def _notes_width(notes: Words) -> float:
    return _NOTES + sum(face("italic" if run.style == "italic" else "regular").width(run.text, BODY) for run in notes)
