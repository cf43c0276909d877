"""One casebook on each engine, which two people can open at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.encrypted_books import CHEAP, PASSPHRASE, Open, clock, created

from her2board.casebook.opening import create_casebook, open_casebook
from her2board.casebook.server import Server
from her2board.casebook.stored import StoredCasebook


@pytest.fixture(params=["file", "server"])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Return what opens the same casebook once more, for somebody else."""
    books: list[StoredCasebook] = []
    path = tmp_path / "board.her2book"
    server: Server | None = request.getfixturevalue("server") if request.param == "server" else None
    if server is None:
        created(path).lock()
    else:
        create_casebook(server, PASSPHRASE, by="anna", now=clock(), cost=CHEAP).lock()

    def go(by: str = "ben") -> StoredCasebook:
        book = open_casebook(server or path, PASSPHRASE, by=by)
        books.append(book)
        return book

    yield go
    for book in books:
        book.lock()


@pytest.fixture
def book(another: Open) -> StoredCasebook:
    """Return an empty casebook, opened by Anna."""
    return another("anna")
