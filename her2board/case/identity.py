"""Takes out of a case what says who the patient is. Every export starts here unless a person asked otherwise."""

import re
import typing
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel

from her2board.case.model import Case
from her2board.case.terms import Info, Term

_LEFT_OUT = "[\N{HORIZONTAL ELLIPSIS}]"
_SHORTEST_WORD = 3
"""Letters of a part of a name; shorter parts look like ordinary words."""
_SHORTEST_NUMBER = 4
"""Characters of a record number; a shorter one looks like a dose or a count."""


def without_identity(case: Case) -> Case:
    """Return ``case`` without the fields marked as identifying, and without their words in any other text.

    A part of the name is found as a word of its own, written as it was recorded; the record number and the whole
    name in any writing. Where one was, the text says "[…]".
    """
    return typing.cast(Case, _without(case, _words_of(case)))


def _words_of(case: Case) -> re.Pattern[str] | None:
    """Return what finds the recorded name and record number in a text; None where neither is recorded."""
    found: list[str] = []
    if name := (case.identity.name or "").strip():
        words = re.findall(r"[^\s,;]+", name)
        found.append(_anywhere(name) if len(name) >= _SHORTEST_WORD else "")
        found += [_alone(word) for word in words if len(word) >= _SHORTEST_WORD and not word.islower()]
        if not _cased(name):  # scripts without capitals write names without spaces around them
            found.append(re.escape(name))
    number = (case.identity.record_number or "").strip()
    if len(number) >= _SHORTEST_NUMBER:
        found.append(_anywhere(number))
    kept = [pattern for pattern in found if pattern]
    return re.compile("|".join(kept)) if kept else None


def _anywhere(words: str) -> str:
    return f"(?i:{_alone(words)})"


def _alone(words: str) -> str:
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return rf"(?<!\w){spaced}(?!\w)"


def _cased(name: str) -> bool:
    return name.upper() != name.lower()


def _without(part: BaseModel, words: re.Pattern[str] | None) -> BaseModel:
    changed = {}
    for name, (identifying, free) in _fields(type(part)).items():
        old = getattr(part, name)
        new = None if identifying else _cleaned(old, words, free)
        if new is not old:
            changed[name] = new
    return part.model_copy(update=changed) if changed else part


def _cleaned(value: Any, words: re.Pattern[str] | None, free: bool) -> Any:
    """Return ``value`` itself where nothing in it identifies."""
    if isinstance(value, str):
        return words.sub(_mark, value) if words and free and words.search(value) else value
    if isinstance(value, BaseModel):
        return _without(value, words)
    if isinstance(value, tuple):
        entries = tuple(_cleaned(entry, words, free) for entry in value)
        return value if all(new is old for new, old in zip(entries, value, strict=True)) else entries
    if isinstance(value, dict):
        table = {key: _cleaned(entry, words, free) for key, entry in value.items()}
        return value if all(table[key] is entry for key, entry in value.items()) else table
    return value


def _mark(found: re.Match[str]) -> str:
    """Say that something was left out, never longer than what was there: a text may be as long as allowed."""
    return _LEFT_OUT if len(found[0]) >= len(_LEFT_OUT) else "\N{HORIZONTAL ELLIPSIS}"


@cache
def _fields(model: type[BaseModel]) -> dict[str, tuple[bool, bool]]:
    """Return, for each field, whether it is marked as identifying and whether its texts are free, not of a list."""
    return {
        name: (
            any(isinstance(entry, Info) and entry.identifying for entry in field.metadata),
            not _closed(field.annotation),
        )
        for name, field in model.model_fields.items()
    }


def _closed(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Term):
        return True
    return typing.get_origin(annotation) is Literal or any(map(_closed, typing.get_args(annotation)))
