"""The action 'packs back': one step back to the release in use before."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_open_book, maybe_book
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("back", help=tr("go back to the release in use before the last installation"))
    parser.add_argument("--reason", metavar="WORDS", default="", help=tr("why; it is kept with the installation"))
    add_open_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take the last installation back. Raises CommandError."""
    from her2board.cli.offers import go_back

    with maybe_book(options) as book:
        after = go_back(options.reason.strip(), book)
    if after.record is None:
        say(tr("in use: the evidence the program came with"))
    else:
        say(
            tr("in use: evidence {release} (pack {number})").format(
                **after.record.model_dump(include={"release", "number"})
            )
        )
    return 0
