"""The command 'casebook meeting order': the order in which a meeting takes its cases."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, add_meeting, book_of, case_id, meeting_of
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.wording import tr, trn


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("order", help=tr("put the cases of a meeting in order; those not named follow"))
    add_book(parser)
    add_meeting(parser)
    parser.add_argument("cases", nargs="+", metavar="CASE", help=tr("code or id of a case of the meeting"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Order the cases as named."""
    with book_of(options) as book:
        kept = meeting_of(book, options.meeting)
        first = []
        for name in options.cases:
            listing = kept.value.listing(case_id(book, name))
            if listing is None:
                raise CommandError(tr("'{case}' is not on the list of this meeting").format(case=name))
            if listing not in first:
                first.append(listing)
        rest = (one for one in kept.value.listings if one not in first)
        book.save_meeting(kept.value.model_copy(update={"listings": (*first, *rest)}), kept.version)
    say(trn("{n} case in order", "{n} cases in order", len(kept.value.listings)).format(n=len(kept.value.listings)))
    return 0
