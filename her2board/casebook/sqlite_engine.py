"""A casebook in one SQLCipher 4 file: any tool of that format opens it with the key.

Journal: beside the file (WAL) on a local disk, a rollback journal elsewhere; temporary tables in memory only.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import apsw

from her2board.casebook.errors import BusyError, CasebookError, DamagedError, LockedError, WrongPassphraseError
from her2board.casebook.sqlite_index import TABLE as INDEX
from her2board.casebook.sqlite_index import match_of
from her2board.casebook.storage import Brief, Change, Sealed, Sealing, StaleError, Version
from her2board.wording import tr

Step = tuple[str, ...]
STEPS: tuple[Step, ...] = ()
"""What makes the form of the tables that of the next version, from version 1 on."""
SCHEMA_VERSION = len(STEPS) + 1
_APPLICATION = 0x48324342
_WAIT_MS = 10_000
_PAGE = 2_000
"""Records fetched at once."""
_INDEX_PAGE = 3960
"""Bytes of a piece of the index of words: with the seal of a page it fits one page, or each would be read as two."""
_CACHE_KIB = 16_000
"""Pages kept decrypted while the casebook is open; with SQLite's 2 MB a search decrypts the same ones again."""
_EVERYWHERE = (
    "secure_delete=ON",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    f"cache_size=-{_CACHE_KIB}",
)
_SCHEMA = (
    """CREATE TABLE record(
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL,
        seq INTEGER NOT NULL UNIQUE, brief TEXT NOT NULL, UNIQUE(kind, key)) STRICT""",
    "CREATE INDEX record_by_kind ON record(kind, seq)",
    """CREATE TABLE version(
        id INTEGER PRIMARY KEY, record INTEGER NOT NULL REFERENCES record(id) ON DELETE CASCADE,
        number INTEGER NOT NULL, head TEXT NOT NULL, payload TEXT NOT NULL, UNIQUE(record, number)) STRICT""",
    "CREATE TABLE audit(number INTEGER PRIMARY KEY, text TEXT NOT NULL, seal BLOB NOT NULL) STRICT",
    "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    INDEX,
    f"INSERT INTO word(word, rank) VALUES('pgsz', {_INDEX_PAGE})",
    f"PRAGMA application_id={_APPLICATION}",
    f"PRAGMA user_version={SCHEMA_VERSION}",
)
"""``seq`` is the number of the audit entry of a record's latest change, and its row in the index of words."""
_HEAD = "audit head"
_BRIEFS = """SELECT record.id, record.key, record.version, version.head, record.brief FROM record
    JOIN version ON version.record = record.id AND version.number = record.version WHERE record.kind = ?"""


def connect(
    path: Path, key: bytes, *, create: bool = False, wal: bool = True, vfs: str | None = None
) -> apsw.Connection:
    """Return a connection to the file, unlocked. WrongPassphraseError where the key does not open it."""
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    with in_words(path):
        db = apsw.Connection(str(path), flags=flags, vfs=vfs)
    try:
        with in_words(path):
            unlock(db, key)
            prepare(db, wal=wal)
    except BaseException:
        db.close()
        raise
    return db


def unlock(db: apsw.Connection, key: bytes) -> None:
    """Give a connection the key; nothing is read yet."""
    db.execute("PRAGMA cipher='sqlcipher'")
    db.execute("PRAGMA legacy=4")
    db.execute(f"PRAGMA key=\"x'{key.hex()}'\"")


def prepare(db: apsw.Connection, *, wal: bool) -> None:
    """Set what every connection is set to: temporary tables in memory, nothing left of what is deleted, the journal."""
    db.set_busy_timeout(_WAIT_MS)
    db.execute("PRAGMA temp_store=MEMORY")
    if db.pragma("temp_store") != 2:
        raise CasebookError(tr("temporary tables cannot be kept in memory here; the casebook is not opened"))
    for words in _EVERYWHERE:
        db.execute(f"PRAGMA {words}")
    db.execute("PRAGMA synchronous=EXTRA")  # or a power cut could bring the journal of the change below back
    if not wal:  # a file that comes from a local disk is taken out of WAL without the shared memory WAL needs
        db.execute("PRAGMA locking_mode=EXCLUSIVE")
    if db.pragma("journal_mode", "WAL" if wal else "DELETE") != ("wal" if wal else "delete"):
        raise BusyError(tr("another program has the casebook open in another way; close it there"))
    db.execute("PRAGMA locking_mode=NORMAL")
    if wal:
        db.execute("PRAGMA synchronous=FULL")
    db.execute("SELECT count(*) FROM sqlite_schema").fetchall()


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite into ours."""
    try:
        yield
    except apsw.NotADBError as error:
        raise WrongPassphraseError(tr("the key does not open {path}").format(path=path)) from error
    except apsw.CorruptError as error:
        words = tr("{path} is damaged: {why}; restore the last backup").format(path=path, why=error)
        raise DamagedError(words) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        words = tr("{path}: another program is writing; try again").format(path=path)
        raise BusyError(words) from error
    except apsw.FullError as error:
        words = tr("{path}: the disk is full, nothing was changed; make room").format(path=path)
        raise CasebookError(words) from error
    except apsw.CantOpenError as error:
        raise CasebookError(tr("{path} cannot be opened: {why}").format(path=path, why=error)) from error
    except (apsw.ReadOnlyError, apsw.PermissionsError) as error:
        words = tr("{path} cannot be written; allow writing to it and to its folder").format(path=path)
        raise CasebookError(words) from error
    except apsw.ConnectionClosedError as error:
        raise LockedError(tr("the casebook is locked; open it again")) from error
    except apsw.Error as error:
        words = tr("{path}: {why}; nothing was changed").format(path=path, why=error)
        raise CasebookError(words) from error


class SqliteStorage:
    """``Storage`` in one encrypted file."""

    def __init__(self, path: Path, db: apsw.Connection) -> None:
        self.path, self._db, self._turn = path, db, RLock()

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """Take the turn of this connection."""
        with self._turn, in_words(self.path):
            yield self._db

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """One transaction: whole or not at all."""
        with self.reading() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    def create(self, settings: Sequence[tuple[str, str]]) -> None:
        """Write the tables of a new casebook, and its settings."""
        with self.writing() as db:
            for words in _SCHEMA:
                db.execute(words)
            for name, value in settings:
                _set(db, name, value)

    def schema(self) -> int:
        """Return the number of the form of the tables."""
        with self.reading() as db:
            if db.pragma("application_id") != _APPLICATION:
                raise CasebookError(tr("{path} is no casebook").format(path=self.path))
            return int(db.pragma("user_version"))

    def steps_to_take(self) -> Sequence[Step]:
        """Return what renews the form of the tables; CasebookError for tables of a newer program."""
        form = self.schema()
        if form > SCHEMA_VERSION:
            words = tr("{path} was written by a newer version of this program; update the program")
            raise CasebookError(words.format(path=self.path))
        return STEPS[form - 1 :]

    def take(self, steps: Sequence[Step]) -> None:
        """Renew the form of the tables, all steps in one transaction."""
        with self.writing() as db:
            form = int(db.pragma("user_version"))
            if form == SCHEMA_VERSION:  # another program has done it meanwhile
                return
            for step in steps:
                for words in step:
                    db.execute(words)
            db.execute(f"PRAGMA user_version={SCHEMA_VERSION}")

    def latest(self, kind: str, key: str) -> Version | None:
        """Return the latest version of a record."""
        words = "record.key = ? AND record.kind = ? AND version.number = record.version"
        return self._one(words, key, kind)

    def at(self, kind: str, key: str, number: int) -> Version | None:
        """Return one version of a record."""
        return self._one("record.key = ? AND record.kind = ? AND version.number = ?", key, kind, number)

    def _one(self, where: str, *values: str | int) -> Version | None:
        columns = "record.key, version.number, version.head, version.payload"
        words = f"SELECT {columns} FROM record JOIN version ON version.record = record.id WHERE {where}"
        with self.reading() as db:
            found = _rows(db, words, *values)
        return Version(*found[0]) if found else None

    def heads(self, kind: str, key: str) -> Sequence[tuple[int, str]]:
        """Return number and head of every version, the latest first."""
        words = """SELECT version.number, version.head FROM record JOIN version ON version.record = record.id
            WHERE record.kind = ? AND record.key = ? ORDER BY version.number DESC"""
        with self.reading() as db:
            return _rows(db, words, kind, key)

    def briefs(self, kind: str, keys: Sequence[str] | None = None) -> Iterator[Brief]:
        """Yield the briefs of all records of a kind, or of some."""
        if keys is not None:
            words = f"{_BRIEFS} AND record.key IN (SELECT value FROM json_each(?))"
            with self.reading() as db:
                found = _rows(db, words, kind, json.dumps(list(keys)))
            yield from (Brief(*row[1:]) for row in found)
            return
        after = 0
        words = f"{_BRIEFS} AND record.id > ? ORDER BY record.id LIMIT ?"
        while True:
            with self.reading() as db:
                page = _rows(db, words, kind, after, _PAGE)
            yield from (Brief(*row[1:]) for row in page)
            if len(page) < _PAGE:
                return
            after = page[-1][0]

    def keys(self, kind: str) -> Sequence[str]:
        """Return the keys of all records of a kind."""
        with self.reading() as db:
            return [row[0] for row in _rows(db, "SELECT key FROM record WHERE kind = ? ORDER BY id", kind)]

    def find(self, terms: Sequence[str], limit: int, before: int | None = None) -> Sequence[tuple[int, str]]:
        """Return place and key of the records that have every term, the latest first, from below a place on."""
        until = before if before is not None else 1 << 62
        if terms:
            words = """SELECT word.rowid, record.key FROM word JOIN record ON record.seq = word.rowid
                WHERE word MATCH ? AND word.rowid < ? ORDER BY word.rowid DESC LIMIT ?"""
            values: tuple[str | int, ...] = (match_of(terms), until, limit)
        else:
            words = "SELECT seq, key FROM record WHERE kind = ? AND seq < ? ORDER BY seq DESC LIMIT ?"
            values = ("case", until, limit)
        with self.reading() as db:
            return _rows(db, words, *values)

    def changed_after(self, number: int) -> Sequence[tuple[int, str]]:
        """Return number and text of the audit's entries after one, the oldest first."""
        with self.reading() as db:
            return _rows(db, "SELECT number, text FROM audit WHERE number > ? ORDER BY number", number)

    def write(self, changes: Sequence[Change], seal: Sealing, settings: Sequence[tuple[str, str]] = ()) -> None:
        """Write changes, audit entries and settings in one transaction; StaleError where a record moved on."""
        with self.writing() as db:
            number, last = _last(db)
            entries = seal(number, last)
            for change, entry in zip(changes, entries, strict=False):  # further entries are about no record
                put_record(db, change, entry.number)
            db.executemany("INSERT INTO audit VALUES(?, ?, ?)", entries)
            if entries:
                _set(db, _HEAD, f"{entries[-1].number} {entries[-1].seal.hex()}")
            for name, value in settings:
                _set(db, name, value)

    def sealed(self) -> Iterator[Sealed]:
        """Yield the audit as stored, the oldest first."""
        after = -(1 << 62)
        while True:
            with self.reading() as db:
                words = "SELECT number, text, seal FROM audit WHERE number > ? ORDER BY number LIMIT ?"
                page = _rows(db, words, after, _PAGE)
            yield from (Sealed(*row) for row in page)
            if len(page) < _PAGE:
                return
            after = page[-1][0]

    def last(self) -> tuple[int, bytes]:
        """Return number and seal of the last audit entry as the head names it."""
        with self.reading() as db:
            return _last(db)

    def setting(self, name: str) -> str | None:
        """Return a setting."""
        with self.reading() as db:
            return _setting(db, name)

    def problems(self) -> Sequence[str]:
        """Read everything and return what is damaged, in words."""
        try:
            with self.reading() as db:
                said = [row[0] for row in db.execute("PRAGMA integrity_check(1000)")]
                said += [f"{row[0]}: {row[2]}" for row in db.execute("PRAGMA foreign_key_check")]
                db.execute("INSERT INTO word(word) VALUES('integrity-check')")
        except DamagedError as error:
            return [str(error)]
        return [words for words in said if words != "ok"]

    def copy(self, target: apsw.Connection) -> None:
        """Write everything, as of one moment, into an empty file of the same key, also while others write."""
        with self.reading() as db, target.backup("main", db, "main") as work:
            while not work.done:
                work.step(_PAGE)

    def close(self) -> None:
        """Close the file; what is beside it is written into it where nobody else has it open."""
        with self._turn, in_words(self.path):
            self._db.close()


def put_record(db: apsw.Connection, change: Change, seq: int) -> None:
    """Write one change inside a transaction; ``seq`` is its place. StaleError where the record moved on."""
    words = "SELECT id, version, seq FROM record WHERE kind = ? AND key = ?"
    found = next(iter(_rows(db, words, change.kind, change.key)), None)
    if (found[1] if found else 0) != change.expected:
        raise StaleError(change.kind, change.key)
    if found:
        db.execute("DELETE FROM word WHERE rowid = ?", (found[2],))
    if change.payload is None:
        db.execute("DELETE FROM record WHERE kind = ? AND key = ?", (change.kind, change.key))
        db.execute("INSERT INTO word(word) VALUES('optimize')")  # or the index would keep its words
        return
    number = change.expected + 1 + len(change.past)
    if found:
        record = found[0]
        words = "UPDATE record SET version = ?, seq = ?, brief = ? WHERE id = ?"
        db.execute(words, (number, seq, change.brief, record))
    else:
        words = "INSERT INTO record(kind, key, version, seq, brief) VALUES(?, ?, ?, ?, ?)"
        db.execute(words, (change.kind, change.key, number, seq, change.brief))
        record = db.last_insert_rowid()
    words = "INSERT INTO version(record, number, head, payload) VALUES(?, ?, ?, ?)"
    for place, (head, payload) in enumerate((*change.past, (change.head, change.payload)), change.expected + 1):
        db.execute(words, (record, place, head, payload))
    if change.terms:
        db.execute("INSERT INTO word(rowid, text) VALUES(?, ?)", (seq, change.terms))


def _rows(db: apsw.Connection, words: str, *values: str | int | None) -> list[Any]:
    return db.execute(words, values).fetchall()


def _last(db: apsw.Connection) -> tuple[int, bytes]:
    number, _, seal = (_setting(db, _HEAD) or "0 ").partition(" ")
    return int(number), bytes.fromhex(seal)


def _setting(db: apsw.Connection, name: str) -> str | None:
    found = _rows(db, "SELECT value FROM setting WHERE name = ?", name)
    return str(found[0][0]) if found else None


def _set(db: apsw.Connection, name: str, value: str) -> None:
    db.execute("INSERT INTO setting VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value", (name, value))
