"""The action 'evidence diff': what changed between two releases."""

import argparse
from pathlib import Path

from her2board.cli.arguments import Commands
from her2board.cli.cohorts import require_folder
from her2board.cli.output import say
from her2board.evidence.changes import changes
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("diff", help=tr("list what changed between two releases"))
    parser.add_argument("old", type=Path, help=tr("folder of the older release"))
    parser.add_argument("new", type=Path, help=tr("folder of the newer release"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the differences."""
    for folder in (options.old, options.new):
        require_folder(folder)
    say("\n".join(map(str, changes(options.old, options.new))) or tr("no difference"))
    return 0
