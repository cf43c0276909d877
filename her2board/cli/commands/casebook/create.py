"""The command 'casebook create': a new, empty casebook."""

import argparse
from pathlib import Path

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, in_one_line
from her2board.cli.output import say, warn
from her2board.cli.passphrases import passphrase
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("create", help=tr("make a new casebook and print its recovery key"))
    add_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make a casebook; print its recovery key, once."""
    from her2board.casebook.header_file import key_file  # brings the database with it
    from her2board.casebook.opening import create_casebook, refuse_taken

    with in_one_line():
        path = Path(options.book)
        refuse_taken(path)
        book = create_casebook(path, passphrase(options, "New passphrase of the casebook: ", new=True))
        try:
            words = tr(
                "Recovery key of {path}. Print it and lock it away: with it the casebook opens when the passphrase is "
                "forgotten or {key} is lost. Whoever has it and the file reads every case."
            )
            say(words.format(path=path, key=key_file(path).name))
            say(book.recovery_key())
            if place := book.place.words():
                warn(place)
        finally:
            book.lock()
    return 0
