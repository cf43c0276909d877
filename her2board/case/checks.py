"""Problems of a case that keep it from being used: named by field, value and remedy."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from pydantic import BaseModel, ValidationError

from her2board.case.dates import PartialDate
from her2board.case.fields import CaseField, case_fields, field_by_path, past_days
from her2board.case.model import Case
from her2board.wording import day_words, tr, trn

LONGEST_LIST = 300
"""Entries of a list or table; the longest history known has sixty."""
_DEEPEST = 10
"""Lists and groups of fields inside each other; a case has seven."""
_MOST_SHOWN = 100
"""Problems that a message lists; of a file that is no case there may be a million."""
_SHORT = 1e15
"""Numbers beyond this are quoted as they are written, cut after sixty characters."""


class CaseProblem(Struct, frozen=True):
    """What is wrong at one field."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class CaseError(Exception):
    """A case cannot be used; ``problems`` holds everything found."""

    def __init__(self, problems: tuple[CaseProblem, ...]) -> None:
        self.problems = problems
        lines = [str(problem) for problem in problems[:_MOST_SHOWN]]
        if more := len(problems) - len(lines):
            lines.append(trn("and {n:,} more problem", "and {n:,} more problems", more).format(n=more))
        super().__init__("\n".join(lines))


def problems_from(error: ValidationError) -> tuple[CaseProblem, ...]:
    """Return the problems of a failed validation with path, value and remedy."""
    return tuple(_problem(detail) for detail in error.errors(include_url=False))


def _problem(detail: Any) -> CaseProblem:
    location = tuple(step for step in detail["loc"] if not isinstance(step, str) or "[" not in step)
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).removeprefix(".")
    return CaseProblem(path, _words(detail))


def _words(detail: Any) -> str:
    """Say what was found and what would do, without the library's own phrasing."""
    kind, context = detail["type"], detail.get("ctx", {})
    value = detail["input"]
    found = "" if isinstance(value, dict | list | tuple | BaseModel) else _quoted(value)
    match kind:
        case "extra_forbidden":
            return tr("no such field; correct its name or remove it")
        case "missing":
            return tr("this field is required")
        case "literal_error":
            return tr("{found} is not one of {expected}").format(found=found, expected=context["expected"])
        case "value_error":
            return str(context["error"])
        case "greater_than_equal":
            return tr("{found} is below the smallest possible value {limit:g}").format(found=found, limit=context["ge"])
        case "greater_than":
            return tr("{found} is not above {limit:g}").format(found=found, limit=context["gt"])
        case "less_than_equal":
            return tr("{found} is above the largest possible value {limit:g}").format(found=found, limit=context["le"])
        case "multiple_of":
            return tr("{found} is not a multiple of {step}").format(found=found, step=context["multiple_of"])
        case "string_too_long":
            return tr("{n} characters, at most {limit} fit; shorten the text").format(
                n=len(str(value)), limit=context["max_length"]
            )
    return tr("{found} does not fit: {message}").format(found=found or tr("this value"), message=detail["msg"].lower())


def _quoted(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and -_SHORT < value < _SHORT:
        return f"{value:g}"
    text = repr(value) if not isinstance(value, str) else f"'{value}'"
    return text if len(text) <= 60 else f"{text[:57]}…'"


def unknown_absences(case: Case) -> tuple[CaseProblem, ...]:
    """Return absences that name no field."""
    known = field_by_path()
    return tuple(
        CaseProblem(
            f"absences.{path}",
            tr("no field is called '{path}'; correct its name or remove it").format(path=path),
        )
        for path in case.absences
        if path not in known
    )


def extent_problems(document: Any, place: str = "") -> tuple[CaseProblem, ...]:
    """Return what of plain JSON is larger than any case, or no text: looked at before anything is made of it.

    Nothing is called for each level, or a document nested a thousand times would end the program.
    """
    found: list[CaseProblem] = []
    waiting: list[tuple[Any, str, int]] = [(document, place, 0)]
    while waiting:
        value, name, depth = waiting.pop()
        if isinstance(value, str) and not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
            found.append(CaseProblem(_of_case(name), tr("contains invalid Unicode; write this text again")))
        if not isinstance(value, dict | list | tuple) or not value:
            continue
        if len(value) > LONGEST_LIST:
            words = tr("{n:,} entries, and at most {limit} fit; keep those that matter for the discussion")
            found.append(CaseProblem(_of_case(name), words.format(n=len(value), limit=LONGEST_LIST)))
        elif depth == _DEEPEST:
            found.append(CaseProblem(_of_case(name), tr("nested too deeply to be a case file")))
        elif isinstance(value, dict):
            waiting += [(entry, f"{name}.{key}", depth + 1) for key, entry in reversed(value.items())]
        else:
            waiting += [(entry, f"{name}[{n}]", depth + 1) for n, entry in reversed([*enumerate(value)])]
    return tuple(found)


def _of_case(name: str) -> str:
    return name.removeprefix(".").removeprefix("case.")


def future_dates(case: Case, as_of: date) -> tuple[CaseProblem, ...]:
    """Return dates of things done that lie surely after ``as_of``."""
    return tuple(
        CaseProblem(
            path,
            tr("{label} {value} lies after {as_of}, the day of the discussion; correct one of the two").format(
                label=tr(field.info.label), value=value.shown(), as_of=day_words(as_of)
            ),
        )
        for path, field, value in _past_dates(case)
        if value.surely_after(as_of)
    )


def _past_dates(case: Case) -> Iterator[tuple[str, CaseField, PartialDate]]:
    for field in case_fields():
        value: Any = case
        for name in field.path.split("."):
            value = getattr(value, name)
        if field.kind == "date" and field.info.past and value is not None:
            yield field.path, field, value
        if field.kind == "table" and field.item is not None:
            for index, entry in enumerate(getattr(value, "items", value)):
                for column, day in past_days(entry):
                    yield f"{field.path}[{index}].{column.path}", column, day
