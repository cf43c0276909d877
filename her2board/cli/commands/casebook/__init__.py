"""The command 'casebook': the encrypted collection of cases and meetings; one module for each of its actions."""

import sys

from her2board.cli.arguments import Commands, add_commands
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command with its actions."""
    parser = commands.add_parser("casebook", help=tr("keep cases and meetings, encrypted, in one place"))
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_commands(actions, sys.modules[__name__])
