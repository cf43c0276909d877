"""Encrypted backups of a casebook: made through the database's own copy, rotated, rehearsed, restored."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from her2board.case.file_names import name_beside
from her2board.case.writing import discard, put_if_free, put_in_place, reason, stage
from her2board.casebook.backup_files import backups, copy_to, free_place, made_at, why_of
from her2board.casebook.errors import BusyError, CasebookError, DamagedError
from her2board.casebook.file_home import open_file, refuse_taken
from her2board.casebook.header_file import key_file, read_header, refuse_missing
from her2board.casebook.homes import CASEBOOK_ID
from her2board.casebook.keys import unwrap
from her2board.casebook.rehearsal import differences_of
from her2board.casebook.sqlite_engine import connect
from her2board.casebook.stored import StoredCasebook
from her2board.wording import tr

EVERY = timedelta(days=1)
"""How old the newest backup may be before another is due."""
DAYS, WEEKS, MONTHS = 7, 5, 12
"""How many days, weeks and months back one backup each is kept."""


def is_due(folder: Path, now: datetime, every: timedelta = EVERY) -> bool:
    """Return whether the newest backup in a folder is too old; a clock that was set back makes one due too."""
    found = backups(folder)
    age = now.replace(tzinfo=None) - made_at(found[0]) if found else None
    return age is None or age >= every or age < timedelta(0)


def back_up(book: StoredCasebook, folder: Path, *, why: str = "", rotate: bool = True) -> Path:
    """Write a backup of a casebook into a folder, rehearse it, take old ones away; return where it is.

    Others may go on writing meanwhile. CasebookError where it cannot be written or is not what it should be.
    """
    target = free_place(folder, book.site.path, book.now(), why)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy_to(book.storage, book.secret(), book.site.header(), target)
    except OSError as error:
        raise CasebookError(tr("{path}: {why}").format(path=target, why=reason(error, target))) from error
    if problems := rehearse(book, target):
        for left in (target, key_file(target)):
            discard(left)
        raise CasebookError(tr("the backup is not sound and was removed: {why}").format(why="; ".join(problems)))
    book.record("backed_up", "", target.name)
    if rotate:
        for old in outdated(backups(folder)):
            for file in (old, key_file(old)):
                discard(file)
    return target


def outdated(found: Iterable[Path]) -> Sequence[Path]:
    """Return the backups that rotation takes away: all but the newest of each day, week and month kept.

    One made before a change of the casebook's form stays.
    """
    newest_first = sorted((one for one in found if not why_of(one)), key=made_at, reverse=True)
    kept: set[Path] = set()
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    for most, period in periods:
        firsts: dict[object, Path] = {}
        for one in newest_first:
            firsts.setdefault(period(made_at(one)), one)
        kept |= set(list(firsts.values())[:most])
    return [one for one in newest_first if one not in kept]


def rehearse(book: StoredCasebook, backup: Path) -> Sequence[str]:
    """Open a backup as a restore would and compare it with the casebook; return what is wrong, in words."""
    refuse_missing(backup)
    try:
        header = read_header(backup)
        storage = open_file(backup, book.secret())
    except CasebookError as error:
        return [str(error)]
    try:
        if storage.setting(CASEBOOK_ID) != header.casebook:
            return [tr("its key file is that of another casebook")]
        return differences_of(book, storage)
    except CasebookError as error:
        return [str(error)]
    finally:
        storage.close()


def restore(backup: Path, passphrase: str, path: Path, *, replace: bool = False) -> Path:
    """Bring a backup, or the newest in a folder, back as the casebook at ``path``.

    Returns the backup. It is read to the end first. With ``replace`` the casebook that is there is set aside, never
    deleted.
    """
    source = backup
    if backup.is_dir():
        found = backups(backup)
        if not found:
            raise CasebookError(tr("{path}: no backup there").format(path=backup))
        source = found[0]
    header = read_header(source)
    key = unwrap(header, passphrase)
    storage = open_file(source, key)
    keys = file = None
    try:
        problems = storage.problems()
        if problems or storage.setting(CASEBOOK_ID) != header.casebook:
            words = tr("{path} is damaged: {why}; choose another backup")
            raise DamagedError(words.format(path=source, why="; ".join(problems) or tr("another casebook’s key")))
        if replace:
            _set_aside(path, key)
        refuse_taken(path)
        keys = stage(key_file(path), header.to_bytes(), private=True)
        file = stage(path, b"", private=True)
        db = connect(file, key, wal=False)
        try:
            storage.copy(db)
        finally:
            db.close()
        put_if_free(keys, key_file(path))
        put_if_free(file, path)
        return source
    except OSError as error:
        raise CasebookError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error
    finally:
        storage.close()
        for left in (keys, file):
            if left is not None:
                discard(left)


def _set_aside(path: Path, key: bytes) -> None:
    """Give the casebook at ``path`` other names, with all that belongs to it, so that no journal meets another file."""
    mark = f".before-restore-{secrets.token_hex(3)}"
    try:
        connect(path, key, wal=False).close()  # also writes what its journal holds into it
    except BusyError:
        raise BusyError(tr("{path} is open in another program; close it there").format(path=path)) from None
    except CasebookError:  # damaged, or of another key: its journal goes with it
        pass
    for end in ("-wal", "-shm", "-journal", ""):
        file = name_beside(path, "", end)
        if file.exists():
            put_in_place(file, name_beside(path, "", mark + end))
    if key_file(path).exists():
        put_in_place(key_file(path), key_file(name_beside(path, "", mark)))
