"""The action 'packs list': what was installed and taken back, and what is in use."""

import argparse

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.books import add_open_book, book_of
from her2board.cli.evidence_packs import follow_up_words, plainly, warn_of_clock
from her2board.cli.installed_evidence import in_use
from her2board.cli.output import aligned, say
from her2board.cli.roots import root_in_use
from her2board.packs.installed import Installed, Step
from her2board.packs.root_in_use import root_words
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("list", help=tr("list what was installed and is in use, and whom the program trusts"))
    add_open_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the installations, the latest last, and what a casebook still has to follow up. Raises CommandError."""
    from her2board.packs.installed import read_installed

    warn_of_clock()
    with plainly():
        installed = read_installed(paths.packs_dir())
    heads = (tr("When"), tr("What"), tr("Pack"), tr("Evidence"), tr("Valid until"), tr("In use"), tr("Reason"))
    number, _ = in_use()
    rows = [_row(step, installed, used=bool(number) or not installed.folder) for step in installed.steps]
    if rows:
        say(aligned(heads, rows))
    if not number:
        shipped, newer = tr("in use: the evidence the program came with"), tr("it is newer than the pack")
        say(f"{shipped}; {newer}" if installed.folder else shipped)
    for words in root_words(root_in_use()):
        say(words)
    if options.book:
        from her2board.cli.offers import to_follow_up

        with book_of(options) as book:
            for one in to_follow_up(book):
                say(follow_up_words(one))
    return 0


def _row(step: Step, installed: Installed, *, used: bool) -> tuple[str, ...]:
    record = step.record or next(
        (one.record for one in installed.steps if one.folder == step.folder and one.record), None
    )
    words = {"installed": tr("installed"), "taken_back": tr("gone back to")}
    current = used and step.folder == installed.folder and step is installed.steps[-1]
    return (
        f"{step.at:%Y-%m-%d %H:%M}",
        words[step.action],
        str(record.number) if record else "",
        record.release if record else tr("as shipped"),
        str(record.valid_until) if record else "",
        tr("yes") if current else "",
        step.why,
    )
