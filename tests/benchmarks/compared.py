"""The lines of this run as a table, beside those of an earlier run where one was kept."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measure import Line

_SLOWER = 0.10
"""By how much a ratio may grow before its line is marked."""
_REACHED = {True: "yes", False: "NO", None: ""}
Earlier = dict[tuple[str, str], dict[str, Any]]
"""The lines of an earlier run by what was measured and beside which floor."""


def earlier(path: Path) -> Earlier:
    """Return the lines of the run kept in a file; nothing where there is none."""
    if not path.exists():
        return {}
    return {(kept["what"], kept["floor"]): kept for kept in json.loads(path.read_text(encoding="utf-8"))["lines"]}


def table(lines: Sequence[Line], before: Earlier) -> list[str]:
    """Return the rows of the table; an earlier run adds its times, its ratios and how much they changed."""
    columns = ["what", "median ms", "p99 ms", "floor", "floor ms", "ratio", "cpu ratio", "reach", "reached"]
    rows = [columns + (["before ms", "before cpu ratio", "change"] if before else [])]
    for entry in lines:
        times = [f"{entry.ms:.1f}", f"{entry.p99_ms:.1f}", entry.floor, f"{entry.floor_ms:.1f}"]
        ratios = [f"{entry.ratio:.2f}", f"{entry.cpu_ratio:.2f}"]
        row = [entry.what, *times, *ratios, entry.reach, _REACHED[entry.reached]]
        rows.append(row + (_beside(entry, before.get((entry.what, entry.floor))) if before else []))
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _beside(entry: Line, kept: dict[str, Any] | None) -> list[str]:
    """Return what an earlier run found: the ratio of processor time is compared, which other work changes least."""
    if kept is None:
        return ["", "", "new"]
    change = entry.cpu_ratio / kept["cpu_ratio"] - 1
    return [f"{kept['ms']:.1f}", f"{kept['cpu_ratio']:.2f}", f"{change:+.0%}" + (" SLOWER" if change > _SLOWER else "")]
