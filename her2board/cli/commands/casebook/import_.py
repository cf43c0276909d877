"""The command 'casebook import': an export taken in, with what went on differently in both places."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.case.model import Case
from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of
from her2board.cli.output import say, warn
from her2board.cli.passphrases import add_passphrase, passphrase
from her2board.wording import tr, trn

if TYPE_CHECKING:
    from her2board.casebook.transfer import Choice, Conflict  # brings the key functions with it


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("import", help=tr("take in an encrypted export, and show what conflicts"))
    add_book(parser)
    parser.add_argument("export", type=Path, help=tr("the encrypted export"))
    words = tr(
        "what becomes the next version of a case that went on in both places: what is here (default), what the export "
        "has, or both brought together field by field, except where they clash"
    )
    parser.add_argument("--conflicts", choices=("ours", "theirs", "merged"), default="ours", help=words)
    add_passphrase(parser, name="export-passphrase", of="the export's")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take the export in and say what became of it; 1 where something is left to decide."""
    from her2board.briefing.meeting.into_book import decided_elsewhere
    from her2board.casebook.transfer import import_from  # brings the database with it

    def choose(conflict: "Conflict") -> "Choice":
        wanted: Choice = options.conflicts
        return wanted if wanted != "merged" or not conflict.clashes() else "ours"

    with book_of(options) as book:
        word = passphrase(options, "Passphrase of the export: ", name="export-passphrase")
        found = import_from(book, options.export, word, choose, decided_elsewhere)
        there = book.some_summaries([conflict.key for conflict, _ in found.conflicts])
    for words, keys in (
        (tr("added"), found.added),
        (tr("newer versions added"), found.newer),
        (tr("the same already"), found.same),
        (tr("newer here, left as they are"), found.older),
        (tr("added beside another case of the same code"), found.same_code),
    ):
        if keys:
            say(f"{words}: {len(keys)}")
    for words in found.known:
        warn(words)
    for conflict, choice in found.conflicts:
        say("\n  ".join(_conflict(conflict, choice, there[conflict.key].value.code if conflict.key in there else "")))
    left = sum(choice == "ours" for _, choice in found.conflicts)
    if left:
        say(trn("{n} conflict left as it is here", "{n} conflicts left as they are here", left).format(n=left))
    return 1 if left else 0


def _conflict(conflict: "Conflict", choice: str, code: str) -> Iterator[str]:
    from her2board.casebook.changed_words import changed_words

    kept = {"ours": tr("kept as it is here"), "theirs": tr("taken from the export"), "merged": tr("brought together")}
    head = tr("{code} ({key}) went on in both places, here to version {ours}, there to {theirs}: {choice}")
    yield head.format(
        code=code or conflict.kind,
        key=conflict.key,
        ours=conflict.ours.version,
        theirs=conflict.theirs.version,
        choice=kept[choice],
    )
    before = conflict.before.value if conflict.before and isinstance(conflict.before.value, Case) else None
    for words, side in ((tr("here:"), conflict.ours.value), (tr("there:"), conflict.theirs.value)):
        if isinstance(side, Case):
            yield words
            yield from (f"  {line}" for line in changed_words(before, side).splitlines())
