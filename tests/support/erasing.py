"""Every way to make one recorded value of a case not recorded."""

import json
from typing import Any

from her2board.case.fields import case_fields
from her2board.case.model import Case

Steps = list[Any]
_NAMES_THE_CASE = ("code", "origin", "status")
_STRUCTURE = ("kind", "discipline", "option", "what", "continues_line", "diffuse", "low", "completeness")
"""Parts of an entry that say which entry it is; an entry without them is no entry."""
_ASSAY = ("ihc", "ish", "ish_ratio", "her2_copies")
_HORMONES = ("er", "er_percent", "er_said", "pr", "pr_percent", "pr_said")
_ALSO_STRUCTURE = {"board.disciplines": ("status",)}


def erasures(case: Case) -> list[tuple[str, Case]]:
    """Return, for every recorded value, its path and the case with that value not recorded.

    A table loses its entries together with its completeness; inside an entry each value is erased alone, and so
    is each entry of a mapping, and the upper end of a range.
    """
    return [(written(place), without(case, place)) for place in places(case)]


def places(case: Case) -> list[Steps]:
    """Return where a case holds values that can be erased."""
    body = case.model_dump(mode="json", exclude_none=True)
    fields = (field.path for field in case_fields() if field.path not in _NAMES_THE_CASE)
    return [place for path in fields for place in _places(body, path.split("."))]


def only_opens(case: Case) -> list[Steps]:
    """Return the places whose erasure must only open the case: all but results that outrank a weaker one.

    A HER2 assay outranks a stated status of the same specimen, a first result of ER or PR an older specimen's, and a
    year of birth an age recorded earlier.
    """
    specimens = case.tumour.specimens.items
    outranking: set[tuple[str | int, ...]] = {
        ("tumour", "specimens", "items", index, name)
        for index, specimen in enumerate(specimens)
        for name in (*(_ASSAY if specimen.her2_stated else ()), *(_HORMONES if len(specimens) > 1 else ()))
    }
    if case.patient.age is not None:
        outranking.add(("patient", "birth_year"))
    return [place for place in places(case) if tuple(place) not in outranking]


def without(case: Case, place: Steps) -> Case:
    """Return the case with the value at one place not recorded."""
    body = case.model_dump(mode="json", exclude_none=True)
    inside: Any = body
    for step in place[:-1]:
        inside = inside[step]
    del inside[place[-1]]
    return Case.model_validate_json(json.dumps(body))


def written(place: Steps) -> str:
    """Return a place as people read it: 'brain.lesions.items[0].state'."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


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
        only_end = name == "high" and "low" not in value  # a size without either end is no size
        if isinstance(name, str) and name not in (*structure, "items") and not only_end:
            found.append(place)
        if isinstance(entry, dict) or name == "items":
            found += _inside(entry, place, structure)
    return found
