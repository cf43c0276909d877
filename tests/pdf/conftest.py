"""Cases made for the page: crowded ones, and ones with disciplines in every state."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from support.pages import FOLDER

from her2board.case.model import Case
from her2board.pdf.extract import extract

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


@pytest.fixture(autouse=True)
def read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read every PDF in the process of the tests, for starting one takes longer; test_pdf_hostile.py starts some."""
    monkeypatch.setattr("her2board.cli.carried.extract_apart", extract)
