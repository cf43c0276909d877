"""Writes records that come from elsewhere into an empty encrypted file, with their places and the audit as they are."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import apsw

from her2board.casebook.sqlite_engine import SqliteStorage, put_record
from her2board.casebook.storage import Change, Sealed


def write_copy(
    db: apsw.Connection,
    records: Iterable[tuple[int, Change]],
    audit: Iterable[Sealed],
    settings: Sequence[tuple[str, str]],
) -> None:
    """Write everything in one transaction; each record comes with its place."""
    storage = SqliteStorage(Path(db.filename), db)
    storage.create(settings)
    with storage.writing():
        for seq, change in records:
            put_record(db, change, seq)
        db.executemany("INSERT INTO audit VALUES(?, ?, ?)", audit)
