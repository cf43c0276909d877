"""Builds this tree, and runs what was built."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pages import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]


def build(folder: Path, target: str = "wheel", at: Path = ROOT, **around: str) -> Path:
    """Build what stands at ``at`` into ``folder`` and return what was made."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=at, env={**os.environ, **around}, check=True, capture_output=True, timeout=300)
    (made,) = folder.iterdir()
    return made
