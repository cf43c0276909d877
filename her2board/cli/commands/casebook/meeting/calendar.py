"""The command 'casebook meeting calendar': the days by which decisions are to be carried out."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from her2board.briefing.meeting.calendar import calendar
from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, add_meeting
from her2board.cli.errors import CommandError
from her2board.cli.meeting_commands import add_cases, meeting_named, refuse_suffix
from her2board.cli.meeting_papers import due_days
from her2board.cli.output import write
from her2board.cli.release import load_library
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("write the days by which decisions are due as calendar entries: codes, nothing clinical")
    parser = commands.add_parser("calendar", help=words)
    add_book(parser)
    add_meeting(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, help=tr("the .ics to write"))
    add_cases(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write them; exit status 1 where no decision waits for its day."""
    refuse_suffix(options.output, (".ics",))
    found = meeting_named(options, "calendar")
    due = due_days(found, load_library())
    if not due:
        raise CommandError(tr("no decision that waits to be carried out has a day; there is no entry to write"))
    write(options.output, calendar(due, datetime.now(UTC)), Path(options.book))
    return 0
