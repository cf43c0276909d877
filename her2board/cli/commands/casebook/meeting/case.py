"""The command 'casebook meeting case': put cases on the list of a meeting."""

import argparse

from her2board.casebook.model import Listing
from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, add_meeting, book_of, case_id, meeting_of
from her2board.cli.output import say
from her2board.wording import tr, trn


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("case", help=tr("put cases on the list of a meeting, at its end"))
    add_book(parser)
    add_meeting(parser)
    parser.add_argument("cases", nargs="+", metavar="CASE", help=tr("code or id of a case in the casebook"))
    parser.add_argument("--reason", default="", help=tr("why they are on the list, in a few words"))
    parser.add_argument("--list-only", action="store_true", help=tr("named to the board, not discussed"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the cases; one that is listed already stays as it is."""
    with book_of(options) as book:
        kept = meeting_of(book, options.meeting)
        ids = dict.fromkeys(case_id(book, name) for name in options.cases)
        new = [key for key in ids if kept.value.listing(key) is None]
        more = tuple(Listing(case_id=key, reason=options.reason, list_only=options.list_only) for key in new)
        if more:
            listings = (*kept.value.listings, *more)
            book.save_meeting(kept.value.model_copy(update={"listings": listings}), kept.version)
    say(trn("{n} case listed", "{n} cases listed", len(new)).format(n=len(new)))
    if already := len(ids) - len(new):
        say(tr("{n} already on the list").format(n=already))
    return 0
