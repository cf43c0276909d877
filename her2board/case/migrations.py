"""Brings the body of an older case file to the current schema version, one step per version."""

from collections.abc import Callable
from typing import Any

CURRENT = 2
Body = dict[str, Any]


def _from_1(body: Body) -> Body:
    """Version 2 adds fields and choices, and every field of version 1 keeps its place and what it holds.

    What the program reads otherwise from the same words since then is no change of the file: see ``read_anew``.
    """
    return body


STEPS: dict[int, Callable[[Body], Body]] = {1: _from_1}
"""By version: what makes a body of it one of the next. A step takes and returns plain JSON and changes neither."""


def _sizes_listed(body: Body) -> Body:
    """Version 2, before it was published, had one earlier size of a lesion and its day in fields of their own."""
    brain: Any = body.get("brain")
    lesions: Any = brain.get("lesions") if isinstance(brain, dict) else None
    items = lesions.get("items") if isinstance(lesions, dict) else None
    if not isinstance(items, list) or not any(isinstance(item, dict) and _SINGLE.keys() & item for item in items):
        return body
    listed = [_with_list(item) if isinstance(item, dict) else item for item in items]
    return {**body, "brain": {**brain, "lesions": {**lesions, "items": listed}}}


_SINGLE = {"earlier_mm": "mm", "earlier_on": "day"}


def _with_list(lesion: Body) -> Body:
    size = {name: lesion[path] for path, name in _SINGLE.items() if lesion.get(path) is not None}
    rest = {path: value for path, value in lesion.items() if path not in _SINGLE}
    return {**rest, "earlier_sizes": [size, *(rest.get("earlier_sizes") or ())]} if size else rest


def migrate(version: int, body: Body) -> Body:
    """Return a body written in ``version`` as one of version ``CURRENT``."""
    for step in range(version, CURRENT):
        body = STEPS[step](body)
    return _sizes_listed(body)
