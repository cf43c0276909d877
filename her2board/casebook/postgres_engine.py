"""A casebook on a department's PostgreSQL server: the same records, encrypted before they leave this program.

The server sees kinds, numbers, sizes and times. The index of words is in the memory of each program.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from her2board.casebook.client_index import ClientIndex
from her2board.casebook.errors import BusyError, CasebookError, LockedError
from her2board.casebook.sealing import Sealer
from her2board.casebook.storage import Brief, Change, Sealed, Sealing, StaleError, Version
from her2board.wording import tr

if TYPE_CHECKING:
    import apsw

SCHEMA_VERSION = 1
_HEAD = "audit head"
_FORM = "form of the tables"
_WAIT_S = 10
_PAGE = 1_000
_TABLES: tuple[LiteralString, ...] = (
    "CREATE TABLE her2board_header(the_one boolean PRIMARY KEY CHECK (the_one), data bytea NOT NULL)",
    "CREATE TABLE her2board_setting(name text PRIMARY KEY, value bytea NOT NULL)",
    """CREATE TABLE her2board_record(
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, name bytea NOT NULL,
        version integer NOT NULL, seq bigint NOT NULL UNIQUE, brief bytea NOT NULL, UNIQUE(kind, name))""",
    """CREATE TABLE her2board_version(
        record bigint NOT NULL REFERENCES her2board_record(id) ON DELETE CASCADE, number integer NOT NULL,
        head bytea NOT NULL, payload bytea NOT NULL, PRIMARY KEY(record, number))""",
    "CREATE TABLE her2board_removed(seq bigint PRIMARY KEY, kind text NOT NULL, key bytea NOT NULL)",
    "CREATE TABLE her2board_audit(number bigint PRIMARY KEY, text bytea NOT NULL, seal bytea NOT NULL)",
    "CREATE TABLE her2board_attempt(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, said text NOT NULL)",
)


def safe_conninfo(conninfo: str) -> str:
    """Return what to connect with: TLS with the server's name verified, unless it is a socket of this machine."""
    try:
        said: dict[str, Any] = dict(conninfo_to_dict(conninfo))
    except psycopg.ProgrammingError as error:
        raise CasebookError(tr("the connection in the settings cannot be read: {why}").format(why=error)) from error
    if said.get("password"):
        words = tr("the settings hold a password of the server; keep it in the password file of PostgreSQL instead")
        raise CasebookError(words)
    host = str(said.get("host") or "")
    local = bool(host) and all(part.startswith("/") for part in host.split(","))
    if not local:
        if said.get("sslmode", "verify-full") != "verify-full":
            words = tr("the connection asks for sslmode={mode}; only verify-full is used over a network")
            raise CasebookError(words.format(mode=said["sslmode"]))
        said["sslmode"] = "verify-full"
    return make_conninfo(**{"connect_timeout": _WAIT_S, "application_name": "her2board", **said})


class PostgresStorage:
    """``Storage`` on a server."""

    def __init__(self, conninfo: str, sealer: Sealer | None) -> None:
        self._conninfo, self._seal, self._turn = safe_conninfo(conninfo), sealer, RLock()
        self._db: psycopg.Connection[tuple[Any, ...]] | None = None
        self._index, self._closed = ClientIndex(), False

    def unlock(self, key: bytes) -> None:
        """Give it the key; before that it reads and writes the header and the attempts only."""
        self._seal = Sealer(key)

    @property
    def _sealer(self) -> Sealer:
        assert self._seal is not None
        return self._seal

    @contextmanager
    def _transaction(self) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
        with self._turn:
            if self._closed:
                raise LockedError(tr("the casebook is locked; open it again"))
            try:
                if self._db is None or self._db.closed:
                    self._db = psycopg.connect(self._conninfo)
                    self._db.execute(f"SET lock_timeout = '{_WAIT_S}s'")
                    self._db.commit()
                with self._db.transaction():
                    yield self._db
            except psycopg.errors.LockNotAvailable as error:
                raise BusyError(tr("another program is writing; try again")) from error
            except psycopg.errors.UndefinedTable as error:
                raise CasebookError(tr("there is no casebook on the server yet; create it")) from error
            except psycopg.Error as error:
                if self._db is not None and isinstance(error, psycopg.OperationalError):
                    self._db.close()
                words = tr("the server: {why}; whether the last change was written shows when it answers again")
                raise CasebookError(words.format(why=" ".join(str(error).split()))) from error

    # Before it is unlocked

    def create(self, header: bytes, settings: Sequence[tuple[str, str]]) -> None:
        """Make the tables of a new casebook; CasebookError where there are some."""
        with self._transaction() as db:
            if db.execute("SELECT to_regclass('her2board_header')").fetchone() != (None,):
                raise CasebookError(tr("there is a casebook on the server already"))
            for words in _TABLES:
                db.execute(words)
            db.execute("INSERT INTO her2board_header VALUES(true, %s)", (header,))
            for name, value in (*settings, (_HEAD, "0 "), (_FORM, str(SCHEMA_VERSION))):
                self._set(db, name, value)

    def header(self) -> bytes:
        """Return the wrapped key."""
        with self._transaction() as db:
            found = db.execute("SELECT data FROM her2board_header").fetchone()
        return bytes(found[0]) if found else b""

    def put_header(self, header: bytes) -> None:
        """Put a wrapped key in the place of the one before."""
        with self._transaction() as db:
            db.execute("UPDATE her2board_header SET data = %s", (header,))

    def note_attempt(self, said: str) -> None:
        """Note a failed unlock."""
        with self._transaction() as db:
            db.execute("INSERT INTO her2board_attempt(said) VALUES(%s)", (said,))

    def attempts(self) -> Sequence[tuple[int, str]]:
        """Return the failed unlocks noted, with their numbers."""
        with self._transaction() as db:
            return db.execute("SELECT id, said FROM her2board_attempt ORDER BY id").fetchall()

    def forget_attempts(self, numbers: Sequence[int]) -> None:
        """Remove failed unlocks that are in the audit."""
        with self._transaction() as db:
            db.execute("DELETE FROM her2board_attempt WHERE id = ANY(%s)", (list(numbers),))

    def refuse_other_form(self) -> None:
        """Raise CasebookError for tables of a newer program."""
        if int(self.setting(_FORM) or 0) > SCHEMA_VERSION:
            raise CasebookError(tr("the casebook is of a newer version of this program; update the program"))

    # Records

    def latest(self, kind: str, key: str) -> Version | None:
        """Return the latest version of a record."""
        return self._one(kind, key, None)

    def at(self, kind: str, key: str, number: int) -> Version | None:
        """Return one version of a record."""
        return self._one(kind, key, number)

    def _one(self, kind: str, key: str, number: int | None) -> Version | None:
        name = self._sealer.name(kind, key)
        words: LiteralString = """SELECT v.number, v.head, v.payload FROM her2board_record r JOIN her2board_version v
            ON v.record = r.id WHERE r.kind = %s AND r.name = %s AND v.number = coalesce(%s, r.version)"""
        with self._transaction() as db:
            found = db.execute(words, (kind, name, number)).fetchone()
        return self._version(kind, key, name, *found) if found else None

    def _version(self, kind: str, key: str, name: bytes, number: int, head: bytes, payload: bytes) -> Version:
        opened = self._sealer.opened
        return Version(
            key, number, opened(head, "head", kind, name, number), opened(payload, "payload", kind, name, number)
        )

    def heads(self, kind: str, key: str) -> Sequence[tuple[int, str]]:
        """Return number and head of every version, the latest first."""
        name = self._sealer.name(kind, key)
        words: LiteralString = """SELECT v.number, v.head FROM her2board_record r JOIN her2board_version v
            ON v.record = r.id WHERE r.kind = %s AND r.name = %s ORDER BY v.number DESC"""
        with self._transaction() as db:
            rows = db.execute(words, (kind, name)).fetchall()
        return [(number, self._sealer.opened(head, "head", kind, name, number)) for number, head in rows]

    def briefs(self, kind: str, keys: Sequence[str] | None = None) -> Iterator[Brief]:
        """Yield the briefs of all records of a kind, or of some."""
        names = None if keys is None else [self._sealer.name(kind, key) for key in keys]
        words: LiteralString = """SELECT r.id, r.name, r.version, r.seq, v.head, r.brief FROM her2board_record r
            JOIN her2board_version v ON v.record = r.id AND v.number = r.version
            WHERE r.kind = %s AND r.id > %s AND (%s::bytea[] IS NULL OR r.name = ANY(%s)) ORDER BY r.id LIMIT %s"""
        after = 0
        while True:
            with self._transaction() as db:
                page = db.execute(words, (kind, after, names, names, _PAGE)).fetchall()
            for _, name, version, seq, head, brief in page:
                said = json.loads(self._sealer.opened(brief, "brief", kind, name, version, seq))
                opened = self._sealer.opened(head, "head", kind, name, version)
                yield Brief(said["key"], version, opened, said["brief"])
            if len(page) < _PAGE:
                return
            after = page[-1][0]

    def keys(self, kind: str) -> Sequence[str]:
        """Return the keys of all records of a kind."""
        return [brief.key for brief in self.briefs(kind)]

    def find(self, terms: Sequence[str], limit: int, before: int | None = None) -> Sequence[tuple[int, str]]:
        """Return place and key of the cases that have every term, the latest first, from below a place on."""
        with self._turn:
            if before is None:
                self._keep_up()
            return self._index.find(terms, limit, before)

    def _keep_up(self) -> None:
        """Take into the index what was written since it was last asked."""
        changed: LiteralString = """SELECT seq, name, version, brief, NULL FROM her2board_record
            WHERE kind = 'case' AND seq > %s
            UNION ALL SELECT seq, NULL, 0, NULL, key FROM her2board_removed WHERE kind = 'case' AND seq > %s
            ORDER BY 1"""
        with self._transaction() as db:
            rows = db.execute(changed, (self._index.until, self._index.until)).fetchall()
        self._index.take(self._change(*row) for row in rows)

    def _change(
        self, seq: int, name: bytes | None, version: int, brief: bytes | None, removed: bytes | None
    ) -> tuple[int, str, str | None]:
        if brief is None or name is None:
            assert removed is not None
            return seq, self._sealer.opened(removed, "removed", "case", seq), None
        said = json.loads(self._sealer.opened(brief, "brief", "case", name, version, seq))
        return seq, said["key"], said["terms"]

    def write(self, changes: Sequence[Change], seal: Sealing, settings: Sequence[tuple[str, str]] = ()) -> None:
        """Write changes, audit entries and settings in one transaction; StaleError where a record moved on."""
        with self._transaction() as db:
            number, last = self._last(db, lock=True)
            entries = seal(number, last)
            for change, entry in zip(changes, entries, strict=False):  # further entries are about no record
                self._put(db, change, entry.number)
            for entry in entries:
                values = (entry.number, self._sealer.sealed(entry.text, "audit", entry.number), entry.seal)
                db.execute("INSERT INTO her2board_audit VALUES(%s, %s, %s)", values)
            if entries:
                self._set(db, _HEAD, f"{entries[-1].number} {entries[-1].seal.hex()}")
            for name, value in settings:
                self._set(db, name, value)

    def _put(self, db: "psycopg.Connection[tuple[Any, ...]]", change: Change, seq: int) -> None:
        kind, sealed = change.kind, self._sealer.sealed
        name = self._sealer.name(kind, change.key)
        words: LiteralString = "SELECT id, version FROM her2board_record WHERE kind = %s AND name = %s"
        found = db.execute(words, (kind, name)).fetchone()
        if (found[1] if found else 0) != change.expected:
            raise StaleError(kind, change.key)
        if change.payload is None:
            db.execute("DELETE FROM her2board_record WHERE kind = %s AND name = %s", (kind, name))
            removed = sealed(change.key, "removed", kind, seq)
            db.execute("INSERT INTO her2board_removed VALUES(%s, %s, %s)", (seq, kind, removed))
            return
        number = change.expected + 1 + len(change.past)
        said = json.dumps({"key": change.key, "brief": change.brief, "terms": change.terms}, ensure_ascii=False)
        brief = sealed(said, "brief", kind, name, number, seq)
        if found:
            record = found[0]
            words = "UPDATE her2board_record SET version = %s, seq = %s, brief = %s WHERE id = %s"
            db.execute(words, (number, seq, brief, record))
        else:
            words = """INSERT INTO her2board_record(kind, name, version, seq, brief) VALUES(%s, %s, %s, %s, %s)
                RETURNING id"""
            (record,) = db.execute(words, (kind, name, number, seq, brief)).fetchone() or (0,)
        for place, (head, payload) in enumerate((*change.past, (change.head, change.payload)), change.expected + 1):
            values = (sealed(head, "head", kind, name, place), sealed(payload, "payload", kind, name, place))
            db.execute("INSERT INTO her2board_version VALUES(%s, %s, %s, %s)", (record, place, *values))

    # Audit and settings

    def changed_after(self, number: int) -> Sequence[tuple[int, str]]:
        """Return number and text of the audit's entries after one, the oldest first."""
        words: LiteralString = "SELECT number, text FROM her2board_audit WHERE number > %s ORDER BY number"
        with self._transaction() as db:
            rows = db.execute(words, (number,)).fetchall()
        return [(place, self._sealer.opened(text, "audit", place)) for place, text in rows]

    def sealed(self) -> Iterator[Sealed]:
        """Yield the audit as stored, the oldest first; an entry that was altered has no text."""
        after = -1
        words: LiteralString = (
            "SELECT number, text, seal FROM her2board_audit WHERE number > %s ORDER BY number LIMIT %s"
        )
        while True:
            with self._transaction() as db:
                page = db.execute(words, (after, _PAGE)).fetchall()
            for number, text, seal in page:
                try:
                    said = self._sealer.opened(text, "audit", number)
                except CasebookError:
                    said = ""
                yield Sealed(number, said, bytes(seal))
            if len(page) < _PAGE:
                return
            after = page[-1][0]

    def last(self) -> tuple[int, bytes]:
        """Return number and seal of the last audit entry as the head names it."""
        with self._transaction() as db:
            return self._last(db)

    def _last(self, db: "psycopg.Connection[tuple[Any, ...]]", *, lock: bool = False) -> tuple[int, bytes]:
        number, _, seal = (self._setting(db, _HEAD, lock=lock) or "0 ").partition(" ")
        return int(number), bytes.fromhex(seal)

    def setting(self, name: str) -> str | None:
        """Return a setting."""
        with self._transaction() as db:
            return self._setting(db, name)

    def _setting(self, db: "psycopg.Connection[tuple[Any, ...]]", name: str, *, lock: bool = False) -> str | None:
        plain: LiteralString = "SELECT value FROM her2board_setting WHERE name = %s"
        found = db.execute(plain + " FOR UPDATE" if lock else plain, (name,)).fetchone()
        return self._sealer.opened(found[0], "setting", name) if found else None

    def _set(self, db: "psycopg.Connection[tuple[Any, ...]]", name: str, value: str) -> None:
        words: LiteralString = """INSERT INTO her2board_setting VALUES(%s, %s)
            ON CONFLICT(name) DO UPDATE SET value = excluded.value"""
        db.execute(words, (name, self._sealer.sealed(value, "setting", name)))

    # All of it

    def problems(self) -> Sequence[str]:
        """Read everything and return what is damaged, in words."""
        found: list[str] = []
        words: LiteralString = """SELECT r.kind, r.name, r.version, r.seq, r.brief, v.number, v.head, v.payload
            FROM her2board_record r LEFT JOIN her2board_version v ON v.record = r.id ORDER BY r.id, v.number"""
        with self._transaction() as db:
            for kind, name, version, seq, brief, number, head, payload in db.execute(words):
                try:
                    self._sealer.opened(brief, "brief", kind, name, version, seq)
                    self._version(kind, "", name, number or 0, head or b"", payload or b"")
                except CasebookError as error:
                    found.append(str(error))
        return found

    def copy(self, target: "apsw.Connection") -> None:
        """Write everything, as of one moment, into an empty SQLCipher file."""
        from her2board.casebook.sqlite_copy import write_copy  # only a backup needs it

        with self._transaction() as db:
            db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            settings = [
                (name, self._sealer.opened(value, "setting", name))
                for name, value in db.execute("SELECT name, value FROM her2board_setting")
                if name != _FORM
            ]
            write_copy(target, self._records(db), self._audit(db), settings)

    def _records(self, db: "psycopg.Connection[tuple[Any, ...]]") -> Iterator[tuple[int, Change]]:
        past: LiteralString = "SELECT number, head, payload FROM her2board_version WHERE record = %s ORDER BY number"
        rows = db.execute("SELECT id, kind, name, version, seq, brief FROM her2board_record ORDER BY id").fetchall()
        for id_, kind, name, version, seq, brief in rows:
            said: Mapping[str, str] = json.loads(self._sealer.opened(brief, "brief", kind, name, version, seq))
            versions = [self._version(kind, said["key"], name, *row) for row in db.execute(past, (id_,)).fetchall()]
            before = tuple((one.head, one.payload) for one in versions[:-1])
            last = versions[-1]
            yield seq, Change(kind, said["key"], 0, last.head, last.payload, said["brief"], said["terms"], before)

    def _audit(self, db: "psycopg.Connection[tuple[Any, ...]]") -> Iterator[Sealed]:
        for number, text, seal in db.execute(
            "SELECT number, text, seal FROM her2board_audit ORDER BY number"
        ).fetchall():
            yield Sealed(number, self._sealer.opened(text, "audit", number), bytes(seal))

    def close(self) -> None:
        """Close the connection, forget the key and the index."""
        with self._turn:
            if not self._closed:
                self._closed, self._seal = True, None
                self._index.close()
                if self._db is not None:
                    self._db.close()
