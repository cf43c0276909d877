"""Recorded values in words, as a person reads them in a table or a comparison."""

from typing import Any

from her2board.capture.dated_sizes import show_dated_sizes
from her2board.capture.typed import show_texts
from her2board.capture.typed_dates import show_date
from her2board.capture.typed_numbers import show_count, show_number, show_size
from her2board.case.differences import Difference
from her2board.case.fields import CaseField, field_by_path, field_path
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
    elif difference.entry is not None:
        label = tr("{label}, entry {n}").format(label=label, n=difference.entry)
    elif field.kind == "table":
        label = tr("{label}: how complete").format(label=label)
    return label, _words(difference, difference.before), _words(difference, difference.after)


def _words(difference: Difference, value: Any) -> str:
    field = difference.field
    if value is None or value == {}:
        return tr(shown.NOT_RECORDED)
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
    labels = (field_by_path().get(field_path(path)) for path in error.paths)
    names = dict.fromkeys(tr(field.info.label) for field in labels if field is not None)
    why = tr("There is no page: {why}.").format(why=error)
    return "\n".join((", ".join(names), why)) if names else why
