"""The command 'overlay': the clinic's own local file beside the evidence; one module for each action."""

import sys

from her2board.cli.arguments import Commands, add_commands
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command with its actions."""
    words = tr("the clinic's own local file beside the evidence: access, trials there, statements of its own")
    parser = commands.add_parser("overlay", help=words)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_commands(actions, sys.modules[__name__])
