"""Cases made by hand, in full, or at random; everything is read off the field catalogue."""

import json
import typing
from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from her2board.case.catalogue import read_facts
from her2board.case.contradictions import contradictions
from her2board.case.edit import with_value
from her2board.case.fields import CaseField, case_fields, item_fields
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Facts, Reading, Value

AS_OF = date(2026, 11, 20)
DRUGS = (
    "Enhertu",
    "T-DXd",
    "trastuzumab",
    "Phesgo",
    "pertuzumab",
    "T-DM1",
    "tucatinib",
    "lapatinib",
    "neratinib",
    "pyrotinib",
    "capecitabine",
    "docetaxel",
    "letrozole",
)
"""Names as people write them; two of them are one drug, one means two."""
CLASSES = ("her2_tki", "anti_her2", "taxane")
_A_YEAR = 1900
"""A number that begins here is a year."""
_DATES = ("2015", "2019-06", "2023", "2024-03-10", "2025-12", "2026-10", "2026-11", "2026-11-10", "<2020", ">2026-09")
SIZES: tuple[Any, ...] = (
    0.5, 4.0, 8.0, 15.0, 20.0, 45.0, 200.0,
    {"low": 8.0, "high": 15.0}, {"low": 30.0}, {"high": 20.0}, {"high": 10.0, "high_included": False},
    {"low": 40.0, "low_included": False}, {"low": 8.0, "high": 10.0, "high_included": False},
)  # fmt: skip
"""Diameters, exact and as ranges."""


def case_of(recorded: dict[str, Any] | None = None, **more: Any) -> Case:
    """Return a case with values at dotted paths: ``case_of({'brain.largest_mm': 16.0})``."""
    body: dict[str, Any] = {"code": "T1", **more}
    for path, value in (recorded or {}).items():
        *parents, name = path.split(".")
        place = body
        for parent in parents:
            place = place.setdefault(parent, {})
        place[name] = value
    return Case.model_validate_json(json.dumps(body))


def listed(*items: dict[str, Any], completeness: str = "complete", **more: Any) -> dict[str, Any]:
    """Return a list with its completeness."""
    return {"completeness": completeness, "items": list(items), **more}


def lines(*items: dict[str, Any], completeness: str = "complete", **more: Any) -> dict[str, Any]:
    """Return the fields that record systemic lines."""
    return {"systemic.lines": listed(*items, completeness=completeness, **more)}


def specimens(*items: dict[str, Any], completeness: str = "complete") -> dict[str, Any]:
    """Return the fields that record receptor results."""
    return {"tumour.specimens": listed(*items, completeness=completeness)}


def local_therapies(*items: dict[str, Any], completeness: str = "complete") -> dict[str, Any]:
    """Return the fields that record earlier brain treatment."""
    return {"brain.local_therapies": listed(*items, completeness=completeness)}


def lesions(*states: str | None, completeness: str = "complete", **more: Any) -> dict[str, Any]:
    """Record a lesion in each state; None is one of which only the place is known."""
    items = [{"state": state} if state else {"site": "left"} for state in states]
    return {"brain.lesions": listed(*items, completeness=completeness), **more}


def facts_of(case: Case, library: EvidenceLibrary, as_of: date = AS_OF) -> Facts:
    """Return every fact of a case."""
    return read_facts(case, library.catalogue, library.vocabulary, as_of)


def read(name: str, case: Case, library: EvidenceLibrary, as_of: date = AS_OF) -> Reading:
    """Return one fact of a case."""
    return facts_of(case, library, as_of).read(name)


def value(name: str, recorded: dict[str, Any], library: EvidenceLibrary) -> Value | None:
    """Return the value of a fact where nothing but ``recorded`` is known."""
    return read(name, case_of(recorded), library).value


def full_case() -> Case:
    """Return a case in which every field, and every column of every table, holds a value."""
    body: dict[str, Any] = {"absences": {"organs.lvef_percent": {"reason": "pending", "owner": "AB", "due": "2026-12"}}}
    for field, info in located(case_fields()):
        _put(body, field.path, _filled(field, info))
    body["meeting"]["date"] = "2026-11-20"
    body["systemic"]["lines"]["metastatic_complete"] = True
    for specimen in body["tumour"]["specimens"]["items"]:
        specimen["ihc"] = "3+"  # as the other results
    return Case.model_validate_json(json.dumps(body))


def _filled(field: CaseField, info: FieldInfo) -> Any:
    low, high, step = bounds(info)
    match field.kind:
        case "flag":
            return True
        case "choice":
            return field.choices[0]
        case "choices":
            return list(field.choices)
        case "integer" | "number":
            number = min(max(low + 2, step or 0), high)
            return int(number) if field.kind == "integer" else number + 0.5
        case "date":
            return "2024-03"
        case "text":
            return f"{field.path}: «ö» <b>&"
        case "texts":
            return ["one", "two"]
        case "size":
            return {"low": 2.5, "high": 9.5, "high_included": False}
        case "sizes":
            return [{"mm": 2.5, "day": "2024-03"}, {"mm": {"low": 3.5}}]
        case "count":
            return {"low": 2, "high": 5, "diffuse": True}
        case "mapping":
            return {"tucatinib": True if field.item is None else {"ever": True, "metastatic": False}}
        case _:
            assert field.item is not None
            entry = {column.path: _filled(column, part) for column, part in columns(field.item)}
            entry.pop("ongoing", None)
            return entry_list(field, [entry, entry])


def entry_list(field: CaseField, entries: list[dict[str, Any]], completeness: str = "complete") -> Any:
    """Return a table as its field stores it: a plain list, or a list with completeness."""
    plain = field.path.startswith("board.")
    return entries if plain else {"completeness": completeness, "items": entries}


def _put(body: dict[str, Any], path: str, value: Any) -> None:
    *parents, name = path.split(".")
    for parent in parents:
        body = body.setdefault(parent, {})
    body[name] = value


def located(fields: Iterable[CaseField]) -> list[tuple[CaseField, FieldInfo]]:
    """Return fields with what pydantic knows of each."""
    found = []
    for field in fields:
        model: Any = Case
        *parents, name = field.path.split(".")
        for parent in parents:
            model = model.model_fields[parent].annotation
        found.append((field, model.model_fields[name]))
    return found


def columns(item: type[BaseModel]) -> list[tuple[CaseField, FieldInfo]]:
    """Return the columns of a table with what pydantic knows of each."""
    return [(column, item.model_fields[column.path]) for column in item_fields(item)]


def bounds(info: FieldInfo) -> tuple[float, float, float | None]:
    """Return the smallest and largest value a number field takes, and the step it keeps."""
    low, high, step = 0.0, 3000.0, None
    for entry in (*info.metadata, *_nested(info.annotation)):
        low = max(low, getattr(entry, "ge", low), getattr(entry, "gt", low))
        high = min(high, getattr(entry, "le", high))
        step = getattr(entry, "multiple_of", step)
    return low, high, step


def _nested(annotation: Any) -> list[Any]:
    found = []
    for part in typing.get_args(annotation):
        found += _nested(part)
        metadata = getattr(part, "metadata", None)
        if metadata:
            found += [inner for entry in metadata for inner in getattr(entry, "metadata", [entry])]
    return found


@st.composite
def cases(draw: st.DrawFn, fact_fields: tuple[str, ...] | None = None, at_least: int = 0) -> Case:
    """Return a random case; with ``fact_fields``, only these are recorded."""
    body: dict[str, Any] = {"code": "R1"}
    chosen = [
        (field, info)
        for field, info in located(case_fields())
        if field.path not in ("code", "origin", "status") and (fact_fields is None or field.path in fact_fields)
    ]
    picked = draw(st.lists(st.sampled_from(range(len(chosen))), unique=True, min_size=at_least, max_size=len(chosen)))
    for index in sorted(picked):
        field, info = chosen[index]
        _put(body, field.path, draw(values(field, info)))
    return Case.model_validate_json(json.dumps(body))


@st.composite
def coherent_cases(draw: st.DrawFn, library: EvidenceLibrary) -> Case:
    """Return a random case without contradictions: of two facts that disagree, one is left out.

    Half of them fill one section only, where facts that speak of the same thing meet more often.
    """
    paths = [path for spec in library.catalogue.values() for path in spec.fields]
    section = draw(st.sampled_from(["", "brain.", "tumour.", "systemic.", "brain.les", "brain.lo"]))
    chosen = tuple(dict.fromkeys(path for path in paths if path.startswith(section)))
    case = draw(cases(chosen, at_least=min(12, len(chosen))))
    while found := contradictions(case, library.vocabulary):
        fields = [field.partition("[")[0] for field in found[0].fields]
        present = [field for field in fields if _recorded(case, field)] or ["systemic"]
        case = with_value(case, draw(st.sampled_from(present)), None)
    return case


def _recorded(case: Case, path: str) -> bool:
    value: Any = case.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    for name in path.split("."):
        if name not in value:
            return False
        value = value[name]
    return True


def values(field: CaseField, info: FieldInfo) -> st.SearchStrategy[Any]:
    """Return what a field may hold."""
    low, high, step = bounds(info)
    match field.kind:
        case "flag":
            return st.booleans()
        case "choice":
            return st.sampled_from(field.choices)
        case "choices":
            return st.lists(st.sampled_from(field.choices), min_size=1, unique=True)
        case "integer":
            return _integers(low, high, step)
        case "number":
            return st.sampled_from([0.5, 1.0, 2.0, 3.5, 4.0, 6.0, 8.0, 15.0, 20.0, 45.0, 55.0, 65.0]).map(
                lambda n: min(max(n, low), high)
            )
        case "date":
            return st.sampled_from(_DATES)
        case "texts" if field.path == "drugs":
            return st.lists(st.sampled_from(DRUGS), min_size=1, max_size=3, unique=True)
        case "text" | "texts":
            words = st.sampled_from(["none", "as reported", "größer", "ΩΩ", "</b>"])
            return words if field.kind == "text" else st.lists(words, max_size=2)
        case "size" | "sizes":
            one = st.fixed_dictionaries({"mm": st.sampled_from(SIZES)}, optional={"day": st.sampled_from(_DATES)})
            return st.sampled_from(SIZES) if field.kind == "size" else st.lists(one, min_size=1, max_size=3)
        case "count":
            return st.tuples(st.integers(0, 6), st.one_of(st.none(), st.integers(0, 6))).map(_count)
        case "mapping":
            return _mapping(field)
        case _:
            return _table(field)


def _integers(low: float, high: float, step: float | None) -> st.SearchStrategy[int]:
    if low >= _A_YEAR:
        return st.integers(int(low), int(low) + 120)
    steps = st.integers(0, int((min(high, 40) if step is None else high) / (step or 1)))
    return steps.map(lambda n: max(int(low), n * int(step or 1)))


def _count(ends: tuple[int, int | None]) -> dict[str, Any]:
    low, more = ends
    return {"low": low, "high": None if more is None else low + more}


def _mapping(field: CaseField) -> st.SearchStrategy[Any]:
    answer = st.one_of(st.none(), st.booleans())
    exposure = st.fixed_dictionaries({"ever": answer, "metastatic": answer})
    names = st.sampled_from((*DRUGS, *CLASSES))
    return st.dictionaries(names, st.booleans() if field.item is None else exposure, max_size=3)


@st.composite
def _table(draw: st.DrawFn, field: CaseField) -> Any:
    assert field.item is not None
    entries = [draw(_entry(field.item)) for _ in range(draw(st.integers(0, 3)))]
    completeness = draw(st.sampled_from(["complete", "partial"]))
    table = entry_list(field, entries, completeness)
    if field.path == "systemic.lines":
        table["metastatic_complete"] = draw(st.one_of(st.none(), st.booleans()))
    return table


@st.composite
def _entry(draw: st.DrawFn, item: type[BaseModel]) -> dict[str, Any]:
    entry = {}
    for column, info in columns(item):
        if info.is_required() or draw(st.booleans()):
            entry[column.path] = draw(values(column, info))
    if entry.get("stop") and entry.get("ongoing"):
        del entry["ongoing"]
    if entry.get("start") and entry.get("stop"):
        del entry["start"]
    return entry
