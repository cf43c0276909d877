"""From the files of the evidence to a release that can be compared with."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml
from measure import Line, in_turns, line, timed

from her2board import paths
from her2board.cli.release import load_library
from her2board.evidence.compiled import NAME, compiled, open_release
from her2board.evidence.loader import load_release


def evidence() -> Iterator[Line]:
    """Measure reading and checking the release, beside the bare YAML loader over the same files."""
    files = sorted(paths.evidence_dir().rglob("*.yaml"))

    def bare() -> None:
        for path in files:
            yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

    times, baselines = in_turns(lambda: timed(load_library), lambda: timed(bare), 10)
    floor = "CSafeLoader alone over the same files"
    yield line(
        "evidence opened as the program does", times, floor, baselines, "40 ms or less", lambda _, ms, *__: ms <= 40
    )
    yield ten_times()
    times, baselines = in_turns(lambda: timed(load_release), lambda: timed(bare), 10)
    yield line(
        f"evidence read and checked, {len(files)} files",
        times,
        floor,
        baselines,
    )


def ten_times() -> Line:
    """Measure opening a release of ten times the trials, beside ten times the shipped one."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "evidence"
        shutil.copytree(paths.evidence_dir(), folder)
        for path in list((folder / "trials").glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            for n in range(9):
                copy = text.replace(f"id: {path.stem}\n", f"id: {path.stem}-{n}\n", 1)
                path.with_name(f"{path.stem}-{n}.yaml").write_text(copy, encoding="utf-8")
        (folder / NAME).write_bytes(compiled(folder))
        times, baselines = in_turns(lambda: timed(lambda: open_release(folder)), lambda: timed(open_release), 10)
    tenfold = [(10 * clock, 10 * cpu) for clock, cpu in baselines]
    reach = "no more than ten times"
    return line("evidence of ten times the trials", times, "ten shipped releases", tenfold, reach, lambda r, *_: r <= 1)
