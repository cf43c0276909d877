"""The action 'packs install': a checked pack becomes the evidence in use."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_open_book, book_of
from her2board.cli.evidence_packs import add_pack, checked, follow_up_words, warn_of_clock
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("install", help=tr("put a pack in use"))
    add_pack(parser)
    add_open_book(parser)
    words = tr("why a pack past its date is installed all the same; it is kept with the installation")
    parser.add_argument("--reason", metavar="WORDS", default="", help=words)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Install the pack and say what is in use now. Raises CommandError."""
    from her2board.cli.offers import install_pack, offered, to_follow_up

    warn_of_clock()
    why = options.reason.strip()
    pack = checked(options, although_expired=bool(why))
    offer = offered(pack)  # a release that this program cannot read is not put in use
    if options.book:
        with book_of(options) as book:
            install_pack(pack, why, book, offer)
            for one in to_follow_up(book):
                say(follow_up_words(one))
    else:
        install_pack(pack, why)
    words = tr("in use: evidence {release} of {released} (pack {number}); 'her2board packs back' takes it back")
    say(words.format(release=pack.record.release, released=pack.record.released, number=pack.record.number))
    return 0
