"""The systemic timeline with local therapies, events and the meeting on one axis.

What is certain is filled. A date known to the month or year is drawn over all its days; an end without a date, or
with a bound only, stays open: no edge is drawn there.
"""

from datetime import date, timedelta
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.model import Run, Words
from her2board.briefing.zones.timeline import Bar, Mark, Timeline, in_order
from her2board.pdf.blocks import Sheet
from her2board.pdf.styles import BLACK, BODY, FILL, LABEL, LIGHT, MUTED
from her2board.pdf.text import face
from her2board.wording import MONTHS, tr, trn

_LANE = 5
"""Height of a lane, in steps of the grid."""
_BAR = 9.6
_ARROW = 15.0
"""Length of the arrow for 'before' or 'after' a day."""
_EXACT = 5.0
"""Points up to which the days of an event look like one day."""
_TICKS = 4
"""Dates below the axis."""
_UNDER, _THIN = 9.4, 1.8
"""Where a bar is drawn thin under its label, which has room neither in it nor beside it; and how thick."""
_SPARE = 3.0
"""Points a label keeps from the end of the axis."""
EntryT = TypeVar("EntryT")


class _Axis(Struct, frozen=True):
    """Days to points; the last day is the meeting."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Return the place of a day, kept on the axis."""
        span = max((self.last - self.first).days, 1)
        share = (min(max(day, self.first), self.last) - self.first).days / span
        return self.left + share * (self.right - self.left)


def draw_timeline(sheet: Sheet, line: Timeline, x: float, y: float, width: float) -> float:
    """Draw the timeline; return the y below it. Without any date the order is in words."""
    days = [day for bar in line.bars for day in _days(bar)]
    days += [day for mark in line.brain for day in (mark.low or mark.high,) if day is not None]
    shown: list[Bar] = []
    if days and line.drawn:
        first = min(*days, line.board)  # every date may lie ahead: the axis ends with the meeting all the same
        margin = timedelta(days=max((line.board - first).days // 40, 3))
        axis = _Axis(first - margin, line.board, x + LABEL, x + width - 26)
        shown = [bar for bar in line.bars if bar.dated and _fits(bar, line, axis)]
        if shown or line.brain:
            with sheet.part("Figure", _in_one_sentence(line)):
                y = _drawn(sheet, line, shown, axis, x, y)
    others = [bar for bar in line.bars if bar not in shown]
    return _in_words(sheet, line, others, x, y, width, drawn=line.drawn and bool(shown or line.brain))


def _fits(bar: Bar, line: Timeline, axis: _Axis) -> bool:
    """Return whether the label of a bar is no longer than the axis; a longer one is in words, with its dates."""
    return face("regular").width(_labelled(bar, line).label, BODY) <= axis.right - axis.left - _SPARE


def _in_one_sentence(line: Timeline) -> str:
    """Say what the drawing shows: treatments and events with their dates."""
    bars = [f"{bar.number} {bar.label}, {bar.when}" for bar in line.bars if bar.dated]
    events = [f"{mark.label}, {mark.when}" for mark in line.brain]
    parts = ((tr("Systemic"), bars), (tr("Brain"), events))
    said = ". ".join(f"{name}: " + "; ".join(entries) for name, entries in parts if entries)
    board = tr("Board: {when}.").format(when=f"{line.board.day} {MONTHS[line.board.month - 1]} {line.board.year}")
    return tr("Timeline. {said}. {board}").format(said=said, board=board)


def _days(bar: Bar) -> list[date]:
    return [day for day in (bar.start_low, bar.start_high, bar.stop_low, bar.stop_high) if day is not None]


def _drawn(sheet: Sheet, line: Timeline, shown: list[Bar], axis: _Axis, x: float, y: float) -> float:
    dated = [_labelled(bar, line) for bar in shown]
    lanes = (
        (tr("Systemic"), _packed([(bar, _extent(bar, axis)) for bar in dated])),
        (tr("Brain, local"), _packed_marks([mark for mark in line.brain if mark.treatment], axis)),
        (tr("Events"), _packed_marks([mark for mark in line.brain if not mark.treatment], axis)),
    )
    top, tall = y, _LANE * sheet.step
    bottom = y + tall * sum(len(rows) for _, rows in lanes)
    _ticks(sheet, axis, top, bottom)
    for name, rows in lanes:
        if rows:
            sheet.text(x, y + BODY, name, grey=MUTED)
        for row in rows:
            taken = axis.left
            for entry in row:
                if isinstance(entry, Bar):
                    _gap(sheet, entry, axis, y + 1 + _BAR / 2, taken, _end_before(entry, dated))
                    _bar(sheet, entry, axis, y + 1)
                    taken = _extent(entry, axis)[1] + 2
                else:
                    _mark(sheet, entry, axis, y)
            y += tall
    sheet.dashed(axis.right, top, axis.right, bottom, MUTED)
    sheet.text(axis.right - 6, bottom + BODY, tr("board"), "semibold")
    return bottom + 4 * sheet.step


def _labelled(bar: Bar, line: Timeline) -> Bar:
    """Say which line it is, where earlier ones are left out."""
    return replace(bar, words=(Run(f"{bar.number} "), *bar.words)) if line.left_out else bar


def _packed_marks(marks: list[Mark], axis: _Axis) -> list[list[Bar | Mark]]:
    by_day = sorted(marks, key=lambda mark: mark.low or mark.high or axis.first)
    return _packed([(mark, _mark_extent(mark, axis)) for mark in by_day])


def _end_before(bar: Bar, bars: list[Bar]) -> date | None:
    """Return the last possible day of treatment before a bar, where a gap lies between; None without a gap."""
    if bar.start_low is None:
        return None
    ends = []
    for other in bars:
        start = other.start_low or other.start_high
        if other is bar or (start is not None and start > bar.start_low):
            continue
        if other.stop_high is None:
            return None  # it may still have gone on
        ends.append(other.stop_high)
    last = max(ends, default=None)
    return last if last is not None and last < bar.start_low else None


def _ticks(sheet: Sheet, axis: _Axis, top: float, bottom: float) -> None:
    """Draw year or half-year lines with their dates under the lanes, where there is room."""
    months = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month
    step = next((s for s in (1, 3, 6, 12, 24, 36, 60, 120) if months / s <= _TICKS), 240)
    year, month = axis.first.year, 1
    free = axis.left
    while (day := date(year, month, 1)) <= axis.last:
        if day >= axis.first:
            at = axis.x(day)
            sheet.line(at, top, at, bottom, LIGHT, 0.5)
            label = str(year) if step >= 12 else f"{MONTHS[month - 1]} {year}"
            wide = face("regular").width(label, BODY)
            if at - wide / 2 >= free and at + wide / 2 < axis.right - 12:
                sheet.text(at - wide / 2, bottom + BODY, label, grey=MUTED, origin=("axis:time",))
                free = at + wide / 2 + 6
        month += step
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1


def _packed(entries: list[tuple[EntryT, tuple[float, float]]]) -> list[list[EntryT]]:
    """Put entries into rows so that neither they nor their labels overlap."""
    rows: list[list[EntryT]] = []
    ends: list[float] = []
    for entry, (start, end) in entries:
        for index, taken in enumerate(ends):
            if start >= taken + 4:
                rows[index].append(entry)
                ends[index] = end
                break
        else:
            rows.append([entry])
            ends.append(end)
    return rows


def _extent(bar: Bar, axis: _Axis) -> tuple[float, float]:
    """Return from where to where a bar and its label reach."""
    left, right = _ends(bar, axis)
    at, wide = _label_place(bar, axis)
    return min(left, at), max(right, at + wide)


def _label_place(bar: Bar, axis: _Axis) -> tuple[float, float]:
    """Return place and width of the label: where the bar is certain, right of it, left of it, or over it."""
    left, right = _ends(bar, axis)
    wide = face("regular").width(bar.label, BODY)
    inside, until = _certain(bar, axis) or (left, right)
    if wide + 8 <= until - inside:
        return inside + 3, wide
    if right + 4 + wide <= axis.right - _SPARE:
        return right + 4, wide
    if left - 4 - wide >= axis.left:
        return left - 4 - wide, wide
    return max(min(left + 3, axis.right - wide - _SPARE), axis.left - 2), wide


def _certain(bar: Bar, axis: _Axis) -> tuple[float, float] | None:
    """Return from where to where the treatment was given for certain; None where there is no such time."""
    until = axis.last if bar.ongoing else bar.stop_low
    if bar.start_high is None or until is None or axis.x(until) <= axis.x(bar.start_high):
        return None
    return axis.x(bar.start_high), axis.x(until)


def _ends(bar: Bar, axis: _Axis) -> tuple[float, float]:
    low = bar.start_low or axis.first
    high = axis.last if bar.ongoing else bar.stop_high or axis.last
    return axis.x(low), max(axis.x(high), axis.x(low) + 2)


def _gap(sheet: Sheet, bar: Bar, axis: _Axis, y: float, taken: float, gap_from: date | None) -> None:
    """Dot the time without treatment before a bar, up to its label and no further back than its row is free."""
    if gap_from is None:
        return
    since, until = axis.x(gap_from), _extent(bar, axis)[0]
    if _ends(bar, axis)[0] - since > _EXACT and until - 2 > max(since, taken):
        sheet.dotted(max(since, taken), y, until - 2, y, MUTED)


def _bar(sheet: Sheet, bar: Bar, axis: _Axis, y: float) -> None:
    """Draw a line of treatment: filled where certain, dashed where a date is a range, open where there is none.

    No edge of it is beside, above or below a part of its label only: a bar shorter than that is drawn thin under it.
    """
    left, right = _ends(bar, axis)
    at, wide = _label_place(bar, axis)
    certain = _certain(bar, axis)
    inside, until = certain or (left, right)
    over = at < right and at + wide > left and not inside < at < at + wide < until
    top, tall = (y + _UNDER, _THIN) if over else (y, _BAR)
    sheet.box(at - 1.5, y + 0.4, wide + 3, _BAR - 0.8, fill=1.0)  # no line of a year runs through a label
    for edge in (top, top + tall):
        sheet.dashed(left, edge, right, edge, MUTED, 0.5)
    if bar.start_low is not None:
        sheet.line(left, top, left, top + tall, MUTED)
    if bar.stop_high is not None and not bar.ongoing:
        sheet.line(right, top, right, top + tall, MUTED)
    if certain:
        sheet.box(inside, top, until - inside, tall, fill=FILL, stroke=MUTED)
    sheet.text(at, y + BODY - 0.6, bar.label, origin=bar.origin)
    if bar.ongoing:
        sheet.polygon(((right, top), (right + 5, top + tall / 2), (right, top + tall)), MUTED)


def _mark_extent(mark: Mark, axis: _Axis) -> tuple[float, float]:
    low, high, at, wide = _mark_place(mark, axis)
    return min(low - 3, at), max(high + 3, at + wide)


def _mark_label(mark: Mark) -> str:
    """Return the label; dates that are no single day are said, the axis alone cannot show them."""
    exact = mark.low is not None and mark.low == mark.high
    return mark.label if exact else f"{mark.label}, {mark.when}"


def _mark_place(mark: Mark, axis: _Axis) -> tuple[float, float, float, float]:
    """Return first and last day, and the label's place and width: right of the mark, left of it, or over it."""
    if mark.high is None:
        low = axis.x(mark.low or axis.first)
        high = min(low + _ARROW, axis.right)
    else:
        high = axis.x(mark.high)
        low = axis.x(mark.low) if mark.low else max(high - _ARROW, axis.left)
    wide = face("semibold" if mark.treatment else "regular").width(_mark_label(mark), BODY)
    if high + 5 + wide < axis.right - 2:
        return low, high, high + 5, wide
    if low - wide - 5 >= axis.left:
        return low, high, low - wide - 5, wide
    return low, high, max(min(low + 6, axis.right - wide - 6), axis.left), wide


def _mark(sheet: Sheet, mark: Mark, axis: _Axis, y: float) -> None:
    """Draw a treatment as a diamond, another event as a triangle.

    Where the day is not known: a bracket over the days it may have been, an arrow for 'before' and 'after'.
    """
    low, high, at, wide = _mark_place(mark, axis)
    over = at < high and at + wide > low
    middle, half = (y + 1 + _UNDER + _THIN / 2, _THIN / 2) if over else (y + _LANE * sheet.step / 2, 3.0)
    sheet.box(at - 2, y + 1, wide + 4, _LANE * sheet.step - 2, fill=1.0)
    if mark.low is None or mark.high is None or high - low > _EXACT:
        sheet.line(low, middle, high, middle, BLACK, 1.8 if mark.treatment else 0.7)
        for day, edge, way in ((mark.low, low, -3), (mark.high, high, 3)):
            if day is not None:
                sheet.line(edge, middle - half, edge, middle + half, BLACK, 0.9)
            else:
                sheet.polygon(((edge + way, middle), (edge - way, middle - half), (edge - way, middle + half)))
    elif mark.treatment:
        sheet.polygon(((low - 3.6, middle), (low, middle - 3.6), (low + 3.6, middle), (low, middle + 3.6)))
    else:
        sheet.polygon(((low - 3, middle + 3), (low + 3, middle + 3), (low, middle - 3.5)))
    label = _mark_label(mark)
    sheet.text(at, y + BODY, label, "semibold" if mark.treatment else "regular", origin=mark.origin)


def _in_words(sheet: Sheet, line: Timeline, bars: list[Bar], x: float, y: float, width: float, drawn: bool) -> float:
    """Write what is not drawn, in its order."""
    rows: list[tuple[str, Words]] = []
    if bars:
        undated = drawn and not any(bar.dated for bar in bars)
        rows.append((tr("Undated") if undated else tr("Systemic"), _order(bars)))
    elif not line.bars:
        rows.append((tr("Systemic"), line.none_given or (Run(tr("not recorded"), "italic"),)))
    if line.local_words:
        rows.append((tr("Brain, local"), line.local_words))
    if line.left_out:
        more = trn("+{n} earlier treatment in the annex", "+{n} earlier treatments in the annex", line.left_out)
        counted = Run(more.format(n=line.left_out), "italic", origin=("count:earlier treatments left out",))
        name, words = rows.pop() if rows else ("", ())
        rows.append((name, (*words, Run(" "), counted) if words else (counted,)))
    for name, words in rows:
        sheet.text(x, y + BODY * 0.92, name, grey=MUTED)
        y = sheet.words(x + LABEL, y, words, width - LABEL)
    return y


def _order(bars: list[Bar]) -> Words:
    """Return lines by their number, with their dates where recorded."""
    order = "; ".join(
        (f"{bar.number} {bar.label}" if bar.named else f"{line}: {bar.label}") + (f", {bar.when}" if bar.when else "")
        for line, bar in in_order(bars)
    )
    some = tr(" \N{EN DASH} dates not recorded") if not any(bar.when for bar in bars) else ""
    origin = tuple(dict.fromkeys(place for bar in bars for place in bar.origin))
    words = Run(order, origin=origin)
    return (words, Run(some, "italic")) if some else (words,)
