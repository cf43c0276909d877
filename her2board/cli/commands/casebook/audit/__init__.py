"""The command 'casebook audit': what was done with a casebook."""

import sys

from her2board.cli.arguments import Commands, add_commands
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command with its actions."""
    parser = commands.add_parser("audit", help=tr("list what was done, or check that the list is complete"))
    actions = parser.add_subparsers(dest="audit_action", metavar="ACTION", required=True)
    add_commands(actions, sys.modules[__name__])
