"""An incomplete installation says so, names what is wrong, and assesses nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.packed import Run
from support.pages import ROOT

from her2board.cli import manifest
from her2board.cli.manifest import Manifest

Corrupt = Callable[[Path], None]


def alter(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def remove(path: Path) -> None:
    path.unlink()


def test_complete_installation_passes_and_lists_versions_hashes_and_places(run: Run, recorded: dict[str, Any]) -> None:
    done = run("--self-check")
    assert (done.returncode, done.stderr) == (0, "")
    for text in (
        recorded["version"],
        recorded["evidence"],
        recorded["page"]["sha256"],
        "Qt 6",
        "settings:",
        "All checks passed.",
    ):
        assert text in done.stdout
    assert "FAIL" not in done.stdout


@pytest.mark.parametrize(
    ("name", "corrupt"),
    [
        ("evidence/trials/her2climb.yaml", alter),
        ("evidence/release.bin", alter),
        ("resources/fonts/SourceSans3-Regular.ttf", remove),
    ],
)
def test_one_file_altered_or_removed_is_named_and_nothing_is_assessed(
    data: Path, run: Run, name: str, corrupt: Corrupt
) -> None:
    corrupt(data / name)
    checked = run("--self-check")
    assert checked.returncode == 1
    assert name in checked.stdout
    assert "The installation is incomplete." in checked.stdout
    example = data / "resources" / "examples" / "cr18-untreated-asymptomatic.her2case"
    assessed = run("assess", str(example))
    assert (assessed.returncode, assessed.stdout) == (1, "")
    assert name in assessed.stderr


@pytest.mark.parametrize("corrupt", [alter, remove])
def test_each_file_of_evidence_and_fonts_is_needed(data: Path, recorded: dict[str, Any], corrupt: Corrupt) -> None:
    needed = [name for name in recorded["files"] if name.startswith(("evidence/", "resources/fonts/"))]
    assert len(needed) > 100
    for name in needed:
        corrupt(data / name)
    found = {problem.file for problem in manifest.altered(Manifest.model_validate(recorded), data, manifest.NEEDED)}
    assert found == set(needed)


def test_evidence_that_was_added_is_named(data: Path, run: Run) -> None:
    added = data / "evidence" / "trials" / "zz-added.yaml"
    added.write_bytes((data / "evidence" / "trials" / "her2climb.yaml").read_bytes())
    done = run("--self-check")
    assert done.returncode == 1
    assert "evidence/trials/zz-added.yaml: does not belong to this release" in done.stdout


def test_altered_example_is_named_but_cases_are_still_assessed(data: Path, run: Run) -> None:
    example = data / "resources" / "examples" / "cr18-untreated-asymptomatic.her2case"
    alter(data / "resources" / "examples" / "cr31-herniation.her2case")
    assert "resources/examples/cr31-herniation.her2case" in run("--self-check").stdout
    assert run("assess", str(example)).returncode == 0


def test_without_its_record_the_installation_is_incomplete(data: Path, run: Run) -> None:
    remove(data / "manifest.json")
    for folder in (data, data.parent, data.parent.parent):
        (folder / "pyproject.toml").write_text("")  # a file of a checkout makes none of it
    done = run("--self-check")
    assert done.returncode == 1
    assert "manifest.json: is missing or damaged" in done.stdout


def test_another_page_than_the_recorded_one_is_reported(data: Path, recorded: dict[str, Any], run: Run) -> None:
    recorded["page"]["sha256"] = "0" * 64
    recorded["page"]["made_with"]["zlib"] = "0.0"
    (data / "manifest.json").write_text(json.dumps(recorded), encoding="utf-8")
    done = run("--self-check")
    assert done.returncode == 1
    assert "here, 0.0 then" in done.stdout


def test_source_checkout_says_that_nothing_was_recorded(tmp_path: Path) -> None:
    around = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "her2board", "--self-check"]
    done = subprocess.run(command, cwd=tmp_path, env=around, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0
    assert "nothing was recorded" in done.stdout
