"""The command 'casebook meeting agenda': the agenda alone."""

import argparse

from her2board.briefing.packet import PacketOptions
from her2board.cli.arguments import Commands
from her2board.cli.meeting_commands import add_meeting_paper, write_layout
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("agenda", help=tr("write the agenda of a meeting"))
    add_meeting_paper(parser, tr("the PDF to write"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write it."""
    return write_layout(options, PacketOptions(layout="agenda"), (".pdf",))
