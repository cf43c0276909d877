"""Which folder the evidence is read from where packs were installed."""

import re
from datetime import date
from pathlib import Path

from her2board import paths
from her2board.cli.errors import CommandError
from her2board.evidence import files
from her2board.packs.errors import PackError
from her2board.packs.installed import evidence_in_use, read_installed
from her2board.packs.record import PackRecord
from her2board.wording import day_words, tr

_AS_OF = re.compile(r"^as_of: '(\d{4}-\d{2}-\d{2})'$", re.MULTILINE)


def in_use() -> tuple[int, date]:
    """Return number and day of the evidence in use; number 0 for what the program came with. Reads no evidence."""
    shipped = _as_of(paths.evidence_dir())
    try:
        record = read_installed(paths.packs_dir()).record
    except PackError:  # reported where the evidence is loaded
        record = None
    return (0, shipped) if record is None or shipped > record.released else (record.number, record.released)


def refuse_older(record: PackRecord) -> None:
    """Raise CommandError for a pack whose evidence is older than what the program came with: it would not be read."""
    shipped = _as_of(paths.evidence_dir())
    if record.released < shipped:
        words = tr(
            "the evidence in the pack, of {day}, is older than that of {shipped}, with which this program came; it is "
            "not installed"
        )
        raise CommandError(words.format(day=day_words(record.released), shipped=day_words(shipped)))


def folder_in_use() -> Path:
    """Return the installed release, or the shipped one where that is newer or none is installed.

    Raises CommandError where the installed one is missing or not as it was installed.
    """
    try:
        installed, folder = read_installed(paths.packs_dir()), evidence_in_use(paths.packs_dir())
    except PackError as error:
        raise CommandError(str(error)) from error
    shipped = paths.evidence_dir()
    if folder is None or installed.record is None or _as_of(shipped) > installed.record.released:
        return shipped
    if files.content_hash(files.texts(folder)) != installed.record.content_hash:
        words = tr("{folder}: not as it was installed; install the pack again, or go back: 'her2board packs shipped'")
        raise CommandError(words.format(folder=folder))
    return folder


def _as_of(folder: Path) -> date:
    found = _AS_OF.search((folder / files.RELEASE).read_text(encoding="utf-8"))
    return date.fromisoformat(found[1]) if found else date.min
