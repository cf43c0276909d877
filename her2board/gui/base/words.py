"""Recorded values in words, as a person reads them in a table or a comparison."""

from typing import Any

from her2board.capture.date_readings import show_date
from her2board.capture.shown_numbers import show_count, show_dated_sizes, show_number, show_size
from her2board.capture.typed import show_texts
from her2board.case.checks import CaseProblem
from her2board.case.differences import Difference
from her2board.case.fields import CaseField, entry_of, field_by_path, field_path
from her2board.case.table_rows import entries_of
from her2board.gui.base import shown
from her2board.gui.base.services import PageRefusedError
from her2board.wording import tr


def cell_words(column: CaseField, value: Any) -> str:
    """Return a recorded value of a field or column in words."""
    match column.kind:
        case "flag":
            return tr("yes") if value else tr("no")
        case "choice":
            return shown.chosen(column, value)
        case "choices":
            return tr(" and ").join(shown.chosen(column, key) for key in value)
        case "date":
            return show_date(value)
        case "number" | "integer":
            return show_number(value)
        case "texts":
            return show_texts(value)
        case "count":
            return show_count(value)
        case "size":
            return show_size(value)
        case "sizes":
            return show_dated_sizes(value)
        case _:
            return str(value)


def entry_words(field: CaseField, entry: dict[str, Any]) -> str:
    """Return one entry of a list in words: the headings that are recorded, each with its value."""
    columns = (column for column in entries_of(field).columns if column.path in entry)
    return "; ".join(f"{shown.heading(column)}: {cell_words(column, entry[column.path])}" for column in columns)


def differing(difference: Difference) -> tuple[str, str, str]:
    """Return what differs, how it was and how it is, in words."""
    field = difference.field
    label = tr(field.info.label)
    if difference.absence:
        label = tr("{label}: reason for absence").format(label=label)
    elif difference.sentences:
        label = tr("{label}: read from").format(label=label)
    elif difference.entry is not None:
        label = tr("{label}, entry {n}").format(label=label, n=difference.entry)
    elif field.kind == "table":
        label = tr("{label}: how complete").format(label=label)
    return label, _words(difference, difference.before), _words(difference, difference.after)


def _words(difference: Difference, value: Any) -> str:
    field = difference.field
    if value is None or value == {}:
        return tr(shown.NOT_RECORDED)
    if difference.sentences:
        return "\n".join(value)
    if difference.absence:
        parts = (shown.term(value["reason"]), value.get("owner"), show_date(value["due"]) if "due" in value else "")
        return ", ".join(part for part in (*parts, value.get("note")) if part)
    if difference.entry is not None:
        return entry_words(field, value) or tr("an empty entry")
    if field.kind == "table":
        return ", ".join(_said(name, part) for name, part in value.items())
    if field.kind == "mapping":
        return "; ".join(entry_words(field, row) for row in entries_of(field).rows(value) if len(row) > 1)
    return cell_words(field, value)


def _said(name: str, answer: str | bool) -> str:
    if isinstance(answer, str):
        return shown.term(answer)
    return f"{shown.term(name)}: {tr('yes') if answer else tr('no')}"


def refusal_words(error: PageRefusedError) -> str:
    """Return why no page can be made, with the fields a person can change by their names."""
    names = dict.fromkeys(filter(None, map(place_words, error.paths)))
    why = tr("There is no page: {why}.").format(why=error)
    return "\n".join((", ".join(names), why)) if names else why


def place_words(path: str) -> str:
    """Return a place in the case by its names: field, number of the entry, column; empty where it is none of these."""
    field = field_by_path().get(of_case(field_path(path)))
    if field is None:
        return ""
    words = tr(field.info.label)
    entry = entry_of(path)
    if entry is None:
        return words
    names = {column.path: shown.heading(column, "") for column in entries_of(field).columns}
    column = names.get(entry[1].partition("[")[0], "")
    return ", ".join(filter(None, (words, tr("entry {n}").format(n=entry[0] + 1), column)))


def problem_words(problem: CaseProblem) -> str:
    """Return what is wrong in a file, with the place by its names; one without a name keeps its path in the file."""
    place = place_words(problem.path)
    return f"{place}: {problem.message}" if place else str(problem)


def of_case(path: str) -> str:
    """Return the path of a field, without the part of a list that holds its entries."""
    return path.replace(".items", "", 1)
