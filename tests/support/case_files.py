"""Case files written for a test: an example with some values changed."""

import json
from collections.abc import Mapping
from typing import Any

from support.pages import FOLDER


def changed_example(stem: str, changes: Mapping[str, Any]) -> str:
    """Return the text of an example file with values at dotted paths: ``{'brain.largest_mm': 16.0}``."""
    document = json.loads((FOLDER / f"{stem}.her2case").read_text(encoding="utf-8"))
    for dotted, value in changes.items():
        *parents, name = dotted.split(".")
        place = document["case"]
        for parent in parents:
            place = place.setdefault(parent, {})
        place[name] = value
    return json.dumps(document)
