"""The command 'casebook verify': is everything in a casebook as it was written?"""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of
from her2board.cli.output import say
from her2board.wording import tr, trn


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("verify", help=tr("read everything in the casebook and say whether it is sound"))
    add_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read every case, version and audit entry; 1 where one is not as it was written."""
    with book_of(options) as book:
        problems, counted = book.verify()
    for problem in problems:
        say(problem)
    if not problems:
        words = trn("{n} version read, nothing is damaged", "{n} versions read, nothing is damaged", counted)
        say(words.format(n=counted))
    return 1 if problems else 0
