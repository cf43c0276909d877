"""The action 'packs install': a checked pack becomes the evidence in use."""

import argparse

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.evidence_packs import add_pack, add_root, checked, now, plainly
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("install", help=tr("put a pack in use"))
    add_pack(parser)
    add_root(parser)
    words = tr("why a pack past its date is installed all the same; it is kept with the installation")
    parser.add_argument("--reason", metavar="WORDS", default="", help=words)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Install the pack and say what is in use now. Raises CommandError."""
    from her2board.packs.installed import install

    pack = checked(options, although_expired=bool(options.reason.strip()))
    place = paths.packs_dir()
    with plainly():
        place.mkdir(parents=True, exist_ok=True)
        install(place, pack, now(), options.reason.strip() if pack.expired else "")
    words = tr("in use: evidence {release} of {released} (pack {number}); 'her2board packs back' takes it back")
    say(words.format(release=pack.record.release, released=pack.record.released, number=pack.record.number))
    return 0
