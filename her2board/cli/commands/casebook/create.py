"""The command 'casebook create': a new, empty casebook."""

import argparse
from pathlib import Path

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_at, in_one_line
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
    from her2board.casebook.file_home import refuse_taken  # brings the database with it
    from her2board.casebook.opening import create_casebook

    prompt = "New passphrase of the casebook: "
    with in_one_line():
        place = book_at(options, new=True)
        if isinstance(place, Path):
            refuse_taken(place)  # before anybody thinks of a passphrase
        book = create_casebook(place, passphrase(options, prompt, new=True))
        try:
            words = tr(
                "Recovery key of {book}. Print it and lock it away: with it the casebook opens when the passphrase is "
                "forgotten or its key file is lost. Whoever has it and the casebook reads every case."
            )
            say(words.format(book=options.book))
            say(book.recovery_key())
            if about := book.place.words():
                warn(about)
        finally:
            book.lock()
    return 0
