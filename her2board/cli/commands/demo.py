"""The command 'demo': the briefing of a published case, and the program opened on it."""

import argparse
import os
import sys
from pathlib import Path

from her2board import paths
from her2board.cli import release
from her2board.cli.arguments import Commands
from her2board.cli.cases import read_case
from her2board.cli.errors import CommandError
from her2board.cli.output import say, write
from her2board.cli.pages import PageRequest, make_page
from her2board.cli.program import open_program
from her2board.wording import tr

EXAMPLE = "cr18-untreated-asymptomatic"


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("write the briefing of a published case, and open the program on it")
    parser = commands.add_parser("demo", help=words)
    default = Path("build/demo/briefing.pdf")
    parser.add_argument("-o", "--output", type=Path, default=default, help=tr("the PDF to write"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the briefing, say where, and open the program when there is a display."""
    source = paths.example_case(EXAMPLE)
    read = read_case(source, None)
    data = make_page(PageRequest(case=read.case, library=release.load_library(), day=read.day, dated=read.dated))
    try:
        options.output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"{options.output.parent}: {error.strerror}") from error
    write(options.output, data, source)
    say(tr("The briefing of a published case: {path}").format(path=options.output.resolve()))
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("win32", "darwin")):
        say(tr("There is no display, so the program was not opened."))
        return 0
    sys.stdout.flush()
    return open_program(source)
