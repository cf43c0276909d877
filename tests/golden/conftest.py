"""How a golden text is accepted: run the tests once with HER2BOARD_ACCEPT_GOLDEN=1, then read the difference in git."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

ACCEPT = "HER2BOARD_ACCEPT_GOLDEN"
FOLDER = Path(__file__).parent / "pages"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with its golden file; write the file instead when changes are being accepted."""

    def compare(name: str, found: str) -> None:
        path = FOLDER / f"{name}.txt"
        if os.environ.get(ACCEPT) == "1":
            path.parent.mkdir(exist_ok=True)
            path.write_text(found, encoding="utf-8")
        assert path.exists(), f"no golden text yet: run the tests once with {ACCEPT}=1 and read {path}"
        accepted = path.read_text(encoding="utf-8")
        assert found == accepted, f"if this change is meant, run the tests once with {ACCEPT}=1 and read the difference"

    return compare
