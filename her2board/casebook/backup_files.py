"""The files of a backup: their names, which say when and why it was made, and the copy itself."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from her2board.case.file_names import cut_to, name_beside
from her2board.case.writing import discard, put_if_free, stage
from her2board.casebook.header_file import key_file
from her2board.casebook.storage import Storage

_LONGEST_STEM = 180
"""Bytes of the name of a casebook that its backups repeat; they have a folder of their own."""
_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}-\d{6})(?P<why>-[a-z0-9-]+)?\.her2book")
_FORM = "%Y%m%d-%H%M%S"


def backup_folder(path: Path) -> Path:
    """Return the folder beside a casebook in which its backups are kept unless another is chosen."""
    return name_beside(path, "", ".backups")


def backups(folder: Path) -> Sequence[Path]:
    """Return the backups in a folder, the newest first; one without its key file is none."""
    if not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if _NAME.fullmatch(path.name) and key_file(path).is_file())
    return sorted(found, key=made_at, reverse=True)


def made_at(backup: Path) -> datetime:
    """Return when a backup was made, by its name, in UTC without its offset."""
    named = _NAME.fullmatch(backup.name)
    return datetime.strptime(named["at"], _FORM) if named else datetime.min  # noqa: DTZ007, DTZ901  # reason: as named


def backup_name(path: Path, at: datetime, why: str = "") -> str:
    """Return the name of a backup of ``path``; ``why`` says what it was made before, in a word or two."""
    return f"{cut_to(path.stem, _LONGEST_STEM)}-{at:{_FORM}}{f'-{why}' if why else ''}.her2book"


def free_place(folder: Path, path: Path, at: datetime, why: str = "") -> Path:
    """Return where in a folder a backup goes: a name that is taken, by one of the same second, is left alone."""
    while (target := folder / backup_name(path, at, why)).exists() or key_file(target).exists():
        at += timedelta(seconds=1)
    return target


def why_of(backup: Path) -> str:
    """Return what a backup was made before; empty for one of the rotation."""
    named = _NAME.fullmatch(backup.name)
    return (named["why"] or "") if named else ""


def copy_to(storage: Storage, key: bytes, header: bytes, target: Path) -> None:
    """Write a copy of a casebook and of its key file: first the copy, which without its key is no backup."""
    from her2board.casebook.sqlite_engine import connect  # a program without a casebook never needs it

    keys = stage(key_file(target), header, private=True)
    file = stage(target, b"", private=True)
    try:
        db = connect(file, key, wal=False)
        try:
            storage.copy(db)
        finally:
            db.close()
        put_if_free(file, target)
        put_if_free(keys, key_file(target))
    finally:
        discard(file)
        discard(keys)
