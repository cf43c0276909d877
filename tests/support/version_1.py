"""Writes cases as the program did whose files were version 1; its schema is kept beside, as it was published."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from her2board.case.model import Case

_GONE = object()


@cache
def schema_1() -> dict[str, Any]:
    """Return the schema of a case file of version 1."""
    text = Path(__file__).with_name("case-version-1.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def as_version_1(case: Case) -> str:
    """Return the file that the earlier program would have written; what it had no place for is left out."""
    body = _kept(case.model_dump(mode="json", exclude_none=True), schema_1()["properties"]["case"])
    known = {path: reason for path, reason in body.get("absences", {}).items() if _has_field(path)}
    document = {"format": "her2board-case", "schema_version": 1, "case": {**body, "absences": known}}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _has_field(path: str) -> bool:
    place = schema_1()["properties"]["case"]
    for name in path.split("."):
        place = _resolved(place).get("properties", {}).get(name)
        if place is None:
            return False
    return True


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema says of a recorded value: references followed, 'or not recorded' taken off."""
    while True:
        if "$ref" in schema:
            schema = schema_1()["$defs"][schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema:
            schema = next(choice for choice in schema["anyOf"] if choice.get("type") != "null")
        else:
            return schema


def _kept(value: Any, schema: dict[str, Any]) -> Any:
    """Return what version 1 has a place for; an entry of a list that it cannot name is no entry."""
    schema = _resolved(schema)
    choices = schema.get("enum", [schema["const"]] if "const" in schema else None)
    wrong_shape = isinstance(value, dict) != (schema.get("type") == "object") and "type" in schema
    if wrong_shape or (choices is not None and value not in choices):  # a range where there was one number
        return _GONE
    if isinstance(value, dict) and schema.get("type") == "number":  # a range, where it knew one number only
        return _GONE
    if isinstance(value, dict):
        return _kept_parts(value, schema) if schema.get("type") == "object" else _GONE
    if isinstance(value, list):
        entry_schema = schema.get("items", {})
        known = [entry for entry in (_kept(entry, entry_schema) for entry in value) if entry is not _GONE]
        no_choice_left = value and not known and _resolved(entry_schema).get("type") != "object"
        return _GONE if no_choice_left else known
    return value


def _kept_parts(value: dict[str, Any], schema: dict[str, Any]) -> Any:
    places, others = schema.get("properties", {}), schema.get("additionalProperties", False)
    found = {}
    for name, part in value.items():
        if place := places.get(name, others):
            found[name] = part if place is True else _kept(part, place)
    known = {name: part for name, part in found.items() if part is not _GONE}
    return _GONE if set(schema.get("required", ())) - set(known) else known
