"""Sees which files of a folder this or any process opens; on Linux only."""

import ctypes
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OPENED = 0x20
_HEAD = struct.Struct("iIII")


@contextmanager
def opened_files(folder: Path) -> Iterator[list[str]]:
    """Inside, files of ``folder`` are watched; afterwards the list holds the names of those that were opened."""
    system = ctypes.CDLL(None, use_errno=True)
    watch = system.inotify_init1(os.O_NONBLOCK)
    assert watch >= 0
    assert system.inotify_add_watch(watch, os.fsencode(folder), _OPENED) >= 0
    names: list[str] = []
    try:
        yield names
        names += _names(watch)
    finally:
        os.close(watch)


def _names(watch: int) -> Iterator[str]:
    try:
        data = os.read(watch, 1 << 20)
    except BlockingIOError:
        return
    while data:
        *_, length = _HEAD.unpack_from(data)
        yield data[_HEAD.size : _HEAD.size + length].rstrip(b"\0").decode()
        data = data[_HEAD.size + length :]
