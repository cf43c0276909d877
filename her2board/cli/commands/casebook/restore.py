"""The command 'casebook restore': a backup as the casebook, also on a new machine."""

import argparse
from pathlib import Path

from her2board.cli.arguments import Commands
from her2board.cli.books import in_one_line
from her2board.cli.output import say
from her2board.cli.passphrases import add_passphrase, passphrase
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("restore", help=tr("bring a backup back as the casebook"))
    parser.add_argument("backup", type=Path, help=tr("the backup, or a folder: its newest one"))
    parser.add_argument("book", type=Path, metavar="BOOK", help=tr("where the casebook is to be"))
    words = tr("where a casebook is there: set it aside under another name")
    parser.add_argument("--replace", action="store_true", help=words)
    add_passphrase(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Restore the backup and say what it holds."""
    from her2board.casebook.backups import restore  # brings the database with it
    from her2board.casebook.opening import open_casebook

    with in_one_line():
        word = passphrase(options, "Passphrase of the casebook when the backup was made: ")
        source = restore(options.backup, word, options.book, replace=options.replace)
        book = open_casebook(options.book, word)
        try:
            book.record("restored", "", source.name)
            count = len(book.summaries())
        finally:
            book.lock()
    say(tr("{path}: restored from {backup}, {n} cases").format(path=options.book, backup=source.name, n=count))
    return 0
