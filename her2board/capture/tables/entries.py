"""Puts the cells of each pasted line together as an entry of a list."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import inf
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from her2board.capture.date_order import DateOrder
from her2board.capture.local_kinds import is_elsewhere, read_unnamed_kind, surgery_of
from her2board.capture.tables.cells import Cells
from her2board.capture.tables.columns import Target, date_order_of, unit_of
from her2board.capture.tables.date_cells import stop_without_year
from her2board.capture.tables.not_given import not_given
from her2board.capture.tables.reading import is_empty, read_cell, take
from her2board.capture.tables.readings import Beside, CellReading
from her2board.capture.typed import Candidate, Typed
from her2board.capture.typed_numbers import may_be_centimetres
from her2board.case.drugs import Vocabulary
from her2board.case.fields import CaseField
from her2board.wording import tr

_NOTE_LENGTH = 300


class PastedCell(Struct, frozen=True):
    """One cell as it was copied and as it is read; a problem says why it is not, its candidates what it may mean."""

    text: str
    typed: Typed


class PastedEntry(Struct, frozen=True):
    """One line of the table: the entry it is read as, its cells, and what the entry has no room for."""

    entry: dict[str, Any]
    cells: tuple[PastedCell, ...]
    left_over: tuple[str, ...]
    marks: tuple[str, ...] = ()
    """What a person should see before it is taken: filled from above, a shorthand, a name nobody knows."""
    not_given: str = ""
    """Why the line is none of what was given: a plan, a refusal. It is no entry then."""


class PasteContext(Struct, frozen=True):
    """What a pasted table is read beside, all of it optional; ``order`` answers what is asked of the dates."""

    vocabulary: Vocabulary | None = None
    meeting: date | None = None
    order: DateOrder | None = None
    answers: Mapping[tuple[int, int], Candidate] = field(default_factory=dict)
    """What a person chose for a cell that may mean several things, by line and column."""


_NO_CONTEXT = PasteContext()


def read_entries(
    rows: Sequence[Cells],
    targets: Sequence[Target | None],
    columns: Sequence[CaseField],
    headings: Cells = (),
    context: PasteContext = _NO_CONTEXT,
) -> tuple[PastedEntry, ...]:
    """Return how each line is read; what no column takes goes to the note where the list has one."""
    order = date_order_of(rows, targets).or_else(context.order)
    paths = frozenset(column.path for column in columns)
    besides = [
        Beside(
            context.vocabulary,
            context.meeting,
            order,
            unit_of([row[number] for row in rows], target),
            paths,
            target.measured,
            target.days_only,
        )
        if target
        else None
        for number, target in enumerate(targets)
    ]
    names = [_heading(number, target, headings) for number, target in enumerate(targets)]
    filled = fill_down(rows)
    held = list(zip(targets, besides, names, strict=True))
    answers = [
        {column: chosen for (line, column), chosen in context.answers.items() if line == number}
        for number in range(len(filled))
    ]
    entries = (_entry(row, held, columns, given) for row, given in zip(filled, answers, strict=True))
    return tuple(_unless_not_given(entry, targets, names, paths) for entry in entries)


def _unless_not_given(
    entry: PastedEntry, targets: Sequence[Target | None], names: Sequence[str], paths: frozenset[str]
) -> PastedEntry:
    """Return a line as it is read, or as no entry where it says that this was planned or not given."""
    texts = tuple(cell.text for cell in entry.cells)
    found = not_given(texts, targets, tuple(names), entry.entry, paths)
    if found is None:
        return entry
    cells = (PastedCell(text, Typed(problem=found.words if n == found.cell else "")) for n, text in enumerate(texts))
    left = tuple(_named(text, name) for text, name in zip(texts, names, strict=True) if text and not is_empty(text))
    return PastedEntry({}, tuple(cells), left, not_given=found.words)


def _heading(number: int, target: Target | None, headings: Cells) -> str:
    return headings[number] if headings else target.column.info.label if target else ""


class FilledRow(Struct, frozen=True):
    """A line of a table, and the numbers of its cells that were taken from the line above."""

    cells: Cells
    filled: frozenset[int] = frozenset()


def fill_down(rows: Sequence[Cells]) -> tuple[FilledRow, ...]:
    """Return the lines with merged cells filled: those empty from the left up to the first cell that is not.

    A table writes a cell that spans several lines once. An empty cell further right may as well be unknown and stays.
    """
    found: list[FilledRow] = []
    for row in rows:
        first = next((number for number, cell in enumerate(row) if cell), 0)
        above = found[-1].cells if found else row
        taken = frozenset(number for number in range(first) if above[number])
        cells = tuple(above[number] if number in taken else cell for number, cell in enumerate(row))
        found.append(FilledRow(cells, taken))
    return tuple(found)


def read_typed(columns: Sequence[CaseField], number: int, text: str, context: PasteContext) -> CellReading:
    """Return how a cell that was typed is read: like one that was copied, in the unit its column is shown with."""
    column = columns[number]
    unit = column.info.unit if column.kind in ("number", "size") and not may_be_centimetres(text) else ""
    paths = frozenset(column.path for column in columns)
    return read_cell(column, text, Beside(context.vocabulary, context.meeting, None, unit, paths))


Column = tuple[Target | None, Beside | None, str]


class _Draft(Struct):
    """An entry while its cells are read."""

    values: dict[str, list[tuple[Any, int]]] = field(default_factory=dict)
    """What each column of the list was given, and by which pasted cell."""
    rest: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    cells: list[PastedCell] = field(default_factory=list)

    def give(self, path: str, value: Any, number: int) -> None:
        """Note a value for a column."""
        self.values.setdefault(path, []).append((value, number))


def _entry(
    row: FilledRow, held: Sequence[Column], columns: Sequence[CaseField], answers: Mapping[int, Candidate]
) -> PastedEntry:
    draft = _Draft()
    for number, (text, (target, beside, heading)) in enumerate(zip(row.cells, held, strict=True)):
        found = CellReading(Typed())
        if target and beside:
            found = (
                take(target.column, answers[number], text)
                if number in answers
                else read_cell(target.column, text, beside)
            )
        draft.cells.append(PastedCell(text, found.typed))
        draft.marks += [_named(mark, heading) for mark in found.marks]
        if target and target.measured and target.column.kind == "size" and found.typed.value is not None:
            draft.marks.append(_named(tr("taken as the present size"), heading))
        if number in row.filled:
            draft.marks.append(tr("{heading}: {text}, as in the line above").format(heading=heading, text=text))
        if target and found.typed.value is not None:
            draft.give(target.column.path, found.typed.value, number)
        elif text and (target is None or found.typed.problem) and not (target is None and is_empty(text)):
            draft.rest.append(_named(text, heading))
        for path, value in found.more.items():
            draft.give(path, value, number)
        draft.rest += [_named(left, heading) for left in found.left]
    entry = _settled(draft, row.cells, held)
    _settle_stop(entry, draft, row.cells, held, answers)
    if "dose_gy" in [column.path for column in columns]:
        _settle_kind(entry, draft, row.cells, held, answers)
    return _with_note(entry, draft, columns)


def _named(text: str, heading: str) -> str:
    return f"{heading}: {text}" if heading else text


def _settled(draft: _Draft, texts: Cells, held: Sequence[Column]) -> dict[str, Any]:
    """Return what the cells agree on; of two values for one column, or axes the wrong way round, neither is taken."""
    entry: dict[str, Any] = {}
    for path, given in draft.values.items():
        if path == "earlier_sizes":
            entry[path] = _sizes_with_days([size for sizes, _ in given for size in sizes])
        elif all(value == given[0][0] for value, _ in given):
            entry[path] = given[0][0]
        else:
            _contradict(draft, [number for _, number in given], texts, held, tr("two values for one column"))
    long, across = (_ends(entry.get(path)) for path in ("diameter_mm", "perpendicular_mm"))
    if long and across and across[0] > long[1]:
        numbers = [draft.values[path][0][1] for path in ("diameter_mm", "perpendicular_mm")]
        problem = tr("the axis across ({across:g} mm) is longer than the diameter ({long:g} mm)")
        _contradict(draft, numbers, texts, held, problem.format(across=across[0], long=long[1]))
        del entry["diameter_mm"], entry["perpendicular_mm"]
    return entry


def _settle_stop(
    entry: dict[str, Any], draft: _Draft, texts: Cells, held: Sequence[Column], answers: Mapping[int, Candidate]
) -> None:
    """Ask for the year of an end that has none, where the treatment began years before the meeting."""
    found = [n for n, (target, _, _) in enumerate(held) if target and target.column.path == "stop" and texts[n]]
    if len(found) != 1 or found[0] in answers or not {"start", "stop"} <= entry.keys():
        return
    number = found[0]
    if (typed := stop_without_year(texts[number], entry["start"], entry["stop"])) is not None:
        del entry["stop"]
        draft.cells[number] = PastedCell(texts[number], typed)
        draft.marks = [mark for mark in draft.marks if not mark.startswith(f"{held[number][2]}: ")]
        draft.rest.append(_named(texts[number], held[number][2]))


_OF_BRAIN = ("radiosurgery", "whole_brain")


def _settle_kind(
    entry: dict[str, Any], draft: _Draft, texts: Cells, held: Sequence[Column], answers: Mapping[int, Candidate]
) -> None:
    """Read the kind of a radiotherapy beside its site: 'RT' of a femur is none of the brain, 'SRS' of L3 is asked."""
    found = [n for n, (target, _, _) in enumerate(held) if target and target.column.path == "kind" and texts[n]]
    site = entry.get("site", "")
    if len(found) != 1 or not site or found[0] in answers:
        return
    number = found[0]
    target, heading = held[number][0], held[number][2]
    assert target is not None
    words = {kind: target.column.words(kind) for kind in target.column.choices}
    if entry.get("kind") in _OF_BRAIN and is_elsewhere(site):
        problem = tr("{kind} is of the brain, and {site} is not: which is it?")
        _contradict(draft, [number], texts, held, problem.format(kind=words[entry.pop("kind")], site=site))
        beside = read_unnamed_kind(f"RT {site}", words)
        offered = [beside.value] if beside and beside.value else []
        typed = draft.cells[number].typed
        candidates = tuple(Candidate(kind, words[kind]) for kind in offered)
        draft.cells[number] = PastedCell(texts[number], replace(typed, candidates=candidates))
    elif entry.get("kind") == "surgery" and (kind := surgery_of(f"surgery {site}")) not in (None, "surgery"):
        entry["kind"] = kind
        draft.marks.append(_named(tr("{kind}, by its site").format(kind=words[kind]), heading))
    elif "kind" not in entry and draft.cells[number].typed.candidates:
        beside = read_unnamed_kind(f"{texts[number]} {site}", words)
        if beside and beside.value:
            entry["kind"] = beside.value
            draft.marks.append(_named(tr("{kind}, by its site").format(kind=words[beside.value]), heading))
        if beside:
            draft.cells[number] = PastedCell(texts[number], beside)


def _sizes_with_days(sizes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the earlier sizes of an entry; one without a day and one day from another column belong together."""
    undated = [size for size in sizes if "day" not in size]
    days = [size for size in sizes if "mm" not in size]
    if len(undated) != 1 or len(days) != 1:
        return sizes
    return [{**size, **days[0]} if size is undated[0] else size for size in sizes if size is not days[0]]


def _ends(size: float | dict[str, Any] | None) -> tuple[float, float] | None:
    """Return the least and the most a recorded size may be, in mm."""
    if not isinstance(size, dict):
        return None if size is None else (size, size)
    return size.get("low", 0.0), size.get("high", inf)


def _contradict(draft: _Draft, numbers: Sequence[int], texts: Cells, held: Sequence[Column], problem: str) -> None:
    """Take nothing of cells that contradict each other, and keep them as written."""
    for number in dict.fromkeys(numbers):
        draft.cells[number] = PastedCell(texts[number], Typed(problem=problem))
        draft.rest.append(_named(texts[number], held[number][2]))


def _with_note(entry: Mapping[str, Any], draft: _Draft, columns: Sequence[CaseField]) -> PastedEntry:
    rest = list(dict.fromkeys(draft.rest))
    words = "; ".join((*([entry["note"]] if "note" in entry else []), *rest))
    cells, marks = tuple(draft.cells), tuple(dict.fromkeys(draft.marks))
    if rest and "note" in [column.path for column in columns] and len(words) <= _NOTE_LENGTH:
        return PastedEntry({**entry, "note": words}, cells, (), marks)
    return PastedEntry(dict(entry), cells, tuple(rest), marks)
