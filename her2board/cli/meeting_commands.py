"""What the commands share that write papers of a meeting."""

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from her2board.briefing.meeting.gathered import Gathered, gathered
from her2board.briefing.packet import PacketOptions
from her2board.cli.arguments import Parser, add_identified, add_paper, add_settings
from her2board.cli.books import add_book, add_meeting, book_of, case_id, meeting_of
from her2board.cli.errors import CommandError
from her2board.cli.meeting_papers import meeting_packet
from her2board.cli.output import warn, write
from her2board.cli.release import chosen_library, chosen_paper
from her2board.wording import tr, trn


def add_meeting_paper(parser: Parser, words: str) -> None:
    """Add what names the meeting and the file; ``words`` say what is written."""
    add_book(parser)
    add_meeting(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, help=words)
    add_paper(parser)
    add_identified(parser)
    add_settings(parser)


def add_cases(parser: Parser) -> None:
    """Add '--case' for papers that are made case by case."""
    words = tr("code or id of a case of the meeting; again for another (default: all)")
    parser.add_argument("--case", action="append", metavar="CASE", default=[], help=words)


def meeting_named(options: argparse.Namespace, action: str) -> Gathered:
    """Return the meeting a command names, of the cases it names if any; the audit keeps that it was exported."""
    with book_of(options) as book:
        kept = meeting_of(book, options.meeting)
        found = gathered(book, kept.key)
        wanted = {case_id(book, name) for name in getattr(options, "case", [])}
        if absent := wanted - {one.listing.case_id for one in found.cases}:
            code = book.case(min(absent)).value.code
            raise CommandError(tr("'{case}' is not on the list of this meeting").format(case=code))
        book.record("exported", kept.key, action)
    return replace(found, cases=tuple(one for one in found.cases if one.listing.case_id in wanted)) if wanted else found


def write_layout(options: argparse.Namespace, chosen: PacketOptions, suffixes: Iterable[str]) -> int:
    """Write a layout of the meeting's packet; exit status 1 when a case in it could not be printed."""
    refuse_suffix(options.output, suffixes)
    found = meeting_named(options, chosen.layout)
    chosen = replace(chosen, paper=chosen_paper(options), identified=options.identified, reviewed=options.reviewed)
    made = meeting_packet(found, chosen, chosen_library(options), today())
    write(options.output, made.data, Path(options.book), options.settings)
    for words in (*made.unreviewed, *made.accounts):
        warn(words)
    if not made.problems:
        return 0
    head = trn("{n} case could not be printed", "{n} cases could not be printed", len(made.problems))
    warn("\n".join((head.format(n=len(made.problems)), *made.problems)))
    return 1


def today() -> date:
    """Return the day on which a paper is made; a day due before it is late."""
    return date.today()  # noqa: DTZ011  # reason: the edge supplies today, in local time


def refuse_suffix(path: Path, suffixes: Iterable[str]) -> None:
    """Raise CommandError for a file name of another kind."""
    allowed = tuple(suffixes)
    if path.suffix.lower() not in allowed:
        words = tr("{path}: written as {suffixes}; use that file extension")
        raise CommandError(words.format(path=path, suffixes=", ".join(allowed)))
