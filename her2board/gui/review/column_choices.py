"""What a column of a table may hold, in words, and what its values mean. No Qt."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from msgspec import Struct

from her2board.capture.never import why_never
from her2board.case.fields import CaseField, field_by_path, item_fields
from her2board.case.sections import SECTIONS
from her2board.exchange.sources import Table
from her2board.exchange.tables.draft import meaning_of
from her2board.exchange.tables.mapping import Column, field_of
from her2board.gui.base.words import cell_words
from her2board.gui.review.lines import words
from her2board.wording import tr

MOST_VALUES = 40
_EXAMPLES = 2
AS_WRITTEN = "as written"
"""In place of a meaning: the value is read as it is written."""


class Meaning(Struct, frozen=True):
    """One answer to what a value in a column means."""

    words: str
    value: Any


@cache
def _targets() -> tuple[str, ...]:
    found: list[str] = []
    for field in (field for section in SECTIONS for field in section.fields):
        if field.kind == "mapping" or field.path.startswith("identity.") or why_never(field.path):
            continue
        if field.kind != "table" or field.item is None:
            found.append(field.path)
        else:
            found += [f"{field.path}[].{column.path}" for column in item_fields(field.item)]
    return tuple(found)


def targets() -> tuple[tuple[str, str], ...]:
    """Return path and words of everything a column may hold, in the order of the form."""
    return tuple((path, target_words(path)) for path in _targets())


def target_words(path: str) -> str:
    """Return a field in words, of a list with its list: 'Systemic treatment lines: Start'."""
    name, entry, _ = path.partition("[].")
    field = field_of(path)
    assert field is not None
    label = tr(field.info.label)
    return f"{tr(field_by_path()[name].info.label)}: {label}" if entry else label


def distinct(table: Table, heading: str) -> tuple[str, ...]:
    """Return the different values in a column, in the order in which they are first met; not all of very many."""
    place = table.sheet.headings.index(heading)
    found: dict[str, None] = {}
    for _, row in table.sheet.rows:
        if row[place]:
            found.setdefault(row[place])
        if len(found) > MOST_VALUES:
            break
    return tuple(found)


def examples(values: Iterable[str]) -> str:
    """Return the first values of a column in one line."""
    listed = list(values)
    return ", ".join(listed[:_EXAMPLES]) + (" …" if len(listed) > _EXAMPLES else "")


def shown_value(table: Table, heading: str, text: str) -> str:
    """Return a value with the words of the dictionary: '2 (2+)'."""
    question = table.dictionary.of(heading)
    means = question.choices.get(text, "") if question is not None else ""
    return f"{text} ({means})" if means and means != text else text


def meanings(column: Column, text: str) -> tuple[Meaning, ...]:
    """Return what a value of a column may mean, first what it says as it is written."""
    field = field_of(column.field)
    assert field is not None
    read = meaning_of(field, column.field, text)
    said = tr("not understood") if read is ... else tr("not known") if read is None else meant(field, read)
    found = [Meaning(tr("as written: {value}").format(value=said), AS_WRITTEN), Meaning(tr("not known"), None)]
    if field.kind == "choice":
        found += [Meaning(tr(field.words(key)), str(key)) for key in field.choices]
    elif field.kind == "flag":
        found += [Meaning(tr("yes"), True), Meaning(tr("no"), False)]
    given = column.values.get(text, AS_WRITTEN)
    if all(meaning.value != given for meaning in found):
        found.append(Meaning(meant(field, given), given))
    return tuple(found)


def meant(field: CaseField, value: Any) -> str:
    """Return a meaning in words; of several columns or fields each with its name."""
    if isinstance(value, dict) and field.kind not in ("count", "size"):
        return ", ".join(f"{name.replace('_', ' ')}: {_plain(inner)}" for name, inner in value.items())
    return words(field, value) if field.kind in ("table", "mapping") else cell_words(field, value)


def _plain(value: Any) -> str:
    return tr("yes") if value is True else tr("no") if value is False else str(value).replace("_", " ")
