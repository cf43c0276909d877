"""Changes a case: validate first, then return the new frozen case."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from her2board.case.checks import CaseError, extent_problems, problems_from
from her2board.case.kept import without_outdated
from her2board.case.model import Absence, Case, Millimetres


def with_value(case: Case, path: str, value: Any) -> Case:
    """Return ``case`` with ``value`` at ``path``; None makes the field not recorded. Raises CaseError.

    A recorded value takes the place of a reason for absence; a kept sentence that says another is dropped. Only the
    section is checked anew: no rule of the model is about more than one, and the others stay the very same.
    """
    if problems := extent_problems(value, path):
        raise CaseError(problems)
    section, *_ = *parents, name = path.split(".")
    body = case.model_dump(mode="json", exclude_none=True, include={"code", section})
    place = body
    for parent in parents:
        place = place.setdefault(parent, {})
    if value is None:
        place.pop(name, None)
    else:
        place[name] = value
    changed = without_outdated(case.model_copy(update={section: getattr(_validated(body), section)}), path)
    return changed if value is None or path not in case.absences else with_absence(changed, path, None)


def with_absence(case: Case, path: str, absence: Absence | None) -> Case:
    """Return ``case`` with a reason for absence at ``path``, or without one."""
    absences = {name: entry for name, entry in case.absences.items() if name != path}
    if absence is not None:
        absences[path] = absence
    return case.model_copy(update={"absences": absences})


def _validated(body: dict[str, Any]) -> Case:
    try:
        return Case.model_validate_json(json.dumps(body, default=_plain))
    except ValidationError as error:
        raise CaseError(problems_from(error)) from error


def _plain(value: Any) -> Any:
    if isinstance(value, Millimetres):
        return value.recorded()
    dump: Callable[..., Any] | None = getattr(value, "model_dump", None)
    return dump(mode="json", exclude_none=True) if dump else str(value)
