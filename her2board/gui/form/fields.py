"""The control for each field of the case, and how its text is read and shown."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from her2board.capture.date_readings import show_date
from her2board.capture.shown_numbers import show_count, show_dated_sizes, show_number, show_size
from her2board.capture.typed import Typed, read_text, read_texts, show_texts
from her2board.case.fields import CaseField
from her2board.gui.base import shown
from her2board.gui.form import readers
from her2board.gui.form.controls import ChoiceControl, Control, FlagControl, LineControl, LongTextControl, Read, Show
from her2board.gui.form.readers import Day
from her2board.wording import tr

_CLASS_SETS = (1, 2, 4, 3, 5, 6, 7)
"""Combinations of three classes as bits, single ones first."""


def make_control(
    field: CaseField, parent: QWidget | None = None, *, in_table: bool = False, day: Day | None = None
) -> Control:
    """Return the control for a field of the case or a column of a table; ``day`` is what dates are read beside."""
    match field.kind:
        case "flag":
            answers = ((tr("Yes"), True), (tr("No"), False))
            return ChoiceControl(answers, parent) if in_table else FlagControl(tr(field.info.label), parent)
        case "choice":
            return ChoiceControl(
                [(shown.term(term), term) for term in field.choices], parent, empty=_can_be_empty(field)
            )
        case "choices":
            return ChoiceControl(_sets(field.choices), parent)
        case "text" if field.info.long and not in_table:
            return LongTextControl(*reader(field, day), parent)
        case "texts" if not in_table:
            return LongTextControl(*reader(field, day), parent, one_line=True)
        case _:
            return LineControl(*reader(field, day), parent)


def _can_be_empty(field: CaseField) -> bool:
    """Fields of the case itself always hold a value: real or invented, draft or final."""
    return "." in field.path or field.path not in ("origin", "status")


def _sets(terms: tuple[str, ...]) -> list[tuple[str, Any]]:
    sets = [[term for bit, term in enumerate(terms) if bits >> bit & 1] for bits in _CLASS_SETS]
    return [(tr(" and ").join(map(shown.term, part)), sorted(part)) for part in sets]


def read_as(field: CaseField) -> Read:
    """Return how a text typed for a field or column is read; a choice is read by its words."""
    match field.kind:
        case "flag":
            return partial(_read_choice, {tr("Yes"): True, tr("No"): False})
        case "choice":
            return partial(_read_choice, {shown.term(term): term for term in field.choices})
        case _:
            return reader(field)[0]


def read_fact(field: CaseField, text: str, day: date) -> Typed:
    """Return how a text is read for a field of the case; dates without a year beside ``day``."""
    if field.kind == "choices":
        return _read_choice(dict(_sets(field.choices)), text)
    if field.kind in ("flag", "choice"):
        return read_as(field)(text)
    return reader(field, lambda: day)[0](text)


def _read_choice(values: dict[str, Any], text: str) -> Typed:
    words = text.strip().casefold()
    for name, value in values.items():
        if name.casefold() == words:
            return Typed(value)
    return Typed(
        problem=tr("'{text}' is none of: {choices}").format(text=text, choices=", ".join(values)) if words else ""
    )


def reader(field: CaseField, day: Day | None = None) -> tuple[Read, Show]:
    """Return how a field that is typed is read and shown."""
    match field.kind:
        case "date":
            return partial(readers.read_date_of, field, day), show_date
        case "number" if field.info.unit == "months":
            return readers.read_months, show_number
        case "integer" | "number":
            return partial(readers.read_stated, field), show_number
        case "count":
            return readers.read_count, show_count
        case "size":
            return readers.read_diameter, show_size
        case "sizes":
            return partial(readers.read_dated_sizes, field, day), show_dated_sizes
        case "texts":
            return read_texts, show_texts
        case _:
            return read_text, str
