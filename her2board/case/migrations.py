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


def migrate(version: int, body: Body) -> Body:
    """Return a body written in ``version`` as one of version ``CURRENT``."""
    for step in range(version, CURRENT):
        body = STEPS[step](body)
    return body
