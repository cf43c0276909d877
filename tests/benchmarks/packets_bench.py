"""Packets of 10, 50 and 200 pages, and what the memory of a long one is."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from measure import AS_OF, Line, environment, in_turns, line, timed

from her2board import paths
from her2board.briefing.packet import PacketOptions
from her2board.case.storage import load, save
from her2board.cli.packets import Source, make_packet
from her2board.cli.pages import PageRequest, make_page
from her2board.evidence.library import EvidenceLibrary

_CASES = 200
_MEMORY = """
import re, sys
sys.path.insert(0, {benchmarks!r})
from pathlib import Path
from packets_bench import packet_of, write_cases
from her2board.cli.release import load_library
packet_of(write_cases(Path(sys.argv[1]), {cases}), load_library())
sys.stdout.write(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""
"""Not getrusage: that begins with the memory of the process that started this one."""


@dataclass(frozen=True)
class Memory:
    """The most memory a process had, beside its floor, in megabytes."""

    what: str
    mb: float
    floor: str
    floor_mb: float
    each_kb: float
    """What each further case added, in kilobytes."""


def write_cases(folder: Path, count: int) -> list[Path]:
    """Write the example cases over and over, each under a code of its own; return the files."""
    cases = [load(path) for path in sorted((paths.resources_dir() / "examples").glob("*.her2case"))]
    written = []
    for number in range(count):
        case = cases[number % len(cases)]
        written.append(folder / f"{number:03d}.her2case")
        save(case.model_copy(update={"code": f"{case.code}-{number}"}), written[-1])
    return written


def packet_of(files: list[Path], library: EvidenceLibrary) -> bytes:
    """Return the packet of case files."""
    sources = [Source(path) for path in files]
    return make_packet(sources, PacketOptions(), library, AS_OF, lambda done, of: None).data


def packets(library: EvidenceLibrary) -> Iterator[Line]:
    """Measure packets beside as many single pages, and beside as many packets of ten."""
    with tempfile.TemporaryDirectory() as place:
        files = write_cases(Path(place), _CASES)

        def singly() -> None:
            for path in files[:10]:
                make_page(PageRequest(case=load(path), library=library, day=AS_OF))

        times, tens = in_turns(lambda: timed(lambda: packet_of(files[:10], library)), lambda: timed(singly), 4)
        reach = "1.2x or less"
        yield line("packet of 10 pages", times, "10 pages, one by one", tens, reach, lambda ratio, *_: ratio <= 1.2)
        for count, runs in ((50, 3), (200, 2)):
            long = [timed(partial(packet_of, files[:count], library)) for _ in range(runs)]
            baselines = [(count / 10 * clock, count / 10 * cpu) for clock, cpu in times]
            floor, reach = f"{count // 10} packets of 10", "linear: 1.2x or less"
            yield line(f"packet of {count} pages", long, floor, baselines, reach, lambda ratio, *_: ratio <= 1.2)


def memory() -> Iterator[Memory]:
    """Measure the memory of a long packet beside that of a short one, each in a process of its own."""
    if not Path("/proc/self/status").exists():
        print("memory: not measured (only Linux gives the peak of one process)")
        return
    with tempfile.TemporaryDirectory() as home:
        long, short = (_peak(count, home) for count in (_CASES, 10))
    each = (long - short) * 1024 / (_CASES - 10)
    yield Memory(f"packet of {_CASES} cases, whole process", long, "packet of 10 cases", short, each)


def _peak(cases: int, home: str) -> float:
    code = _MEMORY.format(benchmarks=str(Path(__file__).parent), cases=cases)
    done = subprocess.run(
        [sys.executable, "-c", code, home],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    return int(done.stdout) / 1024


def show_memory(found: list[Memory]) -> None:
    """Print what was found."""
    for entry in found:
        print(
            f"memory: {entry.what} {entry.mb:.0f} MB; {entry.floor} {entry.floor_mb:.0f} MB; "
            f"{entry.each_kb:.0f} kB for each further case"
        )
