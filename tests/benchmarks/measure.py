"""How things are measured beside their floor: in turns, in the same run, by the clock and by the processor."""

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2026, 11, 26)
CASE = "cr18-untreated-asymptomatic"
FRAME_MS = 16.0
Taken = tuple[float, float]
"""Milliseconds on the clock, and of the processor."""


@dataclass(frozen=True)
class Line:
    """One thing measured beside its floor; times in milliseconds."""

    what: str
    ms: float
    p99_ms: float
    cpu_ms: float
    floor: str
    floor_ms: float
    floor_cpu_ms: float
    ratio: float
    cpu_ratio: float
    reach: str
    reached: bool | None
    """None where no reach is set."""
    runs: int


def line(
    what: str,
    times: list[Taken],
    floor: str,
    baselines: list[Taken],
    reach: str = "",
    met: Callable[..., bool] | None = None,
) -> Line:
    """Return medians and the 99th percentile; ``met`` is asked with ratio, median and percentile."""
    ms, cpu = (median(column) for column in zip(*times, strict=True))
    floor_ms, floor_cpu = (median(column) for column in zip(*baselines, strict=True))
    last = high([clock for clock, _ in times])
    reached = met(ms / floor_ms, ms, last) if met else None
    ratios = (ms / floor_ms, cpu / floor_cpu)
    return Line(what, ms, last, cpu, floor, floor_ms, floor_cpu, *ratios, reach, reached, len(times))


def high(times: list[float]) -> float:
    """Return the 99th percentile; with few runs, the slowest."""
    return quantiles(times, n=100)[98] if len(times) >= 100 else max(times)


def timed(work: Callable[[], object]) -> Taken:
    """Return how long ``work`` took, processes it started included."""
    before, start = processor(), time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000, processor() - before


def processor() -> float:
    """Return the processor time of this process and of those it waited for, in milliseconds."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent) * 1000


def in_turns(one: Callable[[], Taken], two: Callable[[], Taken], runs: int) -> tuple[list[Taken], list[Taken]]:
    """Measure two things in turns, after once for warming up."""
    one(), two()
    pairs = [(one(), two()) for _ in range(runs)]
    return [first for first, _ in pairs], [second for _, second in pairs]


def environment(home: str, **more: str) -> dict[str, str]:
    """Return the environment of a measured process: an empty home, bytecode as installed."""
    keep = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**keep, "HOME": home, "XDG_CONFIG_HOME": home, "PYTHONPATH": str(ROOT), **more}
