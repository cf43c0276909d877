"""Remembers the newest day and evidence in use, beside the installed evidence and inside casebooks."""

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from her2board import paths
from her2board.cli.installed_evidence import in_use
from her2board.evidence.seen import Seen, parse_seen
from her2board.packs.memory import read_seen, write_seen
from her2board.wording import day_words, tr

if TYPE_CHECKING:  # every start asks for the clock, and most open no casebook
    from her2board.casebook.book import Casebook

_NAME = "evidence seen"
"""Under which a casebook remembers it."""


def look(today: date) -> str:
    """Remember what this computer shows, and return what is wrong with its clock; empty where nothing is."""
    place = paths.packs_dir()
    seen = read_seen(place)
    after = seen.after(today, *in_use())
    if after != seen:
        with suppress(OSError):  # a folder that may only be read: casebooks remember it all the same
            write_seen(place, after)
    return seen.clock_words(today)


def look_in(book: "Casebook", today: date) -> tuple[str, ...]:
    """Remember the same inside a casebook, and return what is wrong with clock and evidence beside it."""
    pack, released = in_use()
    seen = seen_in(book)
    after = seen.after(today, pack, released)
    if after != seen:
        book.remember(_NAME, after.model_dump_json())
    return tuple(filter(None, (seen.clock_words(today), seen.older_words(pack, released))))


def seen_in(book: "Casebook") -> Seen:
    """Return what a casebook remembers."""
    return parse_seen(book.remembered(_NAME))


def clock_is_right(today: date, why: str, book: "Casebook | None" = None) -> None:
    """Take ``today`` for the newest day from now on: the clock was wrong before. Raises OSError."""
    place = paths.packs_dir()
    write_seen(place, read_seen(place).model_copy(update={"day": today}))
    if book is not None:
        detail = tr("{day}: {why}").format(day=day_words(today), why=why)
        after = seen_in(book).model_copy(update={"day": today})
        book.remember(_NAME, after.model_dump_json(), "clock_said_right", detail)
