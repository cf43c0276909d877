"""The command 'evidence': one module for each of its actions, found as the commands are."""

import sys
from pathlib import Path

from her2board.cli.arguments import Commands, add_commands
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command with its actions."""
    parser = commands.add_parser("evidence", help=tr("check, list and show the evidence"))
    words = tr("another release (default: the shipped one)")
    parser.add_argument("--release", type=Path, metavar="FOLDER", help=words)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_commands(actions, sys.modules[__name__])
