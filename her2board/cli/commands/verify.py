"""The command 'verify': do page, attachments and hash of a PDF agree?"""

import argparse
from pathlib import Path

from her2board.cli import release
from her2board.cli.arguments import Commands
from her2board.cli.carried import made_again, read
from her2board.cli.output import say
from her2board.pdf.comparing import PARTS, listed
from her2board.pdf.quoting import quoted
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("verify", help=tr("say whether page, attachments and hash of a PDF agree"))
    parser.add_argument("pdf", type=Path, help=tr("the PDF"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say for each part whether it agrees with what was written, and with what is made here."""
    found = read(options.pdf)
    library = release.local_library()
    findings = list(found.findings())
    for part in PARTS:
        words = listed(finding for finding in findings if finding.part == part)
        if words or part != "file":
            say(f"{part}: {words or tr('agrees')}")
    differ = False
    for carried in found.index.cases:
        comparison, same = made_again(found, carried, library)
        say(f"{quoted(carried.code)}, {carried.content}: {comparison}")
        differ |= not same
    return 1 if differ or any(finding.problem for finding in findings) else 0
