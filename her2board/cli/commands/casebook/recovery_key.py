"""The command 'casebook recovery-key': print the recovery key again."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("recovery-key", help=tr("print the recovery key again; the audit keeps that it was"))
    add_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the recovery key."""
    with book_of(options) as book:
        say(book.recovery_key())
    return 0
