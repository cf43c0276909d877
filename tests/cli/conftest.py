"""Runs the program in this process or as a person would, and writes cases with one thing wrong."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.case_files import changed_example
from support.command_line import Result, Run, runner
from support.pages import AS_OF, ROOT

from her2board.pdf.extract import extract

UNTREATED = "cr18-untreated-asymptomatic"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, with the release read once for all of them; ``process`` reads it each time."""
    monkeypatch.setattr("her2board.cli.carried.extract_apart", extract)  # a process for each PDF takes longer
    return runner(capsys, monkeypatch)


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Run a command in a process of its own, from an empty folder and an empty home, without a display."""

    def go(*words: object, code: str | None = None, **more: str) -> Result:
        keep = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
        environment = {**keep, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), **more}
        start = ["-c", code] if code else ["-m", "her2board"]
        done = subprocess.run(
            [sys.executable, *start, *map(str, words)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return go


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a case file: the untreated example with values at dotted paths, or a text as it is."""

    def write(changes: dict[str, Any] | None = None, text: str | bytes | None = None, stem: str = UNTREATED) -> Path:
        path = tmp_path / "case.her2case"
        if text is None:
            text = changed_example(stem, changes or {})
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return path

    return write


@pytest.fixture
def as_of() -> str:
    """The day of the discussion."""
    return AS_OF.isoformat()
