"""The command 'casebook audit list': what was done, by whom and when."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of, moment
from her2board.cli.output import aligned, say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("list", help=tr("list what was done with the casebook, the oldest first"))
    add_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the audit."""
    with book_of(options) as book:
        headings = (tr("Number"), tr("When"), tr("Who"), tr("What"), tr("Case or meeting"), tr("Detail"))
        rows = (
            (str(entry.number), moment(entry.at), entry.by, entry.action, entry.subject, entry.detail)
            for entry in book.audit()
        )
        say(aligned(headings, rows))
    return 0
