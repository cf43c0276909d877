"""Cases with a value of its own in every field, made from the published schema, so that a new field joins by itself."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from her2board.case.dates import PartialDate
from her2board.case.fields import case_fields
from her2board.case.model import Case

Schema = dict[str, Any]
_FIRST_YEAR, _FIRST_DAY, _LAST_DAY = 1991, 10, 28
"""Days of two figures, so that none is the end of another."""


@dataclass(frozen=True)
class Plant:
    """A value that was planted: where, and the words that no other has, or None."""

    path: str
    words: str | None
    other: Any = None
    """Another value that may be in its place, where it has no words of its own."""

    @property
    def place(self) -> tuple[str | int, ...]:
        """Its path name by name, entries by number."""
        if self.path.startswith("absences."):
            kind, rest = self.path.split(".", 1)
            return (kind, *rest.rsplit(".", 1))
        names = re.findall(r"[^.\[\]]+", self.path)
        return tuple(int(name) if name.isdigit() else name for name in names)


_READ_FROM = ("sentences", "texts")
"""What values were read from is shown beside the value it says; tests of its own look for it."""


@dataclass
class _Planter:
    schema: Schema
    plants: list[Plant] = field(default_factory=list)

    def of(self, schema: Schema, path: str, default: Any = None) -> Any:
        """Return a value that the schema allows, another one each time."""
        schema = self._bare(schema)
        if "properties" in schema:
            return self._section(schema, path)
        if schema["type"] == "array":
            return self._entries(self._bare(schema["items"]), path)
        if schema["type"] == "object":
            key = f"Planted{len(self.plants):03}q"
            self.plants.append(Plant(f"{path}[{key}]", key))
            return {key: self.of(schema["additionalProperties"], f"{path}[{key}]")}
        return self._value(schema, path, default)

    def _bare(self, schema: Schema) -> Schema:
        while "$ref" in schema or "anyOf" in schema:
            if "anyOf" in schema:
                schema = next(form for form in schema["anyOf"] if form.get("type") != "null")
            else:
                schema = self.schema["$defs"][schema["$ref"].rpartition("/")[2]]
        return schema

    def _section(self, schema: Schema, path: str) -> Any:
        parts = schema["properties"]
        if "items" in parts:
            found = {"completeness": "partial", "items": self.of(parts["items"], path)}
            self.plants.append(Plant(f"{path}.completeness", None, "complete"))
            more = {name: part for name, part in parts.items() if name not in found}
        elif set(schema.get("required", ())) == {"low"}:  # a number of lesions
            low = 400 + len(self.plants)
            self.plants.append(Plant(path, f"{low} to {low + 1}"))
            return {"low": low, "high": low + 1}
        else:
            found, more = {}, {name: part for name, part in parts.items() if name not in ("absences", *_READ_FROM)}
        dot = f"{path}." if path else ""
        return found | {name: self.of(part, dot + name, part.get("default")) for name, part in more.items()}

    def _entries(self, item: Schema, path: str) -> Any:
        """Return an entry for each of its columns, with what every entry needs: some columns exclude others."""
        if "properties" not in item:
            if "enum" in item:
                return [self._value(item, path, None)]
            return [self._text(path), self._text(path)]
        entries: list[Any] = []
        for name in item["properties"]:
            wanted = {*item.get("required", ()), name}
            place = f"{path}[{len(entries)}]"
            parts = ((key, part) for key, part in item["properties"].items() if key in wanted)
            entries.append({key: self.of(part, f"{place}.{key}", part.get("default")) for key, part in parts})
        return entries

    def _value(self, schema: Schema, path: str, default: Any) -> Any:
        if "enum" in schema:
            value = next(entry for entry in reversed(schema["enum"]) if entry != default)
            self.plants.append(Plant(path, None, next(entry for entry in schema["enum"] if entry != value)))
            return value
        kind = schema["type"]
        if kind == "boolean":
            self.plants.append(Plant(path, None, default is True))
            return default is not True
        if kind == "number":
            low, high = schema.get("minimum", 0), schema.get("maximum", 100)
            value = round((low + high) / 2 + len(self.plants) / 1000, 3)
            self.plants.append(Plant(path, f"{value}"))
            return value
        if kind == "integer":
            step = schema.get("multipleOf", 1)
            value = (schema.get("minimum", 0) + schema.get("maximum", 9)) // 2 // step * step
            self.plants.append(Plant(path, None, value + step))
            return value
        if "pattern" in schema:
            months, days = divmod(len(self.plants), _LAST_DAY - _FIRST_DAY + 1)
            day = f"{_FIRST_YEAR + months // 12}-{months % 12 + 1:02}-{_FIRST_DAY + days}"
            self.plants.append(Plant(path, PartialDate.parse(day).shown()))
            return day
        return self._text(path)

    def _text(self, path: str) -> str:
        words = f"Planted{len(self.plants):03}q"
        self.plants.append(Plant(path, words))
        return words


@cache
def planted_values() -> tuple[Case, tuple[Plant, ...]]:
    """Return a case with a value in every field, and what was planted."""
    schema = Case.model_json_schema()
    planter = _Planter(schema)
    return Case.model_validate_json(json.dumps(planter.of(schema, ""))), tuple(planter.plants)


@cache
def planted_absences() -> tuple[Case, tuple[Plant, ...]]:
    """Return a case in which every field is not recorded for a reason, with owner, day and note."""
    schema = Case.model_json_schema()
    planter = _Planter(schema)
    absence = schema["$defs"]["Absence"]
    paths = (entry.path for entry in case_fields() if entry.path != "code")
    absences = {path: planter.of(absence, f"absences.{path}") for path in paths}
    return Case.model_validate_json(json.dumps({"code": "absences", "absences": absences})), tuple(planter.plants)


def with_other(case: Case, plant: Plant) -> Case:
    """Return a case with another value at the place of a planted one."""
    place = body = json.loads(case.model_dump_json(exclude_none=True))
    *way, last = plant.place
    for name in way:
        held = place["items"] if isinstance(name, int) and isinstance(place, dict) else place
        place = held[name]
    place[last] = [plant.other] if isinstance(place[last], list) else plant.other
    return Case.model_validate_json(json.dumps(body))
