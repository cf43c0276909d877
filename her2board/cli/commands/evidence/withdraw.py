"""The action 'evidence withdraw': a value that is shown no more, listed with the reason."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.commands.evidence.change import write_change
from her2board.cli.curation import add_why, curated, why_of
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.evidence.curation.change import withdraw
from her2board.evidence.curation.edit import EditError
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("show a trial, cohort, figure, statement, caution or note no more; it stays listed with the reason")
    parser = commands.add_parser("withdraw", help=words)
    parser.add_argument("value", metavar="VALUE", help=tr("address of what is withdrawn: kamilla/measurable"))
    add_why(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Mark it in its file and record why. Raises CommandError and BrokenReleaseError."""
    release = curated(options)
    value, why = release.named(options.value), why_of(options, release)
    try:
        text, entries = withdraw(release.texts[value.file], value, release.documents[value.file], why)
    except EditError as error:
        raise CommandError(str(error)) from error
    write_change(release, value.file, text, entries)
    say(tr("{value}: withdrawn, because {why}").format(value=value.address, why=why.because))
    return 0
