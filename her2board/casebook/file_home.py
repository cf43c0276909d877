"""A casebook in files: the encrypted one and, beside it, the key file with its header and notes of failed unlocks."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.case.writing import discard, keep_copy, put_if_free, reason, stage
from her2board.casebook import attempts
from her2board.casebook.backup_files import backup_folder, copy_to, free_place
from her2board.casebook.errors import CasebookError
from her2board.casebook.header_file import key_file, read_header, refuse_missing, write_header
from her2board.casebook.homes import CASEBOOK_ID, Attempt
from her2board.casebook.keys import Header
from her2board.casebook.places import place_of
from her2board.casebook.stored import Site
from her2board.wording import tr

if TYPE_CHECKING:
    from her2board.casebook.sqlite_engine import SqliteStorage


class FileHome:
    """``Home`` of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._storage: SqliteStorage | None = None

    @property
    def name(self) -> str:
        """Its path."""
        return str(self._path)

    def refuse_taken(self) -> None:
        """Raise CasebookError where something is there already."""
        refuse_taken(self._path)

    def header(self) -> Header:
        """Return the wrapped key, from the key file."""
        return read_header(self._path)

    def put_header(self, header: Header) -> None:
        """Write the key file anew."""
        write_header(self._path, header)

    def make(self, key: bytes, casebook: str, header: Header) -> "SqliteStorage":
        """Make both files."""
        _make_file(self._path, key, casebook, header)
        return self.open(key)

    def open(self, key: bytes) -> "SqliteStorage":
        """Open the encrypted file."""
        refuse_missing(self._path)
        self._storage = open_file(self._path, key)
        return self._storage

    def note_attempt(self, at: datetime, by: str) -> None:
        """Note it beside the casebook."""
        attempts.note_attempt(self._path, at, by)

    def attempts(self) -> Sequence[Attempt]:
        """Return what is noted beside the casebook."""
        return list(attempts.noted(self._path))

    def forget_attempts(self, found: Sequence[Attempt]) -> None:
        """Remove the notes."""
        attempts.forget(self._path, frozenset(token for _, _, token in found))

    def site(self) -> Site:
        """Return the path, and what kind of folder it is in."""
        path = self._path
        return Site(path, place_of(path), lambda: read_header(path).to_bytes())

    def close(self) -> None:
        """Close the encrypted file."""
        if self._storage is not None:
            self._storage.close()


def open_file(path: Path, key: bytes) -> "SqliteStorage":
    """Return the storage of the encrypted file at ``path``."""
    from her2board.casebook.sqlite_engine import SqliteStorage, connect  # a program without a casebook never needs it

    storage = SqliteStorage(path, connect(path, key, wal=place_of(path).local))
    try:
        if steps := storage.steps_to_take():
            _back_up_before(path, key, storage)
            storage.take(steps)
    except BaseException:
        storage.close()
        raise
    return storage


def _back_up_before(path: Path, key: bytes, storage: "SqliteStorage") -> None:
    """Write a backup before the form of the tables is changed."""
    target = free_place(backup_folder(path), path, utc_now(), f"before-form-{storage.schema() + 1}")
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        copy_to(storage, key, read_header(path).to_bytes(), target)
    except OSError as error:
        words = tr("{path}: its form is to be renewed, and no backup can be written before: {why}")
        raise CasebookError(words.format(path=path, why=reason(error, target))) from error


def _make_file(path: Path, key: bytes, casebook: str, header: Header) -> None:
    """Make both files aside and give them their names: first the key, without which the other is of no use."""
    from her2board.casebook.sqlite_engine import SqliteStorage, connect  # as above

    try:
        keys = stage(key_file(path), header.to_bytes(), private=True)
        file = stage(path, b"", private=True)
    except OSError as error:
        raise CasebookError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error
    try:
        storage = SqliteStorage(file, connect(file, key, wal=False))
        storage.create(((CASEBOOK_ID, casebook),))
        storage.close()
        put_if_free(keys, key_file(path))
        put_if_free(file, path)
    except OSError as error:
        raise CasebookError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error
    finally:
        discard(keys)
        discard(file)


def refuse_taken(path: Path) -> None:
    """Raise CasebookError where a casebook must not be made; a key file left alone is kept under another name."""
    if os.path.lexists(path):
        raise CasebookError(tr("{path}: something is there already; choose another name").format(path=path))
    if os.path.lexists(key_file(path)):  # of a casebook that was moved, or never finished
        try:
            keep_copy(key_file(path), ".of-another")
            key_file(path).unlink()
        except OSError as error:
            raise CasebookError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error


def utc_now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)
