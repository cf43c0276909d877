"""The wheel, built once from this tree and unpacked, as an installer would lay it out."""

import compileall
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from support.packed import Run, build


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if "PYTEST_XDIST_WORKER" in os.environ:
        once = tmp_path_factory.getbasetemp().parent / "wheel-is-built"  # a folder of all processes of this run
        assert not once.exists(), "the tests of this folder were divided between processes: tests/support/sharing.py"
        once.touch()
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with the wheel's in it, compiled as an installer does."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    compileall.compile_dir(site, quiet=2)
    return site


@pytest.fixture
def installed(unpacked: Path, tmp_path: Path) -> Path:
    """The same, for one test to change."""
    return shutil.copytree(unpacked, tmp_path / "site")


@pytest.fixture
def data(installed: Path) -> Path:
    return installed / "her2board" / "_data"


@pytest.fixture
def recorded(data: Path) -> dict[str, Any]:
    return json.loads((data / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Run the installed program in an empty home, without a display."""
    home = tmp_path / "home"
    home.mkdir()
    around = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(installed)}

    def start(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "her2board", *words]
        return subprocess.run(command, cwd=home, env=around, capture_output=True, text=True, timeout=120, check=False)

    return start
