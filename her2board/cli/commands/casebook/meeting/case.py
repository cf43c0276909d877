"""The command 'casebook meeting case': put cases on the list of a meeting."""

import argparse
from collections.abc import Iterable

from her2board.briefing.meeting.comes_back import ComesBack, brought_again, comes_back, last_decision_words
from her2board.casebook.book import Casebook
from her2board.casebook.model import BoardMeeting, Listing
from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, add_meeting, book_of, case_id, meeting_of
from her2board.cli.output import say
from her2board.wording import day_words, tr, trn


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("case", help=tr("put cases on the list of a meeting, at its end"))
    add_book(parser)
    add_meeting(parser)
    parser.add_argument("cases", nargs="+", metavar="CASE", help=tr("code or id of a case in the casebook"))
    parser.add_argument("--reason", default="", help=tr("why they are on the list, in a few words"))
    parser.add_argument("--list-only", action="store_true", help=tr("named to the board, not discussed"))
    words = tr("present cases that were discussed before again: question and opinions are asked anew")
    parser.add_argument("--again", action="store_true", help=words)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the cases; one that is listed already stays as it is."""
    with book_of(options) as book:
        kept = meeting_of(book, options.meeting)
        ids = dict.fromkeys(case_id(book, name) for name in options.cases)
        new = [key for key in ids if kept.value.listing(key) is None]
        codes = {key: one.value.code for key, one in book.some_summaries(new).items()}
        more = tuple(Listing(case_id=key, reason=options.reason, list_only=options.list_only) for key in new)
        before = _discussed(book, new, kept.value)
        if options.again:
            for key, last in before.items():
                case = book.case(key)
                changed = tr("presented again on {day}").format(day=day_words(kept.value.day))
                book.save(key, brought_again(case.value, last, kept.value.day), case.version, changed=changed)
        if more:
            listings = (*kept.value.listings, *more)
            book.save_meeting(kept.value.model_copy(update={"listings": listings}), kept.version)
    say(trn("{n} case listed", "{n} cases listed", len(new)).format(n=len(new)))
    if already := len(ids) - len(new):
        say(tr("{n} already on the list").format(n=already))
    for key, last in before.items():
        words = "".join(run.text for run in last_decision_words(last))
        say(f"{codes[key]}: {words}")
    return 0


def _discussed(book: Casebook, ids: Iterable[str], meeting: BoardMeeting) -> dict[str, ComesBack]:
    """Return the last discussion of each case that was discussed at an earlier meeting."""
    meetings = [one.value for one in book.meetings()]
    found = ((key, comes_back(key, meetings, meeting.day)) for key in ids)
    return {key: last for key, last in found if last is not None}
