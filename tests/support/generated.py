"""Cases made for the page: empty, full and overfull, and mixtures of any kind of field in any script the page draws.

Everything is read off the field catalogue, so a new field joins by itself. A test that needs a case of a certain shape
takes one by name or builds it; the mixtures are for sweeps over whatever may be recorded.
"""

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from her2board.case.fields import CaseField, case_fields
from her2board.case.model import Case
from support.strategies import CLASSES, DRUGS, bounds, columns, entry_list, located

AS_OF = date(2026, 11, 26)
SCRIPTS = (
    "Zużywający Łódź Ångström façade Müller niño șțăîâ ğışç ",
    "μετάσταση εγκεφάλου ακτινοθεραπεία Παπαδόπουλος ",
    "метастазы головного мозга лучевая терапия Щербакова ",
    "left frontal, 3 of 7, ≥ 2 mm ± 0.5, “as reported” ",
    "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh ",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
)
"""Texts to fill a field with; the last has no place to break."""
_LENGTHS = (1, 12, 40, 120, 300, 4000)
_TABLES = {"systemic.lines": 14, "brain.lesions": 40, "brain.local_therapies": 8, "tumour.specimens": 6}
"""The longest tables; others hold up to three entries."""
_ALWAYS_GIVEN = ("code", "origin", "status", "source", "format")


def empty_case() -> Case:
    """Return a case with nothing recorded but its code."""
    return Case(code="empty")


def full_case() -> Case:
    """Return a case with every field recorded, every table as long as it gets and texts of a line."""
    return _made(Random("full"), 1.0, 40, full=True)


def overfull_case() -> Case:
    """Return a case with every field recorded, every table as long as it gets and texts as long as they may be."""
    return _made(Random("overfull"), 1.0, _LENGTHS[-1], full=True)


def mixture(number: int) -> Case:
    """Return one of any number of mixtures, the same one for the same number."""
    random = Random(number)
    density = random.choice([0.05, 0.3, 0.6, 0.9, 1.0])
    return _made(random, density, random.choice(_LENGTHS), full=random.random() < 0.2)


EXTREMES: dict[str, Callable[[], Case]] = {"empty": empty_case, "full": full_case, "overfull": overfull_case}


def sweep(mixtures: int) -> dict[str, Callable[[], Case]]:
    """Return makers of cases by name: the extremes, and as many mixtures."""
    return {**EXTREMES, **{f"mixture-{number}": partial(mixture, number) for number in range(mixtures)}}


def _made(random: Random, density: float, longest: int, full: bool) -> Case:
    maker = _Maker(random, longest, full)
    body: dict[str, Any] = {"code": maker.text(random.choice([3, 12, 40]))}
    for field, info in located(case_fields()):
        if field.path not in _ALWAYS_GIVEN and random.random() < density:
            _put(body, field.path, maker.value(field, info))
    return _valid(body)


def _put(body: dict[str, Any], path: str, value: Any) -> None:
    *parents, name = path.split(".")
    for parent in parents:
        body = body.setdefault(parent, {})
    body[name] = value


def _valid(body: dict[str, Any]) -> Case:
    """Return the case without the entries that contradict themselves, as the form would refuse them."""
    for _ in range(200):
        try:
            return Case.model_validate_json(json.dumps(body))
        except ValidationError as error:
            for problem in error.errors():
                _drop(body, [part for part in problem["loc"] if part != "tagged-union"])
    raise AssertionError("no valid case was left")


def _drop(body: Any, place: list[Any]) -> None:
    """Take out what is at a place, or the nearest thing around it."""
    holder, key = None, None
    for part in place:
        there = part in body if isinstance(body, dict) else isinstance(body, list) and part in range(len(body))
        if not there:
            break
        holder, key, body = body, part, body[part]
    if isinstance(holder, dict | list):
        del holder[key]


class _Maker:
    """Makes values of every kind of field."""

    def __init__(self, random: Random, longest: int, full: bool) -> None:
        self._random = random
        self._longest = longest
        self._full = full

    def text(self, most: int) -> str:
        random = self._random
        words = "".join(random.choice(SCRIPTS) for _ in range(most // 30 + 1))
        return words[: random.choice([most, random.randint(1, most)])].strip() or "x"

    def value(self, field: CaseField, info: FieldInfo) -> Any:
        random = self._random
        low, high, step = bounds(info)
        match field.kind:
            case "flag":
                return random.random() < 0.5
            case "choice":
                return random.choice(field.choices)
            case "choices":
                return random.sample(field.choices, random.randint(1, len(field.choices)))
            case "integer":
                return int(random.choice([low, max(low, min(high, 99)), low + (step or 1)]))
            case "number":
                return float(random.choice([max(low, 0.5), min(high, 120.0), max(low, min(high, 12.5))]))
            case "date":
                return self._date()
            case "text":
                return self.text(min(self._longest, _room(info)))
            case "texts":
                return self._texts(field)
            case "size" | "sizes":
                size = random.choice([0.5, 12.5, {"low": 12.0, "high": 15.5}, {"high": 10, "high_included": False}])
                return size if field.kind == "size" else [{"mm": size, "day": self._date()}, {"mm": 12.5}]
            case "count":
                count = random.choice([0, 1, 5, 40])
                return {"low": count, "high": random.choice([None, count, count + 3]), "diffuse": random.random() < 0.1}
            case "mapping":
                return self._mapping(field)
            case _:
                return self._table(field)

    def _date(self) -> str:
        random = self._random
        day = AS_OF - timedelta(days=random.choice([0, 1, 20, 90, 400, 2000, 7000]) + random.randint(0, 30))
        return random.choice(["", "", "", "<", ">"]) + day.isoformat()[: random.choice([4, 7, 10])]

    def _texts(self, field: CaseField) -> list[str]:
        count = self._random.randint(1, 12 if self._full else 3)
        if field.path == "drugs":
            return [self._random.choice(DRUGS) for _ in range(self._random.randint(1, 3))]
        return [self.text(min(self._longest, 300)) for _ in range(count)]

    def _mapping(self, field: CaseField) -> dict[str, Any]:
        names = self._random.sample((*DRUGS, *CLASSES), 4)
        return {name: True if field.item is None else {"ever": True, "metastatic": False} for name in names}

    def _table(self, field: CaseField) -> Any:
        assert field.item is not None
        most = _TABLES.get(field.path, 3)
        count = most if self._full else self._random.randint(0, min(most, 4))
        entries = [self._entry(field.item) for _ in range(count)]
        if field.path == "board.disciplines":  # each speaks once
            entries = list({entry["discipline"]: entry for entry in entries}.values())
        return entry_list(field, entries, self._random.choice(["complete", "partial"]))

    def _entry(self, item: type[BaseModel]) -> dict[str, Any]:
        chosen = [
            (column, info)
            for column, info in columns(item)
            if info.is_required() or self._full or self._random.random() < 0.6
        ]
        entry = {column.path: self.value(column, info) for column, info in chosen}
        if entry.get("stop"):
            entry.pop("ongoing", None)
            if entry.get("start", "").strip("<>") >= entry["stop"].strip("<>")[:4]:
                entry.pop("start", None)
        return entry


def _room(info: FieldInfo) -> int:
    """Return how many characters a text may have."""
    lengths = [
        n for part in (info.metadata, _metadata(info.annotation)) for m in part if (n := getattr(m, "max_length", None))
    ]
    return min(lengths, default=300)


def _metadata(annotation: Any) -> list[Any]:
    import typing

    found: list[Any] = []
    for part in typing.get_args(annotation):
        found += getattr(part, "__metadata__", ())
        found += [inner for m in getattr(part, "__metadata__", ()) for inner in getattr(m, "metadata", ())]
        found += _metadata(part)
    return found
