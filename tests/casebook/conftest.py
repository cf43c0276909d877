"""One casebook on each engine, which two people can open at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.encrypted_books import CHEAP, PASSPHRASE, Open, clock, created

from her2board.casebook.opening import open_casebook
from her2board.casebook.server import Server, create_on_server, open_on_server
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
        create_on_server(server, PASSPHRASE, by="anna", now=clock(), cost=CHEAP).lock()

    def go(by: str = "ben") -> StoredCasebook:
        there = server
        book = open_casebook(path, PASSPHRASE, by=by) if there is None else open_on_server(there, PASSPHRASE, by=by)
        books.append(book)
        return book

    yield go
    for book in books:
        book.lock()


@pytest.fixture
def book(another: Open) -> StoredCasebook:
    """Return an empty casebook, opened by Anna."""
    return another("anna")
