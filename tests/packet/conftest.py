"""Case files made for a packet."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.pages import EXAMPLES, FOLDER


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a case file: an example after changes at dotted paths, or a text as it stands."""

    def write(name: str, changes: dict[str, Any] | None = None, stem: str = EXAMPLES[0], text: str = "") -> Path:
        document = json.loads((FOLDER / f"{stem}.her2case").read_text(encoding="utf-8"))
        for dotted, value in (changes or {}).items():
            *parents, last = dotted.split(".")
            place = document["case"]
            for parent in parents:
                place = place.setdefault(parent, {})
            place[last] = value
        path = tmp_path / f"{name}.her2case"
        path.write_text(text or json.dumps(document), encoding="utf-8")
        return path

    return write
