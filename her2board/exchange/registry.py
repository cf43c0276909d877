"""Writes many cases as tables a registry takes: one flat file with a dictionary, in the form of REDCap."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from her2board import builds
from her2board.capture.shown_numbers import show_size
from her2board.case.fields import CaseField, case_fields
from her2board.case.kept import place_of
from her2board.case.model import Case
from her2board.case.table_rows import beside_entries, entries_of
from her2board.case.terms import spoken
from her2board.exchange.tables.dictionary import HEADINGS
from her2board.exchange.tables.headings import own_name

RECORD, INSTRUMENT, INSTANCE = "record_id", "redcap_repeat_instrument", "redcap_repeat_instance"
_BASE = "case"
_FORMULA = ("=", "+", "-", "@")


def registry_csv(cases: Iterable[tuple[str, Case]]) -> str:
    """Return cases as one flat table: a row for each case and each entry of its lists, as REDCap exports them."""
    fields = _plain_fields()
    tables = _tables()
    names = [own_name(field.path) for field in fields]
    names += [own_name(beside.path) for table in tables for beside in beside_entries(table)]
    names += [own_name(f"{table.path}[].{column.path}") for table in tables for column in entries_of(table).columns]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, (RECORD, INSTRUMENT, INSTANCE, *names), restval="", lineterminator="\n")
    writer.writeheader()
    for id_, case in cases:
        for row in _rows(id_, case, fields, tables):
            writer.writerow(row)
    return stream.getvalue()


def registry_dictionary() -> str:
    """Return the dictionary of the table under REDCap's 18 headings."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerow(_question(RECORD, _BASE, "text", "Record ID", note=builds.intended_use()))
    for field in _plain_fields():
        writer.writerow(_asked(own_name(field.path), _BASE, field))
    for beside in (beside for table in _tables() for beside in beside_entries(table)):
        place = place_of(beside.path)
        label = place.label if place is not None else str(beside.info.label)
        if beside.kind == "flag":
            writer.writerow(_question(own_name(beside.path), _BASE, "yesno", label))
        else:
            choices = " | ".join(f"{key}, {beside.words(key)}" for key in beside.choices)
            writer.writerow(_question(own_name(beside.path), _BASE, "radio", label, choices))
    for table in _tables():
        for column in entries_of(table).columns:
            writer.writerow(_asked(own_name(f"{table.path}[].{column.path}"), _form(table), column))
    return stream.getvalue()


def _plain_fields() -> list[CaseField]:
    fields = (field for field in case_fields() if field.section and field.kind not in ("table", "mapping"))
    return [field for field in fields if field.section != "identity"]


def _tables() -> list[CaseField]:
    return [field for field in case_fields() if field.kind in ("table", "mapping") and field.item is not None]


def _form(table: CaseField) -> str:
    return table.path.rpartition(".")[2]


def _rows(id_: str, case: Case, fields: list[CaseField], tables: list[CaseField]) -> Iterator[dict[str, str]]:
    body = case.model_dump(mode="json", exclude_none=True)
    first = {RECORD: id_} | {own_name(field.path): _cell(field, _at(body, field.path)) for field in fields}
    listed = [(table, _at(body, table.path)) for table in tables]
    beside = (one for table, value in listed if value for one in beside_entries(table))
    yield first | {own_name(one.path): _cell(one, _at(body, one.path)) for one in beside}
    for table, value in listed:
        rows = (row for row in entries_of(table).rows(value) if row.keys() != {"drug"})
        for number, entry in enumerate(rows, 1):
            columns = entries_of(table).columns
            cells = {own_name(f"{table.path}[].{c.path}"): _cell(c, entry.get(c.path)) for c in columns}
            yield {RECORD: id_, INSTRUMENT: _form(table), INSTANCE: str(number)} | cells


def _at(body: Any, path: str) -> Any:
    for name in path.split("."):
        body = body.get(name) if isinstance(body, dict) else None
    return body


def _cell(field: CaseField, value: Any) -> str:
    """Return a value as a cell; what is not recorded is empty, and no text is a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if field.kind == "count":
        return _count(value)
    if field.kind == "size":
        return _size(value)
    if field.kind == "sizes":
        return "; ".join(", ".join(filter(None, (_size(s.get("mm")), s.get("day", "")))) for s in value)
    if isinstance(value, list):
        return _text("; ".join(map(str, value)) or ("none" if field.kind == "texts" else ""))
    if isinstance(value, float):
        return f"{value:g}"
    return _text(str(value)) if field.kind == "text" else str(value)


def _count(value: dict[str, Any]) -> str:
    if value.get("diffuse"):
        return "diffuse"
    low, high = value["low"], value.get("high")
    return f"{low}+" if high is None else str(low) if low == high else f"{low}-{high}"


def _size(value: float | dict[str, Any] | None) -> str:
    """Return a diameter in mm as it can be read again."""
    return "" if value is None else f"{show_size(value)} mm"


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _asked(name: str, form: str, field: CaseField) -> list[str]:
    """Return the row of a field: its kind, label, choices and unit in REDCap's words."""
    label = f"{field.info.label} ({field.info.unit})" if field.info.unit else str(field.info.label)
    if field.kind == "choice":
        choices = " | ".join(f"{key}, {field.words(key)}" for key in field.choices)
        return _question(name, form, "radio", label, choices)
    if field.kind == "flag":
        return _question(name, form, "yesno", label)
    notes = {"date": "year-month-day, year-month or year", "count": "3, 2-4, 3+ or diffuse", "texts": "separated by ;"}
    checks = {"integer": "integer", "number": "number"}
    return _question(name, form, "text", label, note=notes.get(field.kind, ""), check=checks.get(field.kind, ""))


def _question(
    name: str, form: str, kind: str, label: str, choices: str = "", note: str = "", check: str = ""
) -> list[str]:
    row = [name, spoken(form).replace(" ", "_"), "", kind, label, choices, note, check]
    return [*row, *[""] * (len(HEADINGS) - len(row))]
