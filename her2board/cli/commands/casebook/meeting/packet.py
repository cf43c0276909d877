"""The command 'casebook meeting packet': the agenda and a page per case, or another layout of them."""

import argparse

from her2board.briefing.layouts import LAYOUTS, by_suffix
from her2board.briefing.packet import PacketOptions
from her2board.cli.arguments import Commands, add_annex
from her2board.cli.errors import CommandError
from her2board.cli.meeting_commands import add_meeting_paper, write_layout
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("packet", help=tr("write the agenda and a page per case of a meeting"))
    add_meeting_paper(parser, tr("the PDF, .pptx or .docx to write"))
    add_annex(parser, tr("pages: add the annex of every case, short (four pages at most) or full"))
    parser.add_argument("--slips", action="store_true", help=tr("pages: add a decision slip per case"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write it; what kind it is follows from the file extension."""
    layout = by_suffix(options.output.suffix.lower())
    if not layout.has_pages and (options.annex != "none" or options.slips):
        raise CommandError(tr("--annex and --slips belong to the layout 'pages'"))
    chosen = PacketOptions(layout=layout.name, annex=options.annex, slips=options.slips)
    return write_layout(options, chosen, dict.fromkeys(one.suffix for one in LAYOUTS.values() if one.suffix != ".txt"))
