"""The action 'packs forget': the root that was trusted here is trusted no longer."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_open_book, maybe_book
from her2board.cli.evidence_packs import now
from her2board.cli.output import say
from her2board.cli.roots import forget_root, root_in_use
from her2board.packs.root_in_use import root_words
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("trust the root no longer that was trusted here; evidence installed with it goes out of use")
    parser = commands.add_parser("forget", help=words)
    parser.add_argument("--reason", metavar="WORDS", required=True, help=tr("why; it is kept"))
    add_open_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Forget the root, and say whom the program trusts now. Raises CommandError."""
    with maybe_book(options) as book:
        forget_root(options.reason, now(), book)
    for words in root_words(root_in_use()):
        say(words)
    return 0
