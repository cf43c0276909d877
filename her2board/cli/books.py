"""Opens casebooks for commands, and finds the cases and meetings that a command names."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.casebook.book import ConflictError, Kept, Wanted
from her2board.casebook.errors import CasebookError
from her2board.casebook.model import BoardMeeting, CaseSummary
from her2board.cli import release, seen
from her2board.cli.arguments import Parser
from her2board.cli.cases import day_of
from her2board.cli.errors import CommandError
from her2board.cli.output import warn
from her2board.cli.passphrases import add_passphrase, passphrase
from her2board.wording import day_words, did_you_mean, tr

_MOST_MEANT = 2_000
"""Cases among which a mistyped code is looked for: the latest saved."""
if TYPE_CHECKING:
    from her2board.casebook.server import Server
    from her2board.casebook.stored import StoredCasebook  # brings the key functions with it


def add_book(parser: Parser) -> None:
    """Add BOOK and how its passphrase is given."""
    parser.add_argument(
        "book", metavar="BOOK", help=tr("the casebook: a file, or a name of a server from the settings")
    )
    add_passphrase(parser)


def add_open_book(parser: Parser) -> None:
    """Add '--book' for a command that may look into a casebook besides, and how its passphrase is given."""
    words = tr("a casebook to look into as well: a file, or a name of a server from the settings")
    parser.add_argument("--book", metavar="BOOK", help=words)
    add_passphrase(parser)


def add_case(parser: Parser) -> None:
    """Add CASE of a casebook."""
    parser.add_argument("case", metavar="CASE", help=tr("code or id of a case in the casebook"))


def add_meeting(parser: Parser) -> None:
    """Add MEETING of a casebook."""
    parser.add_argument("meeting", metavar="MEETING", help=tr("day (2026-12-03) or id of a meeting in the casebook"))


@contextmanager
def book_of(options: argparse.Namespace) -> "Iterator[StoredCasebook]":
    """Open the casebook a command names; what goes wrong is said in one line."""
    from her2board.casebook.opening import open_casebook  # brings the database with it

    with in_one_line():
        place = book_at(options)
        word = passphrase(options, "Passphrase of the casebook: ")
        book = open_casebook(place, word, summary=summed_up())
        for words in (book.place.words(), *seen.look_in(book, date.today())):  # noqa: DTZ011  # reason: the edge supplies today, in local time
            if words:
                warn(words)
        try:
            yield book
        finally:
            book.lock()


@contextmanager
def in_one_line() -> Iterator[None]:
    """Turn what a casebook refuses into words of a command."""
    try:
        yield
    except ConflictError as error:
        words = tr("somebody saved a newer version of {key} meanwhile; nothing was written, run the command again")
        raise CommandError(words.format(key=error.key)) from error
    except CasebookError as error:
        raise CommandError(str(error)) from error


@contextmanager
def maybe_book(options: argparse.Namespace) -> "Iterator[StoredCasebook | None]":
    """Open the casebook that is named by '--book'; None where none is."""
    if options.book:
        with book_of(options) as book:
            yield book
    else:
        yield None


def book_at(options: argparse.Namespace, *, new: bool = False) -> "Path | Server":
    """Return the server the settings name, else the file; CommandError where that is missing and not ``new``."""
    from her2board.casebook.server import Server  # brings the key functions with it

    settings = release.clinic_settings(getattr(options, "settings", None))
    servers = settings.servers if settings else {}
    if options.book in servers:
        return Server(options.book, servers[options.book])
    path = Path(options.book)
    if not new and not path.is_file():
        hint = did_you_mean(options.book, servers)
        raise CommandError(tr("{path}: no such casebook").format(path=path) + hint)
    return path


def summed_up() -> Callable[[Case], CaseSummary]:
    """Return what sums a case up beside the shipped evidence, which is read for the first case only."""
    library = cache(release.load_library)

    def summary(case: Case) -> CaseSummary:
        from her2board.casebook.summary import assessed_summary, summary_of  # commands that only list go without

        try:
            day, _ = day_of(case, None)
            return assessed_summary(case, library(), day)
        except CaseError:  # dates after the meeting: kept and found, compared with nothing
            return summary_of(case, None, library().vocabulary)

    return summary


def case_id(book: "StoredCasebook", name: str) -> str:
    """Return the id of the case that a person named by code or id. Raises CommandError."""
    if book.some_summaries([name]):
        return name
    same = book.with_code(name)
    if len(same) > 1:
        words = tr("several cases have the code '{code}'; name one by its id: {ids}")
        raise CommandError(words.format(code=name, ids=", ".join(sorted(same))))
    if not same:
        found = book.some_summaries(book.find(Wanted(), _MOST_MEANT))
        hint = did_you_mean(name, (kept.value.code for kept in found.values()))
        raise CommandError(tr("no case '{code}' in this casebook").format(code=name) + hint)
    return same[0]


def meeting_of(book: "StoredCasebook", name: str) -> Kept[BoardMeeting]:
    """Return the meeting that a person named by its day or id. Raises CommandError."""
    kept = book.meetings()
    same = [one for one in kept if name in (one.key, one.value.day.isoformat())]
    if len(same) > 1:
        words = tr("several meetings are on {day}; name one by its id: {ids}")
        raise CommandError(words.format(day=name, ids=", ".join(one.key for one in same)))
    if not same:
        hint = did_you_mean(name, (one.value.day.isoformat() for one in kept))
        raise CommandError(tr("no meeting '{day}' in this casebook").format(day=name) + hint)
    return same[0]


def day_from(text: str) -> date:
    """Return a day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        words = tr("'{text}' is not a day; write it as 2026-11-26").format(text=text)
        raise argparse.ArgumentTypeError(words) from error


def moment(at: datetime) -> str:
    """Return a moment in the time of this place: '30 Nov 2026 14:05'."""
    here = at.astimezone()
    return f"{day_words(here.date())} {here:%H:%M}"
