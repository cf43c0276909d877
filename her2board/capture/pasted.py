"""Reads a table copied from a spreadsheet or a report as entries of a list. Nothing is guessed at, nothing dropped."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from her2board.capture.pasted_words import HEADINGS, TERMS
from her2board.capture.typed import Typed, read_text, read_texts
from her2board.capture.typed_dates import read_date
from her2board.capture.typed_numbers import read_count, read_number
from her2board.case.fields import CaseField
from her2board.case.terms import spoken
from her2board.wording import tr

Cells = tuple[str, ...]
LARGEST_PASTE = 500
"""Lines. The longest history known has sixty; more is something else on the clipboard."""
_UNITS = {"diameter_mm": "mm", "perpendicular_mm": "mm", "dose_gy": "Gy", "volume_ml": "mL"}
_NOTE_LENGTH = 300
_EMPTY = ("", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "?", "n/a", "na", "nk", "unknown", "not known", "not recorded")
_ANSWERS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_SIZES = re.compile("\\s*[x×*]\\s*", re.IGNORECASE)
_UNIT_IN_HEADING = re.compile(r"[\s,(\[]*\b(mm|cm|gy|ml|cc|%)[\s)\]]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """What a pasted column holds: a column of the list, and whether its sizes stand in centimetres."""

    column: CaseField
    in_cm: bool = False


@dataclass(frozen=True, slots=True)
class PastedCell:
    """One cell as it was copied and as it is read; a problem says why it is not."""

    text: str
    typed: Typed


@dataclass(frozen=True, slots=True)
class PastedEntry:
    """One line of the table: the entry it is read as, its cells, and what the entry has no room for."""

    entry: dict[str, Any]
    cells: tuple[PastedCell, ...]
    left_over: tuple[str, ...]


def cells_of(text: str) -> tuple[Cells, ...]:
    """Return the lines of a copied table as cells, all of one length; blank lines hold nothing."""
    lines = [line for line in re.split(r"\r\n|\r|\n", text) if line.strip(" \t|,;")]
    if "\t" in text:
        rows = _parted(text, "\t")
    elif lines and all(line.count("|") > 1 for line in lines):
        ruled = (line for line in lines if not set(line) <= set("|-: +"))
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in ruled]
    elif lines and all(";" in line for line in lines):
        rows = _parted(text, ";")
    elif lines and lines[0].count(",") and len({len(row) for row in _parted(text, ",")}) == 1:
        rows = _parted(text, ",")
    else:
        rows = [re.split(r"\s{2,}", line.strip()) for line in lines]
    full = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    width = max(map(len, full), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in full)


def _parted(text: str, delimiter: str) -> list[list[str]]:
    """Part lines as spreadsheets write them; an odd quotation mark is a letter like any other."""
    lines = text.splitlines(keepends=True)
    if text.count('"') % 2:
        return list(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))
    return list(csv.reader(lines, delimiter=delimiter))


def heading_target(heading: str, columns: Sequence[CaseField]) -> Target | None:
    """Return the column a heading names; None when it names none of this list."""
    match = _UNIT_IN_HEADING.search(heading)
    unit = match[1].casefold() if match else ""
    bare = " ".join(re.sub(r"[^a-z0-9%#]+", " ", (heading[: match.start()] if match else heading).casefold()).split())
    for name in dict.fromkeys((f"{bare} %" if unit == "%" else bare, bare)):
        for column in columns:
            if name in (spoken(column.path), column.info.label.casefold(), *HEADINGS.get(column.path, ())):
                return Target(column, in_cm=unit == "cm" and _UNITS.get(column.path) == "mm")
    return None


def has_headings(rows: Sequence[Cells], columns: Sequence[CaseField]) -> bool:
    """Tell whether the first line names columns of this list rather than being an entry."""
    named = [heading_target(cell, columns) for cell in rows[0]] if rows else []
    return any(named) and 2 * sum(target is not None for target in named) >= sum(bool(cell) for cell in rows[0])


def targets_of(rows: Sequence[Cells], columns: Sequence[CaseField], *, headed: bool) -> tuple[Target | None, ...]:
    """Return what each pasted column holds: by its heading, else by cells that can be one thing only."""
    found: list[Target | None] = []
    main = next((column for column in columns if column.kind in ("text", "texts")), None)
    for number in range(len(rows[0]) if rows else 0):
        free = [column for column in columns if column not in [target.column for target in found if target]]
        if headed:
            found.append(heading_target(rows[0][number], free))
        else:
            found.append(_guessed([row[number] for row in rows], free, main))
    return tuple(found)


def _guessed(cells: Sequence[str], columns: Sequence[CaseField], main: CaseField | None) -> Target | None:
    """Return the column that reads every cell: a term or date, a number with its unit, else the list's main text."""
    filled = [cell for cell in cells if not _is_empty(cell)]
    lettered = all(re.search(r"[^\W\d_]", cell) for cell in filled)
    certain = [column for column in columns if column.kind in ("choice", "flag", "date")]
    numbers = [column for column in columns if lettered and column.kind in ("number", "integer")]
    texts = [column for column in columns if lettered and column is main]
    for column in (*certain, *numbers, *texts):
        if filled and not any(read_cell(Target(column), cell).problem for cell in filled):
            return Target(column)
    return None


def read_entries(
    rows: Sequence[Cells], targets: Sequence[Target | None], columns: Sequence[CaseField], headings: Cells = ()
) -> tuple[PastedEntry, ...]:
    """Return how each line is read; what no column takes goes to the note where the list has one."""
    return tuple(_entry(row, targets, columns, headings) for row in rows)


def _entry(row: Cells, targets: Sequence[Target | None], columns: Sequence[CaseField], headings: Cells) -> PastedEntry:
    entry: dict[str, Any] = {}
    rest: list[str] = []
    cells: list[PastedCell] = []
    taken = {target.column.path for target in targets if target}
    for number, (text, target) in enumerate(zip(row, targets, strict=True)):
        typed = read_cell(target, text) if target else Typed()
        sizes = _sizes(text, target, taken) if target else None
        if sizes is not None:
            typed, more, left = sizes
            entry |= more
            rest += left
        cells.append(PastedCell(text, typed))
        if target and typed.value is not None:
            entry[target.column.path] = typed.value
        elif text and (target is None or typed.problem):
            rest.append(_named(text, headings[number] if headings else target.column.info.label if target else ""))
    return PastedEntry(*_with_note(entry, rest, columns, tuple(cells)))


def _named(text: str, heading: str) -> str:
    return f"{heading}: {text}" if heading else text


def _with_note(
    entry: dict[str, Any], rest: list[str], columns: Sequence[CaseField], cells: tuple[PastedCell, ...]
) -> tuple[dict[str, Any], tuple[PastedCell, ...], tuple[str, ...]]:
    words = "; ".join((*([entry["note"]] if "note" in entry else []), *rest))
    if rest and "note" in [column.path for column in columns] and len(words) <= _NOTE_LENGTH:
        return {**entry, "note": words}, cells, ()
    return entry, cells, tuple(rest)


def _sizes(text: str, target: Target, taken: set[str]) -> tuple[Typed, dict[str, Any], list[str]] | None:
    """Read '16 x 12 mm': the larger is the diameter, the other stands across; a third size is left over."""
    parts = _SIZES.split(text.strip())
    if target.column.path != "diameter_mm" or "perpendicular_mm" in taken or not 1 < len(parts) < 4:
        return None
    unit = next((found[0] for part in reversed(parts) if (found := re.search("(?i)mm|cm", part))), "")
    sized = [part if re.search("(?i)mm|cm", part) else f"{part} {unit}" for part in parts]
    read = [read_cell(target, part) for part in sized]
    if any(typed.problem or typed.value is None for typed in read):
        return None
    across, largest = sorted(typed.value for typed in read[:2])
    words = tr("{large:g} by {small:g} mm").format(large=largest, small=across)
    return Typed(largest, words), {"perpendicular_mm": across}, [text.strip()] if len(parts) > 2 else []


def read_cell(target: Target, text: str) -> Typed:
    """Return what a cell is read as; what stands for 'not known' is not recorded."""
    if _is_empty(text):
        return Typed()
    column = target.column
    match column.kind:
        case "choice":
            return _term(column, text)
        case "flag":
            answer = _ANSWERS.get(text.strip().casefold())
            return Typed(problem=tr("'{text}' is not yes or no").format(text=text)) if answer is None else Typed(answer)
        case "date":
            return read_date(text)
        case "number" | "integer":
            unit = _UNITS.get(column.path, "%" if column.path.endswith("_percent") else "")
            sized = f"{text} cm" if target.in_cm and not re.search(r"[a-z]", text.casefold()) else text
            return read_number(sized, unit, whole=column.kind == "integer")
        case "texts":
            return read_texts(re.sub(r"\s*[+/]\s*", ", ", text))
        case "count":
            return read_count(text)
    return read_text(text)


def _is_empty(text: str) -> bool:
    return text.strip().casefold() in _EMPTY


def _term(column: CaseField, text: str) -> Typed:
    """Return the term of a closed list that a cell names."""
    bare = " ".join(text.casefold().replace("_", " ").split())
    for term in column.choices:
        if bare in (term.casefold(), spoken(term).casefold(), *TERMS.get(column.path, {}).get(term, ())):
            return Typed(term)
    return Typed(
        problem=tr("'{text}' is none of: {choices}").format(text=text, choices=", ".join(map(spoken, column.choices)))
    )
