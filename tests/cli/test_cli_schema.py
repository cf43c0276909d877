"""The JSON Schema of cases and evidence: strict, and in agreement with the examples and with the program."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.pages import EXAMPLES, FOLDER

Run = Callable[..., Any]
UNTREATED = FOLDER / "cr18-untreated-asymptomatic.her2case"


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


_KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def complaints(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str = "") -> Iterator[str]:
    """Yield where a document does not fit: unknown and missing keys, wrong types and words."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        if all(list(complaints(value, option, root, place)) for option in schema["anyOf"]):
            yield f"{place}: fits none of its forms"
        return
    wanted = schema.get("type")
    if wanted and (not isinstance(value, _KINDS[wanted]) or (isinstance(value, bool) and wanted != "boolean")):
        yield f"{place}: is no {wanted}"
        return
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{place}: {value!r} is not one of its words"
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from complaints(entry, schema.get("items", {}), root, f"{place}[{index}]")
    if isinstance(value, dict):
        yield from key_complaints(value, schema, root, place)


def key_complaints(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], place: str) -> Iterator[str]:
    known, other = schema.get("properties", {}), schema.get("additionalProperties", {})
    yield from (f"{place}.{name}: missing" for name in schema.get("required", ()) if name not in value)
    for name, entry in value.items():
        if name not in known and other is False:
            yield f"{place}.{name}: unknown"
        else:
            yield from complaints(entry, known.get(name, other), root, f"{place}.{name}")


@pytest.fixture
def case_schema(run: Run) -> dict[str, Any]:
    done = run("schema", "case")
    assert done.status == 0
    return json.loads(done.out)


def test_the_case_schema_refuses_unknown_keys_everywhere(case_schema: dict[str, Any]) -> None:
    found = list(objects(case_schema))
    assert len(found) > 15
    assert all(part.get("additionalProperties") is False for part in found)
    assert set(case_schema["required"]) == {"format", "schema_version", "case"}


@pytest.mark.parametrize("stem", EXAMPLES)
def test_the_case_schema_takes_every_example(stem: str, case_schema: dict[str, Any]) -> None:
    document = json.loads((FOLDER / f"{stem}.her2case").read_text(encoding="utf-8"))
    assert not list(complaints(document, case_schema, case_schema))


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(extra=1),
        lambda document: document.pop("schema_version"),
        lambda document: document["case"].pop("code"),
        lambda document: document["case"]["brain"].update(agee=1),
        lambda document: document["case"]["patient"].update(age="fifty"),
        lambda document: document["case"]["tumour"]["specimens"]["items"][0].update(ihc="4+"),
    ],
)
def test_the_case_schema_refuses_what_the_program_refuses(
    change: Callable[[dict[str, Any]], object], case_schema: dict[str, Any]
) -> None:
    document = json.loads(UNTREATED.read_text(encoding="utf-8"))
    document["case"].setdefault("patient", {})
    change(document)
    assert list(complaints(document, case_schema, case_schema))


def test_the_evidence_schema_covers_every_kind_of_record(run: Run) -> None:
    found = json.loads(run("schema", "evidence").out)
    assert {"Trial", "Cohort", "Statement", "SequencingOption", "Caution", "Release"} <= set(found["$defs"])
    assert all(part.get("additionalProperties") is False for part in objects(found))
