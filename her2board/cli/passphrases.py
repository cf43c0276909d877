"""Reads passphrases: at a prompt, from a file descriptor or from a variable; never from the command line."""

import argparse
import getpass
import os
import sys
from contextlib import suppress

from her2board.cli.arguments import Parser
from her2board.cli.errors import CommandError
from her2board.wording import Marked, tr

VARIABLE = "HER2BOARD_PASSPHRASE"
_OF_THE_CASEBOOK: Marked = "the casebook's"
_LONGEST = 10_000
"""Bytes read of a descriptor."""


def add_passphrase(parser: Parser, *, name: str = "passphrase", of: Marked = _OF_THE_CASEBOOK) -> None:
    """Add the option that names a descriptor; the words say which passphrase it is."""
    words = tr("read {whose} passphrase from this file descriptor (default: {variable}, else a prompt)")
    help_ = words.format(whose=tr(of), variable=variable_of(name))
    parser.add_argument(f"--{name}-fd", type=int, metavar="N", help=help_)


def variable_of(name: str) -> str:
    """Return the environment variable of a passphrase."""
    return VARIABLE if name == "passphrase" else f"HER2BOARD_{name.upper().replace('-', '_')}"


def passphrase(options: argparse.Namespace, prompt: Marked, *, name: str = "passphrase", new: bool = False) -> str:
    """Return a passphrase; a new one is asked for twice. Raises CommandError where there is nobody to ask."""
    descriptor: int | None = getattr(options, f"{name.replace('-', '_')}_fd")
    if descriptor is not None:
        return _from_descriptor(descriptor, name)
    given = os.environ.pop(variable_of(name), None)  # nothing started from here on inherits it
    if given is not None:
        return given
    if not sys.stdin or not sys.stdin.isatty():
        words = tr("there is nobody to ask for the passphrase; give it by {option} or {variable}")
        raise CommandError(words.format(option=f"--{name}-fd", variable=variable_of(name)))
    said = getpass.getpass(tr(prompt))
    if new and getpass.getpass(tr("The same again: ")) != said:
        raise CommandError(tr("the two passphrases differ; nothing was done"))
    return said


def _from_descriptor(descriptor: int, name: str) -> str:
    try:
        data = b""
        while len(data) < _LONGEST and (part := os.read(descriptor, _LONGEST)):
            data += part
        with suppress(OSError):
            os.close(descriptor)
        return data.decode().split("\n")[0].removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        words = tr("--{name}-fd {number}: no passphrase can be read there ({why})")
        why = getattr(error, "strerror", None) or tr("not text in UTF-8")
        raise CommandError(words.format(name=name, number=descriptor, why=why)) from error
