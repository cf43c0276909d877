"""The command 'casebook meeting requests': what is owed across the cases, a sheet or a mail for each who owes it."""

import argparse

from her2board.briefing.packet import PacketOptions
from her2board.cli.arguments import Commands
from her2board.cli.meeting_commands import add_meeting_paper, write_layout
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("write what is owed for the cases of a meeting, a sheet or a mail for each who owes it")
    parser = commands.add_parser("requests", help=words)
    add_meeting_paper(parser, tr("the PDF, or .txt for mails, to write"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write them."""
    mails = options.output.suffix.lower() == ".txt"
    return write_layout(options, PacketOptions(layout="requests-text" if mails else "requests"), (".pdf", ".txt"))
