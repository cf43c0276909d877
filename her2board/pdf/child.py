"""The process that reads a foreign PDF: from standard input, with limits; what it took out goes to standard output.

It imports as little as it can, and answers in plain data: whatever a file makes of it, the program only reads JSON.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict
from types import ModuleType

from her2board.pdf.extract import LARGEST_PDF, Extract, NothingTakenError, extract

MEMORY = 512_000_000
"""Bytes of address space; a packet of a hundred cases takes less than 150,000,000."""
_SECONDS, _BYTES_A_SECOND = 5, 300_000
"""Of the processor: some, and one more for so many bytes. A packet takes 1 second for 1,000,000."""
_PIECE = 1 << 20
STOPPED = 75
"""Exit status after too much memory, where there was not even enough left to say so."""


def seconds(size: int) -> int:
    """Return how long a file of ``size`` bytes may take of the processor."""
    return _SECONDS + size // _BYTES_A_SECOND


def main() -> None:
    """Read, take out, answer, and end the process at once, so that nothing the file left behind is run."""
    status = 0
    try:
        answers = _only_answers()
        os.environ["PATH"] = os.devnull  # pypdf would start a program for some pictures
        _limit_memory()
        data = _read()
        _limit_time(seconds(len(data)))
        _write(answers, _answer(data))
    except MemoryError:
        status = STOPPED
    except BaseException:  # noqa: BLE001  # reason: it ends here, and the program says so
        status = 1
    os._exit(status)


def _only_answers() -> int:
    """Return where answers go; what else is printed goes nowhere."""
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    return answers


def _limit_memory() -> None:
    """Limit memory, and let nothing be written to a file; on Windows the program that waits ends it after a while."""
    with suppress(ImportError):
        import resource

        for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
            _lower(resource, limit, most, most)


def _limit_time(most: int) -> None:
    with suppress(ImportError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most += int(used.ru_utime + used.ru_stime)
        _lower(resource, resource.RLIMIT_CPU, most, most + 1)  # the first ends it by name, the second in any case


def _lower(resource: ModuleType, limit: int, soft: int, hard: int) -> None:
    """Lower a limit for good; a system without it, as macOS for memory, goes on without."""
    known = resource.getrlimit(limit)[1]
    if known >= 0:
        soft, hard = min(soft, known), min(hard, known)
    with suppress(OSError, ValueError):
        resource.setrlimit(limit, (soft, hard))


def _read() -> bytes:
    pieces, left = [], LARGEST_PDF + 1
    while left and (piece := os.read(0, min(_PIECE, left))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _answer(data: bytes) -> dict[str, object]:
    try:
        if len(data) > LARGEST_PDF:
            raise NothingTakenError("too-much")
        return {"found": _as_plain(extract(data))}
    except NothingTakenError as error:
        return {"why": error.why, "producer": error.producer}
    except MemoryError:
        return {"why": "too-much", "producer": ""}


def _as_plain(found: Extract) -> dict[str, object]:
    return asdict(found)


def _write(answers: int, answer: dict[str, object]) -> None:
    data = memoryview(json.dumps(answer, ensure_ascii=False).encode())
    while data:
        data = data[os.write(answers, data[:_PIECE]) :]
