"""The command 'casebook meeting add': a new meeting."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of, day_from
from her2board.cli.output import say
from her2board.wording import day_words, tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("add", help=tr("add a meeting"))
    add_book(parser)
    parser.add_argument("day", type=day_from, metavar="DAY", help=tr("day of the meeting, as 2026-12-03"))
    parser.add_argument("--board", default="", help=tr("name of the board"))
    parser.add_argument("--place", default="", help=tr("where it meets"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Add the meeting and print its id."""
    with book_of(options) as book:
        kept = book.add_meeting(options.day, options.board, options.place)
    say(tr("Meeting of {day}, id {id}").format(day=day_words(kept.value.day), id=kept.key))
    return 0
