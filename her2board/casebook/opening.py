"""Makes and opens casebooks: the encrypted file and, beside it, the header that holds its wrapped key."""

import getpass
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.case.model import Case
from her2board.case.writing import discard, keep_copy, put_if_free, reason, stage
from her2board.casebook.attempts import forget, note_attempt, noted
from her2board.casebook.backup_files import backup_folder, copy_to, free_place
from her2board.casebook.errors import CasebookError, DamagedError, WrongPassphraseError
from her2board.casebook.header_file import key_file, read_header, refuse_missing, write_header
from her2board.casebook.keys import Cost, Header, from_recovery_key, new_key, unwrap, wrap
from her2board.casebook.model import CaseSummary
from her2board.casebook.places import place_of
from her2board.casebook.stored import Hands, Site, StoredCasebook
from her2board.casebook.summary import summary_of
from her2board.wording import tr

if TYPE_CHECKING:
    from her2board.casebook.sqlite_engine import SqliteStorage

CASEBOOK_ID = "casebook id"
"""Setting inside the encrypted file."""
STATED = Cost()
"""What a guess of a passphrase costs from now on."""
SHORTEST = 8
"""Characters of a passphrase."""


def create_casebook(
    path: Path,
    passphrase: str,
    *,
    by: str = "",
    summary: Callable[[Case], CaseSummary] = summary_of,
    now: Callable[[], datetime] | None = None,
    cost: Cost | None = None,
) -> StoredCasebook:
    """Make a new casebook at ``path`` and open it; CasebookError where something is there already."""
    refuse_taken(path)
    refuse_empty(passphrase)
    key, casebook = new_key(), secrets.token_hex(16)
    header = wrap(key, casebook, passphrase, cost or STATED)
    _make_file(path, key, casebook, header)
    return _opened(path, key, casebook, Hands(by or user(), now or utc_now, summary), "created")


def open_casebook(
    path: Path,
    passphrase: str,
    *,
    by: str = "",
    summary: Callable[[Case], CaseSummary] = summary_of,
    now: Callable[[], datetime] | None = None,
) -> StoredCasebook:
    """Open the casebook at ``path``.

    WrongPassphraseError says nothing more; DamagedError and CasebookError say what is wrong and what to do.
    """
    hands = Hands(by or user(), now or utc_now, summary)
    header = read_header(path)
    try:
        key = unwrap(header, passphrase)
    except WrongPassphraseError:
        note_attempt(path, hands.now(), hands.by)
        raise
    return _opened(path, key, header.casebook, hands, "opened")


def open_with_recovery_key(
    path: Path,
    recovery: str,
    passphrase: str,
    *,
    by: str = "",
    summary: Callable[[Case], CaseSummary] = summary_of,
    now: Callable[[], datetime] | None = None,
    cost: Cost | None = None,
) -> StoredCasebook:
    """Open a casebook by its recovery key, and give it a new passphrase: the key file is written anew."""
    hands = Hands(by or user(), now or utc_now, summary)
    refuse_missing(path)
    refuse_empty(passphrase)
    try:
        key = from_recovery_key(recovery)
        storage = open_file(path, key)
    except WrongPassphraseError:
        note_attempt(path, hands.now(), hands.by)
        raise WrongPassphraseError(tr("the recovery key is not that of this casebook")) from None
    casebook = storage.setting(CASEBOOK_ID) or ""
    storage.close()
    write_header(path, wrap(key, casebook, passphrase, cost or STATED))
    return _opened(path, key, casebook, hands, "recovered")


def change_passphrase(path: Path, before: str, after: str, *, by: str = "", cost: Cost | None = None) -> None:
    """Wrap the key of a casebook under another passphrase; the casebook itself is not rewritten."""
    refuse_empty(after)
    book = open_casebook(path, before, by=by)
    try:
        header = read_header(path)
        key = unwrap(header, before)
        book.record("passphrase_changed")
        write_header(path, wrap(key, header.casebook, after, cost or max(header.cost, STATED, key=costs)))
    finally:
        book.lock()


def open_file(path: Path, key: bytes) -> "SqliteStorage":
    """Return the storage of the encrypted file at ``path``."""
    from her2board.casebook.sqlite_engine import SqliteStorage, connect  # a program without a casebook never needs it

    storage = SqliteStorage(path, connect(path, key, wal=place_of(path).local))
    try:
        if steps := storage.steps_to_take():
            _back_up_before(path, key, storage)
            storage.take(steps)
    except BaseException:
        storage.close()
        raise
    return storage


def _back_up_before(path: Path, key: bytes, storage: "SqliteStorage") -> None:
    """Write a backup before the form of the tables is changed."""
    target = free_place(backup_folder(path), path, utc_now(), f"before-form-{storage.schema() + 1}")
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        copy_to(storage, key, read_header(path).to_bytes(), target)
    except OSError as error:
        words = tr("{path}: its form is to be renewed, and no backup can be written before: {why}")
        raise CasebookError(words.format(path=path, why=reason(error, target))) from error


def _opened(path: Path, key: bytes, casebook: str, hands: Hands, action: str) -> StoredCasebook:
    try:
        storage = open_file(path, key)
    except WrongPassphraseError as error:
        words = tr("{path} is damaged, or its key file is that of another casebook; restore the last backup")
        raise DamagedError(words.format(path=path)) from error
    try:
        if storage.setting(CASEBOOK_ID) != casebook:
            raise DamagedError(tr("{path}: the key file is that of another casebook").format(path=path))
        site = Site(path, place_of(path), lambda: read_header(path).to_bytes())
        book = StoredCasebook(storage, key, hands, site)
        _take_in_attempts(path, book)
        book.record(action)
    except BaseException:
        storage.close()
        raise
    return book


def _take_in_attempts(path: Path, book: StoredCasebook) -> None:
    found = list(noted(path))
    if found:
        book.record_attempts(found)
        forget(path, frozenset(token for _, _, token in found))


def _make_file(path: Path, key: bytes, casebook: str, header: Header) -> None:
    """Make both files aside and give them their names: first the key, without which the other is of no use."""
    from her2board.casebook.sqlite_engine import SqliteStorage, connect  # as above

    try:
        keys = stage(key_file(path), header.to_bytes(), private=True)
        file = stage(path, b"", private=True)
    except OSError as error:
        raise CasebookError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error
    try:
        storage = SqliteStorage(file, connect(file, key, wal=False))
        storage.create(((CASEBOOK_ID, casebook),))
        storage.close()
        put_if_free(keys, key_file(path))
        put_if_free(file, path)
    except OSError as error:
        raise CasebookError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error
    finally:
        discard(keys)
        discard(file)


def refuse_taken(path: Path) -> None:
    """Raise CasebookError where a casebook must not be made; a key file left alone is kept under another name."""
    if os.path.lexists(path):
        raise CasebookError(tr("{path}: something is there already; choose another name").format(path=path))
    if os.path.lexists(key_file(path)):  # of a casebook that was moved, or never finished
        try:
            keep_copy(key_file(path), ".of-another")
            key_file(path).unlink()
        except OSError as error:
            raise CasebookError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error


def refuse_empty(passphrase: str) -> None:
    """Raise CasebookError for a passphrase that protects nothing."""
    if len(passphrase.strip()) < SHORTEST:
        words = tr("the passphrase has fewer than {n} characters; choose a longer one")
        raise CasebookError(words.format(n=SHORTEST))


def user() -> str:
    """Return the name of whoever is logged in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no entry for the user, as in some containers
        return ""


def utc_now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def costs(cost: Cost) -> int:
    """Return what a guess costs in memory written."""
    return cost.memory_kib * cost.passes
