"""What the window opens casebooks with; nothing of it is imported before one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from her2board.casebook.book import Casebook
    from her2board.gui.base.services import BookServices, Summarise


def book_services() -> BookServices:
    """Return how casebooks are made and opened."""
    from her2board.gui.base.services import BookServices

    return BookServices(create=_create, open=_open, recover=_recover, recovery_key=_recovery_key, place=_place)


def _create(path: Path, passphrase: str, summary: Summarise) -> Casebook:
    from her2board.casebook.opening import create_casebook

    return create_casebook(path, passphrase, summary=summary)


def _open(path: Path, passphrase: str, summary: Summarise) -> Casebook:
    from her2board.casebook.opening import open_casebook

    return open_casebook(path, passphrase, summary=summary)


def _recover(path: Path, key: str, passphrase: str, summary: Summarise) -> Casebook:
    from her2board.casebook.opening import open_with_recovery_key

    return open_with_recovery_key(path, key, passphrase, summary=summary)


def _recovery_key(book: Casebook) -> str:
    from her2board.casebook.stored import StoredCasebook

    assert isinstance(book, StoredCasebook)
    return book.recovery_key()


def _place(path: Path) -> str:
    from her2board.casebook.places import place_of

    return place_of(path).words()
