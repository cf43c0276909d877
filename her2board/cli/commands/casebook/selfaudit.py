"""The command 'casebook selfaudit': what a casebook's own versions and meetings show of how cases are prepared."""

import argparse
from datetime import date, datetime
from pathlib import Path

from her2board import builds
from her2board.briefing.meeting.self_audit import SelfAudit, audit_table, self_audit, switch, switched_on
from her2board.cli import meeting_commands
from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of
from her2board.cli.errors import CommandError
from her2board.cli.output import aligned, say, write
from her2board.cli.release import load_library
from her2board.wording import day_words, tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("show how cases are prepared: time to ready, items missing, disciplines heard, decisions carried out")
    parser = commands.add_parser("selfaudit", help=words)
    add_book(parser)
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--on", action="store_true", help=tr("switch it on for meetings from today on"))
    group.add_argument("--off", action="store_true", help=tr("switch it off; nothing is counted any more"))
    parser.add_argument("--csv", type=Path, metavar="OUT", help=tr("write the figures as comma-separated text"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Switch it on or off, or print or write the figures."""
    today = meeting_commands.today()
    with book_of(options) as book:
        if options.on or options.off:
            switch(book, today if options.on else None)
            say(_state(today if options.on else None))
            return 0
        since = switched_on(book)
        if since is None:
            raise CommandError(_state(None) + " " + tr("Switch it on with --on."))
        found = self_audit(book, load_library(), since, today, local_day)
        assert found is not None  # nobody stops it here
        if options.csv is not None:
            book.record("exported", "", "self-audit")
    if options.csv is None:
        _print(found)
    else:
        from her2board.office.spreadsheet import comma_separated  # only this needs it

        write(options.csv, comma_separated(audit_table(found)), Path(options.book))
    return 0


def local_day(at: datetime) -> date:
    """Return the calendar day of a moment where this computer is."""
    return at.astimezone().date()


def _state(since: date | None) -> str:
    if since is None:
        return tr("The self-audit of this casebook is off.")
    return tr("The self-audit of this casebook counts meetings from {day} on.").format(day=day_words(since))


def _print(found: SelfAudit) -> None:
    say(found.lead)
    rows = [(one.label, one.words, one.without_words) for one in found.figures]
    say(aligned((tr("Measure"), tr("Value"), tr("Not computable, and why")), rows))
    say(builds.intended_use())
