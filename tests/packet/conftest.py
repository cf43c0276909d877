"""Case files made for a packet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.case_files import changed_example
from support.pages import EXAMPLES


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a case file: an example after changes at dotted paths, or a text as it is."""

    def write(name: str, changes: dict[str, Any] | None = None, stem: str = EXAMPLES[0], text: str = "") -> Path:
        path = tmp_path / f"{name}.her2case"
        path.write_text(text or changed_example(stem, changes or {}), encoding="utf-8")
        return path

    return write
