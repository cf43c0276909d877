"""What the columns of a copied table hold, and what is asked once for a whole column."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.date_order import DateOrder, date_order, is_two_ways
from her2board.capture.date_words import plain
from her2board.capture.tables.cells import Cells
from her2board.capture.tables.reading import read_cell
from her2board.capture.tables.readings import Beside
from her2board.capture.tables.words import BESIDE, EMPTY, HORMONE_HEADINGS, HORMONES
from her2board.capture.typed import Candidate, Typed
from her2board.capture.typed_dates import read_date
from her2board.capture.typed_numbers import only_millimetres, read_interval, read_size
from her2board.case.dates import PartialDate
from her2board.case.fields import CaseField
from her2board.wording import tr

_UNIT_IN_HEADING = re.compile(r"[\s,(\[]*\b(mm|cm|c?gy|ml|cc|%)[\s)\]]*$", re.IGNORECASE)


_LONGEST_HEADING = 100


class Target(Struct, frozen=True):
    """What a pasted column holds: a column of the list, and the unit of its numbers where heading or person said it."""

    column: CaseField
    unit: str = ""
    measured: str = ""
    """Day that the heading of a column of sizes says, as ISO text."""
    days_only: bool = False
    """The column holds the days of earlier sizes."""


class ColumnQuestion(Struct, frozen=True):
    """What is asked once for a pasted column. A candidate is the ``Target`` or ``DateOrder`` to go on with."""

    number: int
    """Of the pasted column, from 0."""
    kind: Literal["unit", "order", "short"]
    text: str
    candidates: tuple[Candidate, ...]


def heading_target(heading: str, columns: Sequence[CaseField], order: DateOrder | None = None) -> Target | None:
    """Return the column a heading names; None when it names none of this list. ``order`` is of days in headings."""
    if len(heading) > _LONGEST_HEADING:
        return None
    match = _UNIT_IN_HEADING.search(heading)
    unit = match[1].casefold() if match else ""
    bare = _bare(heading[: match.start()] if match else heading)
    for name in dict.fromkeys((f"{bare} %" if unit == "%" else bare, bare)):
        for column in columns:
            if name in column.names:
                return Target(column, unit if _is_size(column) or unit == "cgy" else "")
    both = next((column for column in columns if column.path == "er" and bare in HORMONE_HEADINGS), None)
    if both is not None:
        return Target(both, HORMONES)
    earlier = next((column for column in columns if column.kind == "sizes"), None)
    return None if earlier is None else _earlier(bare, heading, unit, Target(earlier), order)


_EARLIER_DAYS = re.compile(r"(?:date of )?(?:previous|prior|earlier|baseline)(?: (?:size|scan|mri))?(?: date)?")
_NOT_A_DAY = re.compile(r"\b(?:size|diameter|mri?|ct|mrt|irm|scan|largest|longest|mm|cm)\b|[()\[\]]", re.IGNORECASE)


def _earlier(bare: str, heading: str, unit: str, sizes: Target, order: DateOrder | None) -> Target | None:
    """Return what a heading says of sizes measured before: their days, or the day of all sizes in its column."""
    if _EARLIER_DAYS.fullmatch(bare) and re.search("date|scan|mri", bare):
        return replace(sizes, days_only=True)
    day = _day_in(heading, order)
    return replace(sizes, unit=unit, measured=day.value) if day.value else None


def _day_in(heading: str, order: DateOrder | None = None) -> Typed:
    return read_date(_NOT_A_DAY.sub(" ", heading), order=order) if re.search(r"\d", heading) else Typed()


def _bare(heading: str) -> str:
    return " ".join(re.sub(r"[^\w%#]+", " ", plain(heading)).split())


def has_headings(rows: Sequence[Cells], columns: Sequence[CaseField]) -> bool:
    """Tell whether the first line is one of headings rather than an entry: half of it is, and one names a column."""
    if not rows:
        return False
    named = [heading_target(cell, columns) for cell in rows[0]]
    dated = any(column.kind == "sizes" for column in columns)
    known = sum(
        target is not None or _bare(cell) in BESIDE or (dated and bool(_day_in(cell).candidates))
        for target, cell in zip(named, rows[0], strict=True)
    )
    if not any(target and not target.measured for target in named):
        return False
    return 2 * known >= sum(bool(cell) for cell in rows[0]) or _unlike_its_rows(rows)


def _unlike_its_rows(rows: Sequence[Cells]) -> bool:
    """Tell whether the first line is of words above two columns of numbers, as headings that nobody knows are."""
    if len(rows) < 2 or any(re.search(r"\d", cell) or cell.casefold() in EMPTY for cell in rows[0]):
        return False
    return sum(all(re.search(r"\d", row[n]) for row in rows[1:]) for n in range(len(rows[0]))) > 1


def targets_of(rows: Sequence[Cells], columns: Sequence[CaseField], *, headed: bool) -> tuple[Target | None, ...]:
    """Return what each pasted column holds: by its heading, else by cells that can be one thing only."""
    found: list[Target | None] = []
    main = next((column for column in columns if column.kind in ("text", "texts")), None)
    order = date_order(rows[0]) if rows and headed else None
    for number in range(len(rows[0]) if rows else 0):
        used = [target.column for target in found if target]
        free = [column for column in columns if column not in used or column.kind == "sizes"]
        if headed:
            found.append(None if _counts_only(rows, number, main) else heading_target(rows[0][number], free, order))
        else:
            found.append(_guessed([row[number] for row in rows], free, main))
    return _with_present_size(found, columns)


_COUNT = re.compile(r"(?:lesion|target|met|bm)?\s?#?\d{1,3}[.)]?|[a-h]", re.IGNORECASE)


def _counts_only(rows: Sequence[Cells], number: int, main: CaseField | None) -> bool:
    """Tell whether a column headed like the main one counts its lines, and a column behind it is headed so as well."""
    heads = rows[0]
    if main is None or heading_target(heads[number], (main,)) is None:
        return False
    filled = [row[number] for row in rows[1:] if row[number]]
    again = any(heading_target(head, (main,)) for head in heads[number + 1 :])
    return again and bool(filled) and all(map(_COUNT.fullmatch, filled))


def _with_present_size(found: list[Target | None], columns: Sequence[CaseField]) -> tuple[Target | None, ...]:
    """Take the newest column of sizes headed by a day as the present size, where no other column is."""
    diameter = next((column for column in columns if column.path == "diameter_mm"), None)
    dated = [(PartialDate.parse(one.measured), n, one) for n, one in enumerate(found) if one and one.measured]
    if diameter is None or not dated or any(one and one.column == diameter for one in found):
        return tuple(found)
    day, number, newest = max(dated)
    if all(day.surely_after(other) for other, place, _ in dated if place != number):
        found[number] = replace(newest, column=diameter)
    return tuple(found)


def _guessed(cells: Sequence[str], columns: Sequence[CaseField], main: CaseField | None) -> Target | None:
    """Return the column that reads every cell: a term or date, a number with its unit, else the list's main text."""
    filled = [cell for cell in cells if cell.casefold() not in EMPTY]
    lettered = all(re.search(r"[^\W\d_]", cell) for cell in filled)
    certain = [column for column in columns if column.kind in ("choice", "flag", "date")]
    numbers = [column for column in columns if lettered and column.kind in ("number", "integer", "size")]
    texts = [column for column in columns if lettered and column is main]
    beside = Beside(paths=frozenset(column.path for column in columns))
    for column in (*certain, *numbers, *texts):
        if filled and not any(read_cell(column, cell, beside).typed.problem for cell in filled):
            return Target(column)
    return None


def date_order_of(rows: Sequence[Cells], targets: Sequence[Target | None]) -> DateOrder:
    """Return the order of day and month that the dates of a table show; one order holds for the whole table."""
    dates = (cell for row in rows for cell, target in zip(row, targets, strict=True) if target and _is_date(target))
    return date_order(dates)


def _is_size(column: CaseField) -> bool:
    return column.info.unit == "mm"


def _is_date(target: Target) -> bool:
    return target.column.kind == "date"


def unit_of(cells: Sequence[str], target: Target) -> str:
    """Return the unit of a column of sizes: as the heading says, or millimetres where no other is possible."""
    if target.unit or not _is_size(target.column):
        return target.unit
    bare = [size for cell in cells if (size := _without_unit(cell))]
    return "mm" if any(map(only_millimetres, bare)) else ""


def _without_unit(cell: str) -> tuple[float, ...]:
    """Return the numbers of a size that was written without a unit; none when it has one or is no size."""
    found = read_size(cell)
    if found.candidates:
        axes: tuple[float, ...] = found.candidates[0].value.axes_mm
        return axes
    ranged = read_interval(cell, "mm").value if not re.search("mm|cm|centi", cell.casefold()) else None
    return () if ranged is None else tuple(end for end in (ranged.low, ranged.high) if end is not None)


def column_questions(
    rows: Sequence[Cells], targets: Sequence[Target | None], order: DateOrder | None = None
) -> tuple[ColumnQuestion, ...]:
    """Return what is asked once of each column of ``rows``, the lines without headings.

    A size without unit: mm or cm. A date that may be read two ways, where no other date of the table shows the order
    and ``order``, what a person answered, does not say it.
    """
    asked: list[ColumnQuestion] = []
    for number, target in enumerate(targets):
        cells = [row[number] for row in rows]
        if target is None:
            continue
        sizes = [cell for cell in cells if _without_unit(cell)]
        if sizes and not unit_of(cells, target) and _is_size(target.column):
            units = tuple(Candidate(replace(target, unit=unit), unit) for unit in ("mm", "cm"))
            text = tr("Sizes without unit ({examples}): mm or cm?").format(examples=", ".join(sizes[:3]))
            asked.append(ColumnQuestion(number, "unit", text, units))
        if _is_date(target):
            asked += _date_questions(number, cells, date_order_of(rows, targets).or_else(order))
    return tuple(asked)


def _date_questions(number: int, cells: Sequence[str], order: DateOrder) -> Iterator[ColumnQuestion]:
    """Ask which comes first, and what two numbers are, where a date has two readings and the table shows neither."""
    in_full = [cell for cell in cells if re.match(r"\s*(?!(\d+)\D\1\b)\d{1,2}[-/]\d{1,2}[-/]\d{2,4}", cell)]
    two_ways = [cell for cell in in_full if all(int(part) <= 12 for part in re.findall(r"\d+", cell)[:2])]
    if two_ways and order.order is None:
        orders = (
            Candidate(DateOrder("dmy"), tr("day first")),
            Candidate(DateOrder("mdy"), tr("month first")),
        )
        text = tr("Is the day or the month first in {example}?").format(example=two_ways[0])
        yield ColumnQuestion(number, "order", text, orders)
    short = [cell for cell in cells if is_two_ways(cell)]
    if short and order.short is None:
        kinds = (
            Candidate(DateOrder(None, short="day_month"), tr("day and month")),
            Candidate(DateOrder(None, short="month_year"), tr("month and year")),
        )
        text = tr("Is {example} a day and month, or a month and year?").format(example=short[0])
        yield ColumnQuestion(number, "short", text, kinds)
