"""Has a foreign PDF read by a process of its own: a file made to break its reader costs an error and nothing else."""

import json
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Thread, Timer
from typing import IO

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from her2board import paths
from her2board.pdf import child
from her2board.pdf.extract import Extract, NothingTakenError, Why

READ_PDF = "--read-pdf"
"""The word a bundle starts itself with for such a process: it has no Python to run a module with."""
_CHILD = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from her2board.pdf import child; child.main()"
"""It imports from where the program itself does, and from nowhere else."""
_LARGEST_ANSWER = 64_000_000
_LONGER = 4
"""Seconds that may pass for one of the processor: the computer may be busy."""
_running: set[subprocess.Popen[bytes]] = set()
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


@dataclass(frozen=True)
class _Answer:
    found: Extract | None = None
    why: Why = "ended"
    producer: str = ""


_ANSWER = TypeAdapter(_Answer)


def extract_apart(data: bytes) -> Extract:
    """Return what a PDF carries and draws. Raises NothingTakenError."""
    return understood(*_asked(data))


def stop() -> None:
    """End every process that reads a PDF: nobody waits for it any more."""
    for process in tuple(_running):
        process.kill()


def understood(said: bytes, status: int | None) -> Extract:
    """Return what the process answered, by its exit status too: None where it was ended because it took too long."""
    if status == child.STOPPED or len(said) > _LARGEST_ANSWER:
        raise NothingTakenError("too-much")
    if status in (None, -getattr(signal, "SIGXCPU", 0)):
        raise NothingTakenError("too-long")
    try:
        answer = _ANSWER.validate_json(said)
    except ValidationError as error:
        raise NothingTakenError("ended") from error
    if answer.found is None:
        raise NothingTakenError(answer.why, answer.producer)
    return answer.found


def _asked(data: bytes) -> tuple[bytes, int | None]:
    """Return what the process answers, and its exit status; None where it was ended because it took too long."""
    try:
        process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
    except OSError as error:
        raise NothingTakenError("ended") from error
    assert process.stdin is not None
    assert process.stdout is not None
    late: list[bool] = []

    def end() -> None:
        late.append(True)
        process.kill()

    _running.add(process)
    timer = Timer(_LONGER * child.seconds(len(data)), end)
    given = Thread(target=_give, args=(process.stdin, data), daemon=True)
    with process.stdout:
        timer.start()
        given.start()
        said = process.stdout.read(_LARGEST_ANSWER + 1)
    if len(said) > _LARGEST_ANSWER:
        process.kill()
    status = process.wait()
    _running.discard(process)
    timer.cancel()
    given.join()
    return said, None if late else status


def _give(stream: IO[bytes], data: bytes) -> None:
    with suppress(OSError), stream:  # a process that has ended reads no more
        stream.write(data)


def _command() -> list[str]:
    if paths.is_bundle():
        return [sys.executable, READ_PDF]
    return [sys.executable, "-I", "-S", "-c", _CHILD, json.dumps(sys.path)]
