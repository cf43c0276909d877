"""A disk below the encryption that records every write and every sync, or fails at a chosen one."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import apsw

_SECTOR = 512


class Done(NamedTuple):
    """One thing done to a file; an acknowledgement has no file."""

    what: str
    """write, truncate, delete, sync or ack."""
    file: str
    place: int = 0
    data: bytes = b""


class Disk(apsw.VFS):
    """Records what SQLite does to its files; ``fail_at`` is the number of the write at which the disk fails."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "unix")
        self.name = f"multipleciphers-{name}"
        """As a connection names it: the cipher writes onto this disk."""
        self.log: list[Done] = []
        self.fail_at: int | None = None
        self.error: type[apsw.Error] = apsw.FullError
        self.writes = 0

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802  # reason: apsw's name
        return _File(self, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802  # reason: as above
        self.log.append(Done("delete", Path(name).name, int(sync)))
        super().xDelete(name, sync)

    def acknowledge(self, number: int) -> None:
        """Record that a change was acknowledged to whoever made it."""
        self.log.append(Done("ack", "", number))

    def count(self) -> None:
        """Count a write; raise where the disk fails now, and from now on."""
        self.writes += 1
        if self.fail_at is not None and self.writes >= self.fail_at:
            raise self.error("injected")


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        super().__init__("unix", name, flags)
        self._disk = disk
        self._name = Path(name.filename() if hasattr(name, "filename") else name or "temporary").name

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802  # reason: as above
        self._disk.count()
        self._disk.log.append(Done("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802  # reason: as above
        self._disk.log.append(Done("truncate", self._name, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802  # reason: as above
        self._disk.log.append(Done("sync", self._name))
        super().xSync(flags)


Files = dict[str, bytearray]


def after_power_loss(log: Sequence[Done], chance: random.Random) -> Iterator[tuple[Files, int]]:
    """Yield what can be on the disk when the power fails just after each sync, and what was acknowledged by then.

    What was synced is there. Of what was written later each piece may be there, missing, or torn at a sector; three
    disks for each cut: nothing of it, all of it, and a random part. A deletion may be missing unless its folder was
    synced with it.
    """
    synced: Files = {}
    pending: list[Done] = []
    acknowledged = 0
    for done in log:
        if done.what == "ack":
            acknowledged = done.place
            continue
        if done.what == "delete" and done.place:
            synced.pop(done.file, None)
            pending = [one for one in pending if one.file != done.file]
            continue
        if done.what != "sync":
            pending.append(done)
            continue
        for part in (lambda _: 0.0, lambda _: 1.0, lambda _: chance.random()):
            yield (
                _disk(synced, [one for one in pending if one.file != done.file], part, chance, _of(pending, done)),
                (acknowledged),
            )
        for one in _of(pending, done):
            _apply(synced, one, len(one.data))
        pending = [one for one in pending if one.file != done.file]


def _of(pending: Sequence[Done], done: Done) -> list[Done]:
    return [one for one in pending if one.file == done.file]


def _disk(synced: Files, pending: Sequence[Done], part: Any, chance: random.Random, now: Sequence[Done]) -> Files:
    files = {name: bytearray(data) for name, data in synced.items()}
    for one in now:
        _apply(files, one, len(one.data))
    for one in pending:
        kept = part(one)
        if kept >= chance.random() or kept == 1.0:
            torn = len(one.data) if kept == 1.0 or one.what != "write" else _torn(one.data, chance)
            _apply(files, one, torn)
    return files


def _torn(data: bytes, chance: random.Random) -> int:
    return len(data) if chance.random() < 0.5 else chance.randrange(0, len(data) + 1, _SECTOR)


def _apply(files: Files, done: Done, length: int) -> None:
    if done.what == "delete":
        files.pop(done.file, None)
        return
    file = files.setdefault(done.file, bytearray())
    if done.what == "truncate":
        del file[done.place :]
        file.extend(bytes(done.place - len(file)))
    else:
        file.extend(bytes(max(0, done.place - len(file))))
        file[done.place : done.place + length] = done.data[:length]
