"""The action 'overlay install': a local file is shown beside the evidence from now on."""

import argparse
from datetime import date

from her2board import paths
from her2board.cli import release
from her2board.cli.arguments import Commands
from her2board.cli.local_files import add_file, plainly, read_bytes
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("install", help=tr("put a local file in use"))
    add_file(parser)
    words = tr("the file was made in this clinic: it may go unsigned")
    parser.add_argument("--own", action="store_true", help=words)
    words = tr("fingerprint of the key of the other clinic, as it gave it; asked for once")
    parser.add_argument("--fingerprint", metavar="DIGITS", default="", help=words)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Install the file and say what is in use. Raises CommandError."""
    from her2board.packs.local_installed import install

    data, library = read_bytes(options), release.load_library()
    today = date.today()  # noqa: DTZ011  # reason: the edge supplies today, in local time
    with plainly(options.file):
        overlay = install(
            paths.overlay_dir(), data, library, today, own=options.own, compared=options.fingerprint.strip()
        )
    words = tr("in use: local file of {clinic}, number {number}; 'her2board overlay remove' takes it out again")
    say(words.format(clinic=overlay.clinic, number=overlay.number))
    return 0
