"""Measures speed as ratios to baselines taken in the same run: ``make bench``. Nothing here passes or fails.

Prints a table and writes build/bench.json. The program and its floor take turns, so that a busy machine slows both;
the ratio of processor time is beside the ratio of time on the clock, because other work on the machine lengthens only
the second. A result kept as build/bench-before.json is shown beside this run's.
"""

import json
import os
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import asdict

from assessing import asking, comparing, keystrokes
from casebooks import casebooks
from compared import earlier, table
from drawing import warm_page, whole_process
from letters import letter
from measure import AS_OF, CASE, ROOT, Line
from packets_bench import memory, packets, show_memory
from reading import evidence
from typst_bench import beside_typst
from window_memory import window_memory
from windows import starts

from her2board import paths
from her2board.case.storage import load
from her2board.cli.release import load_library

RESULT = ROOT / "build" / "bench.json"
BEFORE = RESULT.with_name("bench-before.json")


def measured() -> Iterator[Line]:
    """Measure everything that needs no window, then what does."""
    library, case = load_library(), load(paths.example_case(CASE))  # as the program loads it
    yield from keystrokes(case, library)
    yield from comparing(case, library)
    yield asking(library)
    yield from warm_page(case, library)
    yield from letter(library)
    yield from evidence()
    yield from whole_process()
    yield from packets(library)
    yield from beside_typst(case, library, AS_OF)
    yield from casebooks()
    try:
        yield from starts()
        yield from window_memory()
    except (RuntimeError, subprocess.SubprocessError) as error:
        print(f"start: not measured ({error})")


def main() -> None:
    """Measure everything, print the table, write build/bench.json."""
    lines = list(measured())
    print(*table(lines, earlier(BEFORE)), sep="\n")
    print("p99: 99th percentile of 200 edits; elsewhere the slowest run.")
    kept = list(memory())
    show_memory(kept)
    about = {"python": platform.python_version(), "system": platform.platform(), "processors": os.cpu_count()}
    about["load"] = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    found = {"lines": [asdict(entry) for entry in lines], "memory": [asdict(entry) for entry in kept]}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({**about, **found}, indent=1) + "\n", encoding="utf-8")
    print(f"written: {RESULT}")


if __name__ == "__main__":
    main()
