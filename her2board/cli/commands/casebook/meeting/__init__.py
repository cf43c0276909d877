"""The command 'casebook meeting': meetings, their cases in order, what was decided; one module for each action."""

import sys

from her2board.cli.arguments import Commands, add_commands
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command with its actions."""
    parser = commands.add_parser("meeting", help=tr("prepare a meeting, list its cases, record what was decided"))
    actions = parser.add_subparsers(dest="meeting_action", metavar="ACTION", required=True)
    add_commands(actions, sys.modules[__name__])
