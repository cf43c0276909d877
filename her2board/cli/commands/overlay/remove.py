"""The action 'overlay remove': no local file is shown any more; the keys that were compared stay known."""

import argparse

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.local_files import plainly
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    commands.add_parser("remove", help=tr("take the local file out of use")).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Remove the file. Raises CommandError."""
    del options
    from her2board.packs.local_installed import remove

    with plainly():
        removed = remove(paths.overlay_dir())
    say(tr("no local file is in use any more") if removed else tr("no local file was in use"))
    return 0
