"""Reads the cells of a copied table that hold sizes of lesions, now and before."""

import re
from functools import partial

from her2board.capture.clean_text import clean_line
from her2board.capture.dated_sizes import ranged_size, read_dated_sizes, read_one_size
from her2board.capture.tables.readings import Beside, CellReading
from her2board.capture.typed import Candidate, Typed, asked
from her2board.capture.typed_dates import read_date
from her2board.capture.typed_numbers import Size, read_interval, read_size
from her2board.case.fields import CaseField
from her2board.case.lesions import UNLIKELY_MM
from her2board.wording import tr


def read_size_cell(column: CaseField, text: str, beside: Beside) -> CellReading:
    """Read '16 x 12 mm': the longest axis is the diameter, the next is across; a third is left over."""
    found = read_size(text, beside.unit)
    if (
        beside.unit == "cm"
        and found.value is not None
        and found.value.axes_mm[0] >= UNLIKELY_MM
        and _BARE.fullmatch(text)
    ):
        return CellReading(_millimetres_asked(text))
    if found.value is None:
        ranged = ranged_size(text, beside.unit) or _first_size(text, beside.unit)
        return CellReading(found if ranged is None else ranged)
    return read_axes(column, found.value.axes_mm, text)


_BARE = re.compile(r"[\d.,x×\s]+")


def _millimetres_asked(text: str) -> Typed:
    sizes = [read_size(text, unit).value for unit in ("mm", "cm")]
    return asked(tr("'{text}': mm or cm?").format(text=clean_line(text)), *(Candidate(s, _shown(s)) for s in sizes))


def _shown(size: Size) -> str:
    return " × ".join(f"{axis:g}" for axis in size.axes_mm) + " mm"


def _first_size(text: str, unit: str) -> Typed | None:
    """Ask whether the size is meant that is about so, or has an earlier one behind it: '~12 mm', '12 mm (was 8)'."""
    line = clean_line(text)
    if size := size_before_words(line):
        now = read_size(size, unit)
        return None if now.value is None else _size_asked(line, now.value)
    measured = unit or re.search("mm|cm", line)
    about = read_interval(f"{line} {unit}" if unit and not re.search("mm|cm", line) else line, "mm")
    return Typed(problem=about.problem, candidates=about.candidates) if measured and about.candidates else None


_EARLIER = re.compile(
    r"[\s(;,]\s?(?:was|prev\w*|prior|before|earlier|formerly|vs|from|zuvor|vorher|ant[eé]rieur|prima)\b", re.IGNORECASE
)


def size_before_words(line: str) -> str:
    """Return the size that has an earlier one behind it: of '12 mm (was 8)', '12 mm'; empty where there is none."""
    match = _EARLIER.search(line)
    return line[: match.start()].rstrip(" (;,") if match else ""


def _size_asked(line: str, size: Size) -> Typed:
    words = _shown(size)
    return asked(tr("'{text}': is the size now {size}?").format(text=line, size=words), Candidate(size, words))


def read_axes(column: CaseField, axes: tuple[float, ...], text: str) -> CellReading:
    """Give the longest axis to the diameter and the next to the one across; ``text`` is kept where it has a third."""
    if len(axes) == 1:
        return CellReading(Typed(axes[0]))
    if column.path != "diameter_mm":
        return CellReading(Typed(problem=tr("'{text}' has several axes").format(text=clean_line(text))))
    words = tr("{large:g} by {small:g} mm").format(large=axes[0], small=axes[1])
    left = (clean_line(text),) if len(axes) > 2 else ()
    return CellReading(Typed(axes[0], words), {"perpendicular_mm": axes[1]}, left)


def read_earlier_cell(text: str, beside: Beside) -> CellReading:
    """Read sizes measured before; a column may hold their days alone, or be headed by the day of all its sizes."""
    read_day = partial(read_date, meeting=beside.meeting, past=True, order=beside.order)
    if beside.measured:
        size = read_one_size(clean_line(text), beside.unit)
        offered = (Candidate([{"mm": c.value, "day": beside.measured}], c.words) for c in size.candidates)
        value = None if size.value is None else [{"mm": size.value, "day": beside.measured}]
        found = Typed(value, "", size.problem, tuple(offered))
    elif beside.days_only:
        day = read_day(text)
        offered = (Candidate([{"day": c.value}], c.words) for c in day.candidates)
        found = Typed(None if day.value is None else [{"day": day.value}], "", day.problem, tuple(offered))
    else:
        found = read_dated_sizes(text, beside.unit, read_day)
    several_axes = found.value is not None and re.search(r"\d\s*[x×*]\s*\d", text)
    return CellReading(found, left=(clean_line(text),) if several_axes else ())
