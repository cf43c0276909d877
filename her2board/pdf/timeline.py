"""The systemic timeline with local therapies, events and the meeting on one axis."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from her2board.briefing.model import Bar, Mark, Run, Timeline, Words
from her2board.pdf.blocks import Sheet
from her2board.pdf.fonts import face
from her2board.pdf.styles import BODY, FILL, HAIRLINE, LEADING, LIGHT, MUTED
from her2board.wording import MONTHS, tr, trn

_LANE = 12.5
_BAR = 10.5
_LABEL = 62.0
"""Width of the lane names."""
EntryT = TypeVar("EntryT")


@dataclass(frozen=True, slots=True)
class _Axis:
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
    """Draw the timeline; return the y below it. Without any date the order stands in words."""
    days = [day for bar in line.bars for day in _days(bar)]
    days += [mark.low for mark in line.brain]
    if days and line.drawn:
        first = min(days)
        margin = timedelta(days=max((line.board - first).days // 40, 3))
        axis = _Axis(first - margin, line.board, x + _LABEL, x + width - 26)
        with sheet.part("Figure", _in_one_sentence(line)):
            y = _drawn(sheet, line, axis, x, y)
    return _in_words(sheet, line, x, y, width, drawn=bool(days) and line.drawn)


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


def _drawn(sheet: Sheet, line: Timeline, axis: _Axis, x: float, y: float) -> float:
    bars = _packed([(bar, _extent(bar, axis)) for bar in line.bars if bar.dated])
    brain = _packed([(mark, _mark_extent(mark, axis)) for mark in sorted(line.brain, key=lambda m: m.low)])
    top = y
    bottom = y + _LANE * (len(bars) + len(brain)) + 1
    _ticks(sheet, axis, top, bottom)
    if bars:
        sheet.text(x, y + BODY, tr("Systemic"), grey=MUTED)
    for row in bars:
        for bar in row:
            _bar(sheet, bar, axis, y + 1)
        y += _LANE
    if brain:
        sheet.text(x, y + BODY, tr("Brain"), grey=MUTED)
    for marks in brain:
        for mark in marks:
            _mark(sheet, mark, axis, y)
        y += _LANE
    sheet.dashed(axis.right, top, axis.right, bottom)
    sheet.text(axis.right - 6, bottom + BODY, tr("board"), "semibold")
    return bottom + LEADING + 1


def _ticks(sheet: Sheet, axis: _Axis, top: float, bottom: float) -> None:
    """Draw year or half-year lines with their dates under the lanes, where there is room."""
    months = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month
    step = next((s for s in (1, 3, 6, 12, 24, 36, 60, 120) if months / s <= 8), 240)
    year, month = axis.first.year, 1
    free = axis.left
    while (day := date(year, month, 1)) <= axis.last:
        if day >= axis.first:
            at = axis.x(day)
            sheet.line(at, top, at, bottom, LIGHT, 0.5)
            label = str(year) if step >= 12 else f"{MONTHS[month - 1]} {year}"
            wide = face("regular").width(label, BODY)
            if at - wide / 2 >= free and at + wide / 2 < axis.right - 12:
                sheet.text(at - wide / 2, bottom + BODY, label, grey=MUTED)
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
    left, right = _ends(bar, axis)
    wide = face("regular").width(bar.label, BODY) + 6
    if left + wide > axis.right:
        left = min(left, axis.right - wide)
    return left, max(right, left + wide)


def _ends(bar: Bar, axis: _Axis) -> tuple[float, float]:
    low = bar.start_low or bar.start_high or axis.first
    high = axis.last if bar.ongoing else bar.stop_high or bar.stop_low or axis.last
    return axis.x(low), max(axis.x(high), axis.x(low) + 2)


def _bar(sheet: Sheet, bar: Bar, axis: _Axis, y: float) -> None:
    """Draw a line of treatment: solid where certain, open where a date is a range or missing."""
    left, right = _ends(bar, axis)
    sheet.box(left, y, right - left, _BAR, stroke=HAIRLINE)
    sure_left = axis.x(bar.start_high) if bar.start_high else None
    sure_right = axis.last if bar.ongoing else bar.stop_low
    if sure_left is not None and sure_right is not None and axis.x(sure_right) > sure_left:
        sheet.box(sure_left, y, axis.x(sure_right) - sure_left, _BAR, fill=FILL, stroke=HAIRLINE)
    if bar.ongoing:
        tip = ((right - 4, y + 2), (right, y + _BAR / 2), (right - 4, y + _BAR - 2))
        sheet.polygon(tip, MUTED)
    wide = face("regular").width(bar.label, BODY)
    at = min(left + 3, axis.right - wide - 3)
    sheet.text(max(at, axis.left - 2), y + BODY - 0.6, bar.label)


def _mark_extent(mark: Mark, axis: _Axis) -> tuple[float, float]:
    low, high, at, wide = _mark_place(mark, axis)
    return min(low - 3, at), max(high + 3, at + wide)


def _mark_place(mark: Mark, axis: _Axis) -> tuple[float, float, float, float]:
    """Return first and last day, and the label's place and width: right of the mark, left of it, or on it."""
    low, high = axis.x(mark.low), axis.x(mark.high)
    wide = face("semibold" if mark.treatment else "regular").width(mark.label, BODY)
    right = high + 5
    at = right if right + wide < axis.right - 2 else low - wide - 5
    return low, high, at if at >= axis.left else low + 6, wide


def _mark(sheet: Sheet, mark: Mark, axis: _Axis, y: float) -> None:
    """Draw an event as a triangle at its day, or a bar over the days it may have been."""
    low, high, at, wide = _mark_place(mark, axis)
    middle = y + _LANE / 2
    if high - low > 5:
        sheet.box(low, middle - 2, high - low, 4, fill=HAIRLINE, stroke=MUTED)
    else:
        sheet.polygon(((low - 3, middle + 3), (low + 3, middle + 3), (low, middle - 3.5)))
    if low < at < high:
        sheet.box(at - 2, y + 1, wide + 4, _LANE - 2, fill=1.0)
    sheet.text(at, y + BODY, mark.label, "semibold" if mark.treatment else "regular")


def _in_words(sheet: Sheet, line: Timeline, x: float, y: float, width: float, drawn: bool) -> float:
    """Write what has no date, in its order."""
    rows: list[tuple[str, Words]] = []
    told = [bar for bar in line.bars if not (drawn and bar.dated)]
    if told:
        rows.append((tr("Undated") if drawn else tr("Systemic"), _order(told)))
    elif not line.bars:
        rows.append((tr("Systemic"), (Run(tr("not recorded"), "italic"),)))
    if line.local_words:
        rows.append((tr("Local therapy"), line.local_words))
    if line.left_out:
        more = trn("+{n} earlier treatment in the annex", "+{n} earlier treatments in the annex", line.left_out)
        rows.append(("", (Run(more.format(n=line.left_out), "italic"),)))
    for name, words in rows:
        sheet.text(x, y + BODY * 0.92, name, grey=MUTED)
        y = sheet.words(x + _LABEL, y, words, width - _LABEL)
    return y


def _order(bars: list[Bar]) -> Words:
    """Return lines by their number, with their dates where recorded."""
    order = "; ".join(f"{bar.number} {bar.label}" + (f", {bar.when}" if bar.when else "") for bar in bars)
    some = tr(" \N{EN DASH} dates not recorded") if not any(bar.when for bar in bars) else ""
    return (Run(order), Run(some, "italic")) if some else (Run(order),)
