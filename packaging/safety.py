"""Makes packaging/SAFETY.md of the hazard log in packaging/safety, and checks what it claims.

.venv/bin/python packaging/safety.py [check]

With 'check' nothing is written: what is wrong with the log, or a SAFETY.md that lags behind it, is reported with exit
status 1. A control counts as tested when each test it names exists, is not skipped, and has an assertion that
contains the words named beside it; tests/conftest.py makes a run fail in which one of them was skipped after all.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "packaging" / "safety"
MADE = ROOT / "packaging" / "SAFETY.md"
SEVERITY = ("minor", "significant", "considerable", "major", "catastrophic")
LIKELIHOOD = ("very low", "low", "medium", "high", "very high")
SKIPPING = {"skip", "skipif", "xfail"}


@dataclass(frozen=True)
class Claim:
    """Something that tests are said to hold: a control of a hazard, or a requirement."""

    owner: str
    """Id of its hazard, or its own."""
    what: str
    tests: Mapping[str, str]
    """Node id of each test and words one of its assertions contains."""


def read(name: str) -> Any:
    """Return what one file of the log holds under its own name."""
    return yaml.load((DATA / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)[name]


def claims() -> Iterator[Claim]:
    """Yield every control and every requirement."""
    for hazard in read("hazards"):
        for control in hazard["controls"]:
            yield Claim(hazard["id"], control["what"], control.get("tests", {}))
    for required in read("requirements"):
        yield Claim(required["id"], required["what"], required["tests"])


def problems() -> Iterator[str]:
    """Yield what is wrong with the log, each with the hazard or requirement it concerns."""
    yield from _numbering()
    for claim in claims():
        where = f"{claim.owner} '{claim.what}'"
        if not claim.tests:
            yield f"{where}: names no test"
        for test, words in claim.tests.items():
            if fault := fault_of(ROOT, test, words):
                yield f"{where}: {test} {fault}"


def _numbering() -> Iterator[str]:
    for name, letter in (("hazards", "H"), ("requirements", "R")):
        for place, entry in enumerate(read(name), 1):
            if entry["id"] != f"{letter}{place}":
                yield f"{entry['id']}: the entry in this place is {letter}{place}"
    for limit in read("limits"):
        if not isinstance(limit, str):
            yield f"a limit is no sentence: {limit}"
    for hazard in read("hazards"):
        for key in ("severity", "likelihood"):
            before, after = hazard[key]
            if not 1 <= after <= before <= len(SEVERITY):
                yield f"{hazard['id']}: {key} goes from {before} to {after}"


def fault_of(root: Path, test: str, words: str) -> str:
    """Return what keeps a test from holding a claim, or an empty text."""
    file, _, name = test.partition("::")
    if not (root / file).is_file():
        return "is in no file"
    functions = _functions(root / file)
    if name not in functions:
        return "does not exist"
    if _skipped(functions[name]):
        return "is skipped"
    if str(words) not in "\n".join(_asserted(functions[name])):
        return f"asserts nothing about '{words}'"
    return ""


@cache
def _functions(path: Path) -> Mapping[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def _skipped(function: ast.FunctionDef) -> bool:
    """Return whether a test is skipped by a mark, or by its own first words whatever it is run on."""
    marks = {
        node.attr for mark in function.decorator_list for node in ast.walk(mark) if isinstance(node, ast.Attribute)
    }
    calls = [node.value for node in function.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    called = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    return bool(SKIPPING & (marks | called))


def _asserted(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            yield ast.unparse(node)


def safety() -> str:
    """Return the safety case as Markdown."""
    hazards = read("hazards")
    tests = {test for claim in claims() for test in claim.tests}
    controls = sum(len(hazard["controls"]) for hazard in hazards)
    parts = [
        "# Safety case",
        "Made by `packaging/safety.py` from `packaging/safety`; change it there.",
        "## Intended use",
        "her2board prepares the discussion of one patient with HER2-positive breast cancer and brain metastases by a "
        "multidisciplinary board. It is for clinicians and for coordinators who prepare for them. It shows what was "
        "recorded, what published cohorts and statements say about such patients, and what is missing. It does not "
        "decide, rank or direct, computes no urgency, and does not replace judgement. It is not for patients, not for "
        "emergencies, and not for use without the board.",
        "## Two builds",
        "The **comparison build** compares what was recorded with published cohorts and statements, and "
        "decides nothing; where it has not been assessed as a medical device it is for research and evaluation. The "
        "**packet build** keeps, checks and lays out what was recorded, and compares nobody with published "
        "cohorts or options for treatment; no setting makes it do so. H6, H9, H19 and H21 are of the "
        "comparison build alone.",
        "## Hazards",
        f"{len(hazards)} hazards, {controls} controls, {len(tests)} tests. Severity and likelihood run from 1 to 5 "
        f"({', '.join(SEVERITY)}; {', '.join(LIKELIHOOD)}); risk is their product, computed here. They are the "
        "engineers' estimates until a clinical safety officer confirms them.",
        _table(
            ("Id", "Hazard", "Cause", "Harm", "Before", "After", "What is left"),
            ((h["id"], h["hazard"], h["cause"], h["harm"], *_risks(h), h.get("left", "")) for h in hazards),
        ),
        "## Controls and their tests",
        _table(
            ("Hazard", "Control", "Tests"),
            (
                (h["id"] if place == 0 else "", control["what"], _names(control.get("tests", {})))
                for h in hazards
                for place, control in enumerate(h["controls"])
            ),
        ),
        "## Requirements and their tests",
        _table(
            ("Id", "Requirement", "Tests"), ((r["id"], r["what"], _names(r["tests"])) for r in read("requirements"))
        ),
        "## Known limits",
        "\n".join(f"- {limit}" for limit in read("limits")),
        "## Software of unknown provenance",
        "Written by others, without a documented process known to us; pinned by hash in `requirements.lock`. A bundle "
        "brings Python as well, and the libraries of the system it was made on; `her2board-*.cdx.json` beside it lists "
        "them with versions (`packaging/sbom.py`). PySide6 contains Qt, apsw-sqlite3mc contains SQLite.",
        _table(("Package", "Version", "What it is for"), _foreign()),
    ]
    return "\n\n".join(parts) + "\n"


def _risks(hazard: Mapping[str, Any]) -> tuple[str, str]:
    (severe, later), (likely, less) = hazard["severity"], hazard["likelihood"]
    return f"{severe * likely} ({severe}x{likely})", f"{later * less} ({later}x{less})"


def _names(tests: Mapping[str, str]) -> str:
    return "<br>".join(f"`{test.removeprefix('tests/')}`" for test in tests)


def _foreign() -> Iterator[tuple[str, str, str]]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    purposes = {_plain(name): why for name, why in re.findall(r'^    "([A-Za-z0-9_.-]+)[^"]*",\s*# (.+)$', text, re.M)}
    asked = {_plain(re.split(r"[^\w.-]", one)[0]) for one in tomllib.loads(text)["project"]["dependencies"]}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([\w.-]+)==([^ ;\\]+)", line):
            name = _plain(found[1])
            yield found[1], found[2], purposes.get(name, "" if name in asked else "brought in by another package")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]] | Any) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)])


def main() -> int:
    """Write or check SAFETY.md; return the exit status."""
    found = list(problems())
    made = safety()
    if sys.argv[1:] == ["check"]:
        if not MADE.exists() or MADE.read_text(encoding="utf-8") != made:
            found.append(f"{MADE.relative_to(ROOT)} lags behind: run packaging/safety.py")
    elif not found:
        MADE.write_text(made, encoding="utf-8")
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
