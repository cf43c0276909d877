"""Makes and opens casebooks on a PostgreSQL server that the settings name."""

import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.case.model import Case
from her2board.casebook.errors import CasebookError, DamagedError, WrongPassphraseError
from her2board.casebook.keys import Cost, from_recovery_key, new_key, parse_header, unwrap, wrap
from her2board.casebook.model import CaseSummary
from her2board.casebook.opening import CASEBOOK_ID, STATED, costs, refuse_empty, user, utc_now
from her2board.casebook.places import Place
from her2board.casebook.stored import Hands, Site, StoredCasebook
from her2board.casebook.summary import summary_of
from her2board.wording import tr

if TYPE_CHECKING:
    from her2board.casebook.postgres_engine import PostgresStorage


@dataclass(frozen=True, slots=True)
class Server:
    """A casebook on a server: its name in the settings, and how it is reached."""

    name: str
    conninfo: str

    def storage(self, key: bytes | None = None) -> "PostgresStorage":
        """Return the storage there; without a key it gives its header only."""
        from her2board.casebook.postgres_engine import PostgresStorage  # most casebooks are files
        from her2board.casebook.sealing import Sealer

        return PostgresStorage(self.conninfo, Sealer(key) if key is not None else None)


def create_on_server(
    server: Server,
    passphrase: str,
    *,
    by: str = "",
    summary: Callable[[Case], CaseSummary] = summary_of,
    now: Callable[[], datetime] | None = None,
    cost: Cost | None = None,
) -> StoredCasebook:
    """Make a new casebook on a server and open it."""
    refuse_empty(passphrase)
    key, casebook = new_key(), secrets.token_hex(16)
    storage = server.storage(key)
    try:
        storage.create(wrap(key, casebook, passphrase, cost or STATED).to_bytes(), ((CASEBOOK_ID, casebook),))
    except BaseException:
        storage.close()
        raise
    return _opened(server, storage, key, casebook, Hands(by or user(), now or utc_now, summary), "created")


def open_on_server(
    server: Server,
    passphrase: str,
    *,
    by: str = "",
    summary: Callable[[Case], CaseSummary] = summary_of,
    now: Callable[[], datetime] | None = None,
) -> StoredCasebook:
    """Open the casebook on a server; errors as those of ``open_casebook``."""
    hands = Hands(by or user(), now or utc_now, summary)
    storage = server.storage()
    try:
        header = parse_header(storage.header())
        try:
            key = unwrap(header, passphrase)
        except WrongPassphraseError:
            _note(storage, hands)
            raise
        storage.unlock(key)
        return _opened(server, storage, key, header.casebook, hands, "opened")
    except BaseException:
        storage.close()
        raise


def recover_on_server(
    server: Server,
    recovery: str,
    passphrase: str,
    *,
    by: str = "",
    cost: Cost | None = None,
    summary: Callable[[Case], CaseSummary] = summary_of,
) -> StoredCasebook:
    """Open the casebook on a server by its recovery key, and give it a new passphrase."""
    refuse_empty(passphrase)
    hands = Hands(by or user(), utc_now, summary)
    key = from_recovery_key(recovery)
    storage = server.storage(key)
    try:
        try:
            casebook = storage.setting(CASEBOOK_ID) or ""
        except DamagedError:
            _note(storage, hands)
            raise WrongPassphraseError(tr("the recovery key is not that of this casebook")) from None
        storage.put_header(wrap(key, casebook, passphrase, cost or STATED).to_bytes())
        return _opened(server, storage, key, casebook, hands, "recovered")
    except BaseException:
        storage.close()
        raise


def change_passphrase_on_server(
    server: Server, before: str, after: str, *, by: str = "", cost: Cost | None = None
) -> None:
    """Wrap the key of a casebook on a server under another passphrase."""
    refuse_empty(after)
    book = open_on_server(server, before, by=by)
    try:
        storage = server.storage()
        try:
            header = parse_header(storage.header())
            book.record("passphrase_changed")
            new = wrap(book.secret(), header.casebook, after, cost or max(header.cost, STATED, key=costs))
            storage.put_header(new.to_bytes())
        finally:
            storage.close()
    finally:
        book.lock()


def _opened(
    server: Server, storage: "PostgresStorage", key: bytes, casebook: str, hands: Hands, action: str
) -> StoredCasebook:
    storage.refuse_other_form()
    if storage.setting(CASEBOOK_ID) != casebook:
        raise DamagedError(tr("{name}: the key on the server is that of another casebook").format(name=server.name))
    book = StoredCasebook(storage, key, hands, Site(Path(server.name), Place(), storage.header))
    if found := storage.attempts():
        noted = []
        for _, said in found:
            with suppress(ValueError, KeyError, TypeError):
                line = json.loads(said)
                noted.append((datetime.fromisoformat(line["at"]), str(line["by"]), str(line["token"])))
        book.record_attempts(noted)
        storage.forget_attempts([number for number, _ in found])
    book.record(action)
    return book


def _note(storage: "PostgresStorage", hands: Hands) -> None:
    said = {"at": hands.now().isoformat(), "by": hands.by, "token": secrets.token_hex(6)}
    with suppress(CasebookError):
        storage.note_attempt(json.dumps(said))
