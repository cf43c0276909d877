"""The command 'casebook meeting list': the meetings of a casebook."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of
from her2board.cli.output import aligned, say
from her2board.wording import day_words, tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("list", help=tr("list the meetings, the latest first"))
    add_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one line per meeting."""
    with book_of(options) as book:
        kept = book.meetings()
    headings = (tr("Day"), tr("Board"), tr("Place"), tr("Cases"), tr("Id"))
    rows = [
        (day_words(one.value.day), one.value.board, one.value.place, str(len(one.value.listings)), one.key)
        for one in kept
    ]
    if rows:
        say(aligned(headings, rows))
    return 0
