"""The command 'casebook add': loose case files taken into a casebook."""

import argparse
from pathlib import Path

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("add", help=tr("take case files, or folders of them, into the casebook"))
    add_book(parser)
    parser.add_argument("cases", type=Path, nargs="+", metavar="CASE", help=tr("case files, or folders of them"))
    words = tr("where the casebook has a case of the same code: store the file as its next version")
    parser.add_argument("--next-version", action="store_true", help=words)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take the files in and say of each what became of it; 1 where one was left out."""
    from her2board.casebook.taking_in import files_at, take_in  # brings the database with it

    files = [file for path in options.cases for file in files_at(path)]
    if not files:
        raise CommandError(tr("no case files there"))
    with book_of(options) as book:
        taken = take_in(book, files, next_version=options.next_version)
    for one in taken:
        say(one.words())
    return 0 if all(one.stored for one in taken) else 1
