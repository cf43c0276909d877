"""The command 'casebook show': one case with its versions, meetings and signed-off briefings."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.case.storage import dump
from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, add_case, book_of, case_id, moment
from her2board.cli.errors import CommandError
from her2board.cli.output import say, write
from her2board.wording import day_words, tr

if TYPE_CHECKING:
    from her2board.casebook.stored import StoredCasebook  # brings the key functions with it


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("show", help=tr("show a case, its versions, its meetings and what was signed off"))
    add_book(parser)
    add_case(parser)
    parser.add_argument("--version", type=int, metavar="N", help=tr("as this version had it (default: the latest)"))
    parser.add_argument("--json", action="store_true", help=tr("print the case as its file would hold it"))
    words = tr("make this signed-off briefing again, by its number in the list, and write it to --output")
    parser.add_argument("--signed", type=int, metavar="N", help=words)
    parser.add_argument("-o", "--output", type=Path, help=tr("the PDF to write"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the case."""
    if (options.signed is None) != (options.output is None):
        raise CommandError(tr("--signed and --output go together"))
    with book_of(options) as book:
        key = case_id(book, options.case)
        if options.signed is not None:
            return _signed(book, key, options)
        try:
            kept = book.case(key) if options.version is None else book.case_at(key, options.version)
        except KeyError:
            words = tr("{case} has no version {n}").format(case=options.case, n=options.version)
            raise CommandError(words) from None
        book.record("opened_case", key, tr("version {n}").format(n=kept.version))
        say(dump(kept.value).rstrip() if options.json else "\n".join(_lines(book, key)))
    return 0


def _lines(book: "StoredCasebook", key: str) -> Iterator[str]:
    kept, summary = book.case(key), book.some_summaries([key])[key].value
    yield tr("{code}, version {n}, id {id}").format(code=summary.code, n=kept.version, id=key)
    if summary.question:
        yield tr("Question: {words}").format(words=summary.question)
    yield tr("Versions:")
    for version in book.versions(key):
        head = tr("{n}: {at}, {by}").format(n=version.number, at=moment(version.at), by=version.by)
        yield "  " + "\n     ".join((head, *version.changed.splitlines()))
    for one in book.meetings():
        if listing := one.value.listing(key):
            words = tr("Meeting of {day}: {status}. {decision}")
            decision = listing.outcome.decision
            yield words.format(day=day_words(one.value.day), status=tr(listing.status.label), decision=decision).strip()
    for number, signed in enumerate(reversed(book.signed_off(key)), 1):
        words = tr("Signed off {n}: version {version}, {at}, {by}, evidence {release}, PDF {sha256}")
        yield words.format(
            n=number,
            version=signed.version,
            at=moment(signed.at),
            by=signed.by,
            release=signed.release.partition(" ")[0],
            sha256=signed.sha256,
        )


def _signed(book: "StoredCasebook", key: str, options: argparse.Namespace) -> int:
    from her2board.cli.signing import made_again  # draws pages

    signed = list(reversed(book.signed_off(key)))
    if not 1 <= options.signed <= len(signed):
        words = tr("{case} has {n} signed-off briefings").format(case=options.case, n=len(signed))
        raise CommandError(words)
    data = made_again(book, signed[options.signed - 1])
    write(options.output, data)
    book.record("exported", key, tr("signed-off briefing, version {n}").format(n=signed[options.signed - 1].version))
    return 0
