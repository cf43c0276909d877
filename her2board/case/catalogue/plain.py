"""Facts taken as recorded: everything said of them is said of their field."""

from functools import cache, partial

from her2board.case.catalogue.declare import NOT_RECORDED, FactKind, FactSpec, Found, Subject
from her2board.case.fields import Kind, case_fields, field_by_path, value_at
from her2board.case.model import Case
from her2board.case.terms import spoken
from her2board.logic.values import Among, Span
from her2board.wording import tr

KINDS: dict[Kind, FactKind] = {
    "flag": "flag",
    "choice": "choice",
    "integer": "number",
    "number": "number",
    "text": "words",
    "texts": "words",
}
"""What a field is to a criterion. Dates, counts and tables are read by derived facts."""


@cache
def plain_facts() -> tuple[FactSpec, ...]:
    """Return the facts that are fields by another name, in the order of the form."""
    return tuple(
        FactSpec(field.info.fact, KINDS[field.kind], "", (field.path,), "", partial(_read, field.path))
        for field in case_fields()
        if field.info.fact
    )


def _read(path: str, subject: Subject) -> Found:
    return as_recorded(subject.case, path)


def as_recorded(case: Case, path: str) -> Found:
    """Return what one field says; a number with the day it was taken."""
    value = value_at(case, path)
    if value is None:
        return NOT_RECORDED
    field = field_by_path()[path]
    if field.kind in ("integer", "number"):
        day = value_at(case, field.info.dated_by) if field.info.dated_by else None
        words = f"{value:g} {field.info.unit}".strip()
        return Span.exactly(value), f"{words} ({day.shown()})" if day else words, ""
    if field.kind == "flag":
        return Among.exactly(value), tr("yes") if value else tr("no"), ""
    words = ", ".join(value) if isinstance(value, tuple) else str(value)
    return Among.exactly(words), spoken(words) if field.kind == "choice" else words, ""
