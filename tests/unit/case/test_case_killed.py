"""A program that is killed while it saves: case and backup are whole, and what is left has names of its own."""

import os
import random
import signal
import time
from itertools import count
from pathlib import Path

import pytest
from support.strategies import case_of

from her2board.case.storage import load, save
from her2board.case.writing import discard, left_staged

KILLS = int(os.environ.get("HER2BOARD_KILLS", "20"))
LONGEST_S = 0.03
"""A save takes a fraction of it."""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a copy of a process is made on POSIX systems only")


def save_without_end(path: Path) -> None:
    for age in count(1):
        save(case_of({"patient.age": age % 100 + 1, "meeting.question": "q" * (age * 37 % 4000)}), path)


def test_kills_at_any_moment_of_many_saves_leave_whole_files(tmp_path: Path) -> None:
    path, chance, halves = tmp_path / "a.her2case", random.Random(7), 0
    save(case_of(), path)
    for _ in range(KILLS):
        child = os.fork()
        if child == 0:
            save_without_end(path)
        time.sleep(chance.uniform(0, LONGEST_S))  # the moment of the kill, not a wait for a result
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        left = list(left_staged(tmp_path))
        halves += len(left)
        for found in left:
            discard(found)
        for found in tmp_path.iterdir():
            load(found)
        assert {found.name for found in tmp_path.iterdir()} <= {path.name, f"{path.name}.bak"}
    print(f"{KILLS} kills, {halves} temporary files left by them and found")
