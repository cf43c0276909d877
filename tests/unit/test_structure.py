"""The structure of the source and its words: short files, short functions, ordinary English."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from support.pages import ROOT

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 50

PRIVATE = {
    # what a page or a message said
    r"speaks of (this|other) cases?": "applies here, does not apply",
    r"speak of other cases": "does not apply",
    r"cannot tell here": "needs: ...",
    r"alternatives on the table": "choices",
    r"drug first, (local therapy|wbrt) later": "systemic therapy first, local therapy deferred",
    r"(?<!HER2 )drug with radiosurgery": "systemic therapy with radiosurgery",
    r"with an adc close by": "when an ADC is given close to it",
    r"outside cns": "extracranial disease",
    r"age, state": "age, performance",
    r"class of the metastases": "CNS disease status",
    r"lines for metastatic disease": "lines of metastatic therapy",
    r"without a word on this case": "(leave it out)",
    r"bears on": "decides: ...",
    r"radiosurgery out of reach": "radiosurgery not available",
    r"to be had": "available",
    r"better control in the brain": "better intracranial control",
    r"a cognitive cost": "cognitive decline",
    r"read for the meeting on": "as of the meeting on",
    r"was due": "due",
    r"(is|are) not whole": "installation is incomplete",
    r"made a mistake": "internal error",
    r"called so": "no match",
    r"parted by": "separated by",
    r"half of a character": "invalid Unicode",
    r"nobody named": "no one assigned",
    r"typed and not taken": "entered but not saved",
    r"name the file so": "use that file extension",
    # what code and papers said
    r"stands": "is",
    r"hangs? on": "depends on",
    r"tells(?! (the )?patient)": "reports, says, returns",
    r"told": "reported, said, message",
    r"wears": "uses",
    r"dress(es|ed)?": "theme",
    r"strangers?": "independent, unknown",
    r"rooms": "packages",
    r"floors": "layers, baselines",
    r"house": "project, architecture",
    r"lone": "single",
    r"twins?": "duplicate",
    r"unspoilt": "unchanged",
    r"crumbs": "minimum",
    r"(?<!hippocampus )spared": "left out, saved",
    r"(modules|rooms|those) that judge": "decision modules",
    r"run, harm and remove": "run, corrupt and uninstall",
}
"""Phrases that only we understood, as patterns of whole words, with what to say instead."""
PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs")
LOOKED_AT = ("her2board", "evidence", "Makefile", "pyproject.toml", "packaging", "tests", *PAPERS)
SUFFIXES = {".py", ".yaml", ".toml", ".md", ".sh", ".txt", ".in", ".json", ".xml", ".desktop", ".spec", ""}


def sources() -> list[Path]:
    return sorted((ROOT / "her2board").rglob("*.py"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every function of a file with its length in lines, decorators left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT).as_posix()}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in sources()}
    long = {name: lines for name, lines in lengths.items() if lines > LINES_OF_A_FILE}
    assert not long


def test_no_function_is_too_long_to_be_seen_at_once() -> None:
    long = {name: lines for path in sources() for name, lines in functions(path) if lines > LINES_OF_A_FUNCTION}
    assert not long


@cache
def texts(place: str) -> dict[str, list[str]]:
    """Return the lines of every file of ours at a place, names in code taken apart into words."""
    top = ROOT / place
    files = [top] if top.is_file() else [path for path in sorted(top.rglob("*")) if path.suffix in SUFFIXES]
    found = {}
    for path in files:
        if path.is_file() and not {"__pycache__", "licences"} & {*path.parts} and path != Path(__file__):
            lines = path.read_text(encoding="utf-8").replace("_", " ").splitlines()
            found[path.relative_to(ROOT).as_posix()] = lines
    return found


@pytest.mark.parametrize("place", LOOKED_AT)
def test_no_private_phrase_is_left(place: str) -> None:
    if list(uses("|".join(PRIVATE), place)):
        wrong = {phrase: found for phrase in PRIVATE if (found := list(uses(phrase, place)))}
        assert not wrong, {phrase: f"say {PRIVATE[phrase]!r} instead" for phrase in wrong}


def uses(phrase: str, place: str) -> Iterator[str]:
    """Yield every line with a phrase, with its file and number."""
    private = re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE)
    for name, lines in texts(place).items():
        yield from (f"{name}:{n}: {line.strip()}" for n, line in enumerate(lines, 1) if private.search(line))


def test_a_private_phrase_would_be_noticed_in_a_name_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def _is_told(): ...\nuntold = 1\n", encoding="utf-8")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert list(uses("told", "a.py")) == ["a.py:1: def  is told(): ..."]
