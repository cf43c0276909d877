"""The index of words of a casebook on a server: in this program's memory only, kept up with what others write."""

from collections.abc import Iterable, Sequence
from typing import Any

import apsw

from her2board.casebook.sqlite_index import TABLE, match_of


class ClientIndex:
    """Which case has which terms, the latest written first."""

    def __init__(self) -> None:
        self._db = apsw.Connection(":memory:")
        self._db.execute(TABLE)
        self._db.execute("CREATE TABLE place(seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)")
        self.until = 0
        """Number of the last change taken in."""

    def take(self, changed: Iterable[tuple[int, str, str | None]]) -> None:
        """Take changes in, in their order: number, key, and terms, or None where the case was removed."""
        with self._db:
            for seq, key, terms in changed:
                self._db.execute("DELETE FROM word WHERE rowid = (SELECT seq FROM place WHERE key = ?)", (key,))
                self._db.execute("DELETE FROM place WHERE key = ?", (key,))
                if terms is not None:
                    self._db.execute("INSERT INTO place VALUES(?, ?)", (seq, key))
                    self._db.execute("INSERT INTO word(rowid, text) VALUES(?, ?)", (seq, terms))
                self.until = max(self.until, seq)

    def find(self, terms: Sequence[str], limit: int, before: int | None) -> Sequence[tuple[int, str]]:
        """Return place and key of the cases that have every term, the latest first, from below a place on."""
        until = before if before is not None else 1 << 62
        if not terms:
            words = "SELECT seq, key FROM place WHERE seq < ? ORDER BY seq DESC LIMIT ?"
            return _hits(self._db, words, until, limit)
        words = """SELECT word.rowid, place.key FROM word JOIN place ON place.seq = word.rowid
            WHERE word MATCH ? AND word.rowid < ? ORDER BY word.rowid DESC LIMIT ?"""
        return _hits(self._db, words, match_of(terms), until, limit)

    def close(self) -> None:
        """Forget everything."""
        self._db.close()


def _hits(db: apsw.Connection, words: str, *values: str | int) -> list[Any]:
    return db.execute(words, values).fetchall()
