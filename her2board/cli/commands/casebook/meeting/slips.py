"""The command 'casebook meeting slips': a decision slip per case, blank or filled in from what was decided."""

import argparse

from her2board.briefing.packet import PacketOptions
from her2board.cli.arguments import Commands
from her2board.cli.meeting_commands import add_cases, add_meeting_paper, write_layout
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("write a decision slip per case of a meeting, filled in where a decision is recorded")
    parser = commands.add_parser("slips", help=words)
    add_meeting_paper(parser, tr("the PDF to write"))
    add_cases(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write them."""
    return write_layout(options, PacketOptions(layout="slips"), (".pdf",))
