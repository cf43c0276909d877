"""Makes and opens casebooks, wherever they are kept: by passphrase, or by recovery key and a new passphrase."""

import getpass
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from her2board.case.model import Case
from her2board.casebook.errors import CasebookError, DamagedError, WrongPassphraseError
from her2board.casebook.file_home import FileHome, utc_now
from her2board.casebook.homes import CASEBOOK_ID, Elsewhere, Home
from her2board.casebook.keys import Cost, from_recovery_key, new_key, unwrap, wrap
from her2board.casebook.model import CaseSummary
from her2board.casebook.storage import Storage
from her2board.casebook.stored import Hands, StoredCasebook
from her2board.casebook.summary import summary_of
from her2board.wording import tr

STATED = Cost()
"""What a guess of a passphrase costs from now on."""
SHORTEST = 8
"""Characters of a passphrase."""


def create_casebook(
    where: Path | Elsewhere,
    passphrase: str,
    *,
    by: str = "",
    summary: Callable[[Case], CaseSummary] = summary_of,
    now: Callable[[], datetime] | None = None,
    cost: Cost | None = None,
) -> StoredCasebook:
    """Make a new casebook and open it; CasebookError where there is one already."""
    with _at(where) as home:
        home.refuse_taken()
        refuse_empty(passphrase)
        key, casebook = new_key(), secrets.token_hex(16)
        storage = home.make(key, casebook, wrap(key, casebook, passphrase, cost or STATED))
        return _opened(home, storage, key, casebook, Hands(by or user(), now or utc_now, summary), "created")


def open_casebook(
    where: Path | Elsewhere,
    passphrase: str,
    *,
    by: str = "",
    summary: Callable[[Case], CaseSummary] = summary_of,
    now: Callable[[], datetime] | None = None,
) -> StoredCasebook:
    """Open a casebook: the file at a path, or what a home keeps.

    WrongPassphraseError says nothing more; DamagedError and CasebookError say what is wrong and what to do.
    """
    hands = Hands(by or user(), now or utc_now, summary)
    with _at(where) as home:
        header = home.header()
        try:
            key = unwrap(header, passphrase)
        except WrongPassphraseError:
            home.note_attempt(hands.now(), hands.by)
            raise
        try:
            storage = home.open(key)
        except WrongPassphraseError as error:
            words = tr("{name} is damaged, or its key file is that of another casebook; restore the last backup")
            raise DamagedError(words.format(name=home.name)) from error
        return _opened(home, storage, key, header.casebook, hands, "opened")


def open_with_recovery_key(
    where: Path | Elsewhere,
    recovery: str,
    passphrase: str,
    *,
    by: str = "",
    summary: Callable[[Case], CaseSummary] = summary_of,
    now: Callable[[], datetime] | None = None,
    cost: Cost | None = None,
) -> StoredCasebook:
    """Open a casebook by its recovery key, and give it a new passphrase: its header is written anew."""
    hands = Hands(by or user(), now or utc_now, summary)
    with _at(where) as home:
        refuse_empty(passphrase)
        try:
            key = from_recovery_key(recovery)
            storage = home.open(key)
        except WrongPassphraseError:
            home.note_attempt(hands.now(), hands.by)
            raise WrongPassphraseError(tr("the recovery key is not that of this casebook")) from None
        casebook = storage.setting(CASEBOOK_ID) or ""
        home.put_header(wrap(key, casebook, passphrase, cost or STATED))
        return _opened(home, storage, key, casebook, hands, "recovered")


def change_passphrase(
    where: Path | Elsewhere, before: str, after: str, *, by: str = "", cost: Cost | None = None
) -> None:
    """Wrap the key of a casebook under another passphrase; the casebook itself is not rewritten."""
    refuse_empty(after)
    book = open_casebook(where, before, by=by)
    try:
        with _at(where) as home:
            header = home.header()
            book.record("passphrase_changed")
            home.put_header(wrap(book.secret(), header.casebook, after, cost or max(header.cost, STATED, key=costs)))
            home.close()
    finally:
        book.lock()


@contextmanager
def _at(where: Path | Elsewhere) -> Iterator[Home]:
    """Lend the home of a casebook; what it has open is closed where opening the casebook fails."""
    home: Home = FileHome(where) if isinstance(where, Path) else where.home()
    try:
        yield home
    except BaseException:
        home.close()
        raise


def _opened(home: Home, storage: Storage, key: bytes, casebook: str, hands: Hands, action: str) -> StoredCasebook:
    try:
        if storage.setting(CASEBOOK_ID) != casebook:
            raise DamagedError(tr("{name}: the key file is that of another casebook").format(name=home.name))
        book = StoredCasebook(storage, key, hands, home.site())
        if found := home.attempts():
            book.record_attempts(found)
            home.forget_attempts(found)
        book.record(action)
    except BaseException:
        storage.close()
        raise
    return book


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


def costs(cost: Cost) -> int:
    """Return what a guess costs in memory written."""
    return cost.memory_kib * cost.passes
