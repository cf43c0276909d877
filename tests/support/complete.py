"""The pages of the invented complete cases, made once."""

from functools import cache
from pathlib import Path

from her2board.assessment.paper import Paper
from support.pages import Made, make
from support.strategies import case_of
from support.worked import document

_FOLDER = Path(__file__).resolve().parents[1] / "worked_cases" / "complete"
COMPLETE = tuple(path.stem for path in sorted(_FOLDER.glob("[!_]*.yaml")) if "case" in document(path))


@cache
def complete(name: str, paper: Paper = "a4") -> Made:
    """Return the page of a complete case."""
    shared = document(_FOLDER / "_bases.yaml")["ordinary"]
    fields = {**shared, **document(_FOLDER / f"{name}.yaml")["case"]}
    return make(case_of({path: value for path, value in fields.items() if value is not None}), paper)
