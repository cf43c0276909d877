"""The program is killed while somebody types: the file is complete, and at most the last second of typing is gone."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.pages import ROOT

from her2board.case.model import Case
from her2board.case.storage import load
from her2board.gui.document.left_behind import LeftBehind, examined
from her2board.gui.document.leftovers import clear_up
from her2board.gui.document.unfinished import Unfinished
from her2board.gui.document.unsaved import left_behind

KILLS = int(os.environ.get("HER2BOARD_KILLS", "0"))
FEW = 4
SECONDS = float(os.environ.get("HER2BOARD_SECONDS", "1" if KILLS else "10"))
"""Typing of this long may be lost; where other work loads the machine, the claim itself is left to the long run."""


@pytest.fixture(scope="module")
def typists() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "support.typist"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT / "tests",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    ) as process:
        yield process
        process.stdin.close()


def kill_while_typing(typists: subprocess.Popen[str], folder: Path, seed: int) -> float:
    """Type for a random time, then kill the program; return the moment."""
    typists.stdin.write(f"{folder} {seed}\n")
    typists.stdin.flush()
    child = int(typists.stdout.readline())
    log = folder / "log"
    while not log.exists() or not log.read_bytes():
        time.sleep(0.01)  # it waits for another process to start, not for a result
    time.sleep(random.Random(seed).uniform(0.0, 2.5))
    moment = time.monotonic()
    os.kill(child, signal.SIGKILL)
    assert typists.stdout.readline() == "killed\n"
    return moment


def letters(case: Case, unfinished: tuple[Unfinished, ...]) -> int:
    """Return how many typed letters a case and its invalid entries hold."""
    question = len(case.meeting.question or "")
    sites = sum(len(lesion.site or "") for lesion in case.brain.lesions.items)
    return question + sites + sum(len(entry.text) for entry in unfinished)


def next_start(folder: Path) -> list[LeftBehind]:
    """Take up what was left behind as a window does when it starts; beside the case only its backup is left then."""
    unsaved = folder / "state" / "unsaved"
    found = [left for slot in left_behind(unsaved) if (left := examined(slot))]
    if clear_up(folder / "case.her2case", unsaved):
        found += [left for slot in left_behind(unsaved) if (left := examined(slot))]
    beside = {path.name for path in folder.iterdir()} - {"log", "state", "settings.ini", "settings.ini.lock"}
    assert beside <= {"case.her2case", "case.her2case.bak"}
    assert not list(unsaved.glob(".*"))
    assert all(isinstance(left, LeftBehind) for left in found)
    return found


@pytest.mark.parametrize("seed", range(KILLS or FEW))
def test_a_killed_program_loses_at_most_the_last_second_of_typing(typists, tmp_path, seed, record_property) -> None:
    moment = kill_while_typing(typists, tmp_path, seed)
    notes = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    saved = load(tmp_path / "case.her2case")
    found = next_start(tmp_path)
    for left in found:
        assert left.path == tmp_path / "case.her2case"
        assert left.lines
    kept = max([letters(saved, ()), *(letters(left.case, left.unfinished) for left in found)])
    assert kept >= max((typed for noted, typed in notes if noted <= moment - SECONDS), default=0)
    lost = [noted for noted, typed in notes if typed > kept]
    print(f"typed {notes[-1][1]}, kept {kept}, lost {moment - min(lost):.2f} s" if lost else f"typed and kept {kept}")
