"""Every way to make one recorded value of a case not recorded."""

import json
from typing import Any

from her2board.case.fields import case_fields
from her2board.case.model import Case

Steps = list[Any]
_NAMES_THE_CASE = ("code", "origin", "status")
_STRUCTURE = ("kind", "discipline", "option", "what", "continues_line", "diffuse", "low", "completeness")
"""Parts of an entry that say which entry it is; an entry without them is no entry."""
_ALSO_STRUCTURE = {"board.disciplines": ("status",)}


def erasures(case: Case) -> list[tuple[str, Case]]:
    """Return, for every recorded value, its path and the case with that value not recorded.

    A table loses its entries together with its completeness; inside an entry each value is erased alone, and so
    is each entry of a mapping, and the upper end of a range.
    """
    body = case.model_dump(mode="json", exclude_none=True)
    places = [
        place
        for field in case_fields()
        if field.path not in _NAMES_THE_CASE
        for place in _places(body, field.path.split("."))
    ]
    return [(_written(place), Case.model_validate_json(json.dumps(_copy_without(body, place)))) for place in places]


def _places(body: dict[str, Any], steps: list[str]) -> list[Steps]:
    """Return where a field holds values that can be erased: the whole field first, then what is inside."""
    value: Any = body
    for step in steps:
        if step not in value:
            return []
        value = value[step]
    structure = (*_STRUCTURE, *_ALSO_STRUCTURE.get(".".join(steps), ()))
    return [[*steps], *_inside(value, [*steps], structure)]


def _inside(value: Any, steps: Steps, structure: tuple[str, ...]) -> list[Steps]:
    found: list[Steps] = []
    entries = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for name, entry in entries:
        place = [*steps, name]
        if isinstance(name, str) and name not in (*structure, "items"):
            found.append(place)
        if isinstance(entry, dict) or name == "items":
            found += _inside(entry, place, structure)
    return found


def _written(steps: Steps) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def _copy_without(body: dict[str, Any], steps: Steps) -> dict[str, Any]:
    copied: dict[str, Any] = json.loads(json.dumps(body))
    place: Any = copied
    for step in steps[:-1]:
        place = place[step]
    del place[steps[-1]]
    return copied
