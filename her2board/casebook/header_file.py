"""The file beside a casebook that holds its wrapped key."""

from pathlib import Path

from her2board.case.file_names import name_beside
from her2board.case.writing import reason, write_atomically
from her2board.casebook.errors import CasebookError, DamagedError
from her2board.casebook.keys import Header, parse_header
from her2board.wording import tr

_LARGEST_HEADER = 4_000
"""Bytes; one of ours is a tenth of it."""


def key_file(path: Path) -> Path:
    """Return the file of the wrapped key beside a casebook."""
    return name_beside(path, "", ".key")


def read_header(path: Path) -> Header:
    """Return the header of the casebook at ``path``."""
    refuse_missing(path)
    try:
        with key_file(path).open("rb") as stream:
            data = stream.read(_LARGEST_HEADER)
    except FileNotFoundError:
        words = tr(
            "{path}: its key file {key} is missing; copy it too (a casebook is both files), or open the casebook with "
            "its recovery key"
        )
        raise DamagedError(words.format(path=path, key=key_file(path).name)) from None
    except OSError as error:
        raise CasebookError(tr("{path}: {why}").format(path=key_file(path), why=reason(error, path))) from error
    return parse_header(data)


def write_header(path: Path, header: Header) -> None:
    """Put a header in the place of the one before, whole or not at all."""
    try:
        write_atomically(key_file(path), header.to_bytes(), private=True)
    except OSError as error:
        raise CasebookError(tr("{path}: {why}").format(path=key_file(path), why=reason(error, path))) from error


def refuse_missing(path: Path) -> None:
    """Raise CasebookError where there is no casebook."""
    if not path.is_file():
        raise CasebookError(tr("{path}: no such casebook").format(path=path))
