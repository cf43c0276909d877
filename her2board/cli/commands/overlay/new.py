"""The action 'overlay new': a local file to be filled in, with each part explained."""

import argparse
from datetime import date
from pathlib import Path

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.output import say, write
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("new", help=tr("write a local file to be filled in"))
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file. Raises CommandError."""
    from her2board.evidence.skeleton import new_local

    today = date.today()  # noqa: DTZ011  # reason: the edge supplies today, in local time
    write(options.output, new_local(today, paths.evidence_dir() / "templates").encode())
    say(str(options.output))
    return 0
