"""The passphrases of those who hold keys: each is asked for, or they come line by line from a descriptor."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.cli.arguments import Parser
from her2board.cli.errors import CommandError
from her2board.wording import tr

if TYPE_CHECKING:  # brings the signatures with it
    from her2board.packs.ceremony import Held

SHORTEST = 12
"""Characters of a passphrase: whoever finds a stick can try them without limit."""


def add_passphrases(parser: Parser) -> None:
    """Add '--passphrases-fd'."""
    words = tr("read the passphrases from this file descriptor, one a line in the order of the folders (else prompts)")
    parser.add_argument("--passphrases-fd", type=int, metavar="N", help=words)


def holders(options: argparse.Namespace, folders: Sequence[Path], *, new: bool = False) -> "dict[Path, Held]":
    """Return each folder with the passphrase of its holder; a ``new`` one is long enough and typed twice.

    Raises CommandError.
    """
    from her2board.packs import keys
    from her2board.packs.ceremony import Held

    lines = _lines(options)
    found = {}
    for folder in folders:
        ask = new or (folder.is_dir() and keys.locked(folder))
        found[folder] = Held(folder, _passphrase(folder, lines, new=new).encode() if ask else b"")
    return found


def _passphrase(folder: Path, lines: Iterator[str] | None, *, new: bool) -> str:
    if lines is not None:
        said = next(lines, "")
    elif not sys.stdin or not sys.stdin.isatty():
        raise CommandError(tr("there is nobody to ask for the passphrases (--passphrases-fd)"))
    else:
        said = getpass.getpass(tr("Passphrase of the key in {folder}: ").format(folder=folder))
        if new and getpass.getpass(tr("The same again: ")) != said:
            raise CommandError(tr("the two passphrases differ; nothing was done"))
    if new and len(said.strip()) < SHORTEST:
        words = tr("{folder}: the passphrase is too short, at least {n} characters; five or six words are good")
        raise CommandError(words.format(folder=folder, n=SHORTEST))
    return said


def _lines(options: argparse.Namespace) -> Iterator[str] | None:
    """Return the lines of the descriptor, read on from where they were left; None where none is named."""
    if options.passphrases_fd is None:
        return None
    if not hasattr(options, "passphrase_lines"):
        try:
            with os.fdopen(options.passphrases_fd, encoding="utf-8") as stream:
                options.passphrase_lines = iter(stream.read().splitlines())
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(tr("--passphrases-fd: {why}").format(why=error)) from error
    lines: Iterator[str] = options.passphrase_lines
    return lines
