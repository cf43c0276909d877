"""The audit: whoever removes or alters an entry, or cuts its end off, is found out, on every engine."""

import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from support.encrypted_books import created, opened
from support.strategies import case_of

from her2board.casebook.postgres_engine import PostgresStorage
from her2board.casebook.sqlite_engine import SqliteStorage, connect
from her2board.casebook.stored import StoredCasebook

Tamper = Callable[[StoredCasebook, str], None]


def run(book: StoredCasebook, words: str) -> None:
    """Do what somebody with the key of the file, or in charge of the server, can do."""
    storage = book.storage
    if isinstance(storage, SqliteStorage):
        with storage.writing() as db:
            db.execute(words)
    else:
        assert isinstance(storage, PostgresStorage)
        with psycopg.connect(storage._conninfo) as db:
            db.execute(words.replace("audit", "her2board_audit"))  # type: ignore[arg-type]  # reason: words of this test


@pytest.fixture
def used(book: StoredCasebook) -> StoredCasebook:
    for age in range(50, 54):
        book.add(case_of({"patient.age": age}))
    assert not book.audit_problems()
    return book


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("DELETE FROM audit WHERE number = 4", "audit entry 4 was removed"),
        ("DELETE FROM audit WHERE number IN (3, 4)", "audit entries 3 to 4 were removed"),
        ("DELETE FROM audit WHERE number = 1", "audit entry 1 was removed"),
        ("DELETE FROM audit WHERE number > 4", "audit entries 5 to 6 were removed"),
        (
            "UPDATE audit SET text = (SELECT text FROM audit WHERE number = 3) WHERE number = 4",
            "audit entry 4 was altered, or put in place of another",
        ),
        (
            "UPDATE audit SET seal = (SELECT seal FROM audit WHERE number = 3) WHERE number = 4",
            "audit entry 4 was altered, or put in place of another",
        ),
    ],
)
def test_a_removed_or_altered_entry_is_named(used: StoredCasebook, words: str, named: str) -> None:
    run(used, words)
    assert named in used.audit_problems()


def test_an_entry_added_without_the_key_is_named(used: StoredCasebook) -> None:
    run(used, "INSERT INTO audit SELECT 7, text, seal FROM audit WHERE number = 6")
    assert used.audit_problems()


def test_the_file_keeps_no_trace_of_a_removed_case(tmp_path: Path) -> None:
    path = tmp_path / "board.her2book"
    book = created(path)
    key = book.add(case_of({"meeting.question": "Ottilie Wunderlich"})).key
    secret = book.secret()
    book.lock()
    assert b"wunderlich" in without_encryption(path, secret).lower()
    with opened(path) as again:
        again.remove(key, 1)
        assert [(entry.action, entry.subject) for entry in again.audit()][-1] == ("removed", key)
    assert b"wunderlich" not in without_encryption(path, secret).lower()


def without_encryption(path: Path, key: bytes) -> bytes:
    """Return every page of a casebook, free ones too, as whoever has the key can see them."""
    copy = path.with_name("copy")
    shutil.copy(path, copy)
    db = connect(copy, key, wal=False)
    db.execute("PRAGMA rekey=''")
    db.close()
    return copy.read_bytes()
