"""The action 'packs clock': the clock is right, and was wrong before; the newest day seen is today from now on."""

import argparse
from datetime import date

from her2board.cli.arguments import Commands
from her2board.cli.books import add_open_book, maybe_book
from her2board.cli.evidence_packs import plainly
from her2board.cli.output import say
from her2board.wording import day_words, tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("clock", help=tr("say that the clock is right, where a later day was seen before"))
    parser.add_argument("--reason", metavar="WORDS", required=True, help=tr("why a later day was seen; it is kept"))
    add_open_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take today for the newest day, here and in the casebook that is named. Raises CommandError."""
    from her2board.cli.seen import clock_is_right

    today = date.today()  # noqa: DTZ011  # reason: the edge supplies today, in local time
    why = options.reason.strip()
    with plainly(), maybe_book(options) as book:
        clock_is_right(today, why, book)
    say(tr("{day} is the newest day from now on").format(day=day_words(today)))
    return 0
