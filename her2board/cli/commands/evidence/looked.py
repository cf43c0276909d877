"""The action 'evidence looked': that somebody looked at a source or repeated a search."""

import argparse

from her2board.cli.arguments import Commands, today
from her2board.cli.curation import add_who, curated, write_all
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.evidence.curation.log import LOOKS, Look
from her2board.wording import did_you_mean, tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("looked", help=tr("record that you looked at a source or repeated a search"))
    words = tr("what was looked at, as 'evidence due' names it: searches/ctis, references/label-t-dxd, trials/kamilla")
    parser.add_argument("what", nargs="+", metavar="WHAT", help=words)
    words = tr("what was found, in a sentence (default: nothing that changes a value)")
    parser.add_argument("--found", metavar="WORDS", help=words)
    add_who(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Record the looks, and say when the next are due. Raises CommandError and BrokenReleaseError."""
    release = curated(options)
    known = {one.what for one in release.due()}
    if unknown := [what for what in options.what if what not in known]:
        hint = did_you_mean(unknown[0], known) or tr("; 'her2board evidence due --by 2099-01-01' lists them all")
        raise CommandError(tr("'{what}' is nothing that is looked at").format(what=unknown[0]) + hint)
    on = (options.on or today()).isoformat()
    looks = tuple(Look(what=what, by=options.by, on=on, found=options.found) for what in options.what)
    write_all(release.add(LOOKS, looks))
    for one in curated(options).due():
        if one.what in options.what:
            say(tr("{what}: due again on {day}").format(what=one.what, day=one.due_on))
    return 0
