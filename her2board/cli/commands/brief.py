"""The command 'brief': the one page of a case."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from her2board.briefing.account import Placed, account
from her2board.briefing.model import Briefing
from her2board.cli.arguments import Commands, add_annex, add_identified, add_paper, add_settings_and_day
from her2board.cli.cases import read_case, say_read_anew
from her2board.cli.errors import CommandError
from her2board.cli.outgoing import outgoing, say_found
from her2board.cli.output import say_json, warn, write
from her2board.cli.pages import PageRequest, make_page
from her2board.cli.release import chosen_library, chosen_paper
from her2board.pdf.blocks import Sheet
from her2board.pdf.provenance import page_account
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("brief", help=tr("write the one page of a case"))
    parser.add_argument("case", type=Path, help=tr("the case file"))
    parser.add_argument("-o", "--output", type=Path, required=True, help=tr("the PDF to write"))
    add_paper(parser)
    add_annex(parser, tr("add a short annex of four pages at most, or the full one with every cohort and reference"))
    words = tr("print what was shortened, and where each word is and comes from, as JSON")
    parser.add_argument("--json", action="store_true", help=words)
    add_identified(parser)
    add_settings_and_day(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the page; print what it shows where that is asked for."""
    read = read_case(options.case, options.as_of)
    accounts: list[dict[str, Any]] = []
    lines: list[str] = []

    def laid_out(sheets: Sequence[Sheet], shown: Briefing, where: Placed) -> None:
        accounts.append(page_account(sheets, shown, where.left))
        lines.append(account(where, shown.shortened, options.annex))

    try:
        library = chosen_library(options)
        say_read_anew(options.case, read.stored, library)
        found = outgoing(read.case, library, options.identified).found
        request = PageRequest(
            case=read.case,
            library=library,
            day=read.day,
            dated=read.dated,
            paper=chosen_paper(options),
            annex=options.annex,
            identified=options.identified,
            unreviewed=say_found(str(options.case), found, options.reviewed),
        )
        data = make_page(request, laid_out)
    except CommandError as error:
        raise CommandError(tr("{path}: {why}; nothing was written").format(path=options.case, why=error)) from error
    write(options.output, data, options.case, options.settings)
    if lines[0]:
        warn(f"{options.output}: {lines[0]}")
    if options.json:
        say_json(accounts[0])
    return 0
