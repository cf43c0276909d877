"""How the rows of a table are kept in the case: as a list with completeness, a plain list, or a mapping."""

from collections.abc import Sequence
from typing import Any, get_args

from msgspec import Struct
from pydantic import BaseModel

from her2board.case.fields import CaseField, item_fields
from her2board.case.model import Case
from her2board.case.terms import Completeness, Info
from her2board.wording import tr

Row = dict[str, Any]
_DRUG = CaseField("drug", "text", Info("Drug"))
_ACCESS = CaseField("value", "flag", Info("Available"))
_USUAL_DRUGS = ("trastuzumab", "pertuzumab", "T-DM1", "T-DXd", "tucatinib", "lapatinib", "capecitabine")
"""Rows the exposure grid always shows, recorded or not."""

_USUAL_DISCIPLINES = ("medical_oncology", "radiation_oncology", "neurosurgery", "neuroradiology")
"""Rows the list of disciplines always shows, recorded or not."""


class Entries(Struct, frozen=True):
    """Reads rows from the JSON of one field and writes them back."""

    field: CaseField

    @property
    def columns(self) -> tuple[CaseField, ...]:
        """Columns of the table."""
        assert self.field.item is not None
        return item_fields(self.field.item)

    @property
    def required(self) -> frozenset[str]:
        """Columns without which there is no entry."""
        item = self.field.item
        return frozenset(name for name, info in _model_fields(item).items() if info.is_required())

    @property
    def listed(self) -> bool:
        """Return whether the list says how complete it is."""
        return False

    def problem(self, rows: Sequence[Row]) -> str:  # noqa: ARG002  # reason: other readings look at them
        """Return what keeps ``rows`` from being recorded together."""
        return ""

    def missing(self, row: Row) -> tuple[str, ...]:
        """Return the columns a new row still needs before it is in the case."""
        return tuple(column.path for column in self.columns if column.path in self.required and column.path not in row)

    def rows(self, value: Any) -> list[Row]:
        """Return the rows of a recorded value."""
        return [dict(row) for row in value or ()]

    def value(self, rows: Sequence[Row], before: Any) -> Any:  # noqa: ARG002  # reason: other readings keep what is recorded beside
        """Return the value to record for ``rows``; None when there is nothing."""
        return list(rows) or None


class ListedEntries(Entries, frozen=True):
    """Rows of a list that keeps 'none' apart from 'not asked'."""

    @property
    def listed(self) -> bool:
        """Return that it says how complete it is."""
        return True

    def rows(self, value: Any) -> list[Row]:
        """Return the entries."""
        return [dict(row) for row in (value or {}).get("items", ())]

    def value(self, rows: Sequence[Row], before: Any) -> Any:
        """Return the list; one that gains its first entry is partial until said otherwise."""
        body = dict(before or {}, items=list(rows))
        if rows and body.get("completeness", "not_asked") == "not_asked":
            body["completeness"] = "partial"
        return body


class DrugGrid(Entries, frozen=True):
    """Rows of a mapping from drug to answer; a row without any answer is not recorded."""

    @property
    def columns(self) -> tuple[CaseField, ...]:
        """The drug and its answers."""
        return (_DRUG, *(item_fields(self.field.item) if self.field.item else (_ACCESS,)))

    @property
    def required(self) -> frozenset[str]:
        """A row is in the case once it has a drug and an answer."""
        return frozenset({"drug"})

    def problem(self, rows: Sequence[Row]) -> str:
        """Refuse a duplicate drug."""
        names = [row["drug"] for row in rows if len(row) > 1]
        duplicate = next((name for name in names if names.count(name) > 1), None)
        return tr("{drug} is a duplicate; keep one").format(drug=duplicate) if duplicate else ""

    def missing(self, row: Row) -> tuple[str, ...]:
        """Return the drug, or the first answer, that a new row still needs."""
        if "drug" not in row:
            return ("drug",)
        return () if len(row) > 1 else (self.columns[1].path,)

    def rows(self, value: Any) -> list[Row]:
        """Return the usual drugs first, then the others in the order recorded."""
        given: dict[str, Any] = value or {}
        usual = _USUAL_DRUGS if self.field.item else ()
        names = (*usual, *(name for name in given if name not in usual))
        return [self._row(name, given.get(name)) for name in names]

    def _row(self, name: str, answer: Any) -> Row:
        if self.field.item is None:
            return {"drug": name} if answer is None else {"drug": name, "value": answer}
        return {"drug": name, **(answer or {})}

    def value(self, rows: Sequence[Row], before: Any) -> Any:  # noqa: ARG002  # reason: a mapping has nothing beside its rows
        """Return the mapping of rows that have an answer."""
        found: dict[str, Any] = {}
        for row in rows:
            answers = {key: answer for key, answer in row.items() if key != "drug"}
            if answers:
                found[row["drug"]] = answers if self.field.item else answers["value"]
        return found or None


class ReadyDisciplines(Entries, frozen=True):
    """Rows of the disciplines heard; the four that every board asks are always there, recorded or not."""

    def rows(self, value: Any) -> list[Row]:
        """Return a row for each of the four, then whatever else is recorded, in its order."""
        rest = [dict(row) for row in value or ()]
        ready = []
        for name in _USUAL_DISCIPLINES:
            first = next((row for row in rest if row["discipline"] == name), None)
            if first is not None:
                rest.remove(first)
            ready.append(first or {"discipline": name})
        return [*ready, *rest]

    def problem(self, rows: Sequence[Row]) -> str:
        """Refuse what is recorded of a discipline before it is said whether it was heard."""
        unsaid = any(len(row) > 1 and "status" not in row for row in rows)
        return tr("say first whether it was heard (Status)") if unsaid else ""

    def value(self, rows: Sequence[Row], before: Any) -> Any:  # noqa: ARG002  # reason: nothing is recorded beside the rows
        """Return the rows of which more is recorded than their discipline."""
        return [dict(row) for row in rows if row.keys() != {"discipline"}] or None


def entries_of(field: CaseField) -> Entries:
    """Return the reading of a table or mapping field."""
    if field.kind == "mapping":
        return DrugGrid(field)
    if field.path == "board.disciplines":
        return ReadyDisciplines(field)
    annotation = _annotation(field.path)
    listed = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return ListedEntries(field) if listed else Entries(field)


def beside_entries(field: CaseField) -> tuple[CaseField, ...]:
    """Return what a list says of itself: how complete it is, and its flags; nothing of what keeps no completeness."""
    if field.kind != "table" or not entries_of(field).listed:
        return ()
    complete = CaseField(f"{field.path}.completeness", "choice", Info("How complete"), get_args(Completeness))
    return (complete, *extra_flags(field))


def extra_flags(field: CaseField) -> tuple[CaseField, ...]:
    """Return what a list records beside its entries: 'metastatic lines are complete'."""
    annotation = _annotation(field.path)
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return ()
    return tuple(CaseField(f"{field.path}.{extra.path}", extra.kind, extra.info) for extra in item_fields(annotation))


def _annotation(path: str) -> Any:
    model: Any = Case
    for name in path.split("."):
        model = model.model_fields[name].annotation
    return model


def _model_fields(item: type[BaseModel] | None) -> dict[str, Any]:
    return dict(item.model_fields) if item else {}
