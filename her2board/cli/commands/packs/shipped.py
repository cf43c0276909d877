"""The action 'packs shipped': the evidence the program came with is in use again, whatever was installed."""

import argparse

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.evidence_packs import plainly
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("go back to the evidence the program came with")
    commands.add_parser("shipped", help=words).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Set the installed releases aside; which packs were seen is remembered. Raises CommandError."""
    del options
    from her2board.packs.installed import use_shipped

    with plainly():
        use_shipped(paths.packs_dir())
    say(tr("in use: the evidence the program came with"))
    return 0
