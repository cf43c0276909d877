"""The command 'casebook meeting export': the meeting as a table."""

import argparse
from pathlib import Path

from her2board.cli.arguments import Commands, add_identified
from her2board.cli.books import add_book, add_meeting
from her2board.cli.meeting_commands import meeting_named, refuse_suffix
from her2board.cli.meeting_papers import meeting_export
from her2board.cli.output import warn, write
from her2board.cli.release import load_library
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("write a meeting as a table: a row per case, what is owed, who attended")
    parser = commands.add_parser("export", help=words)
    add_book(parser)
    add_meeting(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, help=tr("the .xlsx or .csv to write"))
    add_identified(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write it; '.csv' has the cases only."""
    refuse_suffix(options.output, (".xlsx", ".csv"))
    found = meeting_named(options, "export")
    suffix = options.output.suffix.lower()
    library = load_library()
    data, unreviewed = meeting_export(found, library, suffix, identified=options.identified, reviewed=options.reviewed)
    write(options.output, data, Path(options.book))
    for words in unreviewed:
        warn(words)
    return 0
