"""Between the rows of the clinic's local file as they are typed and its records; what cannot be used is said by row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from pydantic import ValidationError

from her2board.case.checks import problems_from
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlay import LocalAccess, LocalStatement, LocalTrial
from her2board.wording import tr

EntryT = TypeVar("EntryT")
Row = tuple[tuple[str, ...], object]
"""The values of a row, and the record it was made from; None for a new one."""


class RowError(Exception):
    """A row cannot be used; the words name table, row and remedy."""


def entries(title: str, rows: Iterable[Row], make: Callable[[Row], EntryT]) -> tuple[EntryT, ...]:
    """Return a record for every row. Raises RowError."""
    made = []
    for number, row in enumerate(rows, 1):
        place = tr("{table}, row {n}").format(table=title, n=number)
        try:
            made.append(make(row))
        except ValidationError as error:
            words = "; ".join(str(problem) for problem in problems_from(error))
            raise RowError(f"{place}: {words}") from error
        except RowError as error:
            raise RowError(f"{place}: {error}") from error
    return tuple(made)


def access_row(entry: LocalAccess, library: EvidenceLibrary) -> tuple[str, ...]:
    """Return drug or regimen by name, status, note and day."""
    kind, id_ = entry.key
    name = library.vocabulary.label(id_) if kind == "drug" else library.options_by_id[id_].name
    return name, str(entry.status), entry.note or "", entry.looked_at


def access_entry(row: Row, library: EvidenceLibrary) -> LocalAccess:
    """Return the record of a row of the formulary. Raises RowError for a name that is neither drug nor regimen."""
    (name, status, note, looked_at), before = row
    kept = isinstance(before, LocalAccess) and access_row(before, library)[0] == name
    kind, id_ = before.key if kept and isinstance(before, LocalAccess) else _about(name, library)
    _refuse_empty(status, tr("Access"))
    made = {kind: id_, "status": status, "note": note or None, "looked_at": _day(looked_at)}
    return LocalAccess.model_validate(made)


def trial_row(entry: LocalTrial) -> tuple[str, ...]:
    """Return name, number, patients, contact, day, and how many criteria the file gives."""
    count = str(len(entry.criteria)) if entry.criteria else ""
    return entry.name, entry.registry or "", entry.patients, entry.contact, entry.looked_at, count


def trial_entry(row: Row, taken: Collection[str]) -> LocalTrial:
    """Return the record of a row of trials; a new one gets an id of its own, unlike those ``taken``."""
    (name, registry, patients, contact, looked_at, _), before = row
    for text, title in ((name, tr("Name")), (patients, tr("Patients")), (contact, tr("Contact"))):
        _refuse_empty(text, title)
    kept = before if isinstance(before, LocalTrial) else None
    return LocalTrial(
        id=kept.id if kept else _new_id(name, taken),
        name=name,
        registry=registry or None,
        contact=contact,
        looked_at=_day(looked_at),
        patients=patients,
        criteria=kept.criteria if kept else (),
    )


def statement_row(entry: LocalStatement) -> tuple[str, ...]:
    """Return text, author and day."""
    return entry.text, entry.author, entry.looked_at


def statement_entry(row: Row, taken: Collection[str]) -> LocalStatement:
    """Return the record of a row of statements; a new one gets an id of its own, unlike those ``taken``."""
    (text, author, looked_at), before = row
    _refuse_empty(text, tr("Statement"))
    _refuse_empty(author, tr("Author"))
    kept = before if isinstance(before, LocalStatement) else None
    return LocalStatement(
        id=kept.id if kept else _new_id(text, taken),
        text=text,
        author=author,
        looked_at=_day(looked_at),
        options=kept.options if kept else (),
    )


def whole_days(text: str, title: str) -> int:
    """Return a number of days. Raises RowError."""
    if not text.isdecimal() or int(text) < 1:
        raise RowError(tr("{label}: write a whole number of days, 1 or more").format(label=title))
    return int(text)


def _about(name: str, library: EvidenceLibrary) -> tuple[str, str]:
    """Return 'drug' or 'option' with the id; a name of both is the drug, which every regimen with it shows."""
    _refuse_empty(name, tr("Drug or regimen"))
    ids, folded = library.vocabulary.resolve(name), name.casefold()
    if len(ids) == 1:
        return "drug", ids[0]
    for id_, option in library.options_by_id.items():
        if option.name.casefold() == folded:
            return "option", id_
    raise RowError(tr("'{name}' is no drug and no regimen of the evidence; write one drug a row").format(name=name))


def _day(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise RowError(tr("Looked at on: write the day as 2026-11-20 (found: '{text}')").format(text=text))
    return text


def _refuse_empty(text: str, title: str) -> None:
    if not text:
        raise RowError(tr("{label}: empty").format(label=title))


def _new_id(name: str, taken: Collection[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = "-".join(("local", *re.findall(r"[a-z0-9]+", plain)))[:40].rstrip("-")
    number, id_ = 1, stem
    while id_ in taken:
        number += 1
        id_ = f"{stem}-{number}"
    return id_
