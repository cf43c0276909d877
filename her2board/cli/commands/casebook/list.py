"""The command 'casebook list': the cases of a casebook, the latest saved first."""

import argparse
from typing import TYPE_CHECKING

from her2board.casebook.book import Kept, Wanted
from her2board.casebook.model import CaseSummary
from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of, meeting_of, moment
from her2board.cli.output import aligned, say, say_json
from her2board.wording import tr

if TYPE_CHECKING:
    from her2board.casebook.stored import StoredCasebook  # brings the key functions with it

ALL = 1 << 31


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("list", help=tr("list the cases, the latest saved first"))
    add_book(parser)
    add_filters(parser)
    parser.set_defaults(run=run, words=())


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add what narrows a list down."""
    parser.add_argument("--status", action="append", metavar="STATUS", help=tr("of the case in its latest meeting"))
    parser.add_argument("--meeting", metavar="MEETING", help=tr("cases of this meeting, by its day or id"))
    parser.add_argument("--owner", metavar="WHO", help=tr("cases for which this person or department owes something"))
    parser.add_argument("--cns-class", choices=("stable", "untreated", "progressing"), help=tr("CNS disease status"))
    parser.add_argument("--drug", metavar="ID", help=tr("cases in which this drug was given"))
    words = tr("cases of which this cohort has this outcome: all_met, differs or cannot_tell")
    parser.add_argument("--cohort", nargs=2, metavar=("ID", "OUTCOME"), help=words)
    parser.add_argument("--json", action="store_true", help=tr("print as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print one line per case; 1 where nothing was found."""
    with book_of(options) as book:
        ids = book.find(wanted_of(book, options), ALL)
        found = book.some_summaries(ids)
    rows = [found[key] for key in ids if key in found]
    if options.json:
        say_json([_plain(kept) for kept in rows])
    elif rows:
        headings = (tr("Code"), tr("Question"), tr("Version"), tr("Saved"), tr("Owed"), tr("Id"))
        say(aligned(headings, map(_row, rows)))
    return 0 if rows or not options.words else 1


def wanted_of(book: "StoredCasebook", options: argparse.Namespace) -> Wanted:
    """Return the filters a command names."""
    return Wanted(
        words=" ".join(options.words),
        status=frozenset(options.status or ()),
        meeting=meeting_of(book, options.meeting).key if options.meeting else "",
        owner=options.owner or "",
        cns_class=options.cns_class or "",
        exposure=options.drug or "",
        cohort=tuple(options.cohort) if options.cohort else ("", ""),
    )


def _row(kept: Kept[CaseSummary]) -> tuple[str, ...]:
    summary = kept.value
    return (summary.code, summary.question, str(kept.version), moment(kept.at), str(len(summary.owed)), kept.key)


def _plain(kept: Kept[CaseSummary]) -> dict[str, object]:
    summary = kept.value.model_dump(mode="json", exclude={"text"})
    return {"id": kept.key, "version": kept.version, "at": kept.at.isoformat(), "by": kept.by, **summary}
