"""A case written as a bundle and read back."""

import json
from collections.abc import Iterator
from typing import Any

from her2board.capture.never import why_never
from her2board.case.model import Case
from her2board.exchange.fhir.reading import read_fhir
from her2board.exchange.into import case_of
from her2board.exchange.mcode.bundle import recorded_paths, to_bundle
from her2board.exchange.model import Brought
from her2board.exchange.review import Accepted, numbered
from support.releases import release

WORKED_OUT = ("her2_tested", "steroid_given")
"""What a reader concludes from a result: a score says that the specimen was tested."""


def written(case: Case) -> dict[str, Any]:
    return to_bundle(case, release().vocabulary).bundle


def read_back(case: Case) -> tuple[Brought, Case]:
    """Return what the bundle of a case offers, and the case of all of it but the age in words."""
    (brought,) = read_fhir([("case.json", json.dumps(written(case)).encode())], release().vocabulary)
    offered = ((one.id, one.proposal) for one in numbered([brought]))
    accepted = [
        Accepted(id_, proposal.field, proposal.value)
        for id_, proposal in offered
        if proposal.value is not None and proposal.field != "patient.age_note"
    ]
    return brought, case_of(case.code, accepted)


def covered(case: Case) -> dict[str, Any]:
    """Return what of a case its bundle says and a reader may offer: plain fields by path, of lists what was written."""
    left_out = set(to_bundle(case, release().vocabulary).left_out)
    return _said(case, [p for p in recorded_paths(case) if p not in left_out and not why_never(p)])


def everything(case: Case) -> dict[str, Any]:
    return _said(case, recorded_paths(case))


def _said(case: Case, paths: list[str]) -> dict[str, Any]:
    body = case.model_dump(mode="json", exclude_none=True)
    found: dict[str, Any] = {}
    entries: dict[str, dict[int, dict[str, Any]]] = {}
    for path in paths:
        if path.endswith(WORKED_OUT):
            continue
        field, bracket, rest = path.partition("[")
        value = _at(body, field)
        if not bracket:
            if value != "partial":  # which follows of a list with an entry
                found[path] = value
            continue
        number, column = rest.split("].")
        items = value["items"] if isinstance(value, dict) else value
        entries.setdefault(field, {}).setdefault(int(number), {})[column] = items[int(number)][column]
    return found | {field: list(by_number.values()) for field, by_number in entries.items()}


def _at(body: Any, path: str) -> Any:
    for name in path.split("."):
        body = body[name]
    return body


def resources(case: Case) -> Iterator[dict[str, Any]]:
    yield from (entry["resource"] for entry in written(case)["entry"])
