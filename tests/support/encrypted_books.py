"""Casebooks to test with: opened at a cost that no one would choose, with a clock that goes on by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from her2board.casebook.keys import Cost
from her2board.casebook.opening import create_casebook, open_casebook
from her2board.casebook.stored import StoredCasebook

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""Derives a key in no time; a casebook of a person never has it."""
PASSPHRASE = "a horse and a battery"


Open = Callable[..., StoredCasebook]
"""Opens the same casebook once more, for whom it is given."""


def clock() -> Callable[[], datetime]:
    """Return a clock that goes on by a second each time it is read."""
    seconds = count()
    return lambda: datetime(2026, 11, 30, 8, tzinfo=UTC) + timedelta(seconds=next(seconds))


def created(path: Path) -> StoredCasebook:
    """Make a casebook and open it."""
    return create_casebook(path, PASSPHRASE, by="anna", now=clock(), cost=CHEAP)


@contextmanager
def opened(path: Path, by: str = "anna") -> Iterator[StoredCasebook]:
    """Open a casebook and lock it again."""
    book = open_casebook(path, PASSPHRASE, by=by)
    try:
        yield book
    finally:
        book.lock()
