"""Tries readers with changed inputs: an exception that is not one of ours is a finding, and so is what never ends."""

import os
import resource
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

LONGEST_SECONDS = 5
"""Of the processor: others may use the machine too."""
MOST_GROWTH = 500_000_000
"""Bytes of memory that a run of one target may come to need beyond what it had."""


class TooLongError(Exception):
    """A reader took longer than any input may take."""


@dataclass(frozen=True)
class Target:
    """A reader and how it is tried: ``reads`` may raise ``ours`` and nothing else."""

    name: str
    seeds: Callable[[], Sequence[Any]]
    change: Callable[[Random, Any, Sequence[Any]], Any]
    reads: Callable[[Any], object]
    ours: tuple[type[Exception], ...] = ()
    share: int = 1
    """Of the inputs of a run: a slow reader gets fewer."""

    @cached_property
    def _seeds(self) -> Sequence[Any]:
        return self.seeds()

    def input(self, number: int) -> Any:
        """Return one of any number of inputs, the same one for the same number."""
        random = Random(f"{self.name} {number}")
        return self.change(random, random.choice(self._seeds), self._seeds)


@dataclass
class Findings:
    """What went wrong, the first input for each place in the program."""

    tried: int = 0
    by_place: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return "\n".join(self.by_place.values())


def tried(target: Target, numbers: Iterator[int] | Sequence[int], *, watched: bool) -> Findings:
    """Try a reader with inputs by number; ``watched`` ends one that takes too long, and measures memory."""
    found = Findings()
    before = _most_memory()
    for number in numbers:
        made = target.input(number)
        found.tried += 1
        try:
            with _watch() if watched else _unwatched():
                target.reads(made)
        except target.ours:
            pass
        except Exception as error:  # noqa: BLE001  # reason: any other exception is what is looked for
            place = _place(error)
            found.by_place.setdefault(place, f"{target.name} {number}: {place}\n    {_shown(made)}")
    if watched and (grown := _most_memory() - before) > MOST_GROWTH:
        found.by_place["memory"] = f"{target.name}: {grown / 1e6:.0f} MB more memory"
    return found


def _place(error: Exception) -> str:
    """Return the exception and the last line of our own that it went through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}her2board{os.sep}" in frame.filename] or frames
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"
    return (
        f"{type(error).__name__} at {where}: {str(error)[:200]}"
        if isinstance(error, AssertionError)
        else f"{type(error).__name__} at {where}"
    )


def _shown(made: Any) -> str:
    shown = ascii(made)
    return shown if len(shown) < 400 else f"{shown[:200]} … {shown[-100:]} ({len(shown)} characters)"


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@contextmanager
def _watch() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLongError(f"more than {LONGEST_SECONDS} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _unwatched() -> Iterator[None]:
    yield
