"""Records what a person accepted, together with the sentence it was read from."""

from typing import Any

from her2board.case.edit import with_absence, with_value
from her2board.case.kept import Place, entry_of_value, place_of, said_of, with_sentence
from her2board.case.model import Case, KeptSentence
from her2board.case.plain import plain_at
from her2board.case.table_rows import Row, entries_of


def with_accepted(case: Case, path: str, value: Any, said: KeptSentence | None) -> Case:
    """Return ``case`` with ``value`` recorded, a new entry where ``path`` ends in '[]', and its sentence kept.

    Raises CaseError.
    """
    place = place_of(path)
    assert place is not None
    field = place.field
    if not place.is_entry:
        after = with_value(case, field.path, value)
        if place.home.path in after.absences:  # of a list, which is recorded now
            after = with_absence(after, place.home.path, None)
        return with_sentence(after, said.model_copy(update={"value": plain_at(after, field.path)})) if said else after
    entries, before = entries_of(field), plain_at(case, field.path)
    rows = entries.rows(before)
    number = _number(rows, place)
    rows[number:] = [{**dict(*rows[number : number + 1]), **entry_of_value(place, value)}, *rows[number + 1 :]]
    after = with_value(case, field.path, entries.value(rows, before))
    return with_sentence(after, as_recorded(after, said, number)) if said else after


def _number(rows: list[Row], place: Place) -> int:
    """Return the number of the entry of a drug where there is one, else that of a new entry."""
    return next((n for n, row in enumerate(rows) if place.drug and row.get("drug") == place.drug), len(rows))


def as_recorded(case: Case, said: KeptSentence, number: int) -> KeptSentence:
    """Return a sentence with what of its value the entry with a number records, as the case file writes it."""
    place = place_of(said.field)
    assert place is not None
    row = entries_of(place.field).rows(plain_at(case, place.field.path))[number]
    value = {name: row[name] for name in said_of(said, place) if name in row and not (place.drug and name == "drug")}
    return said.model_copy(update={"value": value})
