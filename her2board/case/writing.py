"""Writes files: whole or not at all, and what was there keeps its nature (links, mode, owner, attributes).

Failures are OSErrors; ``reason`` turns them into words with a way out.
"""

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count, takewhile
from pathlib import Path

from her2board.case.file_names import name_beside
from her2board.case.reading import kind_words
from her2board.wording import tr, trn

_STAGED = ".her2tmp"
"""End of the name of a file that is not in its place yet."""
_TOKEN = re.compile(rf"\.([0-9a-f]{{8}}){re.escape(_STAGED)}$")
_TRIES = 3
_PRIVATE = 0o600
_AS_UMASK_SAYS = 0o666
_ACCESS_LIST = "system.posix_acl_access"


class RefusedError(OSError):
    """A place that is not written to: ``strerror`` says why and what to do instead."""

    def __init__(self, path: Path, words: str) -> None:
        super().__init__(errno.EPERM, words, str(path))


class OpenElsewhereError(RefusedError):
    """A file that another program holds open: Windows lets nobody replace it meanwhile."""

    def __init__(self, path: Path) -> None:
        words = tr(
            "it cannot be replaced, probably because another program has it open; close it there and try again, or "
            "choose another name. What was there is as it was"
        )
        super().__init__(path, words)


class LinkedError(RefusedError):
    """A file with further names (hard links), which a whole new file in its place would separate from it."""

    def __init__(self, path: Path, others: int) -> None:
        words = trn(
            "the file has {n} other name on this disk (a hard link), which would keep the earlier version; "
            "remove that name or choose another",
            "the file has {n} other names on this disk (hard links), which would keep the earlier version; "
            "remove those names or choose another",
            others,
        )
        super().__init__(path, words.format(n=others))


def write_atomically(
    path: Path, data: bytes, *, private: bool = False, inputs: Iterable[Path] = (), separate: bool = False
) -> None:
    """Write ``data`` to ``path`` whole; on OSError what was there is as it was and nothing is left behind.

    A symbolic link is followed. An existing file keeps mode, owner and attributes as far as the system allows; a new
    one is its owner's alone if ``private``, else as the umask says. Refused: anything but a regular file, one of
    ``inputs``, a read-only file, and a file with further names unless ``separate``.
    """
    refuse_unwritable(path, inputs=inputs, separate=separate)
    target = followed(path)
    put_in_place(stage(target, data, private=private), target)


def followed(path: Path) -> Path:
    """Return the file that ``path`` leads to through symbolic links; a link that leads nowhere gives that place."""
    return Path(os.path.realpath(path))


def other_names(path: Path) -> int:
    """Return how many further names (hard links) the file at ``path`` has; 0 where there is none."""
    with suppress(OSError):
        return path.stat().st_nlink - 1 if path.is_file() else 0
    return 0


def refuse_unwritable(path: Path, *, inputs: Iterable[Path] = (), separate: bool = False) -> None:
    """Raise RefusedError where ``path`` is there and is not to be replaced."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise RefusedError(path, tr("it is a symbolic link that leads back to itself; remove it")) from error
        raise
    if not stat.S_ISREG(found.st_mode):
        words = tr("it is {kind}, and only a file is written; choose another name").format(
            kind=kind_words(found.st_mode)
        )
        raise RefusedError(path, words)
    if any(_same(path, source) for source in inputs):
        raise RefusedError(path, tr("it is the file that is being read; choose another name"))
    if not found.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise RefusedError(path, tr("it is read-only; allow writing to it, or choose another name"))
    if found.st_nlink > 1 and not separate:
        raise LinkedError(path, found.st_nlink - 1)


def _same(target: Path, source: Path) -> bool:
    try:
        return target.samefile(source)
    except OSError:
        return False


def stage(target: Path, data: bytes, *, private: bool, like: Path | None = None) -> Path:
    """Write ``data`` to a temporary file beside ``target``, of the nature of ``like`` (else of ``target``)."""
    staged = _staged_name(target, secrets.token_hex(4))
    model = like or target
    mode = _PRIVATE if private or model.exists() else _AS_UMASK_SAYS
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _take_nature(model, staged)
    except BaseException:
        discard(staged)
        raise
    return staged


def _staged_name(target: Path, token: str) -> Path:
    return name_beside(target, ".", f".{token}{_STAGED}")


def left_staged(folder: Path) -> Iterator[Path]:
    """Yield the temporary files in ``folder``: those being written, and those of a program that ended meanwhile."""
    with suppress(OSError):
        for path in sorted(folder.glob(f".*{_STAGED}")):
            if _TOKEN.search(path.name) and stat.S_ISREG(path.lstat().st_mode):
                yield path


def staged_for(staged: Path, target: Path) -> bool:
    """Return whether ``staged`` was to take the place of ``target``."""
    token = _TOKEN.search(staged.name)
    return token is not None and staged == _staged_name(target, token[1])


def meant_for(staged: Path) -> Path | None:
    """Return the file that ``staged`` was to become; nothing where its name was shortened."""
    token = _TOKEN.search(staged.name)
    target = staged.with_name(staged.name[1 : token.start()]) if token else None
    return target if target and staged_for(staged, target) else None


def backup_of(target: Path) -> Path:
    """Return the one backup of a case file, '.bak' after its name."""
    return name_beside(target, "", ".bak")


def back_up(target: Path, data: bytes) -> None:
    """Write the backup of ``target``, of its nature; a link in the backup's place is replaced."""
    backup = backup_of(target)
    try:
        refuse_unwritable(backup, separate=True)
    except RefusedError as error:
        words = tr("its backup {name} cannot be replaced: {why}").format(name=backup.name, why=error.strerror)
        raise RefusedError(backup, words) from error
    put_in_place(stage(backup, data, private=True, like=target), backup)


def keep_copy(target: Path, after: str) -> Path:
    """Copy ``target`` to a name beside it that ends in ``after``, of the same nature; return where the copy is.

    No file is written over: a name that is taken gets a number, unless it already holds the same.
    """
    data = target.read_bytes()
    copy = next(name for name in _numbered(target, after) if not os.path.lexists(name) or _holds(name, data))
    if not os.path.lexists(copy):
        put_if_free(stage(target, data, private=True), copy)
    return copy


def kept_copies(target: Path, after: str) -> Iterator[Path]:
    """Yield the copies that ``keep_copy`` made."""
    return takewhile(os.path.lexists, _numbered(target, after))


def _numbered(target: Path, after: str) -> Iterator[Path]:
    return (name_beside(target, "", after if number == 1 else f"{after}-{number}") for number in count(1))


def put_if_free(staged: Path, target: Path) -> None:
    """Let a staged file be ``target`` where there is none, else remove it and raise FileExistsError."""
    try:
        os.link(staged, target)  # unlike a rename it never replaces what came there meanwhile
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a file system or a system without links
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
        staged.replace(target)
    finally:
        discard(staged)
    _sync_folder(target.parent)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == data
    except OSError:
        return False


def put_in_place(staged: Path, target: Path) -> None:
    """Let a staged file be ``target``, also after a power cut; on OSError it is removed.

    The folder took the staged file, so a refusal here is about ``target`` itself. It is tried again at once: a scanner
    often holds a new file for a moment.
    """
    try:
        for _ in range(_TRIES):
            with suppress(PermissionError):
                staged.replace(target)
                break
        else:
            raise OpenElsewhereError(target)
    except BaseException:
        discard(staged)
        raise
    _sync_folder(target.parent)


def discard(staged: Path) -> None:
    """Remove a staged file."""
    with suppress(OSError):
        staged.unlink()


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk; a system that cannot open folders (Windows) does so by itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _take_nature(old: Path, new: Path) -> None:
    """Give ``new`` the owner, mode and attributes of ``old`` as far as the system allows; never more access."""
    try:
        was = old.stat()
    except OSError:
        return
    mode = stat.S_IMODE(was.st_mode) & 0o777
    if hasattr(os, "chown"):
        for owner, group in ((-1, was.st_gid), (was.st_uid, -1)):
            with suppress(OSError):
                os.chown(new, owner, group)
    same_group = new.stat().st_gid == was.st_gid
    with suppress(OSError):
        new.chmod(mode if same_group else mode & ~0o070)  # the old group's rights are not for another group
    for name in _attributes(old):
        if same_group or name != _ACCESS_LIST:
            with suppress(OSError):
                os.setxattr(new, name, os.getxattr(old, name))


def _attributes(path: Path) -> list[str]:
    """Return the extended attributes, access lists among them, where the system has such."""
    if not hasattr(os, "listxattr"):
        return []
    try:
        return os.listxattr(path)
    except OSError:
        return []


def reason(error: OSError, path: Path) -> str:
    """Return why ``path`` could not be written, and a way out where there is one."""
    if isinstance(error, RefusedError):
        return str(error.strerror)
    words = _ways_out(path).get(error.errno or 0)
    why = error.strerror or type(error).__name__
    return f"{why}; {words}" if words else why


def _ways_out(path: Path) -> dict[int, str]:
    folder = followed(path).parent
    closed = tr("the folder {folder} takes no new file from you; allow it or choose another").format(folder=folder)
    missing = tr("there is no folder {folder}; make it or choose another")
    return {
        errno.EACCES: closed,
        errno.EPERM: closed,
        errno.EROFS: tr("the disk is read-only; choose another"),
        errno.ENOENT: closed if folder.is_dir() else missing.format(folder=folder),
        errno.ENOTDIR: tr("{folder} is no folder; choose another").format(folder=folder),
        errno.ENAMETOOLONG: tr("choose a shorter name"),
        errno.ENOSPC: tr("make room or choose another disk"),
        getattr(errno, "EDQUOT", -1): tr("make room or choose another disk"),
        errno.EIO: tr("the disk has a fault; choose another"),
    }
