"""Brings the body of an older case file to the current schema version."""

from typing import Any

CURRENT = 1


def migrate(versioned: tuple[int, dict[str, Any]]) -> dict[str, Any]:
    """Return the body at version ``CURRENT``. Version 1 is the first, so nothing changes yet."""
    _, body = versioned
    return body
