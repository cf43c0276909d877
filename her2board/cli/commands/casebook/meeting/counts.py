"""The command 'casebook meeting counts': what the meetings of a year amount to."""

import argparse
from pathlib import Path

from her2board.briefing.meeting.counts import Counts, years
from her2board.cli import meeting_commands
from her2board.cli.arguments import Commands, add_paper, add_settings
from her2board.cli.books import add_book, book_of
from her2board.cli.errors import CommandError
from her2board.cli.meeting_commands import refuse_suffix
from her2board.cli.meeting_papers import year_counts
from her2board.cli.output import say, write
from her2board.cli.papers import counts_file
from her2board.cli.release import chosen_paper, load_library
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("count what the meetings of a year recorded; what is not recorded is counted apart")
    parser = commands.add_parser("counts", help=words)
    add_book(parser)
    parser.add_argument(
        "--year", type=int, metavar="YEAR", help=tr("the year (default: the latest with a meeting held)")
    )
    words = tr("the PDF with a plot, .xlsx or .csv to write (default: print them)")
    parser.add_argument("-o", "--output", type=Path, help=words)
    add_paper(parser)
    add_settings(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write or print them."""
    if options.output is not None:
        refuse_suffix(options.output, (".pdf", ".xlsx", ".csv"))
    today = meeting_commands.today()
    with book_of(options) as book:
        held = [kept.value for kept in book.meetings() if kept.value.day <= today]
        if not held:
            raise CommandError(tr("no meeting of this casebook was held yet; there is nothing to count"))
        found = year_counts(book, options.year or years(held)[0], today, load_library())
        if options.output is not None:
            book.record("exported", "", f"counts {found.year}")
    if options.output is None:
        _print(found)
    else:
        data = counts_file(found, options.output.suffix.lower(), chosen_paper(options))
        write(options.output, data, Path(options.book), options.settings)
    return 0


def _print(found: Counts) -> None:
    say(f"{found.year}: {found.lead}")
    for measure in found.measures:
        say(f"{measure.label}: {measure.words}")
