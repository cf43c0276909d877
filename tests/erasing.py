"""Every way to make one recorded value of a case not recorded."""

import json
from typing import Any

from her2board.case.fields import case_fields
from her2board.case.model import Case


def erasures(case: Case) -> list[tuple[str, Case]]:
    """Return, for every recorded value, its path and the case with that value not recorded.

    A table loses its entries together with its completeness; inside an entry each value is erased alone.
    """
    body = case.model_dump(mode="json", exclude_none=True)
    result: list[tuple[str, Case]] = []
    for field in case_fields():
        if field.path in ("code", "origin", "status"):
            continue
        for path, changed in _erased(body, field.path.split(".")):
            result.append((path, Case.model_validate_json(json.dumps(changed))))
    return result


_STRUCTURE = ("kind", "discipline", "status", "option", "what", "continues_line", "diffuse", "low", "completeness")
"""Parts of an entry that say which entry it is; an entry without them is no entry."""


def _erased(body: dict[str, Any], steps: list[str]) -> list[tuple[str, dict[str, Any]]]:
    *parents, name = steps
    place = body
    for parent in parents:
        place = place.get(parent, {})
    if name not in place:
        return []
    path = ".".join(steps)
    found = [(path, _copy_without(body, steps))]
    value = place[name]
    entries = value.get("items", []) if isinstance(value, dict) else value
    inner = [*steps, "items"] if isinstance(value, dict) else steps
    if isinstance(entries, list):
        for index, entry in enumerate(entries):
            if isinstance(entry, dict):
                found += [
                    (f"{path}[{index}].{key}", _copy_without(body, [*inner, index, key]))
                    for key in entry
                    if key not in _STRUCTURE
                ]
    return found


def _copy_without(body: dict[str, Any], steps: list[Any]) -> dict[str, Any]:
    copied: dict[str, Any] = json.loads(json.dumps(body))
    place: Any = copied
    for step in steps[:-1]:
        place = place[step]
    del place[steps[-1]]
    return copied
