"""A casebook on a PostgreSQL server that the settings name."""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from her2board.casebook.errors import CasebookError, DamagedError, WrongPassphraseError
from her2board.casebook.homes import CASEBOOK_ID, Attempt
from her2board.casebook.keys import Header, parse_header
from her2board.casebook.places import Place
from her2board.casebook.stored import Site

if TYPE_CHECKING:
    from her2board.casebook.postgres_engine import PostgresStorage


class Server(Struct, frozen=True):
    """A casebook on a server: its name in the settings, and how it is reached."""

    name: str
    conninfo: str

    def home(self) -> "ServerHome":
        """Return its home, to be opened once."""
        return ServerHome(self)

    def storage(self, key: bytes | None = None) -> "PostgresStorage":
        """Return the storage there; without a key it gives its header only."""
        from her2board.casebook.postgres_engine import PostgresStorage  # most casebooks are files
        from her2board.casebook.sealing import Sealer

        return PostgresStorage(self.conninfo, Sealer(key) if key is not None else None)


class ServerHome:
    """``Home`` on a server, over one connection."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._storage: PostgresStorage | None = None
        self._noted: Sequence[int] = ()

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._server.name

    def _there(self) -> "PostgresStorage":
        if self._storage is None:
            self._storage = self._server.storage()
        return self._storage

    def refuse_taken(self) -> None:
        """Leave it to the server, which makes no second one."""

    def header(self) -> Header:
        """Return the wrapped key as the server keeps it."""
        return parse_header(self._there().header())

    def put_header(self, header: Header) -> None:
        """Put a header in the place of the one before."""
        self._there().put_header(header.to_bytes())

    def make(self, key: bytes, casebook: str, header: Header) -> "PostgresStorage":
        """Make the tables of an empty casebook."""
        storage = self._there()
        storage.unlock(key)
        storage.create(header.to_bytes(), ((CASEBOOK_ID, casebook),))
        return storage

    def open(self, key: bytes) -> "PostgresStorage":
        """Unlock what is there."""
        storage = self._there()
        storage.unlock(key)
        storage.refuse_other_form()
        try:
            storage.setting(CASEBOOK_ID)
        except DamagedError as error:
            raise WrongPassphraseError from error
        return storage

    def note_attempt(self, at: datetime, by: str) -> None:
        """Note it on the server."""
        said = {"at": at.isoformat(), "by": by, "token": secrets.token_hex(6)}
        with suppress(CasebookError):
            self._there().note_attempt(json.dumps(said))

    def attempts(self) -> Sequence[Attempt]:
        """Return what is noted on the server; a note that cannot be read is left out."""
        found = self._there().attempts()
        self._noted = [number for number, _ in found]
        return list(_read(said for _, said in found))

    def forget_attempts(self, _: Sequence[Attempt]) -> None:
        """Remove the notes that were read."""
        self._there().forget_attempts(self._noted)

    def site(self) -> Site:
        """Return its name, and how its wrapped key is read."""
        return Site(Path(self.name), Place(), self._there().header)

    def close(self) -> None:
        """Close the connection."""
        if self._storage is not None:
            self._storage.close()


def _read(notes: Iterator[str]) -> Iterator[Attempt]:
    for said in notes:
        with suppress(ValueError, KeyError, TypeError):
            line = json.loads(said)
            yield datetime.fromisoformat(line["at"]), str(line["by"]), str(line["token"])
