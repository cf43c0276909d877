"""The action 'packs shipped': the evidence the program came with is in use again, whatever was installed."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_open_book, maybe_book
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("shipped", help=tr("go back to the evidence the program came with"))
    parser.add_argument("--reason", metavar="WORDS", default="", help=tr("why; it is kept with the installation"))
    add_open_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Set the installed releases aside; which packs were seen is remembered. Raises CommandError."""
    from her2board.cli.offers import use_what_was_shipped

    with maybe_book(options) as book:
        use_what_was_shipped(options.reason.strip(), book)
    say(tr("in use: the evidence the program came with"))
    return 0
