"""Takes out of a case what says who the patient is. Every export starts here unless a person asked otherwise.

Name and record number are looked for in texts that a person typed and in typed keys of tables, never in dates, numbers
or choices: the assessment of a case is the same with and without them.
"""

import typing
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Annotated, Any

from msgspec import Struct
from pydantic import BaseModel, JsonValue
from pydantic.fields import FieldInfo

from her2board.case.model import Case
from her2board.case.model.base import OfProgram
from her2board.case.name_matching import Matcher, matcher_of
from her2board.case.terms import Info

Change = Callable[[str, str], str]
"""Is given path and words of a typed text or key; returns what takes its place."""
_LEFT_OUT = "[\N{HORIZONTAL ELLIPSIS}]"


def without_identity(case: Case, known: frozenset[str]) -> Case:
    """Return ``case`` without the fields marked as identifying, and without their words in any other text.

    ``known``: folded words of the names of drugs; no part of a name is cut that is one. Where something was cut the
    text says "[…]".
    """
    matcher = matcher_for(case, known)
    return with_texts(case, lambda _, text: _cleaned(text, matcher) if matcher else text)


def without_removed(before: Case, after: Case) -> Case:
    """Return ``before`` without the name and record number that ``after`` no longer holds; itself where it holds them.

    They are taken out of the texts too, a drug's word among them: what a case was like is read by people only.
    """
    gone = {name: value for name, value in before.identity if value and value != getattr(after.identity, name)}
    if not gone:
        return before
    matcher = matcher_of(gone.get("name", ""), gone.get("record_number", ""), frozenset())
    cleaned = with_texts(before, lambda _, text: _cleaned(text, matcher) if matcher else text)
    return cleaned.model_copy(update={"identity": before.identity.model_copy(update=dict.fromkeys(gone))})


def cleaner_of(case: Case, known: frozenset[str]) -> Callable[[str], str]:
    """Return what takes a patient's name and record number out of a text kept beside the case, as above."""
    matcher = matcher_for(case, known)
    return (lambda text: _cleaned(text, matcher)) if matcher else str


def matcher_for(case: Case, known: frozenset[str]) -> Matcher | None:
    """Return what finds the recorded name and record number; None where neither is recorded."""
    return matcher_of(case.identity.name or "", case.identity.record_number or "", known)


def with_texts(case: Case, change: Change) -> Case:
    """Return ``case`` without the fields marked as identifying, and with every typed text and key changed."""
    return typing.cast(Case, _without(case, "", change))


@lru_cache(maxsize=1024)
def _cleaned(text: str, matcher: Matcher) -> str:
    """Return a text without the patient; kept, because a page is made at every keystroke."""
    for hit in reversed(matcher.cuts(text)):
        text = text[: hit.start] + _mark(hit.end - hit.start) + text[hit.end :]
    return text


def _mark(length: int) -> str:
    """Say that something was left out, never longer than what was there: a text may be as long as allowed."""
    return _LEFT_OUT if length >= len(_LEFT_OUT) else "\N{HORIZONTAL ELLIPSIS}"


def _without(part: BaseModel, path: str, change: Change) -> BaseModel:
    changed = {}
    for name, field in _fields(type(part)).items():
        old = getattr(part, name)
        new = None if field.identifying else _changed(old, field, f"{path}.{name}".removeprefix("."), change)
        if new is not old:
            changed[name] = new
    return part.model_copy(update=changed) if changed else part


def _changed(value: Any, field: "_Field", path: str, change: Change) -> Any:
    """Return ``value`` itself where nothing in it changes."""
    if isinstance(value, str):
        return change(path, value) if field.typed else value
    if isinstance(value, BaseModel):
        return _without(value, path, change)
    if isinstance(value, tuple):
        listed = path.removesuffix(".items")
        entries = tuple(_changed(entry, field, f"{listed}[{n}]", change) for n, entry in enumerate(value))
        return value if all(new is old for new, old in zip(entries, value, strict=True)) else entries
    if isinstance(value, list):  # of plain JSON
        return [_changed(entry, field, f"{path}[{n}]", change) for n, entry in enumerate(value)]
    if isinstance(value, dict):
        return _table(value, field, path, change)
    return value


def _table(value: dict[str, Any], field: "_Field", path: str, change: Change) -> dict[str, Any]:
    """Return a mapping with its typed keys and its entries changed; keys that become one stay apart."""
    table: dict[str, Any] = {}
    for key, entry in value.items():
        at = f"{path}[{key}]"
        new = change(at, key) if field.typed_keys else key
        table[_distinct(new, table)] = _changed(entry, field, at, change)
    same = list(table) == list(value) and all(table[key] is entry for key, entry in value.items())
    return value if same else table


def _distinct(key: str, taken: dict[str, Any]) -> str:
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key} ({number})"
    return free


_ANY_JSON: typing.Any = JsonValue


class _Field(Struct, frozen=True):
    """What is done with a field of a model."""

    identifying: bool
    typed: bool
    """It holds texts that a person typed, not a choice."""
    typed_keys: bool
    """It is a table whose keys a person typed, not paths of fields."""


@cache
def _fields(model: type[BaseModel]) -> dict[str, _Field]:
    return {name: _field(field) for name, field in model.model_fields.items()}


def _field(field: FieldInfo) -> _Field:
    keys = [typing.get_args(part)[0] for part in _parts(field.annotation) if typing.get_origin(part) is dict]
    of_program = any(isinstance(entry, OfProgram) for entry in field.metadata)
    return _Field(
        identifying=any(isinstance(entry, Info) and entry.identifying for entry in field.metadata),
        typed=not of_program and (str in _parts(field.annotation) or field.annotation is _ANY_JSON),
        typed_keys=any(typing.get_origin(key) is Annotated for key in keys),
    )


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and what it is made of, but not the keys of a mapping."""
    yield annotation
    arguments = typing.get_args(annotation)
    for part in arguments[1:] if typing.get_origin(annotation) is dict else arguments:
        yield from _parts(part)
