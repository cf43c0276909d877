"""The action 'packs diff': what a pack changes, and how cases read with it; nothing is changed."""

import argparse
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.case.model import Case
from her2board.cli.arguments import Commands
from her2board.cli.books import add_open_book, book_of
from her2board.cli.cases import read_case
from her2board.cli.evidence_packs import add_pack, add_root, checked, follow_up_words
from her2board.cli.output import say, warn
from her2board.wording import tr

if TYPE_CHECKING:  # a list of commands goes without
    from her2board.packs.offer import Offer


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("diff", help=tr("what a pack changes, and which cases read otherwise with it"))
    add_pack(parser)
    parser.add_argument("cases", type=Path, nargs="*", metavar="CASE", help=tr("case files, or folders of them"))
    add_root(parser)
    add_open_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print changed records with both values and reasons, each case that reads otherwise, and signed-off pages with a
    figure that is gone. Raises CommandError.
    """

    from her2board.cli.offers import cases_of, offered, on_signed_pages

    offer = offered(checked(options, although_expired=True))
    for row in offer.rows:
        why = offer.reason(row.record)
        say(f"{row}  [{why}]" if why else str(row))
    if options.book:
        with book_of(options) as book:
            _say_cases(chain(cases_of(book), _cases(options.cases)), offer)
            for one in on_signed_pages(book, offer):
                say(follow_up_words(one))
    elif options.cases:
        _say_cases(_cases(options.cases), offer)
    return 0


def _say_cases(cases: Iterable[tuple[str, Case, date]], offer: "Offer") -> None:
    from her2board.cli.offers import page_words
    from her2board.packs.difference import reread

    read = affected = untouched = 0
    for found in reread(cases, offer.old, offer.new, offer.changed, page_words):
        read += 1
        affected += bool(found.differs)
        untouched += not found.touched
        for one in found.differs:
            records = ", ".join(one.records)
            say(f"{found.case}: {one.what} {one.id}: {one.before or '-'} -> {one.after or '-'}  [{records}]")
    words = tr("{affected} of {read} cases read otherwise; {untouched} are touched by no changed record")
    say(words.format(affected=affected, read=read, untouched=untouched))


def _cases(named: list[Path]) -> Iterator[tuple[str, Case, date]]:
    from her2board.cli.errors import CommandError

    for path in named:
        for file in sorted(path.glob("*.her2case")) if path.is_dir() else (path,):
            try:
                read = read_case(file, None)
            except CommandError as error:
                warn(str(error))  # one broken file must not hide what the others say
            else:
                yield str(file), read.case, read.day
