"""The command 'casebook search': the cases in which words occur."""

import argparse

from her2board.cli.arguments import Commands, add_words
from her2board.cli.books import add_book
from her2board.cli.commands.casebook.list import add_filters
from her2board.cli.commands.casebook.list import run as listed
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("list the cases in which every word begins a word: of codes, names, drugs, free text, in any script")
    parser = commands.add_parser("search", help=words)
    add_book(parser)
    add_words(parser, tr("beginnings of words to look for"))
    add_filters(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one line per case found; 1 where there is none."""
    return listed(options)
