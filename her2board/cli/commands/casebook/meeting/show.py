"""The command 'casebook meeting show': one meeting, its cases in order, what was decided."""

import argparse

from her2board.casebook.book import Kept
from her2board.casebook.model import CaseSummary, Listing
from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, add_meeting, book_of, meeting_of
from her2board.cli.output import aligned, say
from her2board.wording import day_words, tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("show", help=tr("show a meeting: its cases in order and what was decided"))
    add_book(parser)
    add_meeting(parser)
    parser.add_argument("--json", action="store_true", help=tr("print as JSON"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the meeting."""
    with book_of(options) as book:
        kept = meeting_of(book, options.meeting)
        cases = book.some_summaries([one.case_id for one in kept.value.listings])
    if options.json:
        say(kept.value.model_dump_json(indent=1))
        return 0
    about = " · ".join(part for part in (day_words(kept.value.day), kept.value.board, kept.value.place) if part)
    say(about)
    headings = ("", tr("Code"), tr("Reason"), tr("Status"), tr("Owed"), tr("Decision"), tr("Owner"), tr("Due"))
    rows = [
        (str(number), *_row(listing, cases.get(listing.case_id)))
        for number, listing in enumerate(kept.value.listings, 1)
    ]
    if rows:
        say(aligned(headings, rows))
    return 0


def _row(listing: Listing, case: Kept[CaseSummary] | None) -> tuple[str, ...]:
    outcome = listing.outcome
    return (
        case.value.code if case else tr("(removed)"),
        listing.reason,
        tr("list only") if listing.list_only else tr(listing.status.label),
        str(len(case.value.owed)) if case else "",
        outcome.decision,
        outcome.owner,
        day_words(outcome.due) if outcome.due else "",
    )
