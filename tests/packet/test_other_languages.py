"""Everything that is printed has the same shape in every language: a translation changes words and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from support.pages import ROOT

from her2board.wording import PSEUDO


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    """Return the shape of everything in the program's own language and in one a third longer."""
    places = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    made = {}
    for language in ("en", PSEUDO):
        done = subprocess.run(
            [sys.executable, "-m", "support.shapes", language],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": places},
            check=False,
        )
        assert done.returncode == 0, done.stderr[-1500:]
        made[language] = json.loads(done.stdout)
    return made


def differences(one: Any, two: Any, place: str = "") -> Iterator[str]:
    """Yield every place at which two shapes differ."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in one.keys() | two.keys():
            yield from differences(one.get(key), two.get(key), f"{place}/{key}")
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for number, (left, right) in enumerate(zip(one, two, strict=True)):
            yield from differences(left, right, f"{place}/{number}")
    elif one != two:
        yield f"{place}: {str(one)[:80]} became {str(two)[:80]}"


@pytest.mark.parametrize("part", ["pages", "layouts", "annex"])
def test_a_longer_language_prints_the_same_zones_rows_runs_and_counts(part: str, shapes: dict[str, Any]) -> None:
    assert list(differences(shapes["en"][part], shapes[PSEUDO][part]))[:10] == []


def test_a_page_in_a_longer_language_is_one_page_on_which_nothing_overlaps(shapes: dict[str, Any]) -> None:
    assert shapes[PSEUDO]["wrong"] == shapes["en"]["wrong"] == {}


def test_every_shorter_form_leaves_out_the_same_in_a_longer_language(shapes: dict[str, Any]) -> None:
    for language in shapes:
        assert all(len(page["forms"]) > 10 for page in shapes[language]["pages"].values())
    forms = [{name: page["forms"] for name, page in made["pages"].items()} for made in shapes.values()]
    assert forms[0] == forms[1]


def test_a_run_that_changed_would_be_noticed() -> None:
    assert list(differences({"a": [["bold", 1]]}, {"a": [["plain", 1]]})) == ["/a/0/0: bold became plain"]
