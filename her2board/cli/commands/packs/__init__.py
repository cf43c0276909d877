"""The command 'packs': evidence that travels as one signed file; one module for each action."""

import sys

from her2board.cli.arguments import Commands, add_commands
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command with its actions."""
    parser = commands.add_parser("packs", help=tr("make, check, install and take back evidence packs"))
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_commands(actions, sys.modules[__name__])
