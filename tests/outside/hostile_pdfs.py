"""Prints of every hostile PDF what reading it took and what is said of it: python tests/outside/hostile_pdfs.py."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.hostile_reading import tried  # noqa: E402  # reason: only now

with tempfile.TemporaryDirectory() as folder:
    for file in tried(Path(folder)):
        took = f"{file.size / 1e6:6.2f} MB read  {file.seconds:5.2f} s  {file.megabytes:4} MB of memory"
        print(f"{file.name:52} {took}  {'' if file.refused else 'problems: '}{file.words[:120]}")
