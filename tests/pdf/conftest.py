"""Cases made for the page: crowded ones, and ones with disciplines in every state."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from support.pages import FOLDER

from her2board.case.model import Case

Change = Callable[[dict[str, Any]], None]
_SECTIONS = ("meeting", "brain", "patient", "systemic", "board")


def change_example(stem: str, change: Change) -> Case:
    """Return an example case after a change to its JSON; sections without a word in them are there to fill."""
    body = json.loads((FOLDER / f"{stem}.her2case").read_text(encoding="utf-8"))["case"]
    for section in _SECTIONS:
        body.setdefault(section, {})
    change(body)
    return Case.model_validate_json(json.dumps(body))


@pytest.fixture(scope="session")
def changed() -> Callable[[str, Change], Case]:
    """Return an example case after a change to its JSON."""
    return change_example
