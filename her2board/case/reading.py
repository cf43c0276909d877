"""Reads files that people name: regular files only, whole, up to a limit that is counted and not believed."""

import errno
import os
import stat
from pathlib import Path

from her2board.wording import tr

_PIECE = 1 << 16
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
"""Opening a pipe that nobody writes to would wait for ever."""
CASE_FILE = 2_000_000
"""Bytes. A case of sixty lines and forty lesions is a hundredth of it; more is a mistake, or an attached report."""
SMALL_FILE = 1_000_000
"""Bytes of settings, a list of cases, a lock, or one file of the evidence, each a small part of it."""


class UnreadableError(OSError):
    """A file that is not read: ``strerror`` says why."""

    def __init__(self, path: Path, words: str) -> None:
        super().__init__(errno.EINVAL, words, str(path))


def read_whole(path: Path, most: int) -> bytes:
    """Return what the file at ``path`` holds; UnreadableError for anything but a file of at most ``most`` bytes."""
    if "\0" in str(path):
        raise UnreadableError(path, tr("its name has a character (NUL) that no name of a file can have"))
    descriptor = os.open(path, _FLAGS)
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise UnreadableError(path, tr("it is {kind}, and only a file is read").format(kind=kind_words(mode)))
        pieces, left = [], most + 1
        while left and (piece := os.read(descriptor, min(_PIECE, left))):
            pieces.append(piece)
            left -= len(piece)
    finally:
        os.close(descriptor)
    if not left:
        words = tr("more than {limit:,} bytes, and no more are read; is it the file you mean?").format(limit=most)
        raise UnreadableError(path, words)
    return b"".join(pieces)


def read_text(path: Path, most: int) -> str:
    """Return the text of the file at ``path`` as ``decoded`` gives it. Raises OSError or UnicodeDecodeError."""
    return decoded(read_whole(path, most))


def decoded(data: bytes) -> str:
    """Return the text of a file, without a byte order mark and with ends of lines as one character.

    Raises UnicodeDecodeError.
    """
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def kind_words(mode: int) -> str:
    """Return what a place is that is no regular file."""
    if stat.S_ISDIR(mode):
        return tr("a folder")
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        return tr("a pipe")
    return tr("a device")
