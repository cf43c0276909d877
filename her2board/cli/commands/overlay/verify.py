"""The action 'overlay verify': whether a local file is as it was signed and can be used here; nothing is changed."""

import argparse

from her2board import paths
from her2board.cli import release
from her2board.cli.arguments import Commands
from her2board.cli.local_files import add_file, plainly, read_bytes
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("verify", help=tr("check a local file without installing it"))
    add_file(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what the file says of itself, and whose key signed it. Raises CommandError with every problem."""
    from her2board.evidence.overlay_file import parse_overlay
    from her2board.packs.local_file import fingerprint, opened
    from her2board.packs.local_installed import read_state

    with plainly(options.file):
        carried = opened(read_bytes(options))
        overlay = parse_overlay(carried.text, options.file.name, release.load_library())
        known = read_state(paths.overlay_dir()).known
    words = tr("{clinic}, number {number}, changed on {day}: every entry can be used")
    say(words.format(clinic=overlay.clinic, number=overlay.number, day=overlay.changed_on))
    if carried.key is None:
        say(tr("not signed: only the clinic that made it takes it as it is"))
        return 0
    here = fingerprint(carried.key)
    if here in known:
        say(
            tr("signed with {fingerprint}, known here as the key of {clinic}").format(
                fingerprint=here, clinic=known[here]
            )
        )
    else:
        say(tr("signed with {fingerprint}, not known here yet: compare it with the clinic").format(fingerprint=here))
    return 0
