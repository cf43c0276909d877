"""The action 'packs trust': whose packs are installed from now on, where the program came without a root."""

import argparse
from pathlib import Path

from her2board.cli.arguments import Commands
from her2board.cli.books import add_open_book, maybe_book
from her2board.cli.evidence_packs import now
from her2board.cli.output import say
from her2board.cli.roots import root_of, trust_root
from her2board.packs.fingerprint import first_half
from her2board.wording import day_words, tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("trust", help=tr("trust a root: packs that its keys signed are installed from now on"))
    parser.add_argument("root", type=Path, metavar="FILE", help=tr("the root (1.root.json), or a folder with it"))
    words = tr("its fingerprint, or the last four groups, as a letter or a call says; never read from the file itself")
    parser.add_argument("--fingerprint", metavar="DIGITS", default="", help=words)
    words = tr("where the fingerprint was read from: 'letter of 12 Nov 2026'; it is kept")
    parser.add_argument("--reason", metavar="WORDS", default="", help=words)
    add_open_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Trust the root, or show what is to be compared first. Raises CommandError."""
    root = root_of(options.root)
    if not options.fingerprint:
        words = tr(
            "root {n}, until {day}. Its fingerprint begins with {half}. Compare that with the letter or call of those "
            "who make the packs, and give its last four groups: --fingerprint DIGITS --reason 'letter of …'. "
            "Nothing is trusted yet."
        )
        say(words.format(n=root.number, day=day_words(root.until), half=first_half(root.data)))
        return 1
    with maybe_book(options) as book:
        trust_root(root, options.fingerprint, options.reason, now(), book)
    words = tr("the root {fingerprint} is trusted from now on; packs signed by it are installed without further ado")
    say(words.format(fingerprint=root.fingerprint))
    return 0
