"""Builds this tree, and runs what was built."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from support.pages import ROOT

EPOCH = "1700000000"
Run = Callable[..., subprocess.CompletedProcess[str]]


def build(folder: Path, target: str = "wheel", at: Path = ROOT, **around: str) -> Path:
    """Build the tree at ``at`` into ``folder`` and return what was made."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    variables = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **around}
    subprocess.run(command, cwd=at, env=variables, check=True, capture_output=True, timeout=300)
    (made,) = folder.iterdir()
    return made
