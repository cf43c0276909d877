"""One casebook on each engine, which two people can open at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.encrypted_books import PASSPHRASE, Open, created

from her2board.casebook.opening import open_casebook
from her2board.casebook.stored import StoredCasebook


@pytest.fixture(params=["file"])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Return what opens the same casebook once more, for somebody else."""
    path = tmp_path / "board.her2book"
    created(path).lock()
    books: list[StoredCasebook] = []

    def go(by: str = "ben") -> StoredCasebook:
        book = open_casebook(path, PASSPHRASE, by=by)
        books.append(book)
        return book

    yield go
    for book in books:
        book.lock()


@pytest.fixture
def book(another: Open) -> StoredCasebook:
    """Return an empty casebook, opened by Anna."""
    return another("anna")
